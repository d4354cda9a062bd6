"""The shared library beside this file -> its functions, or None where there is none that fits.

Limitations. Little-endian machines only, as the working files are.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ctypes import CDLL

    from numpy.typing import NDArray

#: The file that `build` makes.
LIBRARY: Final = Path(__file__).with_name("kernel.so")
#: `KERNEL_INTERFACE` of kernel.h: a library with another one was built from other sources, and is left alone.
INTERFACE: Final = 1

_absent = False


def is_compiled() -> bool:
    """False where the library was not built, does not fit, or was put aside by `without`."""
    return not _absent and _loaded() is not None


def function(name: str, arguments: str) -> Callable[..., int] | None:
    """A function of the library; None as of `is_compiled`. It gives an int64.

    arguments   a letter for each: `p` an address, as of `address`, or 0; `i` an int64; `d` a double
    """
    return None if _absent else _typed(name, arguments)


@contextmanager
def without() -> Iterator[None]:
    """Work as where nothing could be compiled."""
    global _absent
    before, _absent = _absent, True
    try:
        yield
    finally:
        _absent = before


def address(array: "NDArray[Any]", dtype: str) -> int:
    """Where the items of an array lie, for a C function. TypeError where they are not what that takes them for.

    Beware: the array must live as long as the call does.
    """
    if array.dtype != dtype or not array.flags.c_contiguous:
        raise TypeError(f"{array.dtype}, contiguous: {array.flags.c_contiguous}; not {dtype}")
    return array.ctypes.data


@cache
def _typed(name: str, arguments: str) -> Callable[..., int] | None:
    library = _loaded()
    if library is None:
        return None
    import ctypes

    kinds: dict[str, Any] = {"p": ctypes.c_void_p, "i": ctypes.c_int64, "d": ctypes.c_double}
    called = library[name]
    called.argtypes = [kinds[letter] for letter in arguments]
    called.restype = ctypes.c_int64
    return called


@cache
def _loaded() -> "CDLL | None":
    if sys.byteorder != "little":
        return None
    import ctypes

    try:
        library = ctypes.CDLL(str(LIBRARY))
        fits = library.kernel_interface() == INTERFACE
    except (OSError, AttributeError):
        return None
    return library if fits else None
