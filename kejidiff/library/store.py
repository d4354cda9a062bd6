"""A path -> the library there, opened: layout checked, changes whole and durable, readers that only read.

Each change is one transaction (rollback journal, synced) of the one who has the writer's turn (`lock`); at the end of a
turn the pages that changed are sealed (`seals`). A reader opens the file read-only. Where a killed writer left a
journal that would have to be rolled back, it does so on a private copy, and leaves the library as it is.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import quote

from kejidiff.errors import LibraryError
from kejidiff.library.copies import private_copy
from kejidiff.library.failures import damaged, failure_of, missing
from kejidiff.library.lock import WriterLock
from kejidiff.library.making import make as make_library
from kejidiff.library.pages import RawFile
from kejidiff.library.schema import APPLICATION_ID, OLDER, PRAGMAS, TABLES, VERSION
from kejidiff.library.seals import Change, counter_of, head_of, seal

#: SQLite's own file format begins so; the application's number stands at offset 68 (file format, 1.3).
MAGIC: Final = b"SQLite format 3\0"


class Store:
    """An open library. Reading: any number at a time. Writing: within `change`, by one who opened it for writing."""

    def __init__(self, path: str, connection: sqlite3.Connection, raw: RawFile, lock: WriterLock | None) -> None:
        self.path = path
        self.connection = connection
        self.raw = raw
        self.lock = lock
        self.timeout = 30.0
        self.turn_began = 0.0
        self._changed: set[int] | None = set()
        self._kept: set[int] | None = set()
        self._looked_through = False
        self._uncertain = False

    def close(self) -> None:
        """End the turn, if one is under way, and close the file."""
        try:
            self.end_turn()
        finally:
            with suppress(sqlite3.Error):
                self.connection.close()
            self.raw.close()

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. LibraryError where the library cannot be read."""
        try:
            return self.connection.execute(query, values).fetchall()
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self._failure(error) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the library for several queries: no writer changes it meanwhile."""
        try:
            self.connection.execute("BEGIN")
            self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            raise self._failure(error) from error
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    @contextmanager
    def change(self) -> Iterator[None]:
        """One change, durable when the block is left; undone where it is left by an exception."""
        assert self.lock is not None, "opened for reading"
        self.begin_turn()
        try:
            change = Change(self.raw)
            try:  # an interrupt may come between BEGIN and what follows
                self.connection.execute("BEGIN IMMEDIATE")
                yield
                change.note(self.path)
                self._unsure()
                self.connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise
        except (sqlite3.Error, OSError, UnicodeError, OverflowError) as error:
            raise self._failure(error) from error
        self._settled(change.pages(self.raw))

    def begin_turn(self) -> None:
        """Take the writer's turn. A library that a killed writer left unsealed is looked through and sealed first."""
        assert self.lock is not None
        self.lock.acquire(self.timeout)
        if self._looked_through:
            return
        try:
            self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # rolls a left journal back
            self._changed = set()
            if not self.sealed():
                self._look_through()
                self._changed = None
        except BaseException as error:
            self.lock.release()
            if isinstance(error, (sqlite3.Error, OSError)):
                raise self._failure(error) from error
            raise
        self._looked_through = True
        self.turn_began = time.monotonic()

    def end_turn(self) -> None:
        """Seal what changed and let others write; nothing where it is not our turn."""
        if self.lock is None or not self.lock.held:
            return
        self._looked_through = False
        # Where sealing fails half-way, more has changed than is known: the next turn looks the library through.
        changed, self._changed = self._changed, None
        try:
            if changed is None or changed:
                seal(self.connection, self.raw, self.path, changed)
            self._changed = set()
        except (sqlite3.Error, OSError, ValueError) as error:
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise self._failure(error) from error
        finally:
            self.lock.release()

    def vacuum(self) -> None:
        """Write the library anew, so that nothing of what was taken out is left in any byte of it."""
        self.begin_turn()
        try:
            self.connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise self._failure(error) from error
        self._changed = None

    def sealed(self) -> bool:
        """True where every change has been sealed."""
        stored = self.connection.execute("SELECT checks FROM seals WHERE block = 0").fetchone()
        head = head_of(bytes(stored[0])) if stored else None
        return head is not None and head.counter == counter_of(self.raw.page(1))

    @property
    def layout(self) -> int:
        """By which layout the file was made."""
        return int(self.rows("PRAGMA user_version")[0][0])

    def settings(self) -> dict[str, str]:
        return dict(self.rows("SELECT name, value FROM settings ORDER BY name"))

    def _look_through(self) -> None:
        from kejidiff.library.verify import problems_of_rows

        if next(problems_of_rows(self.connection), None) is not None:
            raise damaged(self.path, "damage was found when it was looked through")

    def _undo(self) -> None:
        """Back to what was before the change under way.

        Where there is none any more, SQLite has undone it, or COMMIT was through before an interrupt came: then it
        stays unknown what has changed.
        """
        with suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
                if self._uncertain:
                    self._changed = self._kept
        self._uncertain = False

    def _unsure(self) -> None:
        """From here to `_settled` it is not known what the file holds: all pages may have changed."""
        self._kept, self._changed, self._uncertain = self._changed, None, True

    def _settled(self, pages: set[int] | None) -> None:
        self._uncertain = False
        self._changed = None if self._kept is None or pages is None else self._kept | pages

    def _failure(self, error: Exception) -> Exception:
        return failure_of(self.path, error, writing=self.lock is not None)


