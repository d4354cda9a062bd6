"""Columns and a template -> text, row after row: `lines.c`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bytes = NDArray[np.uint8]
    #: Integers; ratios, of float64; or texts: their data, and where each starts and ends in it.
    Column = Ints | NDArray[np.float64] | tuple[Bytes, Ints, Ints]

#: Bytes behind what is read and written, as of `lines.c`.
_SLACK: Final = 16
#: Characters at most of an int64, and of a ratio below 1,000 with nine places.
_INTEGER: Final = 20
_RATIO: Final = 14
#: Decimals of a ratio at most: a product by ten to so many fits into what it is rounded in.
_MOST_PLACES: Final = 9
_INTEGERS, _RATIOS, _TEXTS = range(3)


def fill(parts: Sequence[bytes], columns: "Sequence[Column]", rows: int, places: int) -> "tuple[Bytes, Ints] | None":
    """So many rows of part, value, part, …, value, part: the text, and where each row ends. Ratios have `places`
    decimals, 1 to 9. None also where they shall have others, or one is negative, 1,000 or more, or no number.
    ValueError where a column has another length, or a text lies outside its data."""
    called = function("lines_fill", "iipppipp")
    if called is None or not 1 <= places <= _MOST_PLACES:
        return None
    described = np.zeros((len(columns), 4), dtype=np.int64)
    room = sum(map(len, parts)) * rows + _SLACK
    for own, column in zip(described, columns, strict=True):
        room += _describe(column, own, rows)
    edges = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    template = np.frombuffer(b"".join(parts) + bytes(_SLACK), dtype=np.uint8)
    text, ends = np.empty(room, dtype=np.uint8), np.empty(rows, dtype=np.int64)
    failed = called(
        rows, len(columns), address(described, "<i8"), address(template, "|u1"), address(edges, "<i8"), places,
        address(text, "|u1"), address(ends, "<i8"),
    )  # fmt: skip
    return None if failed else (text[: int(ends[-1]) if rows else 0], ends)


def _describe(column: "Column", described: "Ints", rows: int) -> int:
    """Say where a column lies; the bytes that it takes at most."""
    if isinstance(column, tuple):
        data, starts, ends = column
        sizes = ends - starts
        if len(starts) != rows or (rows and (starts.min() < 0 or sizes.min() < 0 or ends.max() > len(data))):
            raise ValueError("texts that lie outside their data, or too few")
        described[:] = _TEXTS, address(data, "|u1"), address(starts, "<i8"), address(ends, "<i8")
        return int(sizes.sum())
    if len(column) != rows:
        raise ValueError(f"{len(column)} values for {rows} rows")
    is_ratio = column.dtype.kind == "f"
    described[:2] = _RATIOS if is_ratio else _INTEGERS, address(column, "<f8" if is_ratio else "<i8")
    return rows * (_RATIO if is_ratio else _INTEGER)
