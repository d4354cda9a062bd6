"""Room for what comes out of a C function, as much as might come -> the same memory again and again.

What comes out is copied from it, and is much less as a rule. Memory that is asked for anew for every call is given back
to the system in between, and each of its pages is made again: a third of the time that folding took.
"""

import threading
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bytes that are kept of one kind at most; of more, none is: a batch of texts needs less, one long text may need more.
_KEPT: Final = 8 << 20

_held = threading.local()


def scratch(kind: str, shape: tuple[int, ...], dtype: str) -> "NDArray[Any]":
    """An array with anything in it, which the next call for the same kind may overwrite."""
    import numpy as np

    size = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
    if size > _KEPT:
        return np.empty(shape, dtype=dtype)
    buffer: NDArray[Any] | None = getattr(_held, kind, None)
    if buffer is None or len(buffer) < size:
        buffer = np.empty(size, dtype=np.uint8)
        setattr(_held, kind, buffer)
    return buffer[:size].view(dtype).reshape(shape)
