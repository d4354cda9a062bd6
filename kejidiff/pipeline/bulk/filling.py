"""Columns and a template -> text, row after row: how the lines of documents and comparisons are made.

A template is what a view says a row looks like: bytes, with a field for each value, `%(name)d` for an integer,
`%(name)a` for a ratio, `%(name)b` for a text. A row may hold a list of rows of another kind: a stretch of their text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from kejidiff.kernel import lines as kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Column: TypeAlias = "Ints | NDArray[np.float64] | Texts"

#: What stands between the items of a list.
SEPARATOR: Final = b", "
_FIELD: Final = re.compile(rb"%\((\w+)\)([abd])")


class Texts(NamedTuple):
    """Stretches of one sequence of bytes, shape (N,); any two may overlap."""

    data: "NDArray[np.uint8]"
    starts: "Ints"
    ends: "Ints"

    @classmethod
    def of(cls, texts: Sequence[bytes]) -> "Texts":
        """One after the other."""
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
        starts = np.concatenate((np.zeros(1, np.int64), ends))[:-1]
        return cls(np.frombuffer(b"".join(texts), dtype=np.uint8), starts, ends)

    @classmethod
    def of_names(cls, names: Iterable[str]) -> "Texts":
        """Of plain ASCII words."""
        return cls.of([name.encode() for name in names])

    def at(self, numbers: "Ints") -> "Texts":
        """Those of these numbers, in their order."""
        return Texts(self.data, self.starts[numbers], self.ends[numbers])

    def lists(self, firsts: "Ints", ends: "Ints") -> "Texts":
        """Stretches of texts that lie one after the other, each ending with `SEPARATOR`, which the last of a list goes
        without: `[firsts, ends)` of them."""
        edges = np.concatenate((self.starts, self.ends[-1:] if len(self.ends) else np.zeros(1, np.int64)))
        begins = edges[firsts]
        return Texts(self.data, begins, np.maximum(edges[ends] - len(SEPARATOR), begins))

    def each(self) -> list[bytes]:
        """Every one by itself."""
        data = self.data.tobytes()
        return [data[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


def filled(template: bytes, columns: "Mapping[str, Column]", rows: int, places: int) -> Texts:
    """The rows, one after the other. Ratios are rounded to `places` decimals, and as `repr` writes them."""
    names, parts = _parsed(template)
    chosen = [_contiguous(columns[name]) for name in names]
    compiled = kernel.fill(parts, chosen, rows, places)
    if compiled is None:
        return Texts.of(_filled_plainly(parts, chosen, rows, places))
    data, ends = compiled
    return Texts(data, np.concatenate((np.zeros(1, np.int64), ends))[:-1], ends)


def counted(last: int) -> Texts:
    """All numbers from 0 up to `last`, each with the separator of a list behind it."""
    return filled(b"%(number)d" + SEPARATOR, {"number": np.arange(last)}, last, 1)


def _filled_plainly(parts: Sequence[bytes], columns: "Sequence[Column]", rows: int, places: int) -> list[bytes]:
    values = [_written(column, places) for column in columns]
    row = b"%b".join(part.replace(b"%", b"%%") for part in parts)
    return [row % own for own in zip(*values, strict=True)] if values else [parts[0]] * rows


def _contiguous(column: "Column") -> "Column":
    if isinstance(column, Texts):
        return column
    if column.dtype.kind == "f":
        return np.ascontiguousarray(column, dtype=np.float64)
    return np.ascontiguousarray(column, dtype=np.int64)


def _written(column: "Column", places: int) -> list[bytes]:
    if isinstance(column, Texts):
        return column.each()
    if column.dtype.kind == "f":
        return [b"%a" % round(ratio, places) for ratio in column.tolist()]
    return [b"%d" % number for number in column.tolist()]


@lru_cache
def _parsed(template: bytes) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """Names of the fields, and what stands before, between and after them."""
    pieces = _FIELD.split(template)
    return tuple(name.decode() for name in pieces[1::3]), tuple(pieces[0::3])
