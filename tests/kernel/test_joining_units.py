"""Compiled joins of units: the same pairs, buckets and candidates as the functions that say what is meant."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.kernel import is_compiled, without
from kejidiff.kernel import join as kernel
from kejidiff.library.unit_candidates import candidates_of
from kejidiff.library.unit_join import UnitBits, join_part, shared_anchors, with_units
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, by_bucket

pytestmark = pytest.mark.skipif(not is_compiled(), reason="no compiled kernels")

UNITS = 12
HASHES = st.sampled_from([0, 1, 2, 3, 0x3FFFFFFF, 0x40000000, 0x80000000, 0xFFFFFFFF])
ANCHORS = st.lists(st.tuples(HASHES, st.integers(0, UNITS - 1), st.sampled_from([0, 1, 127, 128, 255])), max_size=70)
DOCUMENTS = st.lists(st.booleans(), min_size=UNITS, max_size=UNITS).map(lambda new: np.cumsum(new, dtype=np.uint32))
BITS = st.sampled_from([24, 25, 26, 28]).map(UnitBits)
PLACES = st.tuples(st.integers(0, UNITS - 1), st.integers(0, UNITS - 1), st.integers(0, 255))
examples = settings(deadline=None, derandomize=True, max_examples=200)


def packed(anchors: list[tuple[int, int, int]]) -> np.ndarray:
    """Anchors as a shard has them: 32 bits of hash, 24 of unit, 8 of place."""
    return np.array([hashed << 32 | unit << 8 | place for hashed, unit, place in anchors], dtype=np.uint64)


def pairs_from(places: list[tuple[int, int, int]], bits: UnitBits) -> np.ndarray:
    """Packed pairs of units, with what is left of one integer for their places."""
    mask = (1 << bits.place) - 1
    pairs = [(left << bits.unit | right) << bits.place | (rest * 0x0101 & mask) for left, right, rest in places]
    return np.array(pairs, dtype=np.uint64)


@given(ANCHORS, st.lists(st.booleans(), min_size=UNITS, max_size=UNITS), st.integers(0, 3), BITS)
@examples
def test_anchors_are_placed_as_in_numpy(
    anchors: list[tuple[int, int, int]], stands: list[bool], first: int, bits: UnitBits
) -> None:
    """Counted from another unit on, cut to the bits of a part, those of some units left out."""
    known = np.array([True] * first + stands)
    for chosen in (None, known):
        for parting in (bits.parting, bits.parting + 3):
            with without():
                expected = with_units(packed(anchors), first, bits, parting, chosen)
            assert with_units(packed(anchors), first, bits, parting, chosen).tolist() == expected.tolist()


@given(ANCHORS, DOCUMENTS, BITS, st.sampled_from([(3, 5), (0, 12), (1, 3), (2, 1), (8, 100), (12, 0)]))
@examples
def test_pairs_are_those_of_numpy(
    anchors: list[tuple[int, int, int]], documents: np.ndarray, bits: UnitBits, most: tuple[int, int]
) -> None:
    """Runs of up to `holders`, longer ones, and those that are common; one place of a unit, its first."""
    own = [anchor for anchor in anchors if anchor[0] >> (32 - bits.parting) == 0] if bits.parting else anchors
    with without():
        expected = join_part(with_units(packed(own), 0, bits, bits.parting), documents, bits, *most)
    found = join_part(with_units(packed(own), 0, bits, bits.parting), documents, bits, *most)
    assert sorted(found.tolist()) == sorted(expected.tolist())


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=40), min_size=1, max_size=5),
    st.sampled_from([(0, 0), (1, 0), (1, 1), (3, 5)]),
    st.sampled_from([1, 7, 26]),
    DOCUMENTS,
)
@examples
def test_anchors_that_meet_no_other_can_be_left_out(
    shards: list[list[tuple[int, int]]], part: tuple[int, int], step: int, documents: np.ndarray
) -> None:
    """Wherever blocks of hashes begin and end: what is joined stays the same, and each shard's rest stays sorted."""
    parting, own = part
    first, mask = own << (32 - parting), (1 << 32 - parting) - 1
    pieces = [np.sort(packed([(first | hashed << step & mask, unit, 7) for hashed, unit in shard])) for shard in shards]
    edges = np.concatenate(([0], np.cumsum(list(map(len, pieces)))))
    anchors = np.concatenate(pieces)
    with patch.object(kernel, "_BLOCK", 8), patch.object(kernel, "_OF_A_SHARD", 1):
        kept = kernel.met_again(anchors, edges, own, parting)
    assert kept is not None
    left = [anchors[start:end] for start, end in zip(edges.tolist(), kept.tolist(), strict=False)]
    assert all(set(one.tolist()) <= set(piece.tolist()) for one, piece in zip(left, pieces, strict=True))
    assert all((np.diff(one.astype(object)) >= 0).all() for one in left)
    bits = UnitBits(24)
    joins = [
        join_part(np.concatenate([with_units(one.copy(), 4 * at % 8, bits, parting) for at, one in enumerate(each)]),
                  documents, bits, 3, 100)
        for each in (left, pieces)
    ]  # fmt: skip
    assert joins[0].tolist() == joins[1].tolist()


