"""Numbers of units -> their folded texts and figures, and where each folded character stands: from the disk."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from kejidiff.model import FIGURE_SYMBOL
from kejidiff.pipeline.bulk.spill import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Origins(NamedTuple):
    """Where the folded characters of some units stand, one unit after the other.

    begins    shape (U,): where each unit begins below
    starts    original start of each character; behind the last of a unit, where the unit ends
    ends      original end of each character; behind the last of a unit, where the unit ends
    counted   countable characters of the collection before each character; behind the last of a unit, before its end
    """

    begins: "Ints"
    starts: "Ints"
    ends: "Ints"
    counted: "Ints"


class Store(Protocol):
    """Bytes of one kind, by shard."""

    def read(self, number: int, start: int, size: int) -> bytes:
        """`size` bytes from `start` on; fewer at the end."""

    def close(self) -> None:
        """Let go of what is open."""


class Stores(NamedTuple):
    """What `sketching` writes of units, wherever it lies."""

    folded: Store
    kept: Store
    figures: Store


class Side(NamedTuple):
    """A unit with its folded text, and where its figures are told."""

    unit: int
    text: str
    shard: int
    figure: int


class Units:
    """The units of all shards.

    rows      shape (U, 8): columns as of `ShardSketch.units`, but documents are those of the collection
    first     shape (S + 1,): number of each shard's first unit, and of all
    counted   shape (S + 1,): the same of countable characters
    documents shape (U,): the document of each
    """

    def __init__(self, rows: "NDArray[np.uint32]", stores: Stores, first: "Ints", counted: "Ints") -> None:
        self.rows = rows
        self._folded, self._kept, self._figures = stores
        self._first, self._counted = first, counted
        self._firsts: list[int] = first.tolist()
        self.documents = np.ascontiguousarray(rows[:, 0])  # a search in a column would copy it each time

    def of(self, document: int) -> range:
        """The numbers of a document's units."""
        both = np.array([document, document + 1], dtype=np.uint32)  # of another type numpy would convert all of them
        first, last = np.searchsorted(self.documents, both).tolist()
        return range(first, last)

    def sides(self, units: "Ints") -> Iterator[Side]:
        """Each with its text."""
        rows = self.rows[units]
        columns = units.tolist(), self._shards(units), *(rows[:, column].tolist() for column in (3, 4, 6))
        for unit, shard, start, length, figure in zip(*columns, strict=True):
            folded = self._folded.read(shard, start * 2, length * 2)
            yield Side(unit, folded.decode("utf-16-le", "surrogatepass"), shard, figure)

    def side(self, unit: int) -> Side:
        """One with its text."""
        shard = bisect_right(self._firsts, unit) - 1
        _, _, _, start, length, _, figure, _ = self.rows[unit].tolist()
        folded = self._folded.read(shard, start * 2, length * 2)
        return Side(unit, folded.decode("utf-16-le", "surrogatepass"), shard, figure)

    def figures(self, side: Side) -> tuple[int, ...]:
        """Values of the figures of a unit."""
        count = side.text.count(FIGURE_SYMBOL)
        return unpack(f"<{3 * count}I", self._figures.read(side.shard, side.figure * 12, count * 12))[::3]

    def origins(self, units: "Ints") -> Origins:
        """Where their characters stand."""
        _, starts, ends, _, lengths, _, figures, counted = self.rows[units].astype(np.int64).T
        begins = np.cumsum(lengths + 1) - (lengths + 1)
        last = begins + lengths
        inner = np.ones(int((lengths + 1).sum()), dtype=bool)
        inner[last] = False
        symbols = np.frombuffer(b"".join(self._symbols(units)), dtype=np.uint16)
        begun, ended = np.empty(len(inner), dtype=np.int64), np.empty(len(inner), dtype=np.int64)
        begun[inner], begun[last] = self._kept_at(units) + np.repeat(starts, lengths), ends
        ended[inner], ended[last] = begun[inner] + 1, ends
        at = np.flatnonzero(inner)[symbols == ord(FIGURE_SYMBOL)]
        each = np.searchsorted(at, begins[1:])  # figures come unit by unit
        told = self._told(units, figures, np.diff(np.concatenate(([0], each, [len(at)]))[: len(units) + 1]))
        ended[at] += told[:, 1] - 1
        more = np.zeros(len(inner) + 1, dtype=np.int64)
        more[at + 1] = told[:, 2] - 1
        before = np.cumsum(more)[:-1]
        shards = np.array(self._shards(units), dtype=np.int64)
        base = counted + self._counted[shards] - before[begins]
        place = np.arange(len(inner)) - np.repeat(begins, lengths + 1)
        return Origins(begins, begun, ended, place + before + np.repeat(base, lengths + 1))

    def close(self) -> None:
        """Close all files."""
        for pieces in (self._folded, self._kept, self._figures):
            pieces.close()

    def _symbols(self, units: "Ints") -> Iterator[bytes]:
        rows = self.rows[units]
        for shard, start, length in zip(self._shards(units), rows[:, 3].tolist(), rows[:, 4].tolist(), strict=True):
            yield self._folded.read(shard, start * 2, length * 2)

    def _kept_at(self, units: "Ints") -> "Ints":
        """Original offsets of all kept characters, from the beginning of the unit of each."""
        _, starts, ends, _, lengths, bits, _, _ = self.rows[units].astype(np.int64).T
        first, skipped = bits // 8, bits % 8
        sizes = (ends - starts + skipped + 7) // 8
        places = zip(self._shards(units), first.tolist(), sizes.tolist(), strict=True)
        packed = b"".join(self._kept.read(shard, start, size).ljust(size, b"\0") for shard, start, size in places)
        unpacked = np.unpackbits(np.frombuffer(packed, dtype=np.uint8))
        begins = (np.cumsum(sizes) - sizes) * 8 + skipped
        edges = np.zeros(len(unpacked) + 1, dtype=np.int8)
        np.add.at(edges, begins, 1)
        np.add.at(edges, begins + ends - starts, -1)
        kept: Ints = np.flatnonzero(unpacked & np.cumsum(edges[:-1], dtype=np.int8).view(np.uint8))
        kept -= np.repeat(begins, lengths)
        return kept

    def _told(self, units: "Ints", figures: "Ints", counts: "Ints") -> "Ints":
        """Shape (N, 3): what is known of the figures of units, of which each has so many, from `figures` on."""
        places = zip(self._shards(units), figures.tolist(), counts.tolist(), strict=True)
        told = b"".join(self._figures.read(shard, start * 12, count * 12) for shard, start, count in places if count)
        return np.frombuffer(told, dtype=np.uint32).reshape(-1, 3).astype(np.int64)

    def _shards(self, units: "Ints") -> list[int]:
        # numpy's types do not say what a list of an array's items holds.
        return (np.searchsorted(self._first, units, side="right") - 1).tolist()  # type: ignore[no-any-return]


def units_on_disk(folder: Path, first: "Ints", counted: "Ints") -> Units:
    """Those of a working folder; `first`, `counted` as of `Units`."""
    rows = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
    stores = Stores(*(Pieces(folder, kind) for kind in Stores._fields))
    return Units(rows, stores, first, counted)
