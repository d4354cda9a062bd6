"""A stream's columns, its units -> units as a sketch has them, by `columns.c`: as `pipeline/bulk/sketching`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def unit_columns(
    units: "Ints", kept: "NDArray[np.bool_]", texts: "Ints", figures: "Ints", start: int, before: Sequence[int]
) -> "NDArray[np.uint32] | None":
    """Shape (U, 8), as of `ShardSketch.units`. None where nothing is compiled.

    units          shape (U, 4), ascending: text, first paragraph, folded start and end of each
    kept, texts, figures   as of `text/stream.Stream`
    start          where in its file's text the only text begins; 0 for whole ones
    before         of the shard before the stream: documents, folded characters, bits, figures, countable characters
    """
    called = function("unit_columns", "pipippiipp")
    if called is None:
        return None
    import numpy as np

    if len(units) and not (units[:, 0].min() >= 0 and units[:, 0].max() < len(texts) - 1):
        raise ValueError("units of other texts")
    columns = np.empty((len(units), 8), dtype=np.uint32)
    known = np.array(before, dtype=np.int64)
    called(
        address(units, "<i8"), len(units), address(kept, "?"), len(kept), address(texts, "<i8"),
        address(figures, "<i8"), len(figures), start, address(known, "<i8"), address(columns, "<u4"),
    )  # fmt: skip
    return columns
