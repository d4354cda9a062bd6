"""A path -> a new, empty library there."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

from kejidiff.library.failures import failure_of
from kejidiff.library.pages import RawFile
from kejidiff.library.rows import insert, now
from kejidiff.library.schema import APPLICATION_ID, PAGE, PRAGMAS, TABLES, VERSION
from kejidiff.library.seals import seal


def make(path: str, parameters: Mapping[str, str]) -> None:
    """A new, empty library: made whole under another name, then moved, so that no half of one is ever found there."""
    fresh = f"{path}.{os.getpid()}.new"
    try:
        os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _fill(fresh, parameters)
            os.rename(fresh, path)
            _sync_folder(path)
        except BaseException:
            for name in (fresh, f"{fresh}-journal"):
                with suppress(OSError):
                    os.unlink(name)
            raise
    except (sqlite3.Error, OSError) as error:
        raise failure_of(path, error, writing=True) from error


def _fill(fresh: str, parameters: Mapping[str, str]) -> None:
    from kejidiff.version import __version__

    name = quote(os.fsencode(os.path.abspath(fresh)))
    connection = sqlite3.connect(f"file:{name}?mode=rw", uri=True, isolation_level=None)
    raw = RawFile(fresh)
    try:
        settings = (
            f"PRAGMA page_size = {PAGE}",
            "PRAGMA encoding = 'UTF-8'",
            "PRAGMA auto_vacuum = NONE",
            "PRAGMA journal_mode = DELETE",
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {VERSION}",
        )
        for statement in (*PRAGMAS, *settings):
            connection.execute(statement).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            connection.execute(table)
        for setting in sorted(parameters.items()):
            insert(connection, "settings", setting)
        insert(connection, "migrations", (VERSION, now(), f"kejidiff {__version__}"))
        connection.execute("COMMIT")
        seal(connection, raw, fresh, None)
    finally:
        connection.close()
        raw.close()


def _sync_folder(path: str) -> None:
    """Make the new name durable, where folders can be synced."""
    with suppress(OSError):
        handle = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
