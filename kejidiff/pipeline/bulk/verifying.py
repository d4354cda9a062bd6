"""A bucket of candidate pairs -> matches, each verified on the folded texts of its two units, in original offsets."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kejidiff.align.units import UnitMatch, match_units
from kejidiff.library.unit_join import SharedAnchors, UnitBits, shared_anchors, units_of_pairs
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, read_pairs
from kejidiff.pipeline.bulk.matches import KINDS, MATCH, Matches
from kejidiff.pipeline.bulk.units_on_disk import UnitsOnDisk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

#: Share of the anchors of the unit with fewer that two units must share: of verbatim text they share all, with three
#: of ten characters edited a fifth, with a stock phrase or two in common less than this.
_SHARE: Final = 0.1
_KIND: Final = {
    "replace": KINDS.index("replacement"),
    "insert": KINDS.index("insertion"),
    "delete": KINDS.index("deletion"),
}
_FIGURE, _MOVE = KINDS.index("figure"), KINDS.index("move")

Found = tuple[int, int, UnitMatch]
Edits = list[tuple[int, int, int, int, int]]


def verify(bucket: int, layout: Layout, folder: Path, options: BulkOptions) -> None:
    """Write the matches of one bucket."""
    equal = read_pairs(folder / "pairs-equal", bucket)
    pairs = np.concatenate([equal, *(read_pairs(folder / layout.pairs(part), bucket) for part in range(layout.parts))])
    counts = np.load(folder / "counts.npy", mmap_mode="r", allow_pickle=False)
    candidates = candidates_of(pairs, equal, counts, layout.bits, options)
    units = UnitsOnDisk(folder, layout.first_units)
    try:
        found, edits = _matched(candidates, units, options)
        _located(found, edits, units, layout).write(folder / f"matches-{bucket}")
    finally:
        units.close()


def candidates_of(
    pairs: "NDArray[np.uint64]", equal: "NDArray[np.uint64]", counts: Any, bits: UnitBits, options: BulkOptions
) -> SharedAnchors:
    """Of packed pairs those worth verifying: they share enough anchors, or are among the `equal` ones, of one key.

    counts   anchors of every unit
    """
    shared = shared_anchors(pairs, bits)
    total = shared.rare + shared.tied
    fewer = np.minimum(counts[shared.left], counts[shared.right])
    enough = (total >= options.shared) & (total >= _SHARE * fewer)
    lefts, rights = units_of_pairs(equal, bits)
    enough |= np.isin(shared.left << 32 | shared.right, lefts << 32 | rights)
    return shared.chosen(np.flatnonzero(enough))


def _matched(candidates: SharedAnchors, units: UnitsOnDisk, options: BulkOptions) -> tuple[list[Found], list[Edits]]:
    """Matches by pair of documents, the best of those that want the same text; edits in folded offsets."""
    found: list[Found] = []
    edits: list[Edits] = []
    pairs = zip(
        candidates.left.tolist(), candidates.right.tolist(),
        units.texts(candidates.left), units.texts(candidates.right), strict=True,
    )  # fmt: skip
    for at, (left, right, a, b) in enumerate(pairs):
        for match in match_units(a, b, lambda at=at: candidates.places(at), options):  # type: ignore[misc]
            found.append((left, right, match))
            edits.append(_edits(match, a, b))
    kept = _chosen(found, units.rows)
    return [found[at] for at in kept], [edits[at] for at in kept]


def _chosen(found: Sequence[Found], units: "NDArray[np.uint32]") -> list[int]:
    """Of the matches between two documents that overlap on either side the one with most in common; by documents, then
    by place on the left."""
    order = sorted(range(len(found)), key=lambda at: (-found[at][2].matched, found[at][0], found[at][1]))
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    kept: list[tuple[int, int, int, int, int]] = []
    for at in order:
        left, right, match = found[at]
        documents = int(units[left, 0]), int(units[right, 0])
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


def _located(found: Sequence[Found], edits: Sequence[Edits], units: UnitsOnDisk, layout: Layout) -> Matches:
    """Matches in original offsets."""
    pairs = np.array([(left, right) for left, right, _ in found], dtype=np.int64).reshape(-1, 2)
    known, places = np.unique(pairs, return_inverse=True)
    origins, begins = units.origins(known)
    base = begins[places.reshape(pairs.shape)]
    folded = layout.folded_starts[pairs] + units.rows[pairs, 3]
    rows = np.zeros(len(found), dtype=MATCH)
    for at, side in enumerate(("left", "right")):
        start = np.array([getattr(match, side) for *_, match in found], dtype=np.int64)
        end = np.array([getattr(match, side + "_end") for *_, match in found], dtype=np.int64)
        rows[side + "_document"], rows[side + "_unit"] = units.rows[pairs[:, at], 0], pairs[:, at]
        rows[side], rows[side + "_end"] = origins[base[:, at] + start], origins[base[:, at] + end - 1] + 1
        rows[side + "_folded"], rows[side + "_folded_end"] = folded[:, at] + start, folded[:, at] + end
    for field in ("matched", "longest", "similarity"):
        rows[field] = [getattr(match, field) for *_, match in found]
    rows["edits"] = [len(own) for own in edits]
    flat = np.array([edit for own in edits for edit in own], dtype=np.int64).reshape(-1, 5)
    bases = np.repeat(base, rows["edits"], axis=0)
    located = np.zeros(flat.shape, dtype=np.int32)
    located[:, 0] = flat[:, 0]
    for at in range(2):
        start, end = flat[:, 1 + 2 * at], flat[:, 2 + 2 * at]
        begins_at = origins[bases[:, at] + start]
        located[:, 1 + 2 * at] = begins_at
        located[:, 2 + 2 * at] = np.where(end > start, origins[bases[:, at] + np.maximum(end - 1, 0)] + 1, begins_at)
    return Matches(rows, located)


def _edits(match: UnitMatch, left: str, right: str) -> Edits:
    edits: Edits = []
    for kind, i, i_end, j, j_end in match.script:
        if kind == "equal":
            continue
        number = _KIND[kind]
        if kind == "replace" and left[i:i_end].isdecimal() and right[j:j_end].isdecimal():
            number = _FIGURE
        edits.append((number, i, i_end, j, j_end))
    for i, i_end, j, j_end in match.moved:
        edits.append((_MOVE, i, i_end, j, j_end))
    return edits
