"""Entries, sketches and counts of a piece -> its files and documents: in columns, to be written, and one by one as
views take them."""

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.measure.bulk_reuse import DocumentReuse
from kejidiff.model import ReuseStats
from kejidiff.model.bulk import BulkDocument, BulkFile
from kejidiff.model.document import Script
from kejidiff.pipeline.bulk.entries import DocumentEntry, Entry, read_entries
from kejidiff.pipeline.bulk.naming import Named, named_file
from kejidiff.pipeline.bulk.spill import Pieces, read_arrays
from kejidiff.span import Span
from kejidiff.text.script import script_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Spans = NDArray[np.uint32]

#: Columns of documents as of `ShardSketch`.
_START, _, _COUNTABLE, _, _PARAGRAPH, _HANZI, _CHANGED = range(7)


class Owned(NamedTuple):
    """A document with the file or row it is in."""

    path: str
    entry: Entry
    own: DocumentEntry

    @property
    def metadata(self) -> bytes:
        """As of `BulkDocument`."""
        return self.entry.metadata.encode("utf-8", "surrogatepass")


class Documents(NamedTuple):
    """Some of a piece; shape (N,) each, fields as of `BulkDocument`.

    owned       what entries tell of them
    paragraphs  shape (P, 2): of the whole piece, one after the other
    own         shape (N, 2): where the paragraphs of each begin and end among them
    reuse       characters, as of `ReuseStats`
    """

    owned: list[Owned]
    start: "Ints"
    end: "Ints"
    countable: "Ints"
    script: list[Script]
    paragraphs: "Spans"
    own: "Ints"
    reuse: DocumentReuse


class DocumentsOnDisk:
    """All documents of a scan, piece by piece; D of them in the order of the scan.

    first   shape (S + 1,): number of each piece's first document, and of all
    """

    def __init__(self, folder: Path, first: "Ints", named: Named, reuse: DocumentReuse) -> None:
        self._folder, self._first, self._named, self._reuse = folder, first, named, reuse

    def of(self, piece: int) -> tuple[list[BulkFile], Documents]:
        """Every file or row of a piece that has an entry of its own, and all its documents."""
        entries = list(read_entries(self._folder / f"entries-{piece}"))
        named = list(zip(entries, self._named.names[piece], strict=True))
        told = self._named.told
        files = [named_file(entry, name, told.get((piece, at))) for at, (entry, name) in enumerate(named) if name]
        owned = [Owned(name, entry, own) for entry, name in named for own in entry.documents]
        return files, self._columns(piece, owned, np.arange(len(owned)))

    def each(self, numbers: list[int]) -> Iterator[BulkDocument]:
        """Some of them, in the order asked for."""
        found: dict[int, BulkDocument] = {}
        pieces = (np.searchsorted(self._first, numbers, side="right") - 1).tolist()
        for piece in sorted(set(pieces)):
            own = [number for number, at in zip(numbers, pieces, strict=True) if at == piece]
            found.update(zip(own, self._some(piece, own), strict=True))
        return (found[number] for number in numbers)

    def _some(self, piece: int, numbers: list[int]) -> Iterator[BulkDocument]:
        rows = np.array(numbers) - self._first[piece]
        owners, names = self._named.owners[piece], self._named.names[piece]
        at = [owners[row] for row in rows.tolist()]
        entries = read_entries(self._folder / f"entries-{piece}", frozenset(at))
        known = dict(zip(sorted(set(at)), entries, strict=True))
        owned = [
            Owned(names[entry], known[entry], known[entry].documents[row - bisect_left(owners, entry)])
            for row, entry in zip(rows.tolist(), at, strict=True)
        ]
        return _one_by_one(self._columns(piece, owned, rows))

    def _columns(self, piece: int, owned: list[Owned], rows: "Ints") -> Documents:
        """`rows`: numbers of the documents in their piece."""
        documents, paragraphs = read_arrays(self._folder / f"sketch-{piece}", 2)
        edges = np.append(documents[:, _PARAGRAPH].astype(np.int64), len(paragraphs))
        own, first, end = documents[rows].astype(np.int64), edges[rows], edges[rows + 1]
        scripts = zip(owned, own[:, _HANZI].tolist(), own[:, _CHANGED].tolist(), strict=True)
        return Documents(
            owned=owned,
            start=np.where(end > first, np.append(paragraphs[:, 0], 0)[first], own[:, _START]),
            end=np.where(end > first, np.append(0, paragraphs[:, 1])[end], own[:, _START]),
            countable=own[:, _COUNTABLE],
            script=[one.own.script or script_of(hanzi, changed) for one, hanzi, changed in scripts],
            paragraphs=paragraphs,
            own=np.stack((first, end), axis=1),
            reuse=DocumentReuse._make(counts[self._first[piece] + rows] for counts in self._reuse),
        )


def _one_by_one(found: Documents) -> Iterator[BulkDocument]:
    columns = (column.tolist() for column in (found.start, found.end, found.countable, found.own))
    counts = (counts.tolist() for counts in found.reuse)
    for one, script, start, end, countable, own, *counted in zip(
        found.owned, found.script, *columns, *counts, strict=True
    ):
        yield BulkDocument(
            id=f"{one.path}#{one.own.ordinal}",
            path=one.path,
            ordinal=one.own.ordinal,
            title=one.own.title,
            span=Span(start, end),
            countable=countable,
            script=script,
            paragraphs=found.paragraphs[slice(*own)].tolist(),
            titled=one.own.titled,
            excluded=one.own.excluded,
            repaired=one.own.repaired,
            metadata=one.metadata,
            stats=ReuseStats(countable, *counted),
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
