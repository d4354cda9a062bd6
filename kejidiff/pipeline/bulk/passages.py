"""Matches of one pair of documents -> its passages: matches that follow each other on both sides are one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kejidiff.align.unit_edits import KINDS
from kejidiff.model import Tier
from kejidiff.model.bulk import BulkPassage
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_TIERS: Final[tuple[Tier, ...]] = ("verbatim", "light", "rewritten")


class Found(NamedTuple):
    """One match, as plain numbers; fields as of `matches.MATCH`.

    lengths      folded characters of both sides
    paragraphs   first and last that it touches, of the left document and of the right one
    """

    left: tuple[int, int]
    right: tuple[int, int]
    left_counted: tuple[int, int]
    right_counted: tuple[int, int]
    lengths: int
    matched: int
    longest: int
    similarity: float
    tier: int
    commonness: int
    paragraphs: tuple[int, int, int, int]
    edits: list[list[int]]


def found_in(
    rows: Any, edits: "NDArray[np.int32]", tiers: "Ints", commonness: "Ints", paragraphs: "NDArray[np.int64]"
) -> list[Found]:
    """Matches of a bucket as plain numbers. `paragraphs`: shape (2, P), as of `collection.gather`."""
    pairs = [
        list(zip(rows[name].tolist(), rows[name + "_end"].tolist(), strict=True))
        for name in ("left", "right", "left_counted", "right_counted")
    ]
    touched = [edge.tolist() for side in ("left", "right") for edge in _touched(rows, side, paragraphs)]
    all_edits, ends = edits.tolist(), np.cumsum(rows["edits"], dtype=np.int64).tolist()
    own_edits = [all_edits[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    lengths = (rows["left_length"] + rows["right_length"]).tolist()
    plain = (rows[name].tolist() for name in ("matched", "longest", "similarity"))
    return list(
        map(Found, *pairs, lengths, *plain, tiers.tolist(), commonness.tolist(), zip(*touched, strict=True), own_edits)
    )


def passages_of(matches: Sequence[Found]) -> tuple[BulkPassage, ...]:
    """The passages of a pair of documents, by left start, from its matches in that order."""
    passages: list[BulkPassage] = []
    run: list[Found] = []
    for match in matches:
        if run and not _follows(run[-1], match):
            passages.append(_passage(run))
            run = []
        run.append(match)
    return (*passages, _passage(run)) if run else ()


def _touched(rows: Any, side: str, paragraphs: "NDArray[np.int64]") -> "tuple[Ints, Ints]":
    """Numbers, in their documents, of the first and the last paragraph that each match touches."""
    starts, ends = paragraphs
    documents = rows[side + "_document"].astype(np.int64) << 32
    begins = np.searchsorted(starts, documents)
    first = np.searchsorted(ends, documents | rows[side], side="right") - begins
    last = np.searchsorted(starts, documents | rows[side + "_end"]) - begins - 1
    return first, last


def _follows(earlier: Found, later: Found) -> bool:
    """Nothing that counts stands between the two, on either side."""
    return earlier.left_counted[1] == later.left_counted[0] and earlier.right_counted[1] == later.right_counted[0]


def _passage(run: Sequence[Found]) -> BulkPassage:
    first, last = run[0], run[-1]
    characters = last.left_counted[1] - first.left_counted[0], last.right_counted[1] - first.right_counted[0]
    similarity = first.similarity
    if len(run) > 1:
        whole = sum(match.lengths for match in run)
        similarity = sum(match.similarity * match.lengths for match in run) / whole
    left_first, _, right_first, _ = first.paragraphs
    _, left_last, _, right_last = last.paragraphs
    return BulkPassage(
        left=Span(first.left[0], last.left[1]),
        right=Span(first.right[0], last.right[1]),
        similarity=similarity,
        tier=_TIERS[max([match.tier for match in run])],
        left_paragraphs=list(range(left_first, left_last + 1)),
        right_paragraphs=list(range(right_first, right_last + 1)),
        longest_run=max([match.longest for match in run]),
        commonness=max([match.commonness for match in run]),
        edits=[(KINDS[kind], i, i_end, j, j_end) for match in run for kind, i, i_end, j, j_end in match.edits],
        characters=characters,
    )
