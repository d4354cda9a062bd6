"""Paths -> pieces of work: files in groups of about one size, archives in shards, each in its place in the scan."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kejidiff.errors import UsageError
from kejidiff.model import Skipped
from kejidiff.read.archives import Shard, is_archive, shards_of
from kejidiff.read.discover import STDIN, Discovery, FoundFile, discover

#: Bytes of one piece of work: some 600 reports, whose arrays come to 60 MB.
PIECE_BYTES: Final = 16 << 20


class FileGroup(NamedTuple):
    """Files that one worker reads, in their order."""

    files: tuple[FoundFile, ...]


Piece = FileGroup | Shard


class Plan(NamedTuple):
    """Pieces in the order of the scan, and what cannot be read at all."""

    pieces: tuple[Piece, ...]
    unread: tuple[Skipped, ...]


def planned(paths: Sequence[str], every: bool = False) -> Plan:
    """The plan of what lies below `paths`, with a piece at least, which may be of nothing.

    UsageError where a path does not exist (`no-such-path`) or nothing at all is found (`nothing-found`)."""
    found = discover(paths)
    if not found.found and not found.skipped:
        raise UsageError(", ".join(paths), "no file found", "give a file or a folder", "nothing-found")
    plan = plan_of(found, every)
    return plan if plan.pieces else plan._replace(pieces=(FileGroup(()),))


def plan_of(discovery: Discovery, every: bool = False) -> Plan:
    """Cut what was found into pieces; the cut depends on the files alone. `every`: all files are archives."""
    pieces: list[Piece] = []
    unread = list(discovery.skipped)
    group: list[FoundFile] = []
    size = 0
    for found in discovery.found:
        if found.location != STDIN and (every or is_archive(found)):
            shards = shards_of(found, PIECE_BYTES)
            if isinstance(shards, Skipped):
                unread.append(shards)
                continue
            _close(group, pieces)
            size = 0
            pieces += shards
            continue
        group.append(found)
        size += _size(found)
        if size >= PIECE_BYTES:
            _close(group, pieces)
            size = 0
    _close(group, pieces)
    return Plan(tuple(pieces), tuple(unread))


def fingerprint(pieces: Sequence[Piece]) -> list[list[object]]:
    """What tells whether the files are those of an earlier plan: names, places, sizes, times of change, ranges."""
    told: list[list[object]] = []
    for piece in pieces:
        files = piece.files if isinstance(piece, FileGroup) else (FoundFile(piece.path, piece.location),)
        bounds = [] if isinstance(piece, FileGroup) else [piece.form, piece.start, piece.end]
        told.append([*bounds, *([file.path, *_place(file)] for file in files)])
    return told


def _close(group: list[FoundFile], pieces: list[Piece]) -> None:
    if group:
        pieces.append(FileGroup(tuple(group)))
        group.clear()


def _size(found: FoundFile) -> int:
    return int(_state(found)[0])


def _place(found: FoundFile) -> tuple[str, int, int]:
    """Files below two folders may have one name, one size and one time."""
    return str(Path(found.location).absolute()), *_state(found)


def _state(found: FoundFile) -> tuple[int, int]:
    """Size and time of change; 0 for what has neither any more."""
    try:
        status = Path(found.location).stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns
