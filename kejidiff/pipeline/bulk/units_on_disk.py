"""Numbers of units -> their folded texts and figures, and what leads back to the original texts: from the disk."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from kejidiff.model import FIGURE_SYMBOL
from kejidiff.pipeline.bulk.origins import Kept, figures_in
from kejidiff.pipeline.bulk.spill import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Store(Protocol):
    """Bytes of one kind, by shard."""

    def read(self, number: int, start: int, size: int) -> bytes:
        """`size` bytes from `start` on; fewer at the end."""

    def gathered(self, numbers: "Ints", starts: "Ints", sizes: "Ints") -> "NDArray[np.uint8]":
        """Several ranges one after the other, zeros beyond the end. Fastest by number and start."""

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

    def kept(self, units: "Ints") -> Kept:
        """What is known of their characters; fastest in ascending order."""
        columns = self.rows[units].astype(np.int64, order="F").T  # each of them in one piece, as compiled code wants it
        _, starts, ends, folded, lengths, bits, figures, counted = columns
        shards = np.searchsorted(self._first, units, side="right") - 1
        symbols = self._folded.gathered(shards, folded * 2, lengths * 2).view(np.uint16)
        counts = figures_in(symbols, lengths)
        known = self._figures.gathered(shards, figures * 12, counts * 12).view(np.uint32).reshape(-1, 3)
        skipped = bits % 8
        kept = self._kept.gathered(shards, bits // 8, (ends - starts + skipped + 7) // 8)
        return Kept(starts, ends, lengths, skipped, counted + self._counted[shards], counts, symbols, kept, known)

    def close(self) -> None:
        """Close all files."""
        for pieces in (self._folded, self._kept, self._figures):
            pieces.close()

    def _shards(self, units: "Ints") -> list[int]:
        # numpy's types do not say what a list of an array's items holds.
        return (np.searchsorted(self._first, units, side="right") - 1).tolist()  # type: ignore[no-any-return]


def units_on_disk(folder: Path, first: "Ints", counted: "Ints") -> Units:
    """Those of a working folder; `first`, `counted` as of `Units`."""
    rows = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
    stores = Stores(*(Pieces(folder, kind) for kind in Stores._fields))
    return Units(rows, stores, first, counted)
