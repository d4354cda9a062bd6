"""Units: every paragraph that is long enough is in some, short lines together, long ones in pieces; judged by loops."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.options import BulkOptions
from kejidiff.sketch.units import units_of

OPTIONS = BulkOptions()
LENGTHS = st.lists(
    st.tuples(st.one_of(st.integers(1, 60), st.integers(1, 60), st.integers(1, 3000)), st.booleans()), max_size=30
)
Rows = list[list[int]]


def laid_out(lengths: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """Paragraphs of these lengths one after the other, and their texts; True begins another text."""
    paragraphs, texts, at, text = [], [], 0, 0
    for length, begins in lengths:
        text += begins
        paragraphs.append([at * 2, at * 2 + length, at, at + length])
        texts.append(text)
        at += length
    return np.array(paragraphs, dtype=np.int64).reshape(-1, 4), np.array(texts, dtype=np.int64)


def slow_units(paragraphs: Rows, texts: list[int], sentences: list[int], options: BulkOptions) -> Rows:
    """One paragraph after the other: short ones join a short one before them in the same text; then each is cut."""
    joined: Rows = []
    before_is_short = False
    for number, (_, _, start, end) in enumerate(paragraphs):
        short = end - start < options.short
        if short and before_is_short and joined[-1][0] == texts[number]:
            joined[-1][3] = end
        else:
            joined.append([texts[number], number, start, end])
        before_is_short = short
    units: Rows = []
    for text, number, start, end in joined:
        if end - start >= options.least:
            edges = [start, *slow_cuts(start, end, sentences, options.most), end]
            for a, b in pairwise(edges):
                holds = [n for n, (_, _, first, last) in enumerate(paragraphs) if first <= a < last]
                units.append([text, holds[0] if len(edges) > 2 else number, a, b])
    return units


def slow_cuts(start: int, end: int, sentences: list[int], most: int) -> list[int]:
    """Where pieces of about two thirds of `most` end: the nearest sentence end within a sixth, else just there."""
    if end - start <= most:
        return []
    count = -(-(end - start) * 3 // (most * 2))
    cuts = []
    for piece in range(1, count):
        wanted = start + piece * (end - start) // count
        near = min(sentences, key=lambda at: (abs(at - wanted), -at), default=wanted)
        cuts.append(near if abs(near - wanted) <= most // 6 else wanted)
    return cuts


def test_short_lines_join_and_long_ones_are_cut() -> None:
    """Three short lines are one unit; a heading alone is none; 700 characters are cut at the nearest sentence."""
    paragraphs, texts = laid_out([(15, False), (30, False), (20, False), (100, False), (10, False), (700, True)])
    units = units_of(paragraphs, texts, np.array([100, 350, 409, 500]), OPTIONS)
    assert units.tolist() == [[0, 0, 0, 65], [0, 3, 65, 165], [1, 5, 175, 409], [1, 5, 409, 641], [1, 5, 641, 875]]


def test_a_sentence_that_ends_where_a_cut_is_wanted_is_cut_there() -> None:
    """An exact hit is not given up for an earlier sentence end nearby."""
    paragraphs, texts = laid_out([(600, False)])
    assert units_of(paragraphs, texts, np.array([250, 300, 340]), OPTIONS)[:, 2:].tolist() == [[0, 300], [300, 600]]


def test_no_paragraphs_have_no_units() -> None:
    """An empty batch is no error."""
    none = np.zeros((0, 4), dtype=np.int64)
    assert units_of(none, none[:, 0], none[:, 0], OPTIONS).shape == (0, 4)


@pytest.mark.parametrize("options", [OPTIONS, BulkOptions(short=1, least=6, most=37), BulkOptions(short=70, most=511)])
@given(LENGTHS, st.lists(st.integers(0, 5000), max_size=60))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_units_are_what_a_loop_makes(
    options: BulkOptions, lengths: list[tuple[int, bool]], sentences: list[int]
) -> None:
    """Joined, cut and numbered as one paragraph after the other says."""
    paragraphs, texts = laid_out(lengths)
    ends = sorted(sentences)
    units = units_of(paragraphs, texts, np.array(ends, dtype=np.int64), options)
    assert units.tolist() == slow_units(paragraphs.tolist(), texts.tolist(), ends, options)


@pytest.mark.parametrize("most", [480, 511, 120, 61])
@given(LENGTHS, st.lists(st.integers(0, 5000), max_size=60))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_no_unit_is_too_long_and_nothing_long_enough_is_lost(
    most: int, lengths: list[tuple[int, bool]], sentences: list[int]
) -> None:
    """Units are disjoint, of one text, at most `most` and at least `least` long; what is in none is a short line."""
    options = BulkOptions(most=most)
    paragraphs, texts = laid_out(lengths)
    units = units_of(paragraphs, texts, np.array(sorted(sentences), dtype=np.int64), options)
    sizes = units[:, 3] - units[:, 2]
    assert ((sizes <= most) & (sizes >= min(options.least, most // 9))).all()
    assert (units[1:, 2] >= units[:-1, 3]).all()
    held = np.zeros(int(paragraphs[-1, 3]) if len(paragraphs) else 0, dtype=bool)
    for _, _, start, end in units.tolist():
        held[start:end] = True
    for _, _, start, end in paragraphs.tolist():
        assert held[start:end].all() or end - start < options.least
