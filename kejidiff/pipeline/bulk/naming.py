"""Entries of all pieces -> what every file and row is called, and what could not be read.

A row is called by its id, a later one with the same id `ID@NUMBER`, one without an id by its number in the archive.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kejidiff.model import Reservation, Skipped
from kejidiff.model.bulk import BulkFile
from kejidiff.pipeline.bulk.entries import Entry, read_entries
from kejidiff.pipeline.bulk.planning import FileGroup, Piece
from kejidiff.read.archives import Row, RowNames, Shard, UnreadableArchiveError, lines_before
from kejidiff.read.archives.sources import TABLE_ROW


class Named(NamedTuple):
    """What the entries of all pieces come to, besides their documents.

    names      by piece and entry: the path of each file or row
    told       of rows to be told of, by piece and entry: their number, and whether an earlier row has their id
    read       how many files and rows were read
    documents  ids of all documents, in the order of the scan
    titles     of all documents
    unread     in their order
    reserved   files read with reservations, in their order
    """

    names: list[list[str]]
    told: dict[tuple[int, int], tuple[int, bool]]
    read: int
    documents: list[str]
    titles: list[str]
    unread: list[Skipped]
    reserved: list[BulkFile]


def name_all(pieces: Sequence[Piece], folder: Path) -> Named:
    """Names for everything that the entries in `folder` tell of."""
    numbers = _Numbers(pieces)
    names: list[list[str]] = []
    told: dict[tuple[int, int], tuple[int, bool]] = {}
    read, documents, titles, unread, reserved = 0, list[str](), list[str](), list[Skipped](), list[BulkFile]()
    taken: dict[str, RowNames] = {}
    seen: dict[str, set[str]] = {}  # lines are counted for rows only that go by their number
    for at, piece in enumerate(pieces):
        own: list[str] = []
        for entry in read_entries(folder / f"entries-{at}"):
            name = entry.file.path
            if isinstance(piece, Shard) and entry.number >= 0:
                known = seen.setdefault(piece.location, set())
                plain = entry.id is not None and entry.id not in known and entry.file.state is None
                known.add(entry.id or "")
                entry = entry._replace(number=0 if plain else numbers.number(at, entry))
                called, repeats = taken.setdefault(piece.location, RowNames()).name(Row(entry.number, entry.id, None))
                name = f"{piece.path}/{called}"
                if repeats or entry.file.state is not None:
                    told[at, len(own)] = (entry.number, repeats)
            file = named_file(entry, name, told.get((at, len(own))))
            own.append(name)
            if file.skipped is not None:
                unread.append(file.skipped)
            else:
                read += 1
                if file.warnings:
                    reserved.append(file)
            documents += [f"{name}#{document.ordinal}" for document in entry.documents]
            titles += [document.title for document in entry.documents]
        names.append(own)
    return Named(names, told, read, documents, titles, unread, reserved)


def named_file(entry: Entry, name: str, told: tuple[int, bool] | None) -> BulkFile:
    """The file or row of an entry under its own name; where `told` has its number, what is amiss with it."""
    file = entry.file._replace(path=name)
    if told is None:
        return file
    number, repeats = told
    row = f"{'row' if file.format == TABLE_ROW else 'line'} {number}"
    if file.state is not None:
        return file._replace(message=f"{row} {file.message}")
    warned = Reservation("duplicate-id", f"{row} has an id that an earlier one has")
    return file._replace(warnings=(warned, *file.warnings)) if repeats else file


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
