"""Documents and comparisons -> lines in the working folder, and from there, in the order of a record, to a view.

What a line looks like is a view's to say: it comes as a function.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.model.bulk import BulkComparison, BulkDocument, BulkFile
from kejidiff.pipeline.bulk.comparisons import ComparisonsOnDisk
from kejidiff.pipeline.bulk.documents import DocumentsOnDisk, TextsOnDisk
from kejidiff.pipeline.bulk.spill import Pieces, read_arrays, write_arrays, write_raw

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK: Final = 1 << 20
#: Comparisons handed on together.
_COMPARISONS: Final = 500


class Renderer(NamedTuple):
    """Each function gives whole lines in UTF-8, line feeds included; of a comparison one for every name in `kinds`.

    texts   whether `comparison` wants the texts of the two documents' files; it is given two empty ones else
    """

    kinds: tuple[str, ...]
    file: Callable[[BulkFile], bytes]
    document: Callable[[BulkDocument], bytes]
    comparison: Callable[[BulkComparison, str, str], tuple[bytes, ...]]
    texts: bool = False


#: Of a comparison: its greater ratio, the numbers of its documents, and where its lines of the kind are.
INDEX: Final = np.dtype([("reuse", "<f8"), ("left", "<u4"), ("right", "<u4"), ("passages", "<u4"), ("bucket", "<u4")])


def write_documents(piece: int, documents: DocumentsOnDisk, render: Renderer, folder: Path) -> None:
    """Lines of a piece's files and documents."""
    lines = bytearray(), bytearray()
    for file, found in documents.of(piece):
        lines[0].extend(render.file(file))
        for document in found:
            lines[1].extend(render.document(document))
    for kind, own in zip(("file", "document"), lines, strict=True):
        write_raw(folder / f"{kind}-lines-{piece}", np.frombuffer(own, dtype=np.uint8))


def write_comparisons(
    bucket: int, comparisons: ComparisonsOnDisk, render: Renderer, texts: TextsOnDisk | None, folder: Path
) -> None:
    """Lines of a bucket's comparisons, and the index to them."""
    lines = [bytearray() for _ in render.kinds]
    index: list[tuple[float, int, int, int, int]] = []
    ends: list[list[int]] = []
    for left, right, comparison in comparisons.of(bucket):
        both = (texts.of(left), texts.of(right)) if texts is not None else ("", "")
        for own, line in zip(lines, render.comparison(comparison, *both), strict=True):
            own += line
        index.append((comparison.reuse, left, right, len(comparison.passages), bucket))
        ends.append([len(own) for own in lines])
    for kind, own in zip(render.kinds, lines, strict=True):
        write_raw(folder / f"{kind}-lines-{bucket}", np.frombuffer(own, dtype=np.uint8))
    places = np.array(ends, dtype=np.int64).reshape(-1, len(lines))
    write_arrays(folder / f"index-{bucket}", [np.array(index, dtype=INDEX), places])


class Index(NamedTuple):
    """All comparisons, in the order of the record: by the greater ratio, then by documents.

    rows     `INDEX`
    starts   shape (N, kinds): where the lines of each begin in its bucket's files; `ends` where they end
    """

    rows: "NDArray[np.void]"
    starts: "NDArray[np.int64]"
    ends: "NDArray[np.int64]"

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
                while block := file.readlines(_BLOCK):
                    yield b"".join(block)


class LinesByIndex:
    """Lines of comparisons, in the order of the record."""

    def __init__(self, index: Index, kinds: Sequence[str], kind: str, folder: Path) -> None:
        self._index, self._at, self._kind, self._folder = index, tuple(kinds).index(kind), kind, folder

    def __iter__(self) -> Iterator[bytes]:
        pieces = Pieces(self._folder, f"{self._kind}-lines")
        columns = self._index.rows["bucket"], self._index.starts[:, self._at], self._index.ends[:, self._at]
        try:
            places = zip(*(column.tolist() for column in columns), strict=True)
            while block := b"".join(
                pieces.read(bucket, start, end - start) for bucket, start, end in islice(places, _COMPARISONS)
            ):
                yield block
        finally:
            pieces.close()