def test_few_are_left_that_meet_no_other() -> None:
    """Of 40,000 anchors of which every tenth is met again, half of what is left at most is there by mistake."""
    chance = np.random.default_rng(1)
    hashes = chance.permutation(1 << 20)[:40_000].astype(np.uint64) << np.uint64(44)
    hashes[::10] = hashes[1::10]
    pieces = [np.sort(hashes[:20_000]), np.sort(hashes[20_000:])]
    kept = kernel.met_again(np.concatenate(pieces), np.array([0, 20_000, 40_000]), 0, 0)
    assert kept is not None
    assert 8_000 <= int(kept[0] + kept[1] - 20_000) <= 12_000


def test_hashes_of_too_few_bits_are_all_sorted() -> None:
    """Where parts and blocks leave less than six bits, telling hashes apart is not tried."""
    assert kernel.met_again(np.zeros(0, np.uint64), np.zeros(2, np.int64), 0, 26) is None


@given(st.lists(PLACES, max_size=60), DOCUMENTS, BITS, st.sampled_from([1, 2, 7, 64]))
@examples
def test_buckets_are_those_of_numpy(
    places: list[tuple[int, int, int]], documents: np.ndarray, bits: UnitBits, buckets: int
) -> None:
    """Where they begin, and their pairs in the order in which they came."""
    layout = Layout(
        np.array([0, UNITS]), np.zeros(2, np.int64), documents, np.ones(UNITS, bool), np.zeros((1, 2), np.int64), 0,
        buckets,
    )  # fmt: skip
    with patch.object(Layout, "bits", bits):
        with without():
            expected = by_bucket(pairs_from(places, bits), layout)
        assert by_bucket(pairs_from(places, bits), layout).tolist() == expected.tolist()


@given(
    st.lists(PLACES, max_size=60),
    st.lists(PLACES, max_size=6),
    st.lists(st.integers(0, 65_535), min_size=UNITS, max_size=UNITS),
    BITS,
)
@examples
def test_candidates_are_those_of_numpy(
    places: list[tuple[int, int, int]], equal: list[tuple[int, int, int]], counts: list[int], bits: UnitBits
) -> None:
    """Pairs, how much speaks for each, and all places; with few anchors or very many, and equal units."""
    alike = pairs_from(equal, bits)
    pairs = np.concatenate((alike, pairs_from(places, bits)))
    for held in (np.array(counts, dtype=np.uint16), np.array(counts, dtype=np.uint16) % np.uint16(50)):
        with without():
            expected = candidates_of(pairs.copy(), alike, held, bits, BulkOptions())
        found = candidates_of(pairs.copy(), alike, held, bits, BulkOptions())
        assert [column.tolist() for column in found] == [column.tolist() for column in expected]
        assert [column.dtype for column in found] == [column.dtype for column in expected]


@given(st.lists(PLACES, max_size=60), BITS)
@examples
def test_columns_are_those_of_numpy(places: list[tuple[int, int, int]], bits: UnitBits) -> None:
    """Of pairs that nobody has chosen among, too."""
    with without():
        expected = shared_anchors(pairs_from(places, bits), bits)
    found = shared_anchors(pairs_from(places, bits), bits)
    assert [column.tolist() for column in found] == [column.tolist() for column in expected]


def test_units_that_there_are_none_of_are_an_error() -> None:
    """As they are to numpy, and not a look at other memory."""
    bits, documents, pairs = UnitBits(24), np.zeros(2, np.uint32), pairs_from([(0, 5, 1)], UnitBits(24))
    anchors = packed([(7, 0, 0), (7, 5, 0)])
    for compiled in (True, False):
        with without() if not compiled else patch.object(kernel, "_BLOCK", 8):
            with pytest.raises(IndexError):
                with_units(anchors.copy(), 0, bits, 0, np.ones(5, bool))
            with pytest.raises(IndexError):
                join_part(with_units(anchors.copy(), 0, bits, 0), documents, bits, 8, 10)
            with pytest.raises(IndexError):
                candidates_of(pairs.copy(), pairs, np.zeros(5, np.uint16), bits, BulkOptions())
    with pytest.raises(IndexError):
        kernel.by_bucket(pairs, documents, 24, 8)


def test_what_does_not_fit_is_refused() -> None:
    """Sizes are looked at before anything is written."""
    none = np.zeros(0, np.uint64)
    with pytest.raises(ValueError, match="23 bits"):
        kernel.columns_of(none, 23)
    with pytest.raises(ValueError, match="70,000 buckets"):
        kernel.by_bucket(none, np.zeros(0, np.uint32), 24, 70_000)
    with pytest.raises(ValueError, match="edges"):
        kernel.met_again(none, np.array([0, 1]), 0, 0)
    with pytest.raises(ValueError, match="another part"):
        kernel.met_again(np.array([1 << 63], np.uint64), np.array([0, 1]), 0, 1)
    with pytest.raises(ValueError, match="not sorted"):
        kernel.met_again(np.array([1 << 63, 1 << 60], np.uint64), np.array([0, 2]), 0, 0)


def test_nothing_is_joined_to_nothing(tmp_path: Path) -> None:
    """No anchors and no pairs are no error."""
    none, bits = np.zeros(0, np.uint64), UnitBits(24)
    assert not len(join_part(with_units(none, 0, bits, 0), np.zeros(0, np.uint32), bits, 8, 10))
    assert candidates_of(none, none, np.zeros(0, np.uint16), bits, BulkOptions()).edges.tolist() == [0]
    assert kernel.by_bucket(none, np.zeros(0, np.uint32), 24, 2).tolist() == [0, 0, 0]  # type: ignore[union-attr]
