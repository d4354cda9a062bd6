"""The end of a zip archive -> names and sizes of its members, as its directory tells them: nothing is unpacked.

Source.      PKWARE, APPNOTE.TXT 6.3.10, 4.3.12 (central directory header) and 4.3.16 (end of central directory).
Limitations. Only what the archive says of itself, true or not: for estimates. Zip64 is not looked for; archives that
             need it are larger than any that is read.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

_END: Final = struct.Struct("<4s8xII2x")
_END_MARK: Final = b"PK\x05\x06"
#: Longest comment that may follow the end.
_COMMENT: Final = 0xFFFF
_HEADER: Final = struct.Struct("<4s20xIHHH12x")
_HEADER_MARK: Final = b"PK\x01\x02"
#: Bytes of a directory that are read: some hundred thousand members.
_MOST: Final = 8 << 20


class ListedMember(NamedTuple):
    """A member by its name, and the bytes it is said to unpack to."""

    name: str
    size: int


def listed_members(file: BinaryIO) -> list[ListedMember] | None:
    """What the directory lists; None where there is none, or one that is too long. OSError as of reading."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - _COMMENT))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        return None
    _, length, start = _END.unpack_from(tail, at)
    if length > _MOST or start + length > size:
        return None
    file.seek(start)
    return list(_headers(file.read(length)))


def _headers(directory: bytes) -> Iterator[ListedMember]:
    at = 0
    while at + _HEADER.size <= len(directory):
        mark, size, name, extra, comment = _HEADER.unpack_from(directory, at)
        if mark != _HEADER_MARK:
            return
        at += _HEADER.size
        yield ListedMember(directory[at : at + name].decode("utf-8", "replace"), size)
        at += name + extra + comment
