"""Numbers of units -> their folded texts and figures, and what leads back to the original texts: from the disk."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from kejidiff.align.unit_pairs import UnitTexts
from kejidiff.pipeline.bulk.origins import NO_TEXTS, Kept, Texts, before, figures_in
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


class Units:
    """The units of all shards.

    rows      shape (U, 8): columns as of `ShardSketch.units`, but documents are those of the collection
    first     shape (S + 1,): number of each shard's first unit, and of all
    counted   shape (S + 1,): the same of countable characters
    documents shape (U,): the document of each
    """

    def __init__(
        self, rows: "NDArray[np.uint32]", stores: Stores, first: "Ints", counted: "Ints",
        documents: "NDArray[np.uint32]",
    ) -> None:  # fmt: skip
        self.rows, self.documents = rows, documents
        self._folded, self._kept, self._figures = stores
        self._first, self._counted = first, counted
        self._held = NO_TEXTS  # the most that were read at once: of the units of matches nearly all

    def ranges(self, documents: "NDArray[np.uint32]") -> "Ints":
        """First unit of each document, and the end; shape (..., 2)."""
        wanted = documents.ravel()
        order = np.argsort(wanted)  # what is looked up in order is found in half the time
        found = np.empty((len(wanted), 2), dtype=np.int64)
        for at in (0, 1):  # with keys of another type numpy would convert all those that are searched
            found[order, at] = np.searchsorted(self.documents, wanted[order] + np.uint32(at))
        return found.reshape(*documents.shape, 2)

    def texts(self, units: "Ints") -> UnitTexts:
        """Their folded texts and the values of their figures; units ascend."""
        told = self._read(units)
        if len(units) > len(self._held.units):
            self._held = told
        begins, values = np.append(told.symbol_firsts, len(told.symbols)), np.ascontiguousarray(told.figures[:, 0])
        return UnitTexts(told.symbols, begins, values, np.append(told.figure_firsts, len(told.figures)))

    def symbols(self, units: "Ints") -> "tuple[NDArray[np.uint16], Ints]":
        """Their folded texts, and where each begins, and the end; fastest in ascending order."""
        starts, lengths = self.rows[units, 3:5].T.astype(np.int64)
        folded = self._folded.gathered(self._shards(units), starts * 2, lengths * 2)
        return folded.view(np.uint16), np.concatenate(([0], np.cumsum(lengths)))

    def kept(self, units: "Ints") -> Kept:
        """What leads back to the original texts, as of `Kept`; units ascend."""
        columns = self.rows[units].astype(np.int64, order="F").T  # each of them in one piece, as compiled code wants it
        _, starts, ends, _, lengths, bits, _, counted = columns
        shards, skipped = self._shards(units), bits % 8
        kept = self._kept.gathered(shards, bits // 8, (ends - starts + skipped + 7) // 8)
        texts = self._held.of(units, self._read)
        return Kept(starts, ends, lengths, skipped, counted + self._counted[shards], kept, texts)

    def _read(self, units: "Ints") -> Texts:
        symbols, begins = self.symbols(units)
        counts = figures_in(symbols, np.diff(begins))
        figures = self._figures.gathered(self._shards(units), self.rows[units, 6].astype(np.int64) * 12, counts * 12)
        return Texts(units, begins[:-1], symbols, before(counts), counts, figures.view(np.uint32).reshape(-1, 3))

    def close(self) -> None:
        """Close all files."""
        for pieces in (self._folded, self._kept, self._figures):
            pieces.close()

    def _shards(self, units: "Ints") -> "Ints":
        return np.searchsorted(self._first, units, side="right") - 1


def units_on_disk(folder: Path, first: "Ints", counted: "Ints", documents: "NDArray[np.uint32]") -> Units:
    """Those of a working folder; all else as of `Units`."""
    rows = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
    stores = Stores(*(Pieces(folder, kind) for kind in Stores._fields))
    return Units(rows, stores, first, counted, documents)
