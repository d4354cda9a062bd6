"""Entries of all pieces -> what every file, row and archive is called, and what could not be read.

A row is called by its id, a later one with the same id `ID@NUMBER`, one without an id by its number in the archive, as
where documents are compared in full (`read.archives.sources`); so an archive without a text is one entry here, too.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kejidiff.model import Reservation, Skipped
from kejidiff.model.bulk import BulkFile
from kejidiff.options import JsonLines
from kejidiff.pipeline.bulk.entries import Entry, file_of, read_entries
from kejidiff.pipeline.bulk.planning import FileGroup, Piece
from kejidiff.read.archives import Row, RowNames, Shard, UnreadableArchiveError, lines_before
from kejidiff.read.archives.sharding import NO_ROW
from kejidiff.read.archives.sources import LINE, TABLE_ROW, UNDECODABLE, hint_of, is_undecodable, none_read, rows_before
from kejidiff.read.failures import skipped

_ROWS: Final = frozenset({LINE, TABLE_ROW})


class Named(NamedTuple):
    """What the entries of all pieces come to, besides their documents.

    names      by piece and entry: the path of each file or row; empty for a row that only its archive's entry tells of
    owners     by piece, of each of its documents: the number of its entry
    told       of rows to be told of, by piece and entry: their number, and whether an earlier row has their id; of an
               archive that breaks off: how many rows came before
    read       how many files and rows were read
    documents  ids of all documents, in the order of the scan
    titles     of all documents
    unread     in their order
    reserved   files read with reservations, in their order
    archives   those that no entry tells of: read to their end, or without any row that has a text
    """

    names: list[list[str]]
    owners: list[list[int]]
    told: dict[tuple[int, int], tuple[int, bool]]
    read: int
    documents: list[str]
    titles: list[str]
    unread: list[Skipped]
    reserved: list[BulkFile]
    archives: list[BulkFile]


def name_all(pieces: Sequence[Piece], folder: Path, fields: JsonLines) -> Named:
    """Names for everything that the entries in `folder` tell of."""
    naming = _Naming(pieces, fields)
    for at in range(len(pieces)):
        naming.read(at, folder / f"entries-{at}")
    return naming.ended()


def named_file(entry: Entry, name: str, told: tuple[int, bool] | None) -> BulkFile:
    """The file or row of an entry under its own name; where `told` has its number, what is amiss with it."""
    file = entry.file._replace(path=name)
    number, repeats = told or (0, False)
    if entry.number < 0:
        return file._replace(message=f"{file.message}{rows_before(number)}")
    row = f"{'row' if file.format == TABLE_ROW else 'line'} {number}"
    if file.state is not None:
        return file._replace(message=f"{row} {file.message}", format="") if told else file
    if repeats:
        warned = Reservation("duplicate-id", f"{row} has an id that an earlier one has")
        file = file._replace(warnings=(warned, *file.warnings))
    if _is_undecodable_row(file, name) and UNDECODABLE not in file.warnings:
        file = file._replace(warnings=(*file.warnings, UNDECODABLE))
    return file


def _is_undecodable_row(file: BulkFile, name: str) -> bool:
    return file.format in _ROWS and is_undecodable(name)


class _Archive:
    """What is known of an archive whose rows are being named.

    unread   how many files were unread before it
    hint     as of `hint_of`, of the first row that is no text's
    broken   whether it could not be read to its end, which an entry of its own tells
    """

    def __init__(self, shard: Shard, piece: int, unread: int) -> None:
        self.path, self.location, self.first_piece, self.unread = shard.path, shard.location, piece, unread
        self.names = RowNames()
        self.rows = self.damaged = 0
        self.hint = ""
        self.broken = False

    def count(self, entry: Entry) -> None:
        self.rows += 1
        if entry.file.reason == "damaged":
            self.damaged += 1
            if entry.metadata and not self.hint:
                self.hint = hint_of(entry.metadata.encode("utf-8", "surrogatepass"))


class _Naming:
    """Names pieces in their order; those of one archive follow one another."""

    def __init__(self, pieces: Sequence[Piece], fields: JsonLines) -> None:
        self._pieces, self._fields = pieces, fields
        self._numbers = _Numbers(pieces)
        self._named = Named([], [], {}, 0, [], [], [], [], [])
        self._archive: _Archive | None = None
        self._read = 0

    def read(self, at: int, path: Path) -> None:
        """Name what is in a piece."""
        piece, named = self._pieces[at], self._named
        if self._archive is not None and (isinstance(piece, FileGroup) or piece.location != self._archive.location):
            self._end_archive()
        if isinstance(piece, Shard) and self._archive is None:
            self._archive = _Archive(piece, at, len(named.unread))
        own: list[str] = []
        owners: list[int] = []
        named.names.append(own)
        named.owners.append(owners)
        for number, entry in enumerate(read_entries(path)):
            name = entry.file.path if self._archive is None else self._of_archive(self._archive, at, number, entry)
            own.append(name)
            self._count(entry, name, named.told.get((at, number)))
            for document in entry.documents:
                owners.append(number)
                named.documents.append(f"{name}#{document.ordinal}")
                named.titles.append(document.title)

    def _count(self, entry: Entry, name: str, told: tuple[int, bool] | None) -> None:
        """Note a file or row as read, and what is to be said of it."""
        own = entry.file
        if own.state is None and not told and not own.warnings and not _is_undecodable_row(own, name):
            self._read += 1
            return
        file = named_file(entry, name, told)
        if file.skipped is not None:
            if name:
                self._named.unread.append(file.skipped)
            return
        self._read += 1
        if file.warnings:
            self._named.reserved.append(file)

    def ended(self) -> Named:
        """All of it, when every piece was read."""
        self._end_archive()
        return self._named._replace(read=self._read)

    def _of_archive(self, archive: _Archive, piece: int, at: int, entry: Entry) -> str:
        if entry.number < 0:
            if archive.broken:  # one entry tells of it: no piece of the archive could be read, or several not
                return ""
            archive.broken = True
            self._named.told[piece, at] = archive.rows, False
            return entry.file.path
        archive.count(entry)
        # Lines before a piece are counted only for rows that go by their number, or are told of by it.
        plain = entry.id is not None and entry.id not in archive.names and entry.file.state is None
        number = 0 if plain else self._numbers.number(piece, entry)
        name, repeats = archive.names.name(Row(number, entry.id, None))
        if repeats or entry.file.state is not None:
            self._named.told[piece, at] = number, repeats
        return f"{archive.path}/{name}"

    def _end_archive(self) -> None:
        archive, self._archive = self._archive, None
        if archive is None:
            return
        failed: Skipped | None = None
        if archive.rows and archive.rows == archive.damaged:
            told = none_read(archive.rows, self._fields, archive.hint)
            failed = skipped(archive.path, "damaged", told, archive.location)
            self._forget_rows(archive)
        elif not archive.rows:
            failed = skipped(archive.path, "empty", NO_ROW, archive.location)
        if archive.broken:
            return
        if failed is not None:
            self._named.unread.append(failed)
        self._named.archives.append(BulkFile(archive.path, format="archive") if failed is None else file_of(failed))

    def _forget_rows(self, archive: _Archive) -> None:
        names, unread = self._named.names, self._named.unread
        for piece in range(archive.first_piece, len(names)):
            names[piece] = [name if name == archive.path else "" for name in names[piece]]
        unread[archive.unread :] = [file for file in unread[archive.unread :] if file.path == archive.path]


class _Numbers:
    """Numbers of rows in their archives: of plain lines the pieces count from 1 each, and lines are counted at need."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._before: dict[int, int] = {}

    def number(self, piece: int, entry: Entry) -> int:
        own = self._pieces[piece]
        if isinstance(own, FileGroup) or own.form != "lines":
            return entry.number
        if piece not in self._before:
            same = [
                at for at, one in enumerate(self._pieces) if isinstance(one, Shard) and one.location == own.location
            ]
            shards = [one for one in (self._pieces[at] for at in same) if isinstance(one, Shard)]
            try:
                counts: Sequence[int] = lines_before(shards)
            except UnreadableArchiveError:
                counts = [0] * len(shards)
            self._before.update(zip(same, counts, strict=True))
        return entry.number + self._before[piece]
