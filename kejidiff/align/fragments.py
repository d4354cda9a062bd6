"""Two folded texts, passages -> fragments: every verbatim run of a stated length that no passage holds.

Too short to accuse anyone, so they enter no ratio; but none is missed, on either side: wherever `length` characters of
one text stand anywhere in the other, they lie in a passage or a fragment, or stick out of a passage by less than half
of `length`. Of several places of the other text the first is shown, so that periodic text costs no more than any other.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.background.grams import run_hashes
from kejidiff.model import FoldedText, Fragment
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]


#: What is left of a hash without its end: 16 bits, a table of 64 KB.
_TAIL = np.uint64(48)


class _Run(NamedTuple):
    left: int
    right: int
    size: int


class _Grams(NamedTuple):
    """Grams of `length` characters of one text by the place where they begin, ascending."""

    codes: "NDArray[np.uint32]"
    length: int
    hashes: "NDArray[np.uint64]"
    places: "Places"

    @classmethod
    def of(cls, codes: "NDArray[np.uint32]", length: int) -> "_Grams":
        hashes = run_hashes(codes, length)
        return cls(codes, length, hashes, np.arange(len(hashes)))

    def beginnings(self) -> "NDArray[np.bool_]":
        """By the first 16 bits of a hash: has any gram such a one?"""
        held = np.zeros(1 << 16, dtype=bool)
        held[self.hashes >> _TAIL] = True
        return held

    def where(self, kept: "NDArray[np.bool_]") -> "_Grams":
        return self._replace(hashes=self.hashes[kept], places=self.places[kept])


def find_fragments(
    folded: tuple[FoldedText, FoldedText],
    codes: "tuple[NDArray[np.uint32], NDArray[np.uint32]]",
    passages: Sequence[tuple[Span, Span]],
    length: int,
) -> tuple[Fragment, ...]:
    """By left start. `codes` of the two folded texts; `passages` are folded spans."""
    left, right = folded
    one, other = _both_may_hold(_Grams.of(codes[0], length), _Grams.of(codes[1], length))
    at, found = _shared_places(one, other)
    free = _free(at, [passage[0] for passage in passages], length)
    runs = {_Run(*run) for run in _runs(at[free], found[free], length)}
    at, found = _shared_places(other, one)
    free = _free(at, [passage[1] for passage in passages], length)
    runs |= {_Run(j, i, size) for i, j, size in _runs(at[free], found[free], length)}
    fragments = [Fragment(left.span(i, i + size), right.span(j, j + size), size) for i, j, size in _outermost(runs)]
    return tuple(sorted(fragments, key=lambda fragment: (fragment.left, fragment.right)))


def _free(starts: "Places", passages: Sequence[Span], length: int) -> "NDArray[np.bool_]":
    """Of which windows of `length` characters at least half lies outside the passages."""
    if not passages or not len(starts):
        return np.ones(len(starts), dtype=bool)
    edges = np.array(sorted(passages), dtype=np.int64)
    sums = np.concatenate(([0], np.cumsum(edges[:, 1] - edges[:, 0])))

    def covered(until: "Places") -> "Places":
        last = np.searchsorted(edges[:, 0], until, side="right")
        over = np.where(last > 0, np.maximum(edges[last - 1, 1] - until, 0), 0)
        return np.asarray(sums[last] - over)

    return np.asarray(2 * (covered(starts + length) - covered(starts)) <= length)


def _both_may_hold(one: _Grams, other: _Grams) -> tuple[_Grams, _Grams]:
    """What is left of either when grams go whose hashes do not even begin as one of the other text's does.

    Of two texts of 5,000 characters that share nothing one gram in fourteen is left, and little to sort and search.
    """
    return one.where(other.beginnings()[one.hashes >> _TAIL]), other.where(one.beginnings()[other.hashes >> _TAIL])


def _shared_places(left: _Grams, right: _Grams) -> "tuple[Places, Places]":
    """Left positions whose next characters stand in the right text, and the first place where they do."""
    hashes, places = np.unique(right.hashes, return_index=True)
    if not len(hashes) or not len(left.hashes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    nearest = np.minimum(np.searchsorted(hashes, left.hashes), len(hashes) - 1)
    shared = np.flatnonzero(hashes[nearest] == left.hashes)
    at, found = left.places[shared], right.places[places[nearest[shared]]]
    window = np.arange(left.length)
    equal = (left.codes[at[:, None] + window] == right.codes[found[:, None] + window]).all(axis=1)
    return at[equal], found[equal]


def _runs(at: "Places", found: "Places", length: int) -> list[tuple[int, int, int]]:
    """Neighbouring places of one diagonal as one run (start, start in the other text, characters)."""
    if not len(at):
        return []
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(at) != 1) | (np.diff(found) != 1))))
    lasts = np.append(begins[1:], len(at)) - 1
    return [
        (int(at[first]), int(found[first]), int(at[last] - at[first]) + length)
        for first, last in zip(begins, lasts, strict=True)
    ]


def _outermost(runs: set[_Run]) -> list[_Run]:
    """Without those that lie inside a longer one of the same diagonal: what both sides have found."""
    kept: list[_Run] = []
    for run in sorted(runs, key=lambda run: (run.right - run.left, run.left, -run.size)):
        before = kept[-1] if kept else None
        same = before is not None and before.right - before.left == run.right - run.left
        if before is None or not same or run.left + run.size > before.left + before.size:
            kept.append(run)
    return kept
