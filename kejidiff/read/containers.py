"""Bytes of a zip file -> its parts by name, inflated in memory, within limits: what docx, odt, epub and archives are.

Terms.       A *part* is a member that is no folder. What a header says of its size is not believed: bytes are counted
             as they come.
Beware.      Names are only names: nothing is ever written anywhere, so `../x` and `/x` lead nowhere.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kejidiff.read.extracted import UnparsableError

MEBIBYTE: Final = 1 << 20

#: Members of one container. A book of a thousand pages with as many pictures has two thousand; every entry costs half
#: a kilobyte to know of.
MOST_MEMBERS: Final = 20_000
ENTRY: Final = b"PK\x01\x02"

#: Inflated bytes of all the parts that are looked at. The text of a report of two million Hanzi in Word's XML, with
#: everything about every run, comes to some 60 MiB.
MOST_BYTES: Final = 128 * MEBIBYTE

#: How much larger than its compressed form a part may become, once it is larger than `SMALL`. XML of tables with
#: little in them reaches 60, deflate's own limit is 1,032.
RATIO: Final = 250
SMALL: Final = 8 * MEBIBYTE

PIECE: Final = 1 << 16

#: Flag bits of a member: encrypted (also with its header), and its name is UTF-8.
ENCRYPTED: Final = 0x1 | 0x2000
UTF8_NAME: Final = 0x800

#: What the standard library raises for a broken zip file, seen when mutated ones were read.
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, OverflowError, OSError,
    IndexError,
)  # fmt: skip


class Container:
    """A zip file that is held in memory; `left` is how many bytes may still be inflated.

    UnparsableError wherever it breaks: `damaged`, `encrypted`, `ambiguous-parts`, `expands-too-much`, `unsupported`.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(ENTRY) > MOST_MEMBERS:
            raise UnparsableError("expands-too-much", f"more than {MOST_MEMBERS:,} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except NotImplementedError:
            raise UnparsableError("unsupported", "a kind of zip file that is not read") from None
        except BROKEN:
            raise UnparsableError("damaged", "its table of contents is broken or missing") from None
        self._size = len(data)
        self.left = MOST_BYTES
        self.members = [member for member in self._zip.infolist() if not member.filename.endswith("/")]
        self._by_name = {member.filename: member for member in self.members}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def names(self) -> list[str]:
        return list(self._by_name)

    def refuse_twins(self) -> None:
        """Raises `ambiguous-parts` where two members bear one name, capitals or not: which one counts, programs would
        not agree on."""
        names = Counter(member.filename.casefold() for member in self.members)
        if len(names) != len(self.members):
            raise UnparsableError("ambiguous-parts", "two of its parts bear one name")

    def read(self, name: str) -> bytes:
        """The part of this very name; raises `damaged` where there is none."""
        member = self._by_name.get(name)
        if member is None:
            raise UnparsableError("damaged", "a part that it needs is missing")
        return self.inflated(member)

    def find(self, name: str) -> bytes | None:
        """The part of this very name, None where there is none."""
        return self.read(name) if name in self._by_name else None

    def inflated(self, member: zipfile.ZipInfo, most: int = MOST_BYTES) -> bytes:
        """A member's bytes, all of which count against what the container may come to."""
        data = b"".join(self._pieces(member, min(most, self.left)))
        self.left -= len(data)
        return data

    def _pieces(self, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
        if member.flag_bits & ENCRYPTED:
            raise UnparsableError("encrypted", "needs a password")
        size, ratio_from = 0, max(SMALL, RATIO * min(member.compress_size, self._size))
        try:
            with self._zip.open(member) as part:
                while piece := part.read(PIECE):
                    size += len(piece)
                    if size > min(most, ratio_from):
                        raise UnparsableError("expands-too-much", "it unpacks to far more than it is")
                    yield piece
        except NotImplementedError:
            raise UnparsableError("unsupported", "packed in a way that is not read") from None
        except RuntimeError:  # what zipfile raises where a password is wanted all the same
            raise UnparsableError("encrypted", "needs a password") from None
        except BROKEN:
            raise UnparsableError("damaged", "a part of it is broken off or does not bear out its checksum") from None


def written_name(member: zipfile.ZipInfo) -> str:
    """A member's name as it was meant: without the flag for UTF-8 it may still be that, or GBK as Windows in China
    writes it; Python has read it as code page 437."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
