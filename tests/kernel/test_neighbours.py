"""The compiled search beside matches finds what `align.unit_neighbours` does, however few texts are at hand first."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_units import edited, texts_of

from kejidiff.align.unit_beside import pairs_beside
from kejidiff.kernel import is_compiled, without
from kejidiff.kernel import neighbours as kernel
from kejidiff.kernel.neighbours import Documents
from kejidiff.options import BulkOptions

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")
OPTIONS = BulkOptions()
_HANZI = range(0x4E00, 0x4E00 + 800)


class Made:
    """Pairs of documents out of a seed: copies with units put in, left out and reworded; some units match already."""

    def __init__(self, seed: int, pairs: int, most: int) -> None:
        drawn = random.Random(seed)
        units: list[list[int]] = []
        rows: list[tuple[int, int, int, int, int, int]] = []
        edges, ranges = [0], []
        for _ in range(pairs):
            first = len(units)
            units += [drawn.choices(_HANZI, k=drawn.randint(1, 60)) for _ in range(drawn.randint(0, most))]
            last = len(units)
            share = drawn.choice((0.02, 0.3, 0.6))
            for left in range(first, last):
                if drawn.random() < 0.1:
                    units.append(drawn.choices(_HANZI, k=drawn.randint(1, 60)))
                if drawn.random() < 0.9:
                    units.append(edited(units[left], share, _HANZI, drawn) or [1])
                    if drawn.random() < share:
                        rows.append((left, len(units) - 1, *_some(units[left], drawn), *_some(units[-1], drawn)))
            rows[edges[-1] :] = sorted(rows[edges[-1] :])
            edges.append(len(rows))
            ranges.append((first, last, last, len(units)))
        self.units = units
        columns = np.array(rows, dtype=np.int64).reshape(-1, 6)
        self.documents = Documents(
            np.array(edges, dtype=np.int64), np.ascontiguousarray(columns[:, :2]), columns[:, 2:].astype(np.int32),
            np.array(ranges, dtype=np.int64).reshape(-1, 4),
        )  # fmt: skip
        self.asked: list[int] = []

    def read(self, units: Any) -> Any:
        """Symbols of some units, and where each begins; how many were asked for is told in `asked`."""
        assert (np.diff(units) > 0).all()
        self.asked.append(len(units))
        return texts_of([self.units[unit] for unit in units.tolist()], random.Random(0))[:2]

    def found(self) -> list[list[int]]:
        """Pairs beside the matches."""
        pairs: list[list[int]] = sorted(pairs_beside(self.documents, self.read, OPTIONS).tolist())
        return pairs


def _some(unit: list[int], drawn: random.Random) -> tuple[int, int]:
    start = drawn.choice((0, 0, drawn.randrange(len(unit))))
    return start, drawn.choice((len(unit), drawn.randint(start, len(unit))))


@given(st.integers(0, 1 << 32), st.integers(0, 8), st.integers(1, 30))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_what_is_found_is_what_the_plain_function_finds(seed: int, pairs: int, most: int) -> None:
    """Units with room or without, matched twice, short and long."""
    made = Made(seed, pairs, most)
    found = made.found()
    with without():
        assert found == made.found()


def test_texts_are_read_on_as_far_as_matches_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two matches at the beginning of a long copy lead to its end; few texts are read at once, and there is room for
    few pairs at first."""
    monkeypatch.setattr(kernel, "_ROOM", 4)
    made = Made(3, 0, 1)
    drawn = random.Random(4)
    left = [drawn.choices(_HANZI, k=40) for _ in range(300)]
    made.units = [*left, *(edited(unit, 0.3, _HANZI, drawn) for unit in left)]
    made.documents = Documents(
        np.array([0, 2]), np.array([[0, 300], [1, 301]]), np.array([[0, 40, 0, 30]] * 2, dtype=np.int32),
        np.array([[0, 300, 300, 600]]),
    )  # fmt: skip
    found = made.found()
    assert len(found) > 280
    assert made.asked[0] < 20
    with without():
        assert found == made.found()


def test_units_that_are_not_known_are_refused() -> None:
    """Matches of units whose texts are not there."""
    made = Made(5, 3, 9)
    none = np.zeros(0, np.int64)
    known = kernel.KnownTexts(none, np.zeros(0, np.uint16), np.zeros(1, np.int64))
    with pytest.raises(ValueError, match="0 units"):
        kernel.find_neighbours(_rules(), kernel.Nearness(0.4, 0.7), [(1, 1)], known, made.documents)


@pytest.mark.parametrize(
    ("units", "begins"), [([1, 0], [0, 1, 2]), ([0, 0], [0, 1, 2]), ([0, 1], [-1, 1, 2]), ([0, 1], [0, 3, 2])]
)
def test_known_units_that_do_not_ascend_are_refused(units: list[int], begins: list[int]) -> None:
    """Nor texts that do not: C would look beside them."""
    none = np.zeros(0, np.int64)
    documents = Documents(np.zeros(1, np.int64), none.reshape(-1, 2), np.zeros((0, 4), np.int32), none.reshape(-1, 4))
    known = kernel.KnownTexts(np.array(units), np.zeros(2, np.uint16), np.array(begins))
    with pytest.raises(ValueError, match="2 units"):
        kernel.find_neighbours(_rules(), kernel.Nearness(0.4, 0.7), [(1, 1)], known, documents)


def _rules() -> Any:
    from kejidiff.align.unit_pairs import rules_of

    return rules_of(OPTIONS)