def open_for_reading(path: str, timeout: float = 30.0) -> Store:
    """The library at `path`. LibraryError: `library-missing`, `-foreign`, `-too-new`, `-damaged`, `-locked`."""
    path = _itself(path)
    _look_at(path)
    try:
        try:
            return _reader(path, path, "ro", timeout)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            with private_copy(path, timeout) as copy:
                return _reader(path, copy, "rw", timeout)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure_of(path, error, writing=False) from error


def open_for_writing(path: str, parameters: Mapping[str, str], timeout: float, purpose: str, *, make: bool) -> Store:
    """The library at `path`, made where there is none and `make`. `parameters`: what texts become keys by.

    LibraryError as of `open_for_reading`, and `library-parameters` where it was made with others. OutputError where it
    cannot be written.
    """
    path = _itself(path)
    lock = WriterLock(path, purpose)
    if not os.path.lexists(path):
        if not make:
            raise missing(path)
        lock.acquire(timeout)
        try:
            if not os.path.lexists(path):
                make_library(path, parameters)
        finally:
            lock.release()
    _look_at(path)
    try:
        store = _opened(path, path, "rw", timeout, lock)
        try:
            _refuse_other(path, store, parameters)
        except BaseException:
            store.close()
            raise
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise failure_of(path, error, writing=True) from error
    return store


def _reader(path: str, location: str, mode: str, timeout: float) -> Store:
    store = _opened(path, location, mode, timeout, None)
    try:
        _refuse_newer(path, store)
    except BaseException:
        store.close()
        raise
    return store


def _opened(path: str, location: str, mode: str, timeout: float, lock: WriterLock | None) -> Store:
    raw = RawFile(location)
    try:
        name = quote(os.fsencode(os.path.abspath(location)))
        connection = sqlite3.connect(f"file:{name}?mode={mode}", uri=True, timeout=timeout, isolation_level=None)
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma).fetchall()
            # Reads the file: a journal to be rolled back, a file that is no database show here.
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            connection.close()
            raise
    except BaseException:
        raw.close()
        raise
    store = Store(path, connection, raw, lock)
    store.timeout = timeout
    return store


def _refuse_newer(path: str, store: Store) -> None:
    version = store.layout
    if version > VERSION:
        advice = "use the kejidiff that wrote it, or a later one"
        raise LibraryError(path, f"its layout is {version}, this kejidiff knows {VERSION}", advice, "library-too-new")
    found = {sql for (sql,) in store.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    if found != set(TABLES if version == VERSION else OLDER.get(version, ())):
        raise damaged(path, "its tables are not those of a library")


def _refuse_other(path: str, store: Store, parameters: Mapping[str, str]) -> None:
    _refuse_newer(path, store)
    refuse_parameters(path, store, parameters)


def refuse_parameters(path: str, store: Store, parameters: Mapping[str, str]) -> None:
    """LibraryError `library-too-old` where keys are kept otherwise, `library-parameters` where texts became keys by
    others: then no key would be found again."""
    if store.layout < VERSION:
        advice = "`kejidiff library export` it, and `kejidiff library import` that into a new one"
        told = f"its layout is {store.layout}, which can only be listed, verified and exported"
        raise LibraryError(path, told, advice, "library-too-old")
    stored = store.settings()
    other = sorted(name for name in {*stored, *parameters} if stored.get(name) != parameters.get(name))
    if other:
        advice = "export it with the kejidiff that made it, and import that into a new one"
        raise LibraryError(path, f"was made with other parameters: {', '.join(other)}", advice, "library-parameters")


def _itself(path: str) -> str:
    """Where a link leads to: journal and lock lie beside the file, not beside every name that it has."""
    return os.path.realpath(path) if os.path.isfile(path) and os.path.islink(path) else path


def _look_at(path: str) -> None:
    """Refuse what is no library, before SQLite sees it."""
    try:
        if not os.path.isfile(path):
            raise missing(path)
        raw = RawFile(path)
        try:
            head = raw.page(1)[:100]
        finally:
            raw.close()
    except OSError as error:
        raise failure_of(path, error, writing=False) from error
    if is_library(head):
        return
    kind = "another program's database" if head.startswith(MAGIC) else "no library of kejidiff"
    raise LibraryError(path, kind, "name another file with --library", "library-foreign")


def is_library(head: bytes) -> bool:
    """True where a file that begins so says it is a library."""
    return head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
