"""Lines in the working folder -> the same in the order of a record: by piece, or by the index of comparisons."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.engine.ahead import ahead
from kejidiff.pipeline.bulk.spill import OPEN, Pieces, read_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Bytes handed on together.
_BLOCK: Final = 1 << 20


class Index(NamedTuple):
    """All comparisons, in the order of the record: by the greater ratio, then by documents.

    rows     as of `lines.INDEX`
    starts   shape (N, kinds): where the lines of each begin in its bucket's files; `ends` where they end
    """

    rows: "NDArray[np.void]"
    starts: "Ints"
    ends: "Ints"

    @classmethod
    def read(cls, buckets: int, kinds: int, folder: Path) -> "Index":
        """Those of all buckets."""
        parts = [read_arrays(folder / f"index-{bucket}", 2) for bucket in range(buckets)]
        rows, ends = np.concatenate([rows for rows, _ in parts]), np.concatenate([ends for _, ends in parts])
        starts = np.concatenate([np.concatenate((np.zeros((1, kinds), np.int64), ends))[:-1] for _, ends in parts])
        order = np.lexsort((rows["right"], rows["left"], -rows["reuse"]))
        return cls(rows[order], starts[order], ends[order])


class LinesByPiece:
    """Lines of files or documents, in the order of the scan."""

    def __init__(self, kind: str, pieces: int, folder: Path) -> None:
        self._kind, self._pieces, self._folder = kind, pieces, folder

    def __iter__(self) -> Iterator[bytes]:
        for piece in range(self._pieces):
            with (self._folder / f"{self._kind}-lines-{piece}").open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block + file.readline()


class LinesByIndex:
    """Lines of comparisons, in the order of the record."""

    def __init__(self, index: Index, kinds: Sequence[str], kind: str, folder: Path) -> None:
        at = tuple(kinds).index(kind)
        self._kind, self._folder = kind, folder
        self._files = index.rows["bucket"].astype(np.int64)
        self._starts = np.ascontiguousarray(index.starts[:, at])
        self._sizes = index.ends[:, at] - self._starts

    def __iter__(self) -> Iterator[bytes]:
        return ahead(self._read())

    def _read(self) -> Generator[bytes, None, None]:
        pieces = Pieces(self._folder, f"{self._kind}-lines")
        try:
            for start, end in self._blocks():
                block = slice(start, end)
                yield pieces.gathered(self._files[block], self._starts[block], self._sizes[block]).tobytes()
        finally:
            pieces.close()

    def _blocks(self) -> Iterator[tuple[int, int]]:
        """So many comparisons that their files can be open side by side, and that their lines take no more than a
        block, but for a single one."""
        before = np.cumsum(self._sizes)
        start, most_files = 0, len(before) if int(self._files.max(initial=0)) < OPEN else OPEN
        while start < len(before):
            most = int(before[start]) - int(self._sizes[start]) + _BLOCK
            end = min(start + most_files, int(np.searchsorted(before, most, side="right")))
            yield start, (start := max(end, start + 1))
