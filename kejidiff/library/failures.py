"""An error of SQLite or of the system -> the error a person reads: the library's fault is 4, the disk's 5."""

import os
import sqlite3
from typing import Final

from kejidiff.errors import KejidiffError, LibraryError, OutputError

_FULL: Final = "no space is left for the library"
_ROOM: Final = "free some space; what was acknowledged is safe"
_FOLDER: Final = "choose a folder you may write to"


def failure_of(path: str, error: Exception, *, writing: bool) -> KejidiffError:
    """What to raise for `error`, met with the library at `path`."""
    if isinstance(error, KejidiffError):
        return error
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(path, error, writing)
    if isinstance(error, UnicodeError | OverflowError):  # of a value, or of SQLite's message, which quotes the schema
        return damaged(path, "its structure is broken")
    words = (getattr(error, "strerror", "") or type(error).__name__).lower()
    if writing:
        return OutputError(path, words, _ROOM if getattr(error, "errno", 0) == 28 else _FOLDER)
    return LibraryError(path, words, "check that you may read it", "library-unreadable")


def _of_sqlite(path: str, error: sqlite3.Error, writing: bool) -> KejidiffError:
    code = getattr(error, "sqlite_errorcode", None) or 0
    plain = code & 0xFF
    if plain in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        from kejidiff.library.lock import holder_of  # which needs this module

        return locked(path, holder_of(path))
    if plain == sqlite3.SQLITE_FULL:
        return OutputError(path, _FULL, _ROOM)
    if plain in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM) and writing:
        return OutputError(path, "the library cannot be written", _FOLDER)
    if plain == sqlite3.SQLITE_IOERR and writing:
        return OutputError(path, "writing to the library failed", _ROOM)
    if plain in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY):
        return LibraryError(path, "cannot be read", "check that you may read it", "library-unreadable")
    return damaged(path, "its structure is broken")


def locked(path: str, who: str) -> LibraryError:
    """Somebody else has it; `who` in words."""
    advice = "wait for it to end, or give --lock-timeout more seconds"
    return LibraryError(path, f"locked: {who}", advice, "library-locked")


def damaged(path: str, what: str) -> LibraryError:
    """It cannot be what was written; `what` quotes nothing of it."""
    advice = "`kejidiff library verify` says where; restore a backup, or import an export"
    return LibraryError(path, what, advice, "library-damaged")


def missing(path: str) -> LibraryError:
    """There is no file."""
    name = "no such library" if not os.path.lexists(path) else "no library but a folder or something else"
    return LibraryError(path, name, "`kejidiff library add` makes one; --library FILE names another", "library-missing")
