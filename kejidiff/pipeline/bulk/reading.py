"""A piece of work -> its texts as streams, in their order, and an entry for each.

Clean texts are folded many at once. What shows damage, notes or disguise, or may be several reports, goes the long way
of an ordinary scan, one text at a time.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from kejidiff.kernel.rows import EncodedText
from kejidiff.model import Reservation, Skipped, SourceText
from kejidiff.model.bulk import BulkFile
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.bulk.entries import DocumentEntry, Entry, file_of
from kejidiff.pipeline.bulk.planning import FileGroup, Piece
from kejidiff.read import read_texts
from kejidiff.read.archives import Row, Shard, UnreadableArchiveError
from kejidiff.read.archives.encoded import EncodedRow, encoded_rows_of
from kejidiff.read.archives.sources import LINE, TABLE_ROW, amiss
from kejidiff.read.evasion import suspected
from kejidiff.read.failures import skipped
from kejidiff.text.odd import is_odd
from kejidiff.text.stream import Stream, batch_size, encoded, stream_of, stream_of_document, stream_of_encoded
from kejidiff.text.titles import SENTENCE_FROM, is_title, title_from_sentence, title_text

#: Words of which a text that holds several reports has one, and those that stand beside the text of a web page.
_TELLING: Final = ("篇二", "篇2", "范文二", "范文2", "总结二", "ICP备", "相关文章", "上传人", "扫码", "展开阅读")
ROWS: Final = frozenset({LINE, TABLE_ROW})

#: Characters of one text, and of a piece, that are read: of 2^26 no text has 2^22 units, of 2^28 no piece has 2^24, and
#: no column of 32 bits runs over. As long as files and rows are cut off at 64 MB, none of it comes near.
LONGEST: Final = 1 << 26
TOGETHER: Final = 1 << 28

Keep = Callable[[bytes | memoryview], object]


class _Text(NamedTuple):
    """A text that waits to be folded; `at` is the number of its entry."""

    at: int
    given: SourceText | EncodedText
    characters: int

    @property
    def text(self) -> str:
        """All of it."""
        return self.given.text

    @property
    def begins(self) -> str:
        """Its beginning, or all of it."""
        return self.given.begins if isinstance(self.given, EncodedText) else self.given.text

    def utf8(self) -> bytes | memoryview:
        """Its bytes, however it came."""
        given = self.given
        return given.utf8 if isinstance(given, EncodedText) else given.text.encode("utf-8", "surrogatepass")


_Read = tuple[SourceText | EncodedText | Skipped, Entry]


class PieceReader:
    """Reads one piece; `entries` grows with `streams`, one for every file or row, in their order.

    keep   is given the text of every document's file, in UTF-8, in the order of the documents
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
        self._batch: list[_Text] = []
        self._room = float(TOGETHER if rows is None else "inf")

    def streams(self) -> Iterator[tuple[Stream, int]]:
        """The documents of the piece, each stream with where its document begins; 0 for whole texts."""
        size, batch = 0, batch_size()
        for source, entry in map(self._bounded, self._sources()):
            self.entries.append(entry)
            if isinstance(source, Skipped):
                continue
            self._batch.append(_Text(len(self.entries) - 1, source, entry.file.characters))
            size += entry.file.characters
            if size >= batch:
                yield from self._folded()
                size = 0
        if self._batch:
            yield from self._folded()

    def _bounded(self, read: _Read) -> _Read:
        """What is read, or why it is left out: a text that is too long, and what its piece has no more room for."""
        source, entry = read
        length = entry.file.characters
        if isinstance(source, Skipped) or length <= min(LONGEST, self._room):
            self._room -= length
            return read
        reason, most = ("too-large", LONGEST) if length > LONGEST else ("memory", TOGETHER)
        told = f"has more than {most:,} characters"
        together = " with what is read together with it" if most == TOGETHER else ""
        place = self._piece.location if isinstance(self._piece, Shard) else getattr(source, "location", "")
        unread = skipped(entry.file.path, reason, told + together, place)
        own = file_of(unread)._replace(format=entry.file.format if entry.file.format in ROWS else "")
        return unread, entry._replace(file=own)

    def _folded(self) -> Iterator[tuple[Stream, int]]:
        """The batch, texts that need care one by one and the others between them together."""
        stream = _stream_of(self._batch)
        facts = zip(self._batch, stream.odd.tolist(), stream.countable.tolist(), strict=True)
        careful = [_needs_care(text, odd, countable) for text, odd, countable in facts]
        if not any(careful):
            yield self._plain(self._batch, stream)
        else:
            for care, group in groupby(zip(careful, self._batch, strict=True), key=lambda one: one[0]):
                members = [member for _, member in group]
                if care:
                    for text in members:
                        yield from self._careful(text)
                else:
                    yield self._plain(members, _stream_of(members))
        self._batch = []

    def _plain(self, members: list[_Text], stream: Stream) -> tuple[Stream, int]:
        leads = _first_paragraphs(stream)
        for text, lead in zip(members, leads, strict=True):
            file, _, given, number, metadata = self.entries[text.at]
            self.entries[text.at] = Entry(file, (_plain_document(text, *lead),), given, number, metadata)
            if self._keep is not None:
                self._keep(text.utf8())
        return stream, 0

    def _careful(self, text: _Text) -> Iterator[tuple[Stream, int]]:
        from kejidiff.text.documents import find_documents  # 12 ms, and plain texts need none of it

        source = text.given
        if isinstance(source, EncodedText):
            assert isinstance(self._piece, Shard)
            source = _source(self._piece, source.text, self.entries[text.at].file.sha256)
        documents = find_documents(source)
        warned = source if isinstance(self._piece, FileGroup) else replace(source, warnings=_warnings(source))
        self.entries[text.at] = self.entries[text.at]._replace(
            file=file_of(warned), documents=tuple(map(DocumentEntry.of, documents))
        )
        for document in documents:
            if self._keep is not None:
                self._keep(text.utf8())
            yield stream_of_document(source.text, document), document.span.start

    def _sources(self) -> Iterator[_Read]:
        if isinstance(self._piece, FileGroup):
            for found in self._piece.files:
                for source in read_texts(found, self._options):  # rows come from stdin only: other archives are shards
                    given = source.metadata if isinstance(source, SourceText) else b""
                    yield source, Entry(file_of(source), metadata=given.decode("utf-8", "surrogatepass"))
            return
        try:
            for row in self._read() if self._rows is None else self._rows:
                metadata = (row.metadata or b"").decode("utf-8", "surrogatepass")
                if isinstance(row, EncodedRow):
                    yield row.encoded, Entry(_file(self._piece, row.encoded), (), row.id, row.number, metadata)
                    continue
                read = self._row(row, self._piece)
                file = file_of(read)._replace(format=_format(self._piece))  # also of a row that is not read
                yield read, Entry(file, (), row.id, row.number, metadata)
        except UnreadableArchiveError as error:
            unread = skipped(self._piece.path, error.reason, error.message, self._piece.location)
            yield unread, Entry(file_of(unread), number=-1)

    def _read(self) -> Iterator[Row | EncodedRow]:
        assert isinstance(self._piece, Shard)
        return encoded_rows_of(self._piece, self._fields, self._options.max_file_bytes)

    def _row(self, row: Row, shard: Shard) -> SourceText | Skipped:
        """A row under the name of its archive: it gets its own when all are known."""
        if row.problem is None and row.text is not None:
            return _source(shard, row.text, _digest(row.text.encode("utf-8", "surrogatepass")))
        reason = row.problem or "damaged"
        told = amiss(reason, self._fields, self._options.max_file_bytes)
        return skipped(shard.path, reason, told, shard.location)


