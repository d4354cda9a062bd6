"""Folded texts of documents -> rows of `folded`, and back: what exact runs are read off, without folding a text anew.

To find and fold a document takes 5 to 7 ms when it is added; to read it back, a tenth of one. The text is kept as
UTF-16, which is what verbatim runs are compared by (`verbatim`), packed: 10 kB for a report of 9,000 characters.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.library.ahead import ask_for
from kejidiff.library.documents import checked
from kejidiff.library.failures import damaged
from kejidiff.library.rows import insert
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Units = NDArray[np.uint16]

#: zlib's. Of reports of 7,700 characters: level 1 takes .19 ms and comes to 10.5 kB, level 6 .25 ms and 10.3.
_LEVEL: Final = 1


def units_of(text: str) -> "Units":
    """Code units of UTF-16; lone surrogates are let through."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


def packed_units(text: str) -> bytes:
    """A folded text as it is kept."""
    return zlib.compress(text.encode("utf-16-le", "surrogatepass"), _LEVEL)


def unpacked_units(content: bytes) -> "Units":
    """`packed_units` undone. ValueError, zlib.error where it is not that."""
    return np.frombuffer(zlib.decompress(content), dtype="<u2")


def put(store: Store, number: int, packed: bytes) -> None:
    """Put in a document's folded text."""
    insert(store.connection, "folded", (number, packed))


def read(store: Store, numbers: Sequence[int]) -> "Iterator[tuple[int, Units]]":
    """Document and text; `numbers` ascending. LibraryError `library-damaged` where a row is, or is missing."""
    (root,) = store.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'folded'")[0]
    ask_for(store.raw, int(root), np.array(numbers, dtype=np.int64))
    found = 0
    for number, content in checked(store, "folded", numbers):
        try:
            yield number, unpacked_units(content)
        except (zlib.error, ValueError) as error:
            raise damaged(store.path, "a folded text in it is damaged") from error
        found += 1
    if found != len(numbers):
        raise damaged(store.path, "a folded text is missing")
