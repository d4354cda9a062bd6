"""Joining units by sorted anchors: every pair that shares some, and no other; judged by dicts and loops."""

import random
from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.errors import UsageError
from kejidiff.library.unit_join import (
    SharedAnchors,
    UnitBits,
    join_keys,
    join_part,
    shared_anchors,
    units_of_pairs,
    with_units,
)

HOLDERS, COMMON = 3, 6
#: (hash, unit, place); hashes that begin alike and apart, few units, so that runs are long and units hold one twice.
HASHES = st.sampled_from([0, 1, 2, 0x40000001, 0x80000000, 0xBFFFFFFF, 0xC0000000, 0xFFFFFFFF])
ANCHORS = st.lists(st.tuples(HASHES, st.integers(0, 11), st.integers(0, 255)), max_size=60)
DOCUMENTS = st.lists(st.booleans(), min_size=12, max_size=12).map(lambda steps: np.cumsum(steps, dtype=np.uint32))
Found = dict[tuple[int, int], list[tuple[int, int, int]]]


def packed(anchors: list[tuple[int, int, int]]) -> np.ndarray:
    """Anchors as a shard has them: 32 bits of hash, 24 of unit, 8 of place."""
    return np.array([hashed << 32 | unit << 8 | place for hashed, unit, place in anchors], dtype=np.uint64)


def slow_join(anchors: list[tuple[int, int, int]], documents: list[int]) -> Found:
    """Every pair with (left place, right place, tied) of each anchor both hold, by the first place of each."""
    runs: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for hashed, unit, place in sorted(anchors):
        runs[hashed].setdefault(unit, place)
    found: defaultdict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for run in runs.values():
        units = sorted(run)
        few = len(units) <= HOLDERS
        pairs = combinations(units, 2) if few else [(units[0], unit) for unit in units[1:]]
        for left, right in pairs:
            if documents[left] != documents[right] and len(units) <= COMMON:
                found[left, right].append((run[left], run[right], int(not few)))
    return {pair: sorted(places) for pair, places in found.items()}


def unpacked(shared: SharedAnchors, bits: UnitBits) -> Found:
    """What the kernel found, places as they were packed; it tells how many of a pair's anchors tie it, not which."""
    found = {}
    right_bits = bits.place - bits.left_place - 1
    for at, pair in enumerate(zip(shared.left.tolist(), shared.right.tolist(), strict=True)):
        edges = slice(int(shared.edges[at]), int(shared.edges[at + 1]))
        lefts = (shared.left_places[edges] >> (9 - bits.left_place)).tolist()
        rights = (shared.right_places[edges] >> (9 - right_bits)).tolist()
        found[pair] = [*zip(lefts, rights, strict=True), (int(shared.rare[at]), int(shared.tied[at]))]
    return found


def as_unpacked(found: Found, bits: UnitBits) -> Found:
    """The judge's findings with places as coarse as the bits that are left for them."""
    right_bits = bits.place - bits.left_place - 1
    coarse = {}
    for pair, places in sorted(found.items()):
        both = sorted((left >> (8 - bits.left_place), right >> (8 - right_bits), tied) for left, right, tied in places)
        ties = sum(tied for _, _, tied in both)
        coarse[pair] = [*[(left, right) for left, right, _ in both], (len(both) - ties, ties)]
    return coarse


def test_two_units_that_share_two_anchors_are_a_pair() -> None:
    """Places come back in characters, the left's to two and the right's to four; one document's units are no pair."""
    anchors = packed([(7, 0, 10), (9, 0, 31), (7, 1, 99), (9, 1, 120), (7, 2, 5)])
    pairs = join_part(with_units(anchors, 0, UnitBits(24), 0), np.array([0, 1, 1], np.uint32), UnitBits(24), 8, 1000)
    shared = shared_anchors(pairs, UnitBits(24))
    assert list(zip(shared.left.tolist(), shared.right.tolist(), strict=True)) == [(0, 1), (0, 2)]
    assert (shared.rare.tolist(), shared.tied.tolist(), shared.edges.tolist()) == ([2, 1], [0, 0], [0, 2, 3])
    assert (shared.left_places.tolist(), shared.right_places.tolist()) == ([20, 62, 20], [196, 240, 8])


