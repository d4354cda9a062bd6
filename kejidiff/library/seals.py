"""Changed pages -> their checks in table `seals`, so that `verify` tells every flipped bit of the file.

SQLite keeps no checksums, and bytes of its pages that mean nothing at the moment (what moving cells leaves behind) are
seen by no reading of rows. So each page has a CRC-32 in `seals`, written in a change of its own after the one it seals.
Rows are of one size and only ever overwritten in place or appended, one to a page, so the pages of `seals` that hold
rows need no checks: they can be made again from their content, byte for byte (`pages.seal_leaf`), and that has a check
at its end. Page 1 is checked without the three fields that every change alters; those are kept in row 0.

Row 0, the *head*, says which change counter the file has when all of it is sealed. After a kill between a change and
its seal the counter is ahead; the next writer looks the library through and seals it.
"""

import sqlite3
import struct
import zlib
from collections.abc import Iterable
from typing import Final, NamedTuple

from kejidiff.library.pages import RawFile, check_of, free_pages, journaled, seal_pages

#: Pages a row covers; with 4 bytes each and a check of its own a row fills its page.
COVERED: Final = 1000
_MARK: Final = b"kejidiff seals 1"
_HEAD: Final = struct.Struct(">16sIIII")
#: Where page 1 keeps the change counter, the counter of the version, and the version (file format, 1.3).
_COUNTER, _VALID_FOR, _WRITER = 24, 92, 96


class Head(NamedTuple):
    """Row 0: counter, the version of SQLite, size in pages and page 1's check, as they are when all is sealed."""

    counter: int
    sqlite: int
    pages: int
    first: int


def counter_of(first_page: bytes) -> int:
    """How often the file was changed."""
    return int.from_bytes(first_page[_COUNTER : _COUNTER + 4], "big")


def valid_for(first_page: bytes) -> int:
    """The counter again, as it was when the version was written: always the same."""
    return int.from_bytes(first_page[_VALID_FOR : _VALID_FOR + 4], "big")


def writer_of(first_page: bytes) -> int:
    """Which SQLite changed the file last."""
    return int.from_bytes(first_page[_WRITER : _WRITER + 4], "big")


def check_of_first(page: bytes) -> int:
    """The check of page 1 without what each change alters."""
    return check_of(page[:_COUNTER] + bytes(4) + page[_COUNTER + 4 : _VALID_FOR] + bytes(8) + page[_VALID_FOR + 8 :])


def row(block: int, content: bytes) -> bytes:
    """What stands in `checks`: the content filled up, and the check over it and the row's number."""
    filled = content.ljust(4 * COVERED, b"\0")
    return filled + zlib.crc32(filled, block).to_bytes(4, "big")


def content_of(block: int, stored: bytes) -> bytes | None:
    """The content of a stored row; None where it is damaged."""
    return stored[:-4] if row(block, stored[:-4]) == stored else None


def head_of(stored: bytes) -> Head | None:
    """The head in a stored row 0; None where it is damaged."""
    content = content_of(0, stored)
    if content is None or not content.startswith(_MARK):
        return None
    return Head(*_HEAD.unpack(content[: _HEAD.size])[1:])


def seal(connection: sqlite3.Connection, raw: RawFile, path: str, changed: set[int] | None) -> None:
    """Write the checks of the changed pages (of all, where None), durably. The caller has the writer's turn."""
    changed = _grown(connection, raw, path, changed)
    first, unsealed = raw.page(1), {1, *seal_pages(raw)}
    wanted = _checks(raw, changed, unsealed)
    connection.execute("BEGIN IMMEDIATE")
    for block in sorted({(page - 1) // COVERED + 1 for page in wanted}):
        old = b"" if changed is None else _stored(connection, block)[:-4]
        content = bytearray(old.ljust(4 * COVERED, b"\0"))
        for page in range((block - 1) * COVERED + 1, block * COVERED + 1):
            if page in wanted:
                at = 4 * ((page - 1) % COVERED)
                content[at : at + 4] = wanted[page].to_bytes(4, "big")
        _write(connection, block, bytes(content))
    counter = (counter_of(first) + 1) & 0xFFFFFFFF
    _write(connection, 0, _HEAD.pack(_MARK, counter, _version(), raw.pages, check_of_first(first)))
    connection.execute("COMMIT")


def _grown(connection: sqlite3.Connection, raw: RawFile, path: str, changed: set[int] | None) -> set[int] | None:
    """Append the rows that the file's size asks for; returns `changed` with the pages that this changes.

    Twice at most: a thousand rows need one page more to be covered.
    """
    while True:
        held = int(connection.execute("SELECT count(*) FROM seals").fetchone()[0])
        needed = 1 + -(-raw.pages // COVERED)
        if held >= needed:
            return changed
        change = Change(raw)
        connection.execute("BEGIN IMMEDIATE")
        for block in range(held, needed + 1):
            connection.execute("INSERT INTO seals (block, checks) VALUES (?, ?)", (block, row(block, b"")))
        change.note(path)
        connection.execute("COMMIT")
        touched = change.pages(raw)
        changed = None if changed is None or touched is None else changed | touched


def _checks(raw: RawFile, changed: Iterable[int] | None, unsealed: set[int]) -> dict[int, int]:
    """By page: its check; 0 for what has none."""
    if changed is None:
        return {page: 0 if page in unsealed else check for page, check in raw.checks()}
    last = raw.pages
    return {page: 0 if page in unsealed or page > last else check_of(raw.page(page)) for page in changed}


def _stored(connection: sqlite3.Connection, block: int) -> bytes:
    return bytes(connection.execute("SELECT checks FROM seals WHERE block = ?", (block,)).fetchone()[0])


def _write(connection: sqlite3.Connection, block: int, content: bytes) -> None:
    connection.execute("UPDATE seals SET checks = ? WHERE block = ?", (row(block, content), block))


def _version() -> int:
    major, minor, patch = sqlite3.sqlite_version_info
    return major * 1_000_000 + minor * 1_000 + patch


class Change:
    """Which pages a change touches. Made before it begins; `note` just before its COMMIT, `pages` after."""

    def __init__(self, raw: RawFile) -> None:
        self._before = raw.pages
        self._free = free_pages(raw)
        self._journaled: set[int] | None = None

    def note(self, path: str) -> None:
        self._journaled = journaled(path)

    def pages(self, raw: RawFile) -> set[int] | None:
        """None where it cannot be told: then all may have changed."""
        if self._journaled is None:
            return None
        return self._journaled | self._free | set(range(self._before + 1, raw.pages + 1))
