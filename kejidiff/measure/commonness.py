"""Comparisons -> how many documents of the scan hold each passage."""

from collections import defaultdict
from collections.abc import Sequence

from kejidiff.model import Alignment, Comparison, Passage
from kejidiff.span import Span

#: Another document holds a passage when one of its own passages with the same document covers this share of it.
_COVERED = 0.5


def with_commonness(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons, with `commonness` of each passage counted on its left document, these two included."""
    held: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for comparison in comparisons:
        for passage in comparison.passages:
            held[comparison.left].append((passage.left, comparison.right))
            held[comparison.right].append((passage.right, comparison.left))
    return tuple(
        comparison._replace(
            alignment=Alignment(
                tuple(_counted(comparison, passage, held) for passage in comparison.passages),
                comparison.alignment.pairs,
                comparison.alignment.fragments,
            ),
        )
        for comparison in comparisons
    )


def _counted(comparison: Comparison, passage: Passage, held: dict[str, list[tuple[Span, str]]]) -> Passage:
    others = {
        other
        for span, other in held[comparison.left]
        if span.clipped(passage.left).length >= _COVERED * passage.left.length
    }
    return passage._replace(commonness=len(others | {comparison.right}) + 1)
