"""Ranges of open files -> their bytes, one after the other, by one call for all of them."""

from typing import TYPE_CHECKING

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def read_ranges(files: "Ints", starts: "Ints", sizes: "Ints") -> "NDArray[np.uint8] | None":
    """`sizes[i]` bytes from `starts[i]` on of the file that is open as `files[i]`; zeros beyond its end. None where
    nothing is compiled. OSError where one cannot be read.

    Ranges are read fastest where those of a file follow one another, ascending.
    """
    called = function("ranges_read", "pppip")
    if called is None:
        return None
    import numpy as np

    if len({len(files), len(starts), len(sizes)}) > 1 or (len(starts) and min(starts.min(), sizes.min()) < 0):
        raise ValueError("no ranges")
    found = np.empty(int(sizes.sum()), dtype=np.uint8)
    where = address(files, "<i8"), address(starts, "<i8"), address(sizes, "<i8")
    failed = called(*where, len(files), address(found, "|u1"))
    if failed:
        import os

        raise OSError(-failed, os.strerror(-failed))
    return found
