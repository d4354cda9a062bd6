"""Tables of a library -> the statements that make them, and what a file that holds them must say of itself.

The file is described in docs/LIBRARY.md. Names and texts are UTF-8 with lone surrogates let through (`packed`), as
BLOB: a file name need not be Unicode. Every row ends in a digest over its values and their types.
"""

import hashlib
from typing import Final

#: "kjdf": at offset 68 of the file, so that file(1) and `kejidiff scan` know a library by its content.
APPLICATION_ID: Final = 0x6B6A6466
#: Of this layout. A library that says more was written by a later kejidiff.
VERSION: Final = 3
PAGE: Final = 4096

#: `seals` comes first: its root is page 2 from the beginning, and stays there through VACUUM.
TABLES: Final = (
    "CREATE TABLE seals (block INTEGER PRIMARY KEY, checks BLOB NOT NULL)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, digest BLOB NOT NULL)",
    "CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied TEXT NOT NULL, tool TEXT NOT NULL,"
    " digest BLOB NOT NULL)",
    "CREATE TABLE files (number INTEGER PRIMARY KEY, location BLOB NOT NULL, path BLOB NOT NULL UNIQUE,"
    " sha256 TEXT NOT NULL, encoding TEXT NOT NULL, format TEXT NOT NULL, replaced INTEGER NOT NULL,"
    " warnings TEXT NOT NULL, marked TEXT NOT NULL, metadata TEXT NOT NULL, added TEXT NOT NULL,"
    " characters INTEGER NOT NULL, content BLOB NOT NULL, digest BLOB NOT NULL)",
    "CREATE INDEX files_by_location ON files (location)",
    "CREATE INDEX files_by_sha256 ON files (sha256)",
    "CREATE TABLE documents (number INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES files (number),"
    " ordinal INTEGER NOT NULL, title BLOB NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
    " countable INTEGER NOT NULL, years TEXT NOT NULL, places TEXT NOT NULL, fingerprints INTEGER NOT NULL,"
    " digest BLOB NOT NULL)",
    "CREATE UNIQUE INDEX documents_by_file ON documents (file, ordinal)",
    "CREATE TABLE runs (number INTEGER PRIMARY KEY, level INTEGER NOT NULL, bits INTEGER NOT NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, documents INTEGER NOT NULL, postings INTEGER NOT NULL,"
    " digest BLOB NOT NULL)",
    "CREATE TABLE parts (number INTEGER PRIMARY KEY, postings BLOB NOT NULL, digest BLOB NOT NULL)",
    "CREATE TABLE folded (number INTEGER PRIMARY KEY REFERENCES documents (number), text BLOB NOT NULL,"
    " digest BLOB NOT NULL)",
)
#: Layouts that are read, but not written or looked up in. The second kept no folded texts; the first kept keys in other
#: parts, those of windows with them.
OLDER: Final = {
    2: TABLES[:-1],
    1: (
        *TABLES[:-3],
        "CREATE TABLE parts (number INTEGER PRIMARY KEY, channel INTEGER NOT NULL, level INTEGER NOT NULL,"
        " run INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, keys BLOB NOT NULL,"
        " owners BLOB NOT NULL, digest BLOB NOT NULL)",
        "CREATE INDEX parts_by_key ON parts (channel, level, first, last)",
    ),
}

#: Columns of each table whose rows carry a digest, in the order it goes over them.
DIGESTED: Final = {
    "settings": ("name", "value"),
    "migrations": ("version", "applied", "tool"),
    "files": ("number", "location", "path", "sha256", "encoding", "format", "replaced", "warnings", "marked",
              "metadata", "added", "characters", "content"),
    "documents": ("number", "file", "ordinal", "title", "start", "stop", "countable", "years", "places",
                  "fingerprints"),
    "runs": ("number", "level", "bits", "first", "last", "documents", "postings"),
    "parts": ("number", "postings"),
    "folded": ("number", "text"),
}  # fmt: skip

#: Tables that hold nothing but what can be made anew from the texts.
INDEX: Final = ("runs", "parts", "folded")

#: Dirty pages kept in memory; none is written before COMMIT, so that the journal names all that a change touches.
PRAGMAS: Final = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_spill = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
)

Value = int | str | bytes


def packed(text: str) -> bytes:
    """A name or a text as it is stored."""
    return text.encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> str:
    """`packed` undone; UnicodeDecodeError where it is not that."""
    return data.decode("utf-8", "surrogatepass")


def digest(values: tuple[Value, ...]) -> bytes:
    """16 bytes over the values of a row: the type and the length of each are part of it."""
    pieces: list[bytes] = []
    for value in values:
        kind, data = (b"b", value) if isinstance(value, bytes) else _bytes_of(value)
        pieces += (kind, len(data).to_bytes(8, "big"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=16).digest()


def _bytes_of(value: Value) -> tuple[bytes, bytes]:
    if isinstance(value, int):
        return b"i", str(value).encode()
    return (b"t", packed(value)) if isinstance(value, str) else (b"?", b"")
