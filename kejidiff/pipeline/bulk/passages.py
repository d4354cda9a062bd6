"""Matches of one pair of documents -> its passages: matches that follow each other on both sides are one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kejidiff.model import EditKind, Tier
from kejidiff.model.bulk import BulkPassage
from kejidiff.pipeline.bulk.matches import KINDS
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TIERS: Final[tuple[Tier, ...]] = ("verbatim", "light", "rewritten")
Edits = list[tuple[EditKind, int, int, int, int]]
Paragraphs = list[list[int]]


def passages_of(
    rows: Any,
    edits: Sequence["NDArray[np.int32]"],
    commonness: Sequence[int],
    tiers: Sequence[int],
    paragraphs: tuple[Paragraphs, Paragraphs],
) -> tuple[BulkPassage, ...]:
    """By left start.

    rows        matches of the pair, by left start (`matches.MATCH`); edits, commonness, tier of each
    paragraphs  spans of both documents' paragraphs
    """
    passages: list[BulkPassage] = []
    run: list[int] = []
    for at in range(len(rows)):
        if run and not _follows(rows[run[-1]], rows[at]):
            passages.append(_passage(rows, run, edits, commonness, tiers, paragraphs))
            run = []
        run.append(at)
    if run:
        passages.append(_passage(rows, run, edits, commonness, tiers, paragraphs))
    return tuple(passages)


def _follows(earlier: Any, later: Any) -> bool:
    """Nothing that counts stands between the two, on either side."""
    return bool(
        earlier["left_counted_end"] == later["left_counted"] and earlier["right_counted_end"] == later["right_counted"]
    )


def _passage(
    rows: Any,
    run: Sequence[int],
    edits: Sequence["NDArray[np.int32]"],
    commonness: Sequence[int],
    tiers: Sequence[int],
    paragraphs: tuple[Paragraphs, Paragraphs],
) -> BulkPassage:
    own = rows[run[0] : run[-1] + 1]
    first, last = own[0], own[-1]
    left, right = Span(int(first["left"]), int(last["left_end"])), Span(int(first["right"]), int(last["right_end"]))
    characters = (
        int(last["left_counted_end"] - first["left_counted"]), int(last["right_counted_end"] - first["right_counted"]),
    )  # fmt: skip
    worst = max(tiers[at] for at in run)
    similarity = 2 * int(own["matched"].sum()) / sum(characters) if len(run) > 1 else float(first["similarity"])
    return BulkPassage(
        left=left,
        right=right,
        similarity=similarity,
        tier=_TIERS[worst],
        left_paragraphs=_inside(paragraphs[0], left),
        right_paragraphs=_inside(paragraphs[1], right),
        longest_run=int(own["longest"].max()),
        commonness=max(commonness[at] for at in run),
        edits=[(KINDS[kind], *spans) for at in run for kind, *spans in edits[at].tolist()],
        characters=characters,
    )


def _inside(paragraphs: Paragraphs, span: Span) -> list[int]:
    """Numbers of the paragraphs that a span touches."""
    first = bisect_right(paragraphs, span.start, key=lambda one: one[1])
    return list(range(first, bisect_left(paragraphs, span.end, key=lambda one: one[0])))
