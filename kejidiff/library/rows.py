"""Values -> a row of a library, its digest behind it."""

import sqlite3
import time
from typing import Any

from kejidiff.library.schema import DIGESTED, digest


def insert(connection: sqlite3.Connection, table: str, values: tuple[Any, ...]) -> None:
    """Put a row in, its digest behind it."""
    columns = (*DIGESTED[table], "digest")
    marks = ", ".join("?" * len(columns))
    connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", (*values, digest(values)))


def now() -> str:
    """This second, UTC, as ISO 8601 has it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
