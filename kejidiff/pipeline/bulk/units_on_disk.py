"""Numbers of units -> their folded texts, and where each folded character stands in the original: from the disk."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.pipeline.bulk.spill import Pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray


class UnitsOnDisk:
    """The units of all shards; columns of `rows` as of `ShardSketch.units`, but documents are those of the collection.

    first   shape (S + 1,): number of each shard's first unit, and of all
    """

    def __init__(self, folder: Path, first: "NDArray[np.int64]") -> None:
        self.rows: NDArray[np.uint32] = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False)
        self._folded, self._kept = Pieces(folder, "folded"), Pieces(folder, "kept")
        self._first = first

    def texts(self, units: "NDArray[np.int64]") -> Iterator[str]:
        """The folded text of each."""
        rows = self.rows[units]
        for shard, start, length in zip(self._shards(units), rows[:, 3].tolist(), rows[:, 4].tolist(), strict=True):
            yield self._folded.read(shard, start * 2, length * 2).decode("utf-16-le", "surrogatepass")

    def origins(self, units: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Where the folded characters of each unit stand in the text of its file, one unit after the other, each with
        the end of its last character behind; and where each unit begins in that."""
        rows = self.rows[units].astype(np.int64)
        pieces, lengths = [np.zeros(0, dtype=np.int64)], rows[:, 4] + 1
        for shard, (_, start, end, _, _, bit) in zip(self._shards(units), rows.tolist(), strict=True):
            byte, skip = divmod(bit, 8)
            packed = self._kept.read(shard, byte, (end - start + skip + 7) // 8)
            bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=end - start + skip)
            pieces += (np.flatnonzero(bits[skip:]) + start, np.array([end]))
        return np.concatenate(pieces), np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)

    def close(self) -> None:
        self._folded.close()
        self._kept.close()

    def _shards(self, units: "NDArray[np.int64]") -> list[int]:
        return (np.searchsorted(self._first, units, side="right") - 1).tolist()  # type: ignore[no-any-return]
