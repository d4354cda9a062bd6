"""A shard of JSON lines -> its rows, the texts of plain ones as bytes: how a large scan reads, where that is compiled.

A plain line is looked through for its text alone; what is left of it, with an empty text there, is for the parser, as
all of any other line is. So what counts as damaged does not depend on who reads it.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kejidiff.kernel.rows import EncodedText, is_read_compiled, read_rows
from kejidiff.options import JsonLines
from kejidiff.read.archives.lines import Line, Stretch
from kejidiff.read.archives.objects import row_reader
from kejidiff.read.archives.opening import opened
from kejidiff.read.archives.rows import rows_in_file, stretches_in
from kejidiff.read.archives.shard import Row, Shard, UnreadableArchiveError

_EMPTY: Final = b'""'


class EncodedRow(NamedTuple):
    """A row that has a text; fields as of `Row`."""

    number: int
    id: str | None
    metadata: bytes | None
    encoded: EncodedText


def encoded_rows_of(shard: Shard, fields: JsonLines, max_bytes: int) -> Iterator[Row | EncodedRow]:
    """`rows_of`, numbered from 1 in the shard: plain rows encoded where that is compiled."""
    with opened(shard.place) as file:
        if shard.form == "parquet" or not is_read_compiled():
            yield from rows_in_file(file, shard, fields, max_bytes)
        else:
            yield from rows_of_lines(stretches_in(file, shard, max_bytes), fields, max_bytes)
    if shard.torn is not None:
        raise UnreadableArchiveError(*shard.torn)


def rows_of_lines(pieces: Iterable[Line | Stretch], fields: JsonLines, max_bytes: int) -> Iterator[Row | EncodedRow]:
    """`encoded_rows_of` for lines as of `stretches_of`. Only where that is compiled."""
    return _Reader(fields, max_bytes).rows(pieces)


class _Reader:
    """Reads the lines of a shard."""

    def __init__(self, fields: JsonLines, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._read = row_reader(fields)
        self._field = fields.text.encode("utf-8", "surrogatepass")
        self._number = 0  # of the line before

    def rows(self, pieces: Iterable[Line | Stretch]) -> Iterator[Row | EncodedRow]:
        for piece in pieces:
            if isinstance(piece, Stretch):
                yield from self._stretch(piece.block, piece.start, piece.end)
            elif piece.raw:
                yield from self._stretch(piece.raw, 0, len(piece.raw))
            else:
                self._number += 1
                if piece.raw is None:
                    yield from self._whole(None)

    def _stretch(self, block: bytes, at: int, end: int) -> Iterator[Row | EncodedRow]:
        while at < end:
            read = read_rows(block, at, end, self._field)
            assert read is not None
            at = read.next
            for row in read.rows:
                self._number += 1
                start, close, text, text_end = row[:4]
                plain = None
                if text >= 0 and close - start <= self._max_bytes:
                    plain = self._plain(block[start:text] + _EMPTY + block[text_end:close], read.text(row))
                if plain is not None:
                    yield plain
                else:
                    yield from self._whole(block[start:close])

    def _plain(self, rest: bytes, encoded: EncodedText) -> EncodedRow | None:
        """None where the parser must see the text, too."""
        number, given, _, metadata, problem = self._read(rest, self._number)
        if problem != "empty" or (not encoded.begins.strip() and not encoded.text.strip()):
            return None
        return EncodedRow(number, given, metadata, encoded)

    def _whole(self, raw: bytes | None) -> Iterator[Row]:
        if raw is None or (len(raw) > self._max_bytes):
            yield Row(self._number, None, None, None, "too-large")
        elif raw and not raw.isspace():
            yield self._read(raw, self._number)
