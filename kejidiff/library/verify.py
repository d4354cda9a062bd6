"""A library's file -> every problem found in it, a line each: nothing in it can be changed by a bit without being told.

1. The file: its header, and every page against its check (`seals`).
2. SQLite: its own check of every tree and index, and of references between tables.
3. Rows: each against its digest; texts unpack; what the rows say of each other holds.

The first is complete by itself where the last change is sealed; the others say what a damaged page means, and stand
alone where a writer was killed between a change and its seal.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kejidiff.errors import LibraryError
from kejidiff.library.folded import units_in
from kejidiff.library.pages import RawFile, seal_leaf, seal_pages
from kejidiff.library.schema import DIGESTED, INDEX, PAGE, VERSION, digest
from kejidiff.library.seals import (
    COVERED,
    Head,
    check_of_first,
    content_of,
    counter_of,
    head_of,
    valid_for,
    writer_of,
)
from kejidiff.library.store import Store, open_for_reading

#: Problems told before the rest is only counted.
_MOST: Final = 1000
_ROW: Final = 4 * COVERED + 4


class Seals:
    """Table `seals` as it lies on the disk. `problems` says what is wrong with its own pages."""

    def __init__(self, raw: RawFile) -> None:
        self.problems: list[str] = []
        self.head: Head | None = None
        self.checks: list[bytes] = []
        self.pages: list[int] = []
        try:
            self.pages = seal_pages(raw)
        except ValueError:
            self.problems.append("pages: the table of checks cannot be found")
        for block, number in enumerate(self.pages):
            page = raw.page(number)
            stored = page[PAGE - _ROW :]
            content = content_of(block, stored)
            if content is None or seal_leaf(block, stored) != page:
                self.problems.append(f"page {number}: damaged (checks)")
            if block == 0:
                self.head = head_of(stored)
            else:
                self.checks.append(content or b"")

    def of(self, number: int) -> int | None:
        """The check of a page, None where there is none to compare with."""
        block, at = divmod(number - 1, COVERED)
        if block >= len(self.checks) or not self.checks[block]:
            return None
        return int.from_bytes(self.checks[block][4 * at : 4 * at + 4], "big")


def verify(path: str, timeout: float = 30.0) -> list[str]:
    """Everything that is wrong with the library at `path`; empty where it is sound.

    LibraryError where there is none, it cannot be read or is locked; a library too damaged to be opened has problems.
    """
    try:
        store = open_for_reading(path, timeout)
    except LibraryError as error:
        if error.slug != "library-damaged":
            raise
        return _of_unreadable(path, error.message)
    try:
        with store.reading():
            found = list(_some(_problems(store)))
    except LibraryError as error:
        if error.slug != "library-damaged":
            raise
        found = _of_unreadable(path, error.message)
    finally:
        store.close()
    return found


def problems_of_pages(raw: RawFile) -> Iterator[str]:
    """The first part of `verify`: the header, and every page against its check."""
    first = raw.page(1)
    if raw.size % PAGE:
        yield f"file: {raw.size} bytes are not whole pages"
    if int.from_bytes(first[28:32], "big") != raw.pages:
        yield "header: the size is not that of the file"
    if counter_of(first) != valid_for(first):
        yield "header: its two counters differ"
    seals = Seals(raw)
    yield from seals.problems
    head = seals.head
    if head is None or head.counter != counter_of(first):
        if head is not None and counter_of(first) < head.counter:
            yield "header: the counter is behind the table of checks"
        return
    if head.pages != raw.pages:
        yield "file: pages are missing or too many"
    if head.sqlite != writer_of(first):
        yield "header: the version is not that of the last writer"
    if head.first != check_of_first(first):
        yield "page 1: damaged"
    unsealed = {1, *seals.pages}
    for number, check in raw.checks():
        expected = seals.of(number)
        if number not in unsealed and expected is not None and expected != check:
            yield f"page {number}: damaged"


def problems_of_rows(connection: sqlite3.Connection) -> Iterator[str]:
    """The second and third part of `verify`."""
    try:
        for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield from (f"structure: {part}" for part in str(line).splitlines())
        for table, row, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
            yield f"{table}: row {row} refers to nothing"
    except (sqlite3.Error, UnicodeError) as error:
        yield f"structure: {_told(error)}"
    for table, columns in _tables(connection):
        try:
            for row in connection.execute(f"SELECT {', '.join(columns)}, digest FROM {table}"):
                if digest(row[:-1]) != row[-1]:
                    yield f"{table}: row {row[0]} is damaged"
                elif not _unpacks(table, dict(zip(columns, row, strict=False))):
                    yield f"{table}: row {row[0]}: its text does not unpack"
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            yield f"{table}: cannot be read: {_told(error)}"
    yield from _unfolded(connection)


def _unfolded(connection: sqlite3.Connection) -> Iterator[str]:
    """Documents without a folded text, where the layout has any: no run would be found in them."""
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            query = "SELECT number FROM documents EXCEPT SELECT number FROM folded"
            for (number,) in connection.execute(query):
                yield f"documents: row {number}: its folded text is missing"
    except (sqlite3.Error, OverflowError) as error:
        yield f"documents: cannot be read: {_told(error)}"


def _tables(connection: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    """Tables whose rows have digests; the index of an older layout is held to the checks of its pages only."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return [(name, columns) for name, columns in DIGESTED.items() if version == VERSION or name not in INDEX]


def _told(error: Exception) -> str:
    """SQLite's name for an error; its message may quote what it stumbled on."""
    return getattr(error, "sqlite_errorname", None) or "a value that cannot be"


def _problems(store: Store) -> Iterator[str]:
    yield from problems_of_pages(store.raw)
    yield from problems_of_rows(store.connection)


def _of_unreadable(path: str, message: str) -> list[str]:
    """What can be said of a file that SQLite refuses."""
    try:
        raw = RawFile(path)
    except OSError:
        return [f"file: {message}"]
    try:
        return [f"file: {message}", *_some(problems_of_pages(raw))]
    finally:
        raw.close()


def _unpacks(table: str, row: Mapping[str, Any]) -> bool:
    """True where the text of a row is one, and for rows without."""
    try:
        if table == "files":
            return bool(len(zlib.decompress(row["content"]).decode("utf-8", "surrogatepass")) == row["characters"])
        return table != "folded" or units_in(row["text"]) is not None
    except (zlib.error, TypeError, ValueError):
        return False


def _some(problems: Iterator[str]) -> Iterator[str]:
    for number, problem in enumerate(problems):
        if number == _MOST:
            yield "and more"
            return
        yield problem
