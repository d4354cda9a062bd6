"""A location -> an open file that is regular and stays the same while it is read; whatever else is an
`UnreadableArchiveError`.

Limitations. A file that is rewritten with the same size within the clock's tick is not noticed; nor is one that was
             replaced after it was cut into shards and has its old length.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from kejidiff.read.archives.shard import UnreadableArchiveError
from kejidiff.read.failures import failure_of
from kejidiff.read.files import FLAGS


@contextmanager
def opened(location: str) -> Iterator[BinaryIO]:
    """The file, unbuffered, at its first byte. UnreadableArchiveError for all that the system says of it, inside the
    block, too, and at its regular end where the file was written to meanwhile."""
    try:
        with os.fdopen(os.open(location, FLAGS), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableArchiveError("special-file", "no regular file any more")
            yield file
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableArchiveError(*failure_of(error)) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableArchiveError("changed-while-reading", "was written to while it was being read")


def size_of(file: BinaryIO) -> int:
    """Bytes that an open file has now; it stays where it is."""
    place = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(place)
    return size
