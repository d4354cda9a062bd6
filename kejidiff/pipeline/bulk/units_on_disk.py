"""Numbers of units -> their folded texts and figures, and where each folded character stands: from the disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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


class UnitsOnDisk:
    """The units of all shards; columns of `rows` as of `ShardSketch.units`, but documents are those of the collection.

    first     shape (S + 1,): number of each shard's first unit, and of all
    counted   shape (S + 1,): the same of countable characters
    """

    def __init__(self, folder: Path, first: "Ints", counted: "Ints") -> None:
        self.rows: NDArray[np.uint32] = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False)
        self._folded, self._kept = Pieces(folder, "folded"), Pieces(folder, "kept")
        self._figures = Pieces(folder, "figures")
        self._first, self._counted = first, counted

    def texts(self, units: "Ints") -> Iterator[str]:
        """The folded text of each."""
        rows = self.rows[units]
        for shard, start, length in zip(self._shards(units), rows[:, 3].tolist(), rows[:, 4].tolist(), strict=True):
            yield self._folded.read(shard, start * 2, length * 2).decode("utf-16-le", "surrogatepass")

    def figures(self, unit: int, count: int) -> list[int]:
        """Values of the first `count` figures of a unit."""
        shard = int(np.searchsorted(self._first, unit, side="right")) - 1
        values: list[int] = self._told(shard, int(self.rows[unit, 6]), count)[:, 0].tolist()
        return values

    def origins(self, units: "Ints") -> Origins:
        """Where their characters stand."""
        pieces: list[tuple[Ints, Ints, Ints]] = [(np.zeros(0, dtype=np.int64),) * 3]
        for shard, row in zip(self._shards(units), self.rows[units].tolist(), strict=True):
            pieces.append(self._origins(shard, row))
        lengths = self.rows[units, 4].astype(np.int64) + 1
        begins = np.cumsum(lengths) - lengths
        return Origins(begins, *(np.concatenate(parts) for parts in zip(*pieces, strict=True)))

    def close(self) -> None:
        for pieces in (self._folded, self._kept, self._figures):
            pieces.close()

    def _origins(self, shard: int, row: list[int]) -> "tuple[Ints, Ints, Ints]":
        _, start, end, folded, length, bit, figure, counted = row
        byte, skip = divmod(bit, 8)
        packed = self._kept.read(shard, byte, (end - start + skip + 7) // 8)
        bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=min(end - start + skip, len(packed) * 8))
        starts = np.empty(length + 1, dtype=np.int64)
        starts[:-1] = np.flatnonzero(bits[skip:])[:length] + start
        starts[-1] = end
        ends = starts + 1
        ends[-1] = end
        before = np.arange(length + 1) + counted + int(self._counted[shard])
        symbols = self._folded.read(shard, folded * 2, length * 2)
        at = np.flatnonzero(np.frombuffer(symbols, dtype=np.uint16) == ord(FIGURE_SYMBOL))
        if len(at):
            figures = self._told(shard, figure, len(at)).astype(np.int64)
            ends[at] += figures[:, 1] - 1
            more = np.zeros(length + 1, dtype=np.int64)
            more[at + 1] = figures[:, 2] - 1
            before += np.cumsum(more)
        return starts, ends, before

    def _told(self, shard: int, start: int, count: int) -> "NDArray[np.uint32]":
        return np.frombuffer(self._figures.read(shard, start * 12, count * 12), dtype=np.uint32).reshape(-1, 3)

    def _shards(self, units: "Ints") -> list[int]:
        return (np.searchsorted(self._first, units, side="right") - 1).tolist()  # type: ignore[no-any-return]
