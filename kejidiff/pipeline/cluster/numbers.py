"""Documents and units -> their numbers on a cluster; arrays -> the bytes that rows are made of, and back.

A document's number ascends in the order of the scan; a unit's is its document's and, in the last `UNIT_BITS`, its own
in it. So the order of numbers is the order of texts, as it is on one machine; numbers are not without gaps.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: A text of 2^26 characters, the most that is read (`bulk.reading`), has less than 2^26 / 20 units; of lines of 40 and
#: 20 characters in turn, the shortest that do not join, it has 2.2 million.
UNIT_BITS: Final = 22
#: Bits of a document's number: a file's, then a place in it. Of 1,000 files none may be larger than 17 GB, of 100 none
#: than 137.
DOCUMENT_BITS: Final = 63 - UNIT_BITS


def slices(items: "NDArray[Any]", starts: "Ints", ends: "Ints") -> list[bytes]:
    """The bytes of `items[start:end]` for each start and end."""
    data, size = items.tobytes(), items.itemsize * int(np.prod(items.shape[1:]))
    pairs = zip((starts * size).tolist(), (ends * size).tolist(), strict=True)
    return [data[start:end] for start, end in pairs]


def joined_bytes(pieces: Iterable[bytes], dtype: Any) -> "NDArray[Any]":
    """One array of them all."""
    return np.frombuffer(b"".join(pieces), dtype)