def _source(shard: Shard, text: str, sha256: str) -> SourceText:
    """A row's text as that of a file."""
    return SourceText(
        path=shard.path, text=text, encoding="utf-8", sha256=sha256, location=shard.location, format=_format(shard)
    )


def _file(shard: Shard, text: EncodedText) -> BulkFile:
    """`file_of` for a row that is encoded."""
    return BulkFile(
        shard.path, format=_format(shard), encoding="utf-8", characters=text.characters, sha256=_digest(text.utf8)
    )


def _digest(utf8: bytes | memoryview) -> str:
    return hashlib.sha256(utf8).hexdigest()


def _stream_of(texts: list[_Text]) -> Stream:
    if not any(isinstance(text.given, EncodedText) for text in texts):
        return stream_of([text.text for text in texts])
    return stream_of_encoded([one if isinstance(one, EncodedText) else encoded(one.text) for _, one, _ in texts])


def _format(shard: Shard) -> str:
    return TABLE_ROW if shard.form == "parquet" else LINE


def _needs_care(text: _Text, odd: int, countable: int) -> bool:
    """Whether a text goes the long way; one without a countable character does, and comes out as no document."""
    source = text.given
    if not countable or is_odd(odd, text.characters):
        return True
    if isinstance(source, EncodedText) or (source.format in ROWS and not source.marked):
        return False
    return bool(source.marked) or any(word in source.text for word in _TELLING)


def _warnings(source: SourceText) -> tuple[Reservation, ...]:
    """Those of a row, and the signs of evasion that reading one from a shard does not look for."""
    return (*source.warnings, *suspected(source.text, source.format))


def _first_paragraphs(stream: Stream) -> list[tuple[int, int]]:
    """Start and end of each text's first paragraph, in the text. Each has one: texts without are read with care."""
    begins = stream.texts[:-1]
    spans = stream.paragraphs[np.searchsorted(stream.paragraphs[:, 0], begins), :2] - begins[:, None]
    return list(map(tuple, spans.tolist()))


def _plain_document(text: _Text, start: int, end: int) -> DocumentEntry:
    """The document of a plain text, whose first paragraph stands in `[start, end)`: its title is the first line that
    says something, as `text.split` makes one of it."""
    begins = text.begins
    told = begins.lstrip()
    if len(begins) < text.characters and (len(told) < SENTENCE_FROM or "\n" not in told):
        begins = text.text
        told = begins.lstrip()
    title = title_text(told.partition("\n")[0])
    if not is_title(title):
        return DocumentEntry(title=title_from_sentence(told))
    return DocumentEntry(title=title, titled=start <= len(begins) - len(told) < end)