def test_what_many_hold_ties_them_to_the_first() -> None:
    """Nine holders are eight pairs, not thirty-six; more than `common` are none."""
    anchors, documents = packed([(7, unit, 0) for unit in range(9)]), np.arange(9, dtype=np.uint32)
    bits = UnitBits(24)
    shared = shared_anchors(join_part(with_units(anchors, 0, bits, 0), documents, bits, 8, 9), bits)
    assert (shared.left.tolist(), shared.right.tolist()) == ([0] * 8, list(range(1, 9)))
    assert (shared.rare.tolist(), shared.tied.tolist()) == ([0] * 8, [1] * 8)
    assert not len(join_part(with_units(anchors, 0, bits, 0), documents, bits, 8, 8))


@pytest.mark.parametrize("bits", [24, 25, 26, 28])
@given(ANCHORS, DOCUMENTS)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_the_join_is_that_of_every_anchor_with_every_other(
    bits: int, anchors: list[tuple[int, int, int]], documents: np.ndarray
) -> None:
    """Pairs, places and how many tie, with long runs, common anchors and anchors a unit holds twice."""
    width = UnitBits(bits)
    parting = width.parting
    pieces = []
    for part in range(1 << parting):
        of_part = [anchor for anchor in anchors if anchor[0] >> (32 - parting) == part]
        pieces.append(join_part(with_units(packed(of_part), 0, width, parting), documents, width, HOLDERS, COMMON))
    shared = shared_anchors(np.concatenate(pieces), width)
    assert list(zip(shared.left.tolist(), shared.right.tolist(), strict=True)) == sorted(
        zip(shared.left.tolist(), shared.right.tolist(), strict=True)
    )
    assert gathered(unpacked(shared, width)) == gathered(as_unpacked(slow_join(anchors, documents.tolist()), width))


def gathered(found: Found) -> dict[tuple[int, int], tuple[list[tuple[int, ...]], tuple[int, ...]]]:
    """Places in one order, counts apart."""
    return {pair: (sorted(rows[:-1]), rows[-1]) for pair, rows in found.items()}


@given(ANCHORS, DOCUMENTS, st.integers(0, 12))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_several_shards_and_parts_make_the_same_pairs(
    anchors: list[tuple[int, int, int]], documents: np.ndarray, cut: int
) -> None:
    """Counted from 0 in two shards, joined in one part, four or sixteen: the same."""
    bits = UnitBits(24)
    shards = [(0, [a for a in anchors if a[1] < cut]), (cut, [a for a in anchors if a[1] >= cut])]
    results = []
    for parting in (0, 2, 4):
        pieces = []
        for part in range(1 << parting):
            ours = [
                with_units(
                    packed([(h, u - first, p) for h, u, p in of if h >> (32 - parting) == part]), first, bits, parting
                )
                for first, of in shards
            ]
            pieces.append(join_part(np.concatenate(ours), documents, bits, HOLDERS, COMMON))
        results.append(np.sort(np.concatenate(pieces)).tolist())
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize("bits", [24, 25, 26, 28])
def test_the_last_units_there_can_be_are_joined_too(bits: int) -> None:
    """Packing loses no bit of the greatest unit numbers; their places are as exact as the bits left allow."""
    width, last = UnitBits(bits), (1 << bits) - 1
    shard = with_units(packed([(0xFFFFFFFF, 0, 255), (0xFFFFFFFF, 1, 128)]), last - 1, width, width.parting)
    documents = np.zeros(last + 1, dtype=np.uint32)  # a gigabyte of which the system makes the pages that are used
    documents[last] = 1
    shared = shared_anchors(join_part(shard, documents, width, 8, 1000), width)
    assert (shared.left.tolist(), shared.right.tolist()) == ([last - 1], [last])
    right_bits = width.place - width.left_place - 1
    assert shared.left_places.tolist() == [512 - (1 << 9 - width.left_place)]
    assert shared.right_places.tolist() == [256 >> 9 - right_bits << 9 - right_bits]


