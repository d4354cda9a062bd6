"""Postings of the index -> rows of `parts`, and back. A *posting* is a key and the number of a document that holds it.

A *run* is all postings of some documents. It is cut by the first bits of the key into 2^`bits` *parts*, so that the
number of the part that a key is in is known without looking: the run's number in the upper 32 bits of the row's, the
key's first bits in the lower. A part holds the rest of each key, ascending, in 2 or 4 bytes, and after these the
numbers of the documents: all their lower two bytes, then all their third ones. Where the run is of one document, its
number stands there once.

Limitations: 16,777,215 documents.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.errors import OutputError
from kejidiff.library.failures import damaged
from kejidiff.library.rows import insert
from kejidiff.library.schema import digest
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Short = NDArray[np.uint32]
    Postings = NDArray[np.uint64]

#: One above the greatest key.
END: Final = 1 << 32
#: Postings of a part at most, on an average: 3 kB at 5 bytes each, so that a key costs one page. With twice as many a
#: lookup reads twice the bytes, with half as many it takes as long, and the file has more rows to check.
_MEAN: Final = 512
#: From so many bits of a part's number on, the rest of a key fits in two bytes.
_NARROW: Final = 16
_MOST: Final = (1 << 24) - 1
#: Numbers in one query; SQLite takes 32,766 at most.
_AT_ONCE: Final = 1000


class Run(NamedTuple):
    """A row of `runs`: the parts of it that hold the keys of `[first, last)` are there, others are elsewhere.

    level      0: a document's own; a run of a level is merged from runs of the one below
    bits       of a key that say which part it is in
    documents  whose postings these were
    postings   it was made of
    """

    number: int
    level: int
    bits: int
    first: int
    last: int
    documents: int
    postings: int

    @property
    def single(self) -> bool:
        """True for a document's own."""
        return not self.level

    @property
    def complete(self) -> bool:
        """False while it is being merged."""
        return self.last == END

    def parts_of(self, keys: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """Numbers of the rows that hold these keys."""
        return (keys >> (32 - self.bits)) + (self.number << 32)


def bits_for(postings: int) -> int:
    """How many bits part a run of so many postings."""
    return max(0, (postings - 1) // _MEAN).bit_length()


def joined(keys: "Short", owners: "Short") -> "Postings":
    """Postings as one number each, which sorts by key, then by document."""
    return (keys.astype(np.uint64) << np.uint64(32)) | owners


def parted(postings: "Postings") -> "tuple[Short, Short]":
    """`joined` undone."""
    return (postings >> np.uint64(32)).astype(np.uint32), postings.astype(np.uint32)


def write(store: Store, run: Run, first: int, last: int, postings: "Postings") -> None:
    """Write the parts of `[first, last)`, which is whole parts, from their postings, ascending."""
    shift = 32 - run.bits
    keys, owners = parted(postings)
    if len(owners) and int(owners.max()) > _MOST:
        raise OutputError(store.path, "holds as many documents as it can", "begin another library")
    rest = (keys & np.uint32((1 << shift) - 1)).astype("<u2" if _narrow(run) else "<u4")
    low, high = owners.astype("<u2"), (owners >> np.uint32(16)).astype(np.uint8)
    edges = np.searchsorted(keys, np.arange(first, last, 1 << shift, dtype=np.int64)).tolist()
    number = (run.number << 32) + (first >> shift)
    for at, (start, end) in enumerate(zip(edges, [*edges[1:], len(keys)], strict=True)):
        until = min(start + 1, end) if run.single else end
        content = rest[start:end].tobytes() + low[start:until].tobytes() + high[start:until].tobytes()
        insert(store.connection, "parts", (number + at, content))


def delete(store: Store, run: Run, first: int, last: int) -> None:
    """Take out the parts of `[first, last)`."""
    shift = 32 - run.bits
    begin, end = (run.number << 32) + (first >> shift), (run.number << 32) + (last >> shift)
    store.connection.execute("DELETE FROM parts WHERE number >= ? AND number < ?", (begin, end))


def read(store: Store, run: Run, numbers: Sequence[int]) -> "tuple[Short, Short]":
    """Keys and owners that these rows of the run hold, by both ascending; `numbers` ascending.

    LibraryError `library-damaged` where one is missing or damaged.
    """
    rows = _rows(store, numbers)
    width = 2 if _narrow(run) else 4
    if run.single:
        rows = [row[:-3] + row[-3:-1] * at + row[-1:] * at for row in rows for at in [(len(row) - 3) // width]]
    sizes = [len(row) // (width + 3) for row in rows]
    if any(len(row) % (width + 3) for row in rows):
        raise damaged(store.path, "a part of the index is damaged")
    pairs = list(zip(rows, sizes, strict=True))
    keys = np.frombuffer(b"".join([row[: width * at] for row, at in pairs]), dtype=f"<u{width}").astype(np.uint32)
    if run.bits:
        begun = (np.array(numbers, dtype=np.uint64) << np.uint64(32 - run.bits)).astype(np.uint32)
        keys |= np.repeat(begun, sizes)
    low = b"".join([row[width * at : (width + 2) * at] for row, at in pairs])
    owners = np.frombuffer(low, dtype="<u2").astype(np.uint32)
    high = b"".join([row[(width + 2) * at :] for row, at in pairs])
    owners |= np.frombuffer(high, dtype=np.uint8).astype(np.uint32) << np.uint32(16)
    return keys, owners


def _narrow(run: Run) -> bool:
    """True where two bytes of a key are enough, as the others say which part it is in."""
    return run.bits >= _NARROW


def _rows(store: Store, numbers: Sequence[int]) -> list[bytes]:
    """What stands in each, held against its digest."""
    contents: list[bytes] = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        marks, values = f"IN ({', '.join('?' * len(some))})", tuple(some)
        if some[-1] - some[0] == len(some) - 1:
            marks, values = "BETWEEN ? AND ?", (some[0], some[-1])
        found = store.rows(f"SELECT number, postings, digest FROM parts WHERE number {marks} ORDER BY number", values)
        if [row[0] for row in found] != list(some):
            raise damaged(store.path, "a part of the index is missing")
        for number, content, stored in found:
            if digest((number, content)) != stored:
                raise damaged(store.path, f"row {number} of parts is damaged")
            contents.append(content)
    return contents
