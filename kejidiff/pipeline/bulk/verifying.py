"""A bucket of candidate pairs -> matches, each verified on the folded texts of its two units, in original offsets."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kejidiff.align.unit_neighbours import match_neighbours
from kejidiff.align.units import UnitMatch, match_units
from kejidiff.library.unit_candidates import candidates_of
from kejidiff.library.unit_join import SharedAnchors
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, pairs_of
from kejidiff.pipeline.bulk.locating import located
from kejidiff.pipeline.bulk.matches import FOUND, KINDS, Found, Matches
from kejidiff.pipeline.bulk.units_on_disk import Side, Units, units_on_disk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

_KIND: Final = {
    "replace": KINDS.index("replacement"),
    "insert": KINDS.index("insertion"),
    "delete": KINDS.index("deletion"),
}
_FIGURE, _MASK, _MOVE = KINDS.index("figure"), KINDS.index("mask"), KINDS.index("move")

Own = tuple[int, int, UnitMatch]
Edits = list[tuple[int, int, int, int, int]]


def verify(bucket: int, layout: Layout, folder: Path, options: BulkOptions) -> None:
    """Write the matches of one bucket."""
    equal, pairs = pairs_of(bucket, layout, folder)
    counts = np.load(folder / "counts.npy", mmap_mode="r", allow_pickle=False)
    candidates = candidates_of(pairs, equal, counts, layout.bits, options)
    units = units_on_disk(folder, layout.first_units, layout.first_counted)
    try:
        matches_of(candidates, units, options).write(folder / f"matches-{bucket}")
    finally:
        units.close()


def matches_of(candidates: SharedAnchors, units: Units, options: BulkOptions) -> Matches:
    """What candidates come to. All pairs of units of two documents must be among them, or none."""
    return located(found_among(candidates, units, options), units)


def found_among(candidates: SharedAnchors, units: Units, options: BulkOptions) -> Found:
    """The matches of candidates: of those between two documents that want the same text the best, and what stands
    beside them."""
    found, edits = _matched(candidates, units, options)
    rows = np.zeros(len(found), dtype=FOUND)
    rows["left_unit"] = [left for left, _, _ in found]
    rows["right_unit"] = [right for _, right, _ in found]
    for field in ("left", "left_end", "right", "right_end", "matched", "longest", "similarity"):
        rows[field] = [getattr(match, field) for *_, match in found]
    rows["edits"] = [len(own) for own in edits]
    return Found(rows, np.array([edit for own in edits for edit in own], dtype=np.int32).reshape(-1, 5))


def _matched(candidates: SharedAnchors, units: Units, options: BulkOptions) -> tuple[list[Own], list[Edits]]:
    """Matches by pair of documents, the best of those that want the same text; edits in folded offsets."""
    found: list[Own] = []
    edits: list[Edits] = []
    sides = units.sides(candidates.left), units.sides(candidates.right)
    for one, other, places in zip(*sides, candidates.places(), strict=True):
        for match in match_units(one.text, other.text, places, options):
            found.append((one.unit, other.unit, match))
            edits.append(_edits(match, one, other, units))
    kept = _chosen(found, units.documents)
    found, edits = [found[at] for at in kept], [edits[at] for at in kept]
    more = [
        one for _, own in groupby(found, key=lambda one: _documents(one, units)) for one in _beside(own, units, options)
    ]
    if not more:
        return found, edits
    found += [(left, right, match) for left, right, match, _ in more]
    edits += [own for *_, own in more]
    order = sorted(range(len(found)), key=lambda at: (*_documents(found[at], units), found[at][0], found[at][2].left))
    return [found[at] for at in order], [edits[at] for at in order]


def _documents(one: Own, units: Units) -> tuple[int, int]:
    return int(units.documents[one[0]]), int(units.documents[one[1]])


def _beside(own: Iterable[Own], units: Units, options: BulkOptions) -> Iterator[tuple[int, int, UnitMatch, Edits]]:
    """Further matches of two documents beside those they have, with their edits."""
    found = list(own)
    if len(found) < 2:
        return
    left, right = (units.of(document) for document in _documents(found[0], units))

    side = cache(units.side)
    lengths = units.rows[:, 4]
    beside = match_neighbours(found, left, right, lambda at: int(lengths[at]), lambda unit: side(unit).text, options)
    for one, other, match in beside:
        yield one, other, match, _edits(match, side(one), side(other), units)


def _chosen(found: Sequence[Own], owners: "NDArray[np.uint32]") -> list[int]:
    """Of the matches between two documents that overlap on either side the one with most in common; by documents, then
    by place on the left."""
    order = sorted(range(len(found)), key=lambda at: (-found[at][2].matched, found[at][0], found[at][1]))
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    kept: list[tuple[int, int, int, int, int]] = []
    for at in order:
        left, right, match = found[at]
        documents = int(owners[left]), int(owners[right])
        sides = ((left, documents[1], match.left, match.left_end), (right, documents[0], match.right, match.right_end))
        spans = [taken.setdefault((unit, other), []) for unit, other, _, _ in sides]
        if any(
            start < held_end and held < end
            for (_, _, start, end), own in zip(sides, spans, strict=True)
            for held, held_end in own
        ):
            continue
        for (_, _, start, end), own in zip(sides, spans, strict=True):
            own.append((start, end))
        kept.append((*documents, left, match.left, at))
    return [at for *_, at in sorted(kept)]


def _edits(match: UnitMatch, left: Side, right: Side, units: Units) -> Edits:
    """Changes in their order, those of figures among them, then what was moved."""
    edits: list[Any] = [(_KIND[kind], *ranges) for kind, *ranges in match.script if kind != "equal"]
    if FIGURE_SYMBOL in left.text:
        one, other = units.figures(left), units.figures(right)
        if one != other or left.text != right.text:
            edits += _changed_figures(match, left, right, one, other)
            edits.sort(key=lambda edit: edit[1:])
    return edits + [(_MOVE, *ranges) for ranges in match.moved]


def _changed_figures(match: UnitMatch, left: Side, right: Side, one: Sequence[int], other: Sequence[int]) -> Edits:
    """Figures at corresponding places whose values, `one` and `other` by unit, are not the same."""
    found = []
    for kind, i, i_end, j, _ in match.script:
        at = left.text.find(FIGURE_SYMBOL, i, i_end) if kind == "equal" else -1
        if at < 0:
            continue
        number, opposite = left.text.count(FIGURE_SYMBOL, 0, at), right.text.count(FIGURE_SYMBOL, 0, j + at - i)
        while at >= 0:
            if one[number] != other[opposite]:
                changed = _FIGURE if one[number] and other[opposite] else _MASK
                found.append((changed, at, at + 1, j + at - i, j + at - i + 1))
            number, opposite = number + 1, opposite + 1
            at = left.text.find(FIGURE_SYMBOL, at + 1, i_end)
    return found
