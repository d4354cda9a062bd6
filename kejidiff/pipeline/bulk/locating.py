"""Matches in folded offsets of their units -> the same in the original texts of their documents' files."""

from typing import Final

import numpy as np

from kejidiff.pipeline.bulk.matches import MATCH, Found, Matches
from kejidiff.pipeline.bulk.units_on_disk import Units

#: Matches whose units are located at once: of units of 480 characters, 100 MB.
_AT_ONCE: Final = 4_000


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
    origins = units.origins(known)
    base = origins.begins[places.reshape(pairs.shape)]
    rows = np.zeros(len(pairs), dtype=MATCH)
    for at, side in enumerate(("left", "right")):
        start, end = base[:, at] + found.rows[side], base[:, at] + found.rows[side + "_end"]
        rows[side + "_document"], rows[side + "_unit"] = units.rows[pairs[:, at], 0], pairs[:, at]
        rows[side], rows[side + "_end"] = origins.starts[start], origins.ends[end - 1]
        rows[side + "_counted"], rows[side + "_counted_end"] = origins.counted[start], origins.counted[end]
        rows[side + "_length"] = end - start
    for field in ("matched", "longest", "similarity", "edits"):
        rows[field] = found.rows[field]
    flat = found.edits.astype(np.int64)
    flat[:, 1:] += np.repeat(np.repeat(base, 2, axis=1), rows["edits"], axis=0)
    edits = flat.astype(np.int32)
    for at in (1, 3):
        start, end = flat[:, at], flat[:, at + 1]
        edits[:, at] = origins.starts[start]
        edits[:, at + 1] = np.where(end > start, origins.ends[np.maximum(end - 1, 0)], origins.starts[start])
    for at, side in ((1, "left_end"), (3, "right_end")):  # what came or went at the end of a match stands at its end
        edits[:, at : at + 2] = np.minimum(edits[:, at : at + 2], np.repeat(rows[side], rows["edits"])[:, None])
    return Matches(rows, edits)
