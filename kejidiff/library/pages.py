"""A library's file -> its pages as they lie on the disk: checks of each, those that a change touches, where seals lie.

Beware: closing any descriptor of a file drops all POSIX locks this process holds on it, SQLite's too. So `RawFile`s of
one file share a descriptor, which is closed only when the last of them is, and that after its database connection.
Source: the SQLite file format (https://sqlite.org/fileformat2.html), 1.2 b-tree pages, 3 the rollback journal.
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from kejidiff.library.schema import PAGE

#: The root of table `seals` (see `schema.TABLES`).
SEALS_ROOT: Final = 2
_LEAF, INTERIOR = 0x0D, 0x05
_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
#: Read at a time where the whole file is.
_STRETCH: Final = 256 * PAGE

_open: dict[tuple[int, int], tuple[int, int]] = {}


class RawFile:
    """The bytes of the file at `path`, read beside SQLite. Raises OSError."""

    def __init__(self, path: str) -> None:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        status = os.fstat(handle)
        self._key = status.st_dev, status.st_ino
        shared, users = _open.get(self._key, (handle, 0))
        if shared != handle:
            _spare.setdefault(self._key, []).append(handle)
        self.handle = shared
        _open[self._key] = (shared, users + 1)

    def close(self) -> None:
        shared, users = _open.pop(self._key)
        if users > 1:
            _open[self._key] = (shared, users - 1)
            return
        for handle in (shared, *_spare.pop(self._key, ())):
            os.close(handle)

    @property
    def size(self) -> int:
        return os.fstat(self.handle).st_size

    @property
    def pages(self) -> int:
        return self.size // PAGE

    def page(self, number: int) -> bytes:
        """Page `number`, counted from 1; short or empty behind the file's end."""
        return os.pread(self.handle, PAGE, (number - 1) * PAGE)

    def checks(self) -> Iterator[tuple[int, int]]:
        """Every page's number and check, in order."""
        for start in range(0, self.pages * PAGE, _STRETCH):
            stretch = memoryview(os.pread(self.handle, _STRETCH, start))
            for offset in range(0, len(stretch) - PAGE + 1, PAGE):
                yield (start + offset) // PAGE + 1, zlib.crc32(stretch[offset : offset + PAGE])


#: Descriptors opened for files that were open already, to be closed with the last.
_spare: dict[tuple[int, int], list[int]] = {}


def check_of(page: bytes) -> int:
    """CRC-32: it tells every single flipped bit, and every burst of up to 32."""
    return zlib.crc32(page)


def journaled(path: str) -> set[int] | None:
    """Pages whose old content stands in the journal of the change under way; None where there is none to be read."""
    try:
        with open(f"{path}-journal", "rb", buffering=0) as journal:
            head = journal.read(28)
            if len(head) < 28:
                return None
            # The magic and the count of records are written only when the journal is synced.
            sector, page = struct.unpack(">II", head[20:28])
            if page != PAGE or not 512 <= sector <= 65536 or head[:8] not in (bytes(8), _JOURNAL_MAGIC):
                return None
            size = os.fstat(journal.fileno()).st_size
            record = PAGE + 8
            places = range(sector, size - record + 1, record)
            return {int.from_bytes(os.pread(journal.fileno(), 4, at), "big") for at in places}
    except OSError:
        return None


def free_pages(raw: RawFile) -> set[int]:
    """Pages of the freelist: one that a change takes into use need not be journaled."""
    head = raw.page(1)
    trunk, count = struct.unpack(">II", head[32:40])
    found: set[int] = set()
    while trunk and trunk not in found and len(found) <= count:
        found.add(trunk)
        page = raw.page(trunk)
        trunk, leaves = struct.unpack(">II", page[:8])
        leaves = min(leaves, PAGE // 4 - 2)
        found.update(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
    return found


def seal_pages(raw: RawFile) -> list[int]:
    """The leaf pages of table `seals`, in order of their rows. ValueError where they are no such pages."""
    return list(_leaves(raw, SEALS_ROOT, set()))


def _leaves(raw: RawFile, number: int, seen: set[int]) -> Iterator[int]:
    page = raw.page(number)
    if number in seen or len(page) < PAGE:
        raise ValueError(number)
    seen.add(number)
    if page[0] == _LEAF:
        yield number
        return
    if page[0] != INTERIOR:
        raise ValueError(number)
    count = int.from_bytes(page[3:5], "big")
    children = [int.from_bytes(page[at : at + 4], "big") for at in _pointers(page, 12, count)]
    for child in (*children, int.from_bytes(page[8:12], "big")):
        yield from _leaves(raw, child, seen)


def _pointers(page: bytes, header: int, count: int) -> Iterable[int]:
    for at in range(header, min(header + 2 * count, PAGE - 1), 2):
        pointer = int.from_bytes(page[at : at + 2], "big")
        if pointer + 4 > PAGE:
            raise ValueError(pointer)
        yield pointer


def seal_leaf(block: int, checks: bytes) -> bytes:
    """The page that holds this one row of table `seals` and nothing else, byte for byte as SQLite lays it out."""
    header = bytes((4, 0)) + _varint(2 * len(checks) + 12)
    header = bytes((len(header),)) + header[1:]
    cell = _varint(len(header) + len(checks)) + _varint(block) + header + checks
    at = PAGE - len(cell)
    lead = struct.pack(">BHHHBH", _LEAF, 0, 1, at, 0, at)
    return lead + bytes(at - len(lead)) + cell


def _varint(number: int) -> bytes:
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
