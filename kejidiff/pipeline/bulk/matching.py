"""Candidate pairs of units -> the matches that are kept, in folded offsets; and those of what stands beside them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kejidiff.align.unit_beside import pairs_beside
from kejidiff.align.unit_neighbours import ALIKE
from kejidiff.align.unit_pairs import Matched, UnitPairs, UnitTexts, match_pairs, match_whole_pairs
from kejidiff.kernel.matches import Places
from kejidiff.kernel.neighbours import Documents
from kejidiff.library.unit_join import SharedAnchors
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.choosing import choose, in_order
from kejidiff.pipeline.bulk.matches import FOUND, Found
from kejidiff.pipeline.bulk.units_on_disk import Units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Pairs of units whose texts are in memory at once, and matches with what stands around them, seven units on either
#: side: 30 MB where all are different and as long as units can be.
_AT_ONCE: Final = 16_000
_WITH_NEIGHBOURS: Final = 2_000
#: What `FOUND` has of the columns of `Matched`, behind the number of the pair.
_COLUMNS: Final = ("left", "left_end", "right", "right_end", "matched", "longest", "edits")


def found_among(candidates: SharedAnchors, units: Units, options: BulkOptions) -> Found:
    """The matches of candidates: of those between two documents that want the same text the best, and what stands
    beside them."""
    starts = range(0, len(candidates.left), _AT_ONCE)
    found = _together(_matched(candidates, slice(at, at + _AT_ONCE), units, options) for at in starts)
    found = found.of(choose(found.rows, units.documents))
    more = _beside(found.rows, units, options)
    if not len(more.rows):
        return found
    both = _together((found, more))
    return both.of(in_order(both.rows, units.documents))


def _matched(candidates: SharedAnchors, part: slice, units: Units, options: BulkOptions) -> Found:
    """All matches of some candidates."""
    pairs = np.stack((candidates.left[part], candidates.right[part]), axis=1).astype(np.int64)
    edges = candidates.edges[part.start : part.stop + 1].astype(np.int64)
    own = slice(int(edges[0]), int(edges[-1]))
    sides = (np.ascontiguousarray(side[own], np.int64) for side in (candidates.left_places, candidates.right_places))
    places = Places(edges - edges[0], *sides)
    return _found(pairs, units, lambda texts, numbers: match_pairs(texts, numbers, places, options))


def _beside(rows: "NDArray[Any]", units: Units, options: BulkOptions) -> Found:
    """Further matches between documents, `rows` being those they have, by documents."""
    pairs = [pairs_beside(documents, units.symbols, options) for documents in _by_documents(rows, units)]
    found = np.concatenate([np.zeros((0, 2), dtype=np.int64), *pairs])
    parts = (found[at : at + _AT_ONCE] for at in range(0, len(found), _AT_ONCE))
    return _together(
        _found(part, units, lambda texts, numbers: match_whole_pairs(texts, numbers, ALIKE, options)) for part in parts
    )


def _found(pairs: "Ints", units: Units, match: Callable[[UnitTexts, UnitPairs], Matched]) -> Found:
    """What `match` finds of pairs of units, shape (N, 2)."""
    known, numbers = np.unique(pairs, return_inverse=True)
    matched = match(units.texts(known), UnitPairs(*np.ascontiguousarray(numbers.reshape(pairs.shape).T)))
    rows = np.zeros(len(matched.rows), dtype=FOUND)
    rows["left_unit"], rows["right_unit"] = pairs[matched.rows[:, 0]].T
    for field, column in zip(_COLUMNS, matched.rows[:, 1:].T, strict=True):
        rows[field] = column
    rows["similarity"] = matched.similarities
    return Found(rows, matched.edits)


def _together(parts: Iterable[Found]) -> Found:
    """One after the other."""
    none = Found(np.zeros(0, dtype=FOUND), np.zeros((0, 5), dtype=np.int32))
    return Found(*(np.concatenate(own) for own in zip(none, *parts, strict=True)))


def _by_documents(rows: "NDArray[Any]", units: Units) -> Iterator[Documents]:
    """Pairs of documents with their matches; of about as many matches as are looked at together."""
    sides = np.stack((rows["left_unit"], rows["right_unit"]), axis=1).astype(np.int64)
    spans = np.stack([rows[name] for name in _COLUMNS[:4]], axis=1).astype(np.int32)
    owners = units.documents[sides]
    changes = (owners[1:] != owners[:-1]).any(axis=1)
    borders = np.flatnonzero(np.concatenate(([len(rows) > 0], changes, [True])))
    parts = np.unique([*np.searchsorted(borders, np.arange(0, len(rows), _WITH_NEIGHBOURS)), len(borders) - 1])
    for start, end in pairwise(parts.tolist()):
        edges = borders[start : end + 1]
        own = slice(int(edges[0]), int(edges[-1]))
        ranges = units.ranges(owners[edges[:-1]]).reshape(-1, 4)
        yield Documents(edges - edges[0], sides[own], spans[own], ranges)
