"""The formatting pages of a Word 97 document -> how its characters look, and which paragraphs are rows of tables.

Source.      [MS-DOC] 2.8.5 and 2.8.6 (bin tables), 2.9.32 and 2.9.180 (formatting pages), 2.6
             (single property modifiers).
Limitations. What a style says is not looked at, but what is said beside it.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from kejidiff.read.looks import PALE, TINY, Look

_PAGE: Final = 512

#: Bytes of a modifier's operand by the three highest bits of its code; 6 says its own length.
_SIZES: Final = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINES_TABLE, _CHANGES_TABS = 0xD608, 0xC615

_OUTLINED: Final = 0x0838
_DELETED, _VANISH, _HIGHLIGHT, _COLOUR_NUMBER, _COLOUR = 0x0800, 0x083C, 0x2A0C, 0x2A42, 0x6870
_SIZE, _SHADE_OLD, _SHADE = 0x4A43, 0x4866, 0xCA71
_PARAGRAPH_SHADE_OLD, _PARAGRAPH_SHADE = 0x442D, 0xC64D
_IN_TABLE, _ROW_END = 0x2416, 0x2417
_WHITE: Final = 8


class Stretch(NamedTuple):
    """Bytes `[start, end)` of the document's stream, and the modifiers that apply to them."""

    start: int
    end: int
    modifiers: bytes


class Stretches:
    """All stretches of one kind: of characters, or of paragraphs."""

    def __init__(self, document: bytes, bins: bytes, paragraphs: bool) -> None:
        self._stretches = sorted(_stretches(document, bins, paragraphs))
        self._starts = [stretch.start for stretch in self._stretches]

    def at(self, place: int) -> Stretch:
        """The one that covers a place; where none does, one without modifiers up to the next."""
        index = bisect_right(self._starts, place)
        if index and place < self._stretches[index - 1].end:
            return self._stretches[index - 1]
        return Stretch(place, self._starts[index] if index < len(self._starts) else 1 << 32, b"")


def _stretches(document: bytes, bins: bytes, paragraphs: bool) -> Iterator[Stretch]:
    count = max(len(bins) - 4, 0) // 8
    for (number,) in struct.iter_unpack("<I", bins[(count + 1) * 4 : (count + 1) * 4 + count * 4]):
        at = (number & 0x3FFFFF) * _PAGE
        page = document[at : at + _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[-1]
        if (runs + 1) * 4 + runs * (13 if paragraphs else 1) >= _PAGE:
            continue
        places = struct.unpack_from(f"<{runs + 1}I", page)
        for index in range(runs):
            offset = page[(runs + 1) * 4 + index * (13 if paragraphs else 1)] * 2
            yield Stretch(places[index], places[index + 1], _modifiers(page, offset, paragraphs) if offset else b"")


def _modifiers(page: bytes, offset: int, paragraphs: bool) -> bytes:
    length = page[offset]
    if not paragraphs:
        return page[offset + 1 : offset + 1 + length]
    if length:
        return page[offset + 3 : offset + 2 * length]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]] if offset + 1 < len(page) else b""


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and operand of each; what breaks off is left out."""
    at = 0
    while at + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, at)
        at += 2
        size = _SIZES[code >> 13]
        if code == _DEFINES_TABLE:
            size = int.from_bytes(data[at : at + 2], "little") + 1
        elif not size:
            size = data[at] + 1
        yield code, data[at : at + size]
        at += size


def look_of(data: bytes, coloured: bool) -> tuple[Look, bool]:
    """How characters look, and whether a tracked change deleted them; `coloured`: their ground may be of any colour."""
    look, deleted, outlined = Look(shaded=coloured), False, False
    for code, operand in modifiers(data):
        number = int.from_bytes(operand, "little")
        if code == _DELETED:
            deleted = bool(number & 1)
        elif code == _VANISH:
            look = look._replace(vanish=bool(number & 1))
        elif code == _OUTLINED:
            outlined = bool(number & 1)
        elif code == _SIZE:
            look = look._replace(tiny=number <= TINY)
        elif code == _COLOUR_NUMBER:
            look = look._replace(white=number == _WHITE)
        elif code == _COLOUR:
            look = look._replace(white=operand[3:] == b"\0" and min(operand[:3]) >= PALE)
        elif code == _HIGHLIGHT:
            look = look._replace(shaded=coloured or number not in (0, _WHITE))
        elif code in (_SHADE, _SHADE_OLD):
            look = look._replace(shaded=coloured or _is_coloured(operand))
    return look._replace(shaded=look.shaded or outlined), deleted


def is_shaded(data: bytes) -> bool:
    """Whether a paragraph's ground is of another colour than the paper's."""
    found = dict(modifiers(data))
    shade = found.get(_PARAGRAPH_SHADE) or found.get(_PARAGRAPH_SHADE_OLD)
    return shade is not None and _is_coloured(shade)


def _is_coloured(shade: bytes) -> bool:
    """A shading of two bytes: numbers of two colours and of a pattern; or of eleven: length, two colours, pattern."""
    if len(shade) < 10:
        number = int.from_bytes(shade[:2], "little")
        fore, back, pattern = number & 31, number >> 5 & 31, number >> 10
        return (pattern > 0 and fore != _WHITE) or back not in (0, _WHITE)
    plain = shade[8:9] == b"\xff" or min(shade[5:8]) >= PALE
    return not plain or (shade[9:11] not in (b"\0\0", b"\xff\xff") and min(shade[1:4]) < PALE)


def table_marks(data: bytes) -> tuple[bool, bool]:
    """Whether a paragraph is one of a table, and whether it ends a row."""
    found = dict(modifiers(data))
    return found.get(_IN_TABLE, b"\0") != b"\0", found.get(_ROW_END, b"\0") != b"\0"
