"""Which pairs of units are worth verifying: by hand, a few anchors at a time, with compiled kernels and without."""

from collections.abc import Iterator
from contextlib import nullcontext

import numpy as np
import pytest

from kejidiff.kernel import without
from kejidiff.library.unit_candidates import candidates_of, evidence_of
from kejidiff.library.unit_join import SharedAnchors, UnitBits, shared_anchors
from kejidiff.options import BulkOptions

BITS = UnitBits(24)
RARE, TIED = 0, 1


@pytest.fixture(autouse=True, params=["compiled", "plain"])
def _either(request: pytest.FixtureRequest) -> Iterator[None]:
    with without() if request.param == "plain" else nullcontext():
        yield


def pair(left: int, right: int, tied: int = RARE, place: int = 0) -> int:
    """An anchor two units share: with 24 bits for each unit, 8 are left for the left place and 7 for the right one."""
    return left << 40 | right << 16 | place << 8 | place << 1 | tied


def chosen(pairs: list[int], counts: list[int], equal: list[int] | None = None) -> list[tuple[int, int]]:
    """The pairs of units that are worth it, of units with so many anchors each."""
    alike = np.array(equal or [], dtype=np.uint64)
    every = np.concatenate((alike, np.array(pairs, dtype=np.uint64)))
    found = candidates_of(every, alike, np.array(counts, dtype=np.uint16), BITS, BulkOptions())
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def shared(pairs: list[int]) -> SharedAnchors:
    return shared_anchors(np.array(pairs, dtype=np.uint64), BITS)


def test_two_anchors_that_few_hold_are_enough() -> None:
    """One is not, and what one pair of units lacks another does not give it."""
    assert chosen([pair(0, 1), pair(0, 1), pair(0, 2), pair(1, 2)], [20, 20, 20]) == [(0, 1)]


def test_four_that_very_many_hold_count_as_one() -> None:
    """Eight of them are enough, seven are not; four and one that few hold are, three and one are not."""
    pairs = [pair(0, 1, TIED)] * 8 + [pair(0, 2, TIED)] * 7
    pairs += [pair(0, 3, TIED)] * 4 + [pair(0, 3)] + [pair(0, 4, TIED)] * 3 + [pair(0, 4)]
    assert chosen(pairs, [20] * 5) == [(0, 1), (0, 3)]
    assert evidence_of(shared(pairs), BulkOptions()).tolist() == [8, 7, 8, 7]


def test_a_fourteenth_of_those_of_the_shorter_one_is_asked_for() -> None:
    """Of 50 anchors that is three and a half, whichever of the two has them; the longer one's do not count."""
    pairs = [pair(0, 1)] * 3 + [pair(0, 2)] * 4 + [pair(2, 3)] * 3 + [pair(1, 4)] * 3
    assert chosen(pairs, [50, 50, 200, 50, 20]) == [(0, 2), (1, 4)]


def test_equal_units_are_candidates_whatever_they_share() -> None:
    """With one key and no other anchor, too; their own places are the beginning."""
    equal = [pair(1, 3), pair(0, 2, TIED)]
    assert chosen([pair(0, 1), pair(0, 2)], [200] * 4, equal) == [(0, 2), (1, 3)]


def test_candidates_come_with_all_their_places() -> None:
    """Left ones in steps of two characters, right ones of four; pairs ascend, and so do the places of each."""
    pairs = [pair(1, 2, place=9), pair(0, 1, place=5), pair(1, 2, place=3), pair(1, 2, TIED, place=4)]
    found = candidates_of(
        np.array(pairs, dtype=np.uint64), np.zeros(0, np.uint64), np.array([20, 20, 20], np.uint16), BITS, BulkOptions()
    )
    assert (found.left.tolist(), found.right.tolist()) == ([1], [2])
    assert (found.rare.tolist(), found.tied.tolist(), found.edges.tolist()) == ([2], [1], [0, 3])
    assert list(found.places()) == [[(6, 12), (8, 16), (18, 36)]]


def test_no_pairs_have_no_candidates() -> None:
    """Nothing comes of nothing."""
    assert chosen([], []) == []
    assert evidence_of(shared([]), BulkOptions()).tolist() == []
