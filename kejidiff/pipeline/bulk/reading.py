"""A piece of work -> its texts as streams, in their order, and an entry for each.

Clean texts are folded many at once. What shows damage, notes or disguise, or may be several reports, goes the long way
of an ordinary scan, one text at a time.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from kejidiff.model import Reservation, Skipped, SourceText
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.bulk.entries import DocumentEntry, Entry, file_of
from kejidiff.pipeline.bulk.planning import FileGroup, Piece
from kejidiff.read import read_texts
from kejidiff.read.archives import Row, Shard, UnreadableArchiveError, rows_of
from kejidiff.read.archives.sources import LINE, TABLE_ROW, amiss
from kejidiff.read.evasion import suspected
from kejidiff.read.failures import skipped
from kejidiff.text.documents import find_documents
from kejidiff.text.odd import is_odd
from kejidiff.text.stream import BATCH, Stream, stream_of, stream_of_document
from kejidiff.text.titles import is_title, title_from_sentence, title_text

#: Words of which a text that holds several reports has one, and those that stand beside the text of a web page.
_TELLING: Final = ("篇二", "篇2", "范文二", "范文2", "总结二", "ICP备", "相关文章", "上传人", "扫码", "展开阅读")
ROWS: Final = frozenset({LINE, TABLE_ROW})

#: Characters of one text, and of a piece, that are read: of 2^26 no text has 2^22 units, of 2^28 no piece has 2^24, and
#: no column of 32 bits runs over. As long as files and rows are cut off at 64 MB, none of it comes near.
LONGEST: Final = 1 << 26
TOGETHER: Final = 1 << 28

Keep = Callable[[str], None]


class PieceReader:
    """Reads one piece; `entries` grows with `streams`, one for every file or row, in their order.

    keep   is given the text of every document's file, in the order of the documents
    rows   those of the piece, where somebody else has read them, and numbers units in a way that knows no bounds
    """

    def __init__(
        self,
        piece: Piece,
        options: ScanOptions,
        fields: JsonLines,
        keep: Keep | None = None,
        rows: Iterable[Row] | None = None,
    ) -> None:
        self.entries: list[Entry] = []
        self._piece, self._options, self._fields = piece, options, fields
        self._keep, self._rows = keep, rows
        self._batch: list[tuple[int, SourceText]] = []
        self._room = float(TOGETHER if rows is None else "inf")

    def streams(self) -> Iterator[tuple[Stream, int]]:
        """The documents of the piece, each stream with where its document begins; 0 for whole texts."""
        size = 0
        for source, entry in map(self._bounded, self._sources()):
            self.entries.append(entry)
            if isinstance(source, Skipped):
                continue
            self._batch.append((len(self.entries) - 1, source))
            size += len(source.text)
            if size >= BATCH:
                yield from self._folded()
                size = 0
        if self._batch:
            yield from self._folded()

    def _bounded(self, read: "tuple[SourceText | Skipped, Entry]") -> "tuple[SourceText | Skipped, Entry]":
        """What is read, or why it is left out: a text that is too long, and what its piece has no more room for."""
        source, entry = read
        if isinstance(source, Skipped):
            return read
        length = len(source.text)
        if length <= min(LONGEST, self._room):
            self._room -= length
            return read
        reason, most = ("too-large", LONGEST) if length > LONGEST else ("memory", TOGETHER)
        told = f"has more than {most:,} characters" + (
            " with what is read together with it" if most == TOGETHER else ""
        )
        unread = skipped(source.path, reason, told, source.location)
        own = file_of(unread)._replace(format=entry.file.format if entry.file.format in ROWS else "")
        return unread, entry._replace(file=own)

    def _folded(self) -> Iterator[tuple[Stream, int]]:
        """The batch, texts that need care one by one and the others between them together."""
        stream = stream_of([source.text for _, source in self._batch])
        countable = stream.countable
        careful = [
            _needs_care(source, odd, kept)
            for (_, source), odd, kept in zip(self._batch, stream.odd.tolist(), countable.tolist(), strict=True)
        ]
        if not any(careful):
            yield self._plain(self._batch, stream)
        else:
            for care, group in groupby(zip(careful, self._batch, strict=True), key=lambda one: one[0]):
                members = [member for _, member in group]
                if care:
                    for at, source in members:
                        yield from self._careful(at, source)
                else:
                    yield self._plain(members, stream_of([source.text for _, source in members]))
        self._batch = []

    def _plain(self, members: list[tuple[int, SourceText]], stream: Stream) -> tuple[Stream, int]:
        leads = _first_paragraphs(stream)
        for (at, source), lead in zip(members, leads, strict=True):
            document = _plain_document(source.text, *lead)
            self.entries[at] = self.entries[at]._replace(documents=(document,))
            if self._keep is not None:
                self._keep(source.text)
        return stream, 0

    def _careful(self, at: int, source: SourceText) -> Iterator[tuple[Stream, int]]:
        documents = find_documents(source)
        warned = source if isinstance(self._piece, FileGroup) else replace(source, warnings=_warnings(source))
        self.entries[at] = self.entries[at]._replace(
            file=file_of(warned), documents=tuple(map(DocumentEntry.of, documents))
        )
        for document in documents:
            if self._keep is not None:
                self._keep(source.text)
            yield stream_of_document(source.text, document), document.span.start

    def _sources(self) -> Iterator[tuple[SourceText | Skipped, Entry]]:
        if isinstance(self._piece, FileGroup):
            for found in self._piece.files:
                for source in read_texts(found, self._options):  # rows come from stdin only: other archives are shards
                    given = source.metadata if isinstance(source, SourceText) else b""
                    yield source, Entry(file_of(source), metadata=given.decode("utf-8", "surrogatepass"))
            return
        try:
            for row in self._read() if self._rows is None else self._rows:
                read = self._row(row, self._piece)
                file = file_of(read)._replace(format=_format(self._piece))  # also of a row that is not read
                metadata = (row.metadata or b"").decode("utf-8", "surrogatepass")
                yield read, Entry(file, (), row.id, row.number, metadata)
        except UnreadableArchiveError as error:
            unread = skipped(self._piece.path, error.reason, error.message, self._piece.location)
            yield unread, Entry(file_of(unread), number=-1)

    def _read(self) -> Iterator[Row]:
        assert isinstance(self._piece, Shard)
        return rows_of(self._piece, self._fields, max_bytes=self._options.max_file_bytes, first_number=1)

    def _row(self, row: Row, shard: Shard) -> SourceText | Skipped:
        """A row under the name of its archive: it gets its own when all are known."""
        if row.problem is None and row.text is not None:
            return SourceText(
                path=shard.path,
                text=row.text,
                encoding="utf-8",
                sha256=hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest(),
                location=shard.location,
                format=_format(shard),
            )
        reason = row.problem or "damaged"
        told = amiss(reason, self._fields, self._options.max_file_bytes)
        return skipped(shard.path, reason, told, shard.location)


def _format(shard: Shard) -> str:
    return TABLE_ROW if shard.form == "parquet" else LINE


def _needs_care(source: SourceText, odd: int, countable: int) -> bool:
    """Whether a text goes the long way; one without a countable character does, and comes out as no document."""
    if not countable or source.marked or is_odd(odd, len(source.text)):
        return True
    return source.format not in ROWS and any(word in source.text for word in _TELLING)


def _warnings(source: SourceText) -> tuple[Reservation, ...]:
    """Those of a row, and the signs of evasion that reading one from a shard does not look for."""
    return (*source.warnings, *suspected(source.text, source.format))


def _first_paragraphs(stream: Stream) -> list[tuple[int, int]]:
    """Start and end of each text's first paragraph, in the text. Each has one: texts without are read with care."""
    begins = stream.texts[:-1]
    spans = stream.paragraphs[np.searchsorted(stream.paragraphs[:, 0], begins), :2] - begins[:, None]
    return list(map(tuple, spans.tolist()))


def _plain_document(text: str, start: int, end: int) -> DocumentEntry:
    """The document of a plain text, whose first paragraph stands in `[start, end)`: its title is the first line that
    says something, as `text.split` makes one of it."""
    told = text.lstrip()
    title = title_text(told.partition("\n")[0])
    if not is_title(title):
        return DocumentEntry(title=title_from_sentence(told))
    return DocumentEntry(title=title, titled=start <= len(text) - len(told) < end)
