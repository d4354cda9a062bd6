"""Numbers of rows that are going to be read -> their pages asked of the disk, all at once.

SQLite reads a page when it needs it, and waits. The rows of a lookup are known before, and lie all over the file: where
they are not in memory, asking the system for all their pages first lets the disk work on many at a time. Measured on a
busy virtual disk, random pages: .14 to .56 ms each one by one, .03 to .07 ms asked for ahead.

The tree of the table is followed from its root down to the pages above the leaves (file format, 1.5). What is read here
is only where pages are: rows are read, and held against their digests, by whoever asked. Where the tree is not what it
should be, nothing is asked for. Source: https://sqlite.org/fileformat2.html.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.library.pages import INTERIOR, RawFile
from kejidiff.library.schema import PAGE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Levels of a tree at most: each page has hundreds of children.
_DEPTH: Final = 8
#: Pages of a level of which it is looked at whether what is below them is in memory: then nothing is asked for.
_LOOKED_AT: Final = 8
#: Rows from which it is worth it.
_MANY: Final = 256


class _Branch(NamedTuple):
    """A page of the tree, and which of the rows lie below it: `rows[first:last]`."""

    page: int
    first: int
    last: int


def ask_for(raw: RawFile, root: int, rows: "Numbers") -> None:
    """Ask for the pages of these rows (ascending) of the table whose root is page `root`."""
    if len(rows) < _MANY or not hasattr(os, "posix_fadvise"):
        return
    level = [_Branch(root, 0, len(rows))]
    for _ in range(_DEPTH):
        if raw.page(level[0].page)[:1] != bytes((INTERIOR,)):
            return
        try:
            few = _children(raw, level[:: max(len(level) // _LOOKED_AT, 1)], rows)
            if len(level) > _LOOKED_AT and all(_in_memory(raw, branch.page) for branch in few):
                return
            level = _children(raw, level, rows)
        except (IndexError, ValueError):
            return
        for branch in level:
            os.posix_fadvise(raw.handle, (branch.page - 1) * PAGE, PAGE, os.POSIX_FADV_WILLNEED)


def _children(raw: RawFile, level: Sequence[_Branch], rows: "Numbers") -> list[_Branch]:
    return [below for branch in level for below in _below(raw.page(branch.page), branch, rows)]


def _in_memory(raw: RawFile, page: int) -> bool:
    """False where the page would have to be read from the disk, or the system does not tell."""
    try:
        return os.preadv(raw.handle, [bytearray(1)], (page - 1) * PAGE, os.RWF_NOWAIT) == 1
    except (OSError, AttributeError):
        return False


def _below(page: bytes, branch: _Branch, rows: "Numbers") -> Sequence[_Branch]:
    """The children of an interior page that rows lie below."""
    if page[0] != INTERIOR:
        raise ValueError(branch.page)
    count = int.from_bytes(page[3:5], "big")
    content = np.frombuffer(page, dtype=np.uint8)
    cells = np.frombuffer(page, dtype=">u2", count=count, offset=12).astype(np.int64)
    children = np.zeros(count + 1, dtype=np.int64)
    for place in range(4):
        children[:count] = (children[:count] << 8) | content[cells + place]
    children[count] = int.from_bytes(page[8:12], "big")
    at = np.searchsorted(_varints(content, cells + 4), rows[branch.first : branch.last])
    edges = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1], [True])))
    return [
        _Branch(int(children[at[first]]), branch.first + first, branch.first + last)
        for first, last in pairwise(edges.tolist())
    ]


def _varints(content: "NDArray[np.uint8]", places: "Numbers") -> "Numbers":
    """The numbers that begin at these places: seven bits a byte, the highest first, the last byte below 128."""
    numbers = np.zeros(len(places), dtype=np.int64)
    going = np.ones(len(places), dtype=bool)
    for place in range(8):
        byte = content[np.minimum(places + place, len(content) - 1)]
        numbers = np.where(going, (numbers << 7) | (byte & 0x7F), numbers)
        going &= byte >= 0x80
    return numbers
