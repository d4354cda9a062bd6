"""Bytes of an OLE file (compound file binary) -> its streams by name, and what they make of it.

Old Word documents are such files, and WPS Writer's; so are spreadsheets, Microsoft Works' .wps, and the wrapping of an
encrypted docx.

Source. [MS-CFB]: sectors, allocation tables, directory; [MS-OFFCRYPTO] for what is encrypted.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from kejidiff.read.extracted import Extracted, UnparsableError

_END: Final = 0xFFFFFFFA  # this and greater: no sector
_STREAM: Final = 2
_ENTRY: Final = 128

#: A stream whose presence tells what the file is, and what to say of those that are not read.
_OTHERS: Final = (
    ("EncryptedPackage", "encrypted", "needs a password"),
    ("Workbook", "unsupported", "an Excel workbook; save it as text"),
    ("Book", "unsupported", "an Excel workbook; save it as text"),
    ("PowerPoint Document", "unsupported", "a PowerPoint presentation; save it as text"),
    ("MatOST", "unsupported", "a Microsoft Works document; save it as docx or text"),
    ("CONTENTS", "unsupported", "a Microsoft Works or Publisher document; save it as docx or text"),
    ("VisioDocument", "unsupported", "a Visio drawing"),
    ("HwpSummaryInformation", "unsupported", "a Hangul document; save it as docx or text"),
    ("__properties_version1.0", "unsupported", "an Outlook message; save it as text"),
)


class Entry(NamedTuple):
    """One line of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An OLE file that is held in memory; UnparsableError `damaged` wherever it breaks."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<2H", data, 30)
            (directory,) = struct.unpack_from("<I", data, 48)
            self._cutoff, mini, _, more = struct.unpack_from("<4I", data, 56)
            self._size, self._mini_size = 1 << shift, 1 << mini_shift
            if shift not in (9, 12) or mini_shift != 6:
                raise UnparsableError("damaged", "its header is broken")
            self._table = self._allocation(more)
            self._entries = list(self._directory(directory))
            self._mini_table = _numbers(self._chained(mini))
            self._mini = self._chained(self._entries[0].start)
        except (struct.error, IndexError, ValueError):
            raise UnparsableError("damaged", "its table of contents is broken") from None
        self.streams = self._at_root()

    def read(self, name: str) -> bytes:
        """A stream that lies at the root; empty where there is none."""
        entry = self.streams.get(name)
        if entry is None:
            return b""
        if entry.size >= self._cutoff:
            return self._chained(entry.start)[: entry.size]
        chain = _chain(entry.start, self._mini_table)
        step = self._mini_size
        return b"".join(self._mini[at * step : (at + 1) * step] for at in chain)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _allocation(self, more: int) -> list[int]:
        """Which sector follows each; the first 109 places of this table stand in the header, more in sectors."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        known: set[int] = set()
        while more < _END and more not in known:
            known.add(more)
            *listed, more = _numbers(self._sector(more))
            places += listed
        return _numbers(b"".join(self._sector(place) for place in places if place < _END))

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._table)))

    def _directory(self, start: int) -> Iterator[Entry]:
        data = self._chained(start)
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            raw, length, kind, left, right, child, first, size = struct.unpack_from("<64sHBx3I36xIQ", data, at)
            name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
            yield Entry(name, kind, left, right, child, first, size & 0xFFFFFFFF)

    def _at_root(self) -> dict[str, Entry]:
        """The streams directly below the root: an embedded document has streams of the same names further down."""
        found: dict[str, Entry] = {}
        waiting, known = [self._entries[0].child], set[int]()
        while waiting:
            at = waiting.pop()
            if at in known or at >= len(self._entries):
                continue
            known.add(at)
            entry = self._entries[at]
            waiting += [entry.left, entry.right]
            if entry.kind == _STREAM and found.setdefault(entry.name, entry) is not entry:
                raise UnparsableError("ambiguous-parts", "two of its parts bear one name")
        return found


def extract(data: bytes) -> Extracted:
    """The text of a Word document; UnparsableError says what the file is instead, or what is wrong with it."""
    compound = Compound(data)
    if "WordDocument" in compound.streams:
        from kejidiff.read.doc import text_of

        return text_of(compound)._replace(format="doc")
    for name, reason, message in _OTHERS:
        if name.casefold() in {stream.casefold() for stream in compound.streams}:
            raise UnparsableError(reason, message)
    raise UnparsableError("unsupported", "an OLE file of a kind that is not read")


def _chain(start: int, following: list[int]) -> Iterator[int]:
    """The sectors from one on; a chain that leads back into itself is broken."""
    known: set[int] = set()
    while start < _END:
        if start in known or start >= len(following):
            raise UnparsableError("damaged", "a chain of its sectors is broken")
        known.add(start)
        yield start
        start = following[start]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
