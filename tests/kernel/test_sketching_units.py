"""Units, their anchors, keys and columns: compiled ones are the plain ones, to the last bit."""

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.kernel import anchors, columns, is_compiled, units, without
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.sketching import Counts, sketch_of
from kejidiff.sketch.unit_anchors import UnitAnchors, unit_anchors
from kejidiff.sketch.unit_keys import unit_keys
from kejidiff.sketch.units import units_of
from kejidiff.text.stream import stream_of

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")

SIZES = st.one_of(st.integers(7, 70), st.sampled_from([7, 8, 63, 64, 65, 127, 128, 129, 511, 512]))
#: Lines of lengths around those at which short ones join, units begin, and long ones are cut.
LINES = st.lists(
    st.tuples(st.text(st.sampled_from("科技创新1工。，作\n"), min_size=1, max_size=9), st.integers(1, 700)), max_size=12
)


def paragraphs_of(lengths: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Paragraphs of these lengths one after the other, and their texts: how many texts further each is."""
    edges = [0, *accumulate(length for length, _ in lengths)]
    rows = [[start * 2, end * 2, start, end] for start, end in pairwise(edges)]
    return np.array(rows, np.int64).reshape(-1, 4), np.cumsum([more for _, more in lengths], dtype=np.int64)


@given(
    st.lists(st.tuples(st.one_of(st.integers(1, 60), st.integers(1, 3000)), st.integers(0, 2)), max_size=30),
    st.lists(st.integers(0, 5000), max_size=60),
    st.sampled_from([(40, 20, 480), (1, 1, 64), (70, 6, 511), (0, 20, 65)]),
)
@settings(deadline=None, derandomize=True, max_examples=400)
def test_units_are_the_plain_ones(
    lengths: list[tuple[int, int]], sentences: list[int], options: tuple[int, int, int]
) -> None:
    """Joined and cut alike, whatever sentences end where."""
    chosen = BulkOptions(short=options[0], least=options[1], most=options[2])
    paragraphs, texts = paragraphs_of(lengths)
    ends = np.array(sorted(sentences), np.int64)
    with without():
        plain = units_of(paragraphs, texts, ends, chosen)
    assert units_of(paragraphs, texts, ends, chosen).tolist() == plain.tolist()


@given(
    st.lists(SIZES, max_size=6),
    st.sampled_from(["科", "科技", "科技创新工作1"]),
    st.sampled_from([(7, 4), (7, 1), (4, 2), (5, 64), (6, 4), (13, 2), (16, 1)]),
    st.integers(0, 1 << 20),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, derandomize=True, max_examples=400)
def test_anchors_are_the_plain_ones(sizes: list[int], alphabet: str, how: tuple[int, int], first: int, random) -> None:  # type: ignore[no-untyped-def]
    """Keys and counts alike, and the same anchors, those left out that a unit has already."""
    options = BulkOptions(gram=how[0], sample=how[1])
    text = "".join(random.choice(alphabet) for _ in range(sum(sizes) + 9))
    folded = np.frombuffer(text.encode("utf-16-le"), "<u2")
    edges = [3, *accumulate(sizes, initial=3)][1:]
    rows = [[0, 0, a, b] for a, b in pairwise(edges) if b - a >= options.gram]
    cut = np.array(rows, np.int64).reshape(-1, 4)
    found = unit_anchors(folded, cut, options, first)
    with without():
        plain = unit_anchors(folded, cut, options, first)
    for name, own, other in zip(UnitAnchors._fields, found, plain, strict=True):
        assert np.sort(own).tolist() == np.sort(other).tolist(), name
    assert found.keys.tolist() == plain.keys.tolist()
    assert found.counts.tolist() == plain.counts.tolist()


@given(st.lists(st.lists(st.integers(0, 5), max_size=40), max_size=8))
@example([])
@settings(deadline=None, derandomize=True, max_examples=300)
def test_keys_are_the_plain_ones(texts: list[list[int]]) -> None:
    """Times in the text, neighbours, repeats."""
    keys = np.array([key for text in texts for key in text], np.uint64)
    owners = np.array([at for at, text in enumerate(texts) for _ in text], np.int64)
    found = unit_keys(keys, owners)
    with without():
        plain = unit_keys(keys, owners)
    for own, other in zip(found, plain, strict=True):
        assert own.dtype == other.dtype and own.tolist() == other.tolist()


def test_keys_made_up_to_meet_are_left_to_sorting() -> None:
    """Ten thousand keys of one text with one slot: looking for them would take a step for each pair."""
    inverse = pow(0x9E3779B97F4A7C15, -1, 1 << 64)
    keys = np.array([(at * inverse) & (1 << 64) - 1 for at in range(10_000)], np.uint64)
    owners = np.zeros(10_000, np.int64)
    assert units.unit_keys(keys, owners) is None
    assert not unit_keys(keys, owners).repeated.any()


@given(st.lists(LINES, min_size=1, max_size=4), st.integers(0, 9))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_a_sketch_is_the_plain_one(texts: list[list[tuple[str, int]]], start: int) -> None:
    """From texts to every column of the working files, with something before them in the shard."""
    given_texts = ["\n".join((line * size)[:size] for line, size in text) for text in texts]
    before = Counts(3, 50, 7, 1000, 4000, 90, 1100)
    batch = sketch_of(stream_of(given_texts), start, before, BulkOptions())
    with without():
        plain = sketch_of(stream_of(given_texts), start, before, BulkOptions())
    for name, own, other in zip(batch._fields, batch, plain, strict=True):
        assert own.dtype == other.dtype and own.shape == other.shape, name
        assert np.sort(own, axis=0).tolist() == np.sort(other, axis=0).tolist(), name
        assert name == "anchors" or own.tolist() == other.tolist(), name


def test_what_does_not_fit_together_is_refused() -> None:
    """The C functions would read where nothing of theirs is."""
    folded, row = np.zeros(9, np.uint16), np.array([[0, 0, 0, 9]])
    table, none = np.zeros(0x10000, np.uint64), np.zeros((0, 4), np.int64)
    for unit in ([0, 0, -1, 9], [0, 0, 0, 10], [0, 0, 3, 9]):
        with pytest.raises(ValueError, match="units"):
            anchors.unit_anchors(folded, np.array([unit]), 7, 4, 0, table)
    with pytest.raises(ValueError, match="text"):
        units.cut_units(row, row[0, :0].copy(), row[0, :0].copy(), 40, 20, 480)
    for rows in ([[0, 0, 0, 600], [0, 0, 9, 600]], [[0, 0, 9, 0]], [[0, 0, -1, 9]]):
        overlapping = np.array(rows)
        with pytest.raises(ValueError, match="overlap"):
            units.cut_units(overlapping, np.zeros(len(rows), np.int64), row[0, :0].copy(), 40, 20, 480)
    with pytest.raises(ValueError, match="text"):
        units.unit_keys(np.zeros(2, np.uint64), np.zeros(1, np.int64))
    with pytest.raises(ValueError, match="units"):
        columns.unit_columns(row, np.ones(9, np.bool_), np.array([0]), none, 0, (0, 0, 0, 0, 0))
