"""Two short texts as symbols of 16 bits -> the shortest script between them: what `script.c` is tested by."""

from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: `LONGEST` of script.h, in symbols.
LONGEST: Final = 512


def edit_script(left: "NDArray[np.uint16]", right: "NDArray[np.uint16]") -> "tuple[NDArray[np.int32], int] | None":
    """Shape (N, 5), kind and both half-open ranges: 0 replaced, 1 put in, 2 left out, 3 equal; and the length of the
    longest common subsequence. ValueError where a text is longer than `LONGEST`."""
    run = function("edit_script", "pipipp")
    if run is None:
        return None
    if max(len(left), len(right)) > LONGEST:
        raise ValueError(f"{len(left)}, {len(right)} symbols")
    steps, common = np.empty((2 * LONGEST, 5), dtype=np.int32), np.zeros(1, dtype=np.int64)
    sides = address(left, "u2"), len(left), address(right, "u2"), len(right)
    count = run(*sides, address(steps, "i4"), address(common, "i8"))
    if count < 0:
        raise MemoryError
    return steps[:count], int(common[0])
