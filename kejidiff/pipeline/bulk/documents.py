"""Entries, sketches and counts of a piece -> its files, and its documents as views take them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.measure.bulk_reuse import DocumentReuse
from kejidiff.model import ReuseStats
from kejidiff.model.bulk import BulkDocument, BulkFile
from kejidiff.pipeline.bulk.entries import DocumentEntry, Entry, read_entries
from kejidiff.pipeline.bulk.naming import Named, named_file
from kejidiff.pipeline.bulk.spill import Pieces, read_arrays
from kejidiff.span import Span
from kejidiff.text.script import script_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spans = NDArray[np.uint32]


class Paragraphs:
    """Spans of the paragraphs of any document, as a view of its piece's; what was read is kept.

    first   shape (S + 1,): number of each piece's first document, and of all
    """

    def __init__(self, folder: Path, first: "NDArray[np.int64]") -> None:
        self._folder, self._first = folder, first
        self._pieces: dict[int, tuple[Spans, Spans]] = {}

    def of(self, document: int) -> "Spans":
        """Shape (P, 2)."""
        piece = self.piece(document)
        documents, paragraphs = self.columns(piece)
        at = document - int(self._first[piece])
        end = int(documents[at + 1, 4]) if at + 1 < len(documents) else len(paragraphs)
        return paragraphs[int(documents[at, 4]) : end]

    def columns(self, piece: int) -> "tuple[Spans, Spans]":
        """Documents and paragraphs of a piece, as of `ShardSketch`."""
        if piece not in self._pieces:
            documents, paragraphs = read_arrays(self._folder / f"sketch-{piece}", 2)
            self._pieces[piece] = documents, paragraphs
        return self._pieces[piece]

    def piece(self, document: int) -> int:
        """The piece a document is in."""
        return int(np.searchsorted(self._first, document, side="right")) - 1


class DocumentsOnDisk:
    """All documents of a scan, piece by piece; D of them in the order of the scan."""

    def __init__(self, folder: Path, first: "NDArray[np.int64]", named: Named, reuse: DocumentReuse) -> None:
        self._folder, self._first, self._named, self._reuse = folder, first, named, reuse
        self._paragraphs = Paragraphs(folder, first)

    def of(self, piece: int) -> Iterator[tuple[BulkFile, tuple[BulkDocument, ...]]]:
        """Every file or row of a piece that has an entry of its own, with its documents."""
        number = int(self._first[piece])
        for at, entry in enumerate(read_entries(self._folder / f"entries-{piece}")):
            name = self._named.names[piece][at]
            found = tuple(self._document(number + own, name, entry, one) for own, one in enumerate(entry.documents))
            number += len(found)
            if name:
                yield named_file(entry, name, self._named.told.get((piece, at))), found

    def _some(self, piece: int, wanted: set[int]) -> Iterator[tuple[int, BulkDocument]]:
        number = int(self._first[piece])
        for at, entry in enumerate(read_entries(self._folder / f"entries-{piece}")):
            for own in entry.documents:
                if number in wanted:
                    yield number, self._document(number, self._named.names[piece][at], entry, own)
                number += 1

    def each(self, numbers: list[int]) -> Iterator[BulkDocument]:
        """Some of them, in the order asked for."""
        wanted = set(numbers)
        found: dict[int, BulkDocument] = {}
        for piece in sorted({self._paragraphs.piece(number) for number in numbers}):
            found.update(self._some(piece, wanted))
        return (found[number] for number in numbers)

    def _document(self, number: int, name: str, entry: Entry, own: DocumentEntry) -> BulkDocument:
        piece = self._paragraphs.piece(number)
        row = self._paragraphs.columns(piece)[0][number - int(self._first[piece])]
        start, characters, countable, _, _, hanzi, changed = row.tolist()
        return BulkDocument(
            id=f"{name}#{own.ordinal}",
            path=name,
            ordinal=own.ordinal,
            title=own.title,
            span=Span(start, start + characters),
            countable=countable,
            script=own.script or script_of(hanzi, changed),
            paragraphs=self._paragraphs.of(number).tolist(),
            titled=own.titled,
            excluded=own.excluded,
            repaired=own.repaired,
            metadata=entry.metadata.encode("utf-8", "surrogatepass"),
            stats=ReuseStats(countable, *(int(counts[number]) for counts in self._reuse)),
        )


class TextsOnDisk:
    """Original texts of documents' files, where they were kept. `sizes`: shape (D + 1,), where each begins, in bytes of
    its piece's file."""

    def __init__(self, folder: Path, first: "NDArray[np.int64]") -> None:
        self._folder, self._first = folder, first
        self._texts = Pieces(folder, "texts")
        self._places: dict[int, NDArray[np.int64]] = {}

    def of(self, document: int) -> str:
        """The whole text of the file a document is in."""
        piece = int(np.searchsorted(self._first, document, side="right")) - 1
        if piece not in self._places:
            self._places[piece] = read_arrays(self._folder / f"text-places-{piece}", 1)[0]
        start, end = self._places[piece][document - int(self._first[piece]) :][:2].tolist()
        return self._texts.read(piece, start, end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._texts.close()
