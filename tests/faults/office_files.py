"""Text -> an RTF, a Word 97 file, an OLE container: by hand, after [MS-CFB], [MS-DOC] and the RTF specification."""

import struct
from collections.abc import Mapping
from typing import Final

SECTOR: Final = 512
END: Final = 0xFFFFFFFE
FREE: Final = 0xFFFFFFFF

#: Streams below this size would lie in the mini stream, which this writer does not make: they are filled up to it.
CUTOFF: Final = 4096


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams directly below its root."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    padded = {name: streams[name].ljust(CUTOFF, b"\0") for name in names}
    sectors: list[bytes] = []
    chain: list[int] = []

    def add(data: bytes) -> int:
        first = len(sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        chain.extend([*range(first + 1, first + len(pieces)), END])
        return first

    starts = {name: add(padded[name]) for name in names}
    entries = [_entry("Root Entry", 5, child=1 if names else FREE, start=END, size=0)]
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    while len(entries) % 4:
        entries.append(_entry("", 0))
    directory = add(b"".join(entries))
    tables = 1
    while (len(chain) + tables) * 4 > tables * SECTOR:
        tables += 1
    first = len(sectors)
    table = [*chain, *[0xFFFFFFFD] * tables]
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * SECTOR, b"\xff")
    header = struct.pack("<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9,
                         6, bytes(6), 0, tables, directory, 0, CUTOFF, END, 0, END, 0, first)  # fmt: skip
    places = [*range(first, first + tables), *[FREE] * (109 - tables)]
    header = header[:76] + struct.pack("<109I", *places)
    return header + b"".join(sectors) + packed


def _entry(name: str, kind: int, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0) -> bytes:
    written = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ", written, len(written), kind, 1, FREE, right, child, bytes(16), 0, 0, 0, start, size
    )


def doc(text: str, flags: int = 0x0200) -> bytes:
    """A Word 97 document of one piece; `flags` are those of the FIB (0x0100 says it is encrypted)."""
    body = (text.replace("\n", "\r") + "\r").encode("utf-16-le")
    place = 0x800
    characters = len(body) // 2
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<II", 0, characters) + struct.pack("<HIH", 0, place, 0)
    fib = bytearray(0x400)
    struct.pack_into("<HHHHHH", fib, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, flags)
    struct.pack_into("<II", fib, 0x18, place, place + len(body))
    struct.pack_into("<H", fib, 0x20, 14)
    struct.pack_into("<H", fib, 0x3E, 22)
    struct.pack_into("<I", fib, 0x40, place + len(body))
    struct.pack_into("<I", fib, 0x4C, characters)
    struct.pack_into("<H", fib, 0x98, 93)
    struct.pack_into("<II", fib, 0x9A + 33 * 8, 0, len(clx))
    word = bytes(fib).ljust(place, b"\0") + body
    return ole({"WordDocument": word, "1Table": clx})


def rtf(*paragraphs: str, header: str = r"\rtf1\ansi\ansicpg936\deff0") -> bytes:
    """An RTF of paragraphs in GBK bytes, as Word for Chinese writes it."""
    return rtf_of(*(gbk(text) + r"\par" + "\n" for text in paragraphs), header=header)


def rtf_of(*pieces: str, header: str = r"\rtf1\ansi\ansicpg936\deff0") -> bytes:
    """An RTF of what is already RTF."""
    fonts = r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    return ("{" + header + fonts + "\n" + "".join(pieces) + "}").encode("ascii")


def gbk(text: str) -> str:
    r"""`\'xx` for each byte of GBK."""
    return "".join(char if char.isascii() else "".join(f"\\'{b:02x}" for b in char.encode("gbk")) for char in text)


def numbered(text: str) -> str:
    r"""`\uN?` for each character."""
    return "".join(f"\\u{ord(char) - (0x10000 if ord(char) > 0x7FFF else 0)}?" for char in text)
