"""Arrays of a shipped table -> a file that needs no unpacking, and back: mapped, only what is looked up is read.

A file is how many bytes each of its arrays has (32 bits each), then the arrays, each from a multiple of `_ALIGNED` on.

Why mapped.  What a process reads into its memory or works out there, the system must first clear room for, page by
             page; a mapped page is the system's own copy of the file, one for all workers. Read and unpacked from
             files of less than half the size the two tables took 13 ms and more, longer than Python takes to start.
"""

import mmap
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Mapped = bytes | mmap.mmap

#: Bytes: no number here is longer, and none lies across the edge of a word.
_ALIGNED: Final = 8


def packed_arrays(arrays: "Sequence[NDArray[Any]]", kinds: Sequence[str]) -> bytes:
    """The file of these one-dimensional arrays, stored as these types."""
    stored = [array.astype(kind) for array, kind in zip(arrays, kinds, strict=True)]
    parts = [np.array([array.nbytes for array in stored], "<u4").tobytes(), *(array.tobytes() for array in stored)]
    return b"".join(part + bytes(-len(part) % _ALIGNED) for part in parts)


def unpacked_arrays(data: Mapped, kinds: Sequence[str]) -> "list[NDArray[Any]]":
    """The arrays of a file that `packed_arrays` made of these types; nothing is copied, and nothing can be written."""
    lengths = np.frombuffer(data, "<u4", len(kinds)).tolist()
    starts = accumulate(length + -length % _ALIGNED for length in (4 * len(kinds), *lengths[:-1]))
    return [
        np.frombuffer(data, kind, length // np.dtype(kind).itemsize, start)
        for kind, length, start in zip(kinds, lengths, starts, strict=True)
    ]


def mapped(file: Path) -> mmap.mmap:
    """The bytes of a file, read where they are looked at."""
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
