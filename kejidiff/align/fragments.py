"""Two folded texts, passages -> fragments: every verbatim run of a stated length that lies in no passage.

Too short to accuse anyone, so they enter no ratio; but none is missed: for each place of the left text whose next
`length` characters stand anywhere in the right one, some run that holds it is returned (the first such place of the
right text, so that periodic text costs no more than any other).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.originals import Original
from kejidiff.align.seeds import Side
from kejidiff.background.grams import run_hashes
from kejidiff.model import Fragment
from kejidiff.span import Span, without

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_fragments(
    left: Original, right: Original, sides: tuple[Side, Side], passages: Sequence[tuple[Span, Span]], length: int
) -> tuple[Fragment, ...]:
    """By left start. `passages` are folded spans: what is inside one on either side is no fragment."""
    one, other = (side.codes for side in sides)
    at, found = _shared_places(one, other, length)
    fragments: list[Fragment] = []
    for i, j, size in _runs(at, found, length):
        for piece in without(Span(i, i + size), [passage[0] for passage in passages]):
            shift = j - i
            inside = without(Span(piece.start + shift, piece.end + shift), [passage[1] for passage in passages])
            fragments += [
                Fragment(left.folded.span(k.start - shift, k.end - shift), right.folded.span(*k), k.length)
                for k in inside
                if k.length >= length
            ]
    return tuple(sorted(fragments, key=lambda fragment: (fragment.left, fragment.right)))


def _shared_places(
    left: "NDArray[np.uint32]", right: "NDArray[np.uint32]", length: int
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Left positions whose next characters stand in the right text, and the first place where they do."""
    hashes, places = np.unique(run_hashes(right, length), return_index=True)
    wanted = run_hashes(left, length)
    if not len(hashes) or not len(wanted):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    nearest = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
    at = np.flatnonzero(hashes[nearest] == wanted)
    found = places[nearest[at]]
    window = np.arange(length)
    equal = (left[at[:, None] + window] == right[found[:, None] + window]).all(axis=1) if len(at) else at > 0
    return at[equal], found[equal]


def _runs(at: "NDArray[np.int64]", found: "NDArray[np.int64]", length: int) -> list[tuple[int, int, int]]:
    """Neighbouring places of one diagonal as one run (left start, right start, characters)."""
    if not len(at):
        return []
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(at) != 1) | (np.diff(found) != 1))))
    lasts = np.append(begins[1:], len(at)) - 1
    return [
        (int(at[first]), int(found[first]), int(at[last] - at[first]) + length)
        for first, last in zip(begins, lasts, strict=True)
    ]
