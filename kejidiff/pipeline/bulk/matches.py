"""Matches of two units <-> arrays in the working folder: spans in the original texts, and edits beside them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kejidiff.pipeline.bulk.spill import read_arrays, write_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: One match. Spans are half-open: `left`, `right` in the texts of the documents' files, `…_counted` in the countable
#: characters of the whole collection, where documents lie one after the other. `…_length`: folded characters;
#: `edits`: how many there are.
MATCH: Final = np.dtype(
    [
        ("left_document", "<u4"), ("right_document", "<u4"),
        ("left", "<u4"), ("left_end", "<u4"), ("right", "<u4"), ("right_end", "<u4"),
        ("left_counted", "<i8"), ("left_counted_end", "<i8"), ("right_counted", "<i8"), ("right_counted_end", "<i8"),
        ("left_unit", "<u4"), ("right_unit", "<u4"), ("left_length", "<u4"), ("right_length", "<u4"),
        ("matched", "<u4"), ("longest", "<u4"), ("edits", "<u4"), ("similarity", "<f8"),
    ]
)  # fmt: skip

#: One match before it is located: half-open offsets in the folded texts of both units.
FOUND: Final = np.dtype(
    [
        ("left_unit", "<u4"), ("right_unit", "<u4"),
        ("left", "<u4"), ("left_end", "<u4"), ("right", "<u4"), ("right_end", "<u4"),
        ("matched", "<u4"), ("longest", "<u4"), ("edits", "<u4"), ("similarity", "<f8"),
    ]
)  # fmt: skip


class Found(NamedTuple):
    """Matches by documents and then by place on the left; and their edits one after the other, shape (E, 5): kind, as
    of `unit_edits.KINDS`, and both spans, as of `FOUND`."""

    rows: "NDArray[Any]"
    edits: "NDArray[np.int32]"

    def of(self, at: "NDArray[np.int64]") -> "Found":
        """Those of these numbers, in this order, with their edits."""
        rows = self.rows[at]
        sizes = rows["edits"].astype(np.int64)
        starts = np.cumsum(self.rows["edits"], dtype=np.int64)[at] - sizes
        before = np.cumsum(sizes) - sizes
        return Found(rows, self.edits[np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))])


class Matches(NamedTuple):
    """Matches by documents and then by place, and their edits one after the other: kind and both spans."""

    rows: "NDArray[Any]"
    edits: "NDArray[np.int32]"

    def write(self, path: Path) -> None:
        """Replace the file by these."""
        write_arrays(path, self)

    @classmethod
    def read(cls, path: Path) -> "Matches":
        return cls(*read_arrays(path, 2))


def rows_of(path: Path) -> "NDArray[Any]":
    """The matches of a file without their edits."""
    return read_arrays(path, 1)[0]
