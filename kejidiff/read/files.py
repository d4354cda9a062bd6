"""A found file -> its text, or the reason why there is none: whatever goes wrong with one file is data.

Source.      The reason codes are those of `errors.REASONS`.
Limitations. A file that is rewritten with the same size within the clock's tick, while it is being read, is not
             noticed. Stdin is taken as it comes and cannot have changed.
"""

import os
import stat
import sys
from typing import Final

from kejidiff.model import Skipped, SourceText
from kejidiff.read.contents import read_content
from kejidiff.read.decode import Refused, codec_name
from kejidiff.read.discover import STDIN, FoundFile
from kejidiff.read.failures import failure_of, skipped
from kejidiff.read.formats import OWN_LIBRARY, is_own_library

#: A link that took the file's place after it was found is not followed, a pipe not waited for. Systems that know a
#: flag by no name (Windows: all but the last) go without.
FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))

MEBIBYTE: Final = 1 << 20


def read_file(found: FoundFile, encoding: str | None = None, max_bytes: int = 64 * MEBIBYTE) -> SourceText | Skipped:
    """Reads a file of at most `max_bytes` bytes; never raises for what happens to the file, or for what is in it.

    `encoding` forces a codec on text and web pages (see `decode`); raises `UsageError` where there is no such one.
    Of an archive only that it is one: the text is in its members.
    """
    return read_files(found, encoding, max_bytes)[0]


def read_files(
    found: FoundFile, encoding: str | None = None, max_bytes: int = 64 * MEBIBYTE
) -> tuple[SourceText | Skipped, ...]:
    """The file as `read_file` reads it, and behind it, where it is an archive, its members, by path."""
    forced = None if encoding is None else codec_name(encoding)
    try:
        data = content(found, max_bytes)
    except OSError as error:
        data = Refused(*failure_of(error))
    except MemoryError:
        data = Refused("memory", "does not fit into memory")
    if isinstance(data, Refused):
        return (skipped(found.path, data.reason, data.message, found.location),)
    return tuple(read_content(found, data, forced, max_bytes))


def content(found: FoundFile, max_bytes: int = 64 * MEBIBYTE) -> bytes | Refused:
    """The bytes of a file as they are, at most `max_bytes` of them; raises OSError."""
    return _stdin(max_bytes) if found.location == STDIN else _content(found.location, max_bytes)


def _stdin(max_bytes: int) -> bytes | Refused:
    if sys.stdin is None:
        return Refused("vanished", "there is no standard input")
    data = sys.stdin.buffer.read(max_bytes + 1)
    return data if len(data) <= max_bytes else _too_large(f"more than {max_bytes:,}", max_bytes)


def _content(location: str, max_bytes: int) -> bytes | Refused:
    """The whole file, if it is one and stays the same meanwhile; raises OSError."""
    handle = os.open(location, FLAGS)
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            return Refused("special-file", "no regular file any more")
        if is_own_library(os.pread(handle, 100, 0)):
            return Refused("ignored", OWN_LIBRARY)
        if before.st_size > max_bytes:
            return _too_large(f"{before.st_size:,}", max_bytes)
        data = _at_most(handle, before.st_size + 1)
        after = os.fstat(handle)
    finally:
        os.close(handle)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != before.st_size:
        return Refused("changed-while-reading", "was written to while it was being read")
    return data


def _at_most(handle: int, size: int) -> bytes:
    """Up to `size` bytes: one more than the file has, so that growth shows and nothing else is read."""
    pieces: list[bytes] = []
    while size > 0 and (piece := os.read(handle, size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _too_large(size: str, max_bytes: int) -> Refused:
    return Refused("too-large", f"{size} bytes; at most {max_bytes:,} are read")
