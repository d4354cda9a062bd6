"""Folded texts of documents -> rows of `folded`, and back: what exact runs are read off, without folding a text anew.

To find and fold a document takes 5 to 7 ms when it is added; to read it back, a twentieth of one. The text is kept as
UTF-16, which is what verbatim runs are compared by (`verbatim`), and not packed: zlib made 10.5 kB of 15.4 for a report
of 7,700 characters, and took .07 ms to undo that, .2 s of a check that looks at 3,000 of them.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library.ahead import ask_for
from kejidiff.library.documents import checked
from kejidiff.library.failures import damaged
from kejidiff.library.rows import insert
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Units = NDArray[np.uint16]


def units_of(text: str) -> "Units":
    """Code units of UTF-16; lone surrogates are let through."""
    return units_in(written(text))


def written(text: str) -> bytes:
    """A folded text as it is kept."""
    return text.encode("utf-16-le", "surrogatepass")


def units_in(content: bytes) -> "Units":
    """Those of a text that `written` made. ValueError where it is not that."""
    return np.frombuffer(content, dtype="<u2")


def put(store: Store, number: int, text: bytes) -> None:
    """Put in a document's folded text."""
    insert(store.connection, "folded", (number, text))


def read(store: Store, numbers: Sequence[int]) -> "Iterator[tuple[int, Units]]":
    """Document and text; `numbers` ascending. LibraryError `library-damaged` where a row is, or is missing."""
    (root,) = store.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'folded'")[0]
    ask_for(store.raw, int(root), np.array(numbers, dtype=np.int64))
    found = 0
    for number, content in checked(store, "folded", numbers):
        try:
            yield number, units_in(content)
        except ValueError as error:
            raise damaged(store.path, "a folded text in it is damaged") from error
        found += 1
    if found != len(numbers):
        raise damaged(store.path, "a folded text is missing")
