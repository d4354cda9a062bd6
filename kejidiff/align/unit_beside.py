"""Matches of many pairs of documents -> pairs of units beside them that match as wholes: `unit_neighbours`, for all.

The kernel takes texts that are at hand. Those around the matches are read for it; where it comes to the edge of these,
more of them are, for the pairs of documents that were not finished.
"""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.align.unit_neighbours import ALIKE, FULL, LEAST, STEPS, match_neighbours
from kejidiff.align.unit_pairs import rules_of, text_of
from kejidiff.align.units import UnitMatch
from kejidiff.kernel.neighbours import Documents, KnownTexts, Nearness, find_neighbours
from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Folded characters of units, by their numbers, ascending; and where each begins, and the end.
Read = Callable[["Ints"], "tuple[NDArray[np.uint16], Ints]"]

#: How far around matches texts are read at first, and how many times as far each further time: of 1,842 pairs of made
#: reports with several matches one went beyond.
_NEAR: Final = max(abs(step) for both in STEPS for step in both)
_FARTHER: Final = 8


def pairs_beside(documents: Documents, read: Read, options: BulkOptions) -> "Ints":
    """Shape (N, 2): pairs of units that match as wholes from a similarity of `ALIKE` on, in no order; not those of
    `documents` themselves. Each of these pairs of documents has its matches by place on the left."""
    documents = _several(documents)
    found = [np.zeros((0, 2), dtype=np.int64)]
    reach = _NEAR
    while len(documents.ranges):
        known = _around(documents, reach)
        texts = KnownTexts(known, *read(known))
        outcome = find_neighbours(rules_of(options), Nearness(ALIKE, FULL), STEPS, texts, documents)
        if outcome is None:
            return _one_by_one(documents, read, options)
        pairs, done = outcome
        found.append(pairs)
        documents = _those(documents, np.flatnonzero(~done))
        reach *= _FARTHER
    return np.concatenate(found)


def _one_by_one(documents: Documents, read: Read, options: BulkOptions) -> "Ints":
    text = cache(lambda unit: text_of(read(np.array([unit]))[0]))
    spans = zip(documents.units.tolist(), documents.spans.tolist(), strict=True)
    matches = [(left, right, UnitMatch(a, b, c, d, 0.0, 0, 0, [])) for (left, right), (a, b, c, d) in spans]
    found = []
    for (start, end), ends in zip(pairwise(documents.edges.tolist()), documents.ranges.tolist(), strict=True):
        sides = range(*ends[:2]), range(*ends[2:])
        beside = match_neighbours(matches[start:end], *sides, lambda unit: len(text(unit)), text, options)
        found += [(left, right) for left, right, _ in beside]
        text.cache_clear()
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _several(documents: Documents) -> Documents:
    """Those in which enough pairs of units match."""
    owners = np.repeat(np.arange(len(documents.ranges)), np.diff(documents.edges))
    left, right = documents.units.T
    order = np.lexsort((right, left, owners))
    columns = np.stack((owners, left, right))[:, order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
    distinct = np.bincount(columns[0, new], minlength=len(documents.ranges))
    return _those(documents, np.flatnonzero(distinct >= LEAST))


def _those(documents: Documents, at: "Ints") -> Documents:
    sizes = np.diff(documents.edges)[at]
    edges = np.concatenate(([0], np.cumsum(sizes)))
    rows = np.repeat(documents.edges[at] - edges[:-1], sizes) + np.arange(int(edges[-1]))
    return Documents(edges, documents.units[rows], documents.spans[rows], documents.ranges[at])


def _around(documents: Documents, reach: int) -> "Ints":
    """The units of all matches, and as many before and behind as `reach` says, ascending."""
    ranges = np.repeat(documents.ranges, np.diff(documents.edges), axis=0)
    first = np.maximum(documents.units - reach, ranges[:, ::2]).ravel()
    last = np.minimum(documents.units + reach + 1, ranges[:, 1::2]).ravel()
    order = np.argsort(first)
    first, last = first[order], np.maximum.accumulate(last[order])
    begins = np.ones(len(first), dtype=bool)
    begins[1:] = first[1:] > last[:-1]
    ends = np.ones(len(first), dtype=bool)
    ends[:-1] = begins[1:]
    starts, sizes = first[begins], last[ends] - first[begins]
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