@pytest.mark.parametrize(("units", "bits"), [(0, 24), (1 << 24, 24), ((1 << 24) + 1, 25), (1 << 26, 26), (1 << 28, 28)])
def test_the_bits_follow_from_how_many_units_there_are(units: int, bits: int) -> None:
    """As many as the greatest number needs, at least 24; hash, unit and place of a part's anchors fill one integer."""
    width = UnitBits.of(units)
    assert (width.unit, 32 - width.parting + width.unit + 8, width.place + 2 * width.unit) == (bits, 64, 64)


def test_more_units_than_one_machine_joins_are_told() -> None:
    """Beyond 2^28 units it is an error that says what to do, not a wrong answer, and no defect."""
    with pytest.raises(UsageError, match="268,435,457 paragraphs") as told:
        UnitBits.of((1 << 28) + 1)
    assert told.value.slug == "too-many-paragraphs"


KEYS = st.lists(st.integers(0, 4), min_size=12, max_size=12)


def of_one_key(keys: list[int], units: list[int], documents: np.ndarray) -> tuple[list[tuple[int, int, int]], set[int]]:
    """Pairs of some units, all of a few and of many each with the first; and those of many."""
    pairs, crowd = [], set()
    for key in {keys[unit] for unit in units}:
        own = [unit for unit in units if keys[unit] == key]
        few = len(own) <= HOLDERS
        crowd |= set() if few else set(own)
        for left, right in combinations(own, 2) if few else [(own[0], unit) for unit in own[1:]]:
            if documents[left] != documents[right]:
                pairs.append((left, right, 0 if few else 1))
    return pairs, crowd


@given(KEYS, KEYS, DOCUMENTS)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_units_with_one_key_are_pairs(keys: list[int], beside: list[int], documents: np.ndarray) -> None:
    """All of a few; many are tied to the first, which stands for them, and to each other by the keys beside theirs."""
    as_keys = [np.array(one, dtype=np.uint64) for one in (keys, beside)]
    pairs, stands = join_keys(*as_keys, documents, UnitBits(24), HOLDERS)
    expected, crowd = of_one_key(keys, list(range(12)), documents)
    expected += of_one_key(beside, sorted(crowd), documents)[0]
    others = crowd - {keys.index(keys[unit]) for unit in crowd}
    left, right = units_of_pairs(pairs, UnitBits(24))
    rest = (pairs & np.uint64(0xFFFF)).tolist()
    assert sorted(zip(left.tolist(), right.tolist(), rest, strict=True)) == sorted(expected)
    assert np.flatnonzero(~stands).tolist() == sorted(others)


def test_nothing_joins_to_nothing() -> None:
    """No anchors, no keys: no pairs, and no error."""
    none, bits = np.zeros(0, dtype=np.uint64), UnitBits(24)
    documents = np.zeros(0, dtype=np.uint32)
    assert not len(join_part(none, documents, bits, 8, 1000))
    assert not len(join_keys(none, none, documents, bits, 8)[0])
    assert shared_anchors(none, bits).edges.tolist() == [0]


def test_a_thousand_equal_units_cost_a_thousand_pairs() -> None:
    """Pairs grow with the holders of an anchor, not with their square."""
    drawn = random.Random(3)
    anchors = [(hashed, unit, drawn.randrange(256)) for unit in range(1000) for hashed in range(20)]
    bits, documents = UnitBits(24), np.arange(1000, dtype=np.uint32)
    assert len(join_part(with_units(packed(anchors), 0, bits, 0), documents, bits, 8, 1000)) == 20 * 999
