"""Matches in folded offsets of their units -> the same in the original texts of their documents' files."""

from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.kernel import origins as compiled
from kejidiff.pipeline.bulk.matches import MATCH, Found, Matches
from kejidiff.pipeline.bulk.origins import SYMBOL, Kept, origins_of
from kejidiff.pipeline.bulk.units_on_disk import Units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Matches whose units are located at once, the more the closer these stand on the disk: in numpy 200 MB, of units of
#: 480 characters; compiled 20.
_AT_ONCE: Final = 8_000
_SPANS: Final = ("left", "left_end", "right", "right_end")
_COUNTED: Final = ("left_counted", "left_counted_end", "right_counted", "right_counted_end")


def located(found: Found, units: Units) -> Matches:
    """All of them."""
    ends = np.concatenate(([0], np.cumsum(found.rows["edits"], dtype=np.int64)))
    parts = []
    for at in range(0, max(len(found.rows), 1), _AT_ONCE):
        rows = found.rows[at : at + _AT_ONCE]
        edits = found.edits[int(ends[at]) : int(ends[at + len(rows)])]
        parts.append(_located(Found(rows, edits), units))
    return Matches(*(np.concatenate(own) for own in zip(*parts, strict=True)))


def _located(found: Found, units: Units) -> Matches:
    pairs = np.stack((found.rows["left_unit"], found.rows["right_unit"]), axis=1).astype(np.int64)
    known, places = np.unique(pairs, return_inverse=True)
    spans = np.stack([found.rows[name] for name in _SPANS], axis=1).astype(np.int64)
    places, edits = places.reshape(pairs.shape), found.rows["edits"].astype(np.int64)
    original, moved = _in_the_original(units.kept(known), np.column_stack((places, spans, edits)), found.edits)
    rows = np.zeros(len(pairs), dtype=MATCH)
    for at, name in enumerate((*_SPANS, *_COUNTED)):
        rows[name] = original[:, at]
    for at, side in enumerate(("left", "right")):
        rows[side + "_document"], rows[side + "_unit"] = units.documents[pairs[:, at]], pairs[:, at]
        rows[side + "_length"] = spans[:, 2 * at + 1] - spans[:, 2 * at]
    for field in ("matched", "longest", "similarity", "edits"):
        rows[field] = found.rows[field]
    return Matches(rows, moved)


def _in_the_original(kept: Kept, matches: "Ints", edits: "NDArray[np.int32]") -> "tuple[Ints, NDArray[np.int32]]":
    """Shape (M, 8): `_SPANS` and `_COUNTED` of each match; and its edits. `matches`: shape (M, 7), left and right unit
    by their numbers in `kept`, `_SPANS` in folded offsets, edits."""
    symbols, figures = kept.texts.symbols, kept.texts.figures
    found = compiled.located(symbols, kept.bits, figures, SYMBOL, kept.rows, matches, edits)
    if found is not None:
        return found
    origins = origins_of(kept)
    units, spans, counts = matches[:, :2], matches[:, 2:6], matches[:, 6]
    spans = spans + np.repeat(origins.begins[units], 2, axis=1)
    original = np.empty((len(matches), 8), dtype=np.int64)
    original[:, 0:4:2], original[:, 1:4:2] = origins.starts[spans[:, ::2]], origins.ends[spans[:, 1::2] - 1]
    original[:, 4:] = origins.counted[spans]
    flat = edits.astype(np.int64)
    flat[:, 1:] += np.repeat(np.repeat(origins.begins[units], 2, axis=1), counts, axis=0)
    moved = edits.copy()
    for at in (1, 3):
        start, end = flat[:, at], flat[:, at + 1]
        moved[:, at] = origins.starts[start]
        moved[:, at + 1] = np.where(end > start, origins.ends[np.maximum(end - 1, 0)], origins.starts[start])
        # What came or went at the end of a match stands at its end.
        moved[:, at : at + 2] = np.minimum(moved[:, at : at + 2], np.repeat(original[:, at], counts)[:, None])
    return original, moved
