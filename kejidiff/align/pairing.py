"""Aligned runs -> pairs of paragraphs that hold one text: one to one, scored, marked where they are out of order."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.originals import Original
from kejidiff.align.script import similarity
from kejidiff.align.seeds import Runs
from kejidiff.model import ParagraphPair, Tier
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Paragraphs are a pair when this share of the shorter one stands in the other: a heading and the sentence that repeats
#: it share as much as .3, the most rewritten of the 38 pairs of the seeds .62.
_SHARED = 0.4


def score(left: Original, right: Original, spans: tuple[Span, Span], light_from: float) -> tuple[float, Tier]:
    """Similarity and tier of two folded spans: `verbatim` where folded text and the values of figures are equal."""
    one, other = spans[0].of(left.folded.text), spans[1].of(right.folded.text)
    alike = similarity(one, other)
    if one == other and left.figures(*spans[0]) == right.figures(*spans[1]):
        return alike, "verbatim"
    return alike, "light" if alike >= light_from else "rewritten"


def pair_paragraphs(
    left: Original, right: Original, runs: Runs, members: Iterable[int], light_from: float
) -> tuple[ParagraphPair, ...]:
    """Pairs by left index; those that share most are paired first."""
    shared = _shared_characters(left.edges, right.edges, runs, np.array(sorted(members), dtype=np.int64))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        shorter = min(_paragraph(left, one).length, _paragraph(right, other).length)
        if one not in taken[0] and other not in taken[1] and count >= _SHARED * shorter:
            taken[0].add(one)
            taken[1].add(other)
            pairs.append((one, other))
    pairs.sort()
    in_order = _longest_ascending([other for _, other in pairs])
    return tuple(
        ParagraphPair(
            one,
            other,
            *score(left, right, (_paragraph(left, one), _paragraph(right, other)), light_from),
            at not in in_order,
        )
        for at, (one, other) in enumerate(pairs)
    )


def _paragraph(side: Original, index: int) -> Span:
    return Span(int(side.edges[index]), int(side.edges[index + 1]))


def _shared_characters(
    left_edges: "NDArray[np.int64]", right_edges: "NDArray[np.int64]", runs: Runs, members: "NDArray[np.int64]"
) -> dict[tuple[int, int], int]:
    """Matched characters by (left, right) paragraph; a run that crosses a paragraph's edge is parted there."""
    lengths = runs.length[members]
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    left = np.searchsorted(left_edges, np.repeat(runs.left[members], lengths) + within, side="right") - 1
    right = np.searchsorted(right_edges, np.repeat(runs.right[members], lengths) + within, side="right") - 1
    width = len(right_edges) + 1
    keys, counts = np.unique((left + 1) * width + right + 1, return_counts=True)
    pairs = {
        (key // width - 1, key % width - 1): count for key, count in zip(keys.tolist(), counts.tolist(), strict=True)
    }
    return {pair: count for pair, count in pairs.items() if min(pair) >= 0}


def _longest_ascending(values: list[int]) -> set[int]:
    """Indexes of a longest ascending subsequence: the pairs that kept their order; the others were moved."""
    tails: list[int] = []
    at_tail: list[int] = []
    links: list[int] = []
    for at, value in enumerate(values):
        place = bisect_left(tails, value)
        links.append(at_tail[place - 1] if place else -1)
        tails[place:] = [value] if place == len(tails) else [value, *tails[place + 1 :]]
        at_tail[place:] = [at] if place == len(at_tail) else [at, *at_tail[place + 1 :]]
    kept: set[int] = set()
    at = at_tail[-1] if at_tail else -1
    while at >= 0:
        kept.add(at)
        at = links[at]
    return kept
