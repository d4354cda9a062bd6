"""The streams of a Word 97 to 2003 document (.doc, WPS Writer's .wps) -> `Extracted`.

The text lies in pieces, in UTF-16 or in code page 1252 each, in an order that a table gives; body, notes, headers and
text boxes follow each other in it.

Source.      [MS-DOC] 2.5 (file information block), 2.4.1 (retrieving text), 2.8.35 (pieces); files of LibreOffice.
Limitations. Documents of Word 6 and 95 are not read. Comments are left out.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from kejidiff.read.blocks import Block, Run, joined, row_blocks
from kejidiff.read.doc_runs import Stretches, is_shaded, look_of, table_marks
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.ole import Compound

_MAGIC, _WORD_97 = 0xA5EC, 0xC1
_ENCRYPTED, _WHICH_TABLE = 0x0100, 0x0200
#: Places in the file information block's list of what lies in the table stream.
_CHARACTERS, _PARAGRAPHS, _PIECES = 12, 13, 33
#: The block's counts of characters, from the fourth on, in the order in which the stories lie.
_STORIES: Final = ("body", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
_ORDER: Final = (("body", False), ("boxes", False), ("footnotes", False), ("endnotes", False), ("headers", True),
                 ("header boxes", True))  # fmt: skip

_FIELD_BEGINS, _FIELD_SEPARATES, _FIELD_ENDS = "\x13", "\x14", "\x15"
_PARAGRAPH, _CELL = "\r", "\x07"
#: Characters that stand for something else; others below a blank are anchors of pictures and notes.
_MEANT: Final = {"\t": "\t", "\x0b": "\n", "\x0c": "\n", "\x1e": "-"}


class _Char(NamedTuple):
    """`place`: its first byte in the document's stream."""

    text: str
    place: int


class _Information(NamedTuple):
    """What the file information block says: length of each story, and where things lie in the table stream."""

    lengths: dict[str, int]
    table: bytes
    places: tuple[int, ...]

    def part(self, number: int) -> bytes:
        start, length = self.places[2 * number : 2 * number + 2]
        return self.table[start : start + length]


def text_of(compound: Compound) -> Extracted:
    """The document's text; UnparsableError: `encrypted`, `unsupported`, `damaged`, `no-text`."""
    document = compound.read("WordDocument")
    try:
        information = _information(compound, document)
        chars = list(_chars(document, information.part(_PIECES)))
        looks = Stretches(document, information.part(_CHARACTERS), paragraphs=False)
        paragraphs = Stretches(document, information.part(_PARAGRAPHS), paragraphs=True)
    except (struct.error, IndexError, ValueError):
        raise UnparsableError("damaged", "a table that it needs is broken") from None
    if sum(information.lengths.values()) > len(chars):
        raise UnparsableError("damaged", "part of its text is missing")
    return joined(_blocks(chars, information.lengths, looks, paragraphs))


def _information(compound: Compound, document: bytes) -> _Information:
    magic, version, flags = struct.unpack_from("<HH6xH", document)
    if magic != _MAGIC or version < _WORD_97:
        raise UnparsableError("unsupported", "a document of Word 95 or older; save it as docx or text")
    if flags & _ENCRYPTED:
        raise UnparsableError("encrypted", "needs a password")
    at = 32
    (words,) = struct.unpack_from("<H", document, at)
    at += 2 + 2 * words
    (longs,) = struct.unpack_from("<H", document, at)
    counts = struct.unpack_from(f"<{longs}i", document, at + 2)
    at += 2 + 4 * longs
    (pairs,) = struct.unpack_from("<H", document, at)
    places = struct.unpack_from(f"<{2 * pairs}I", document, at + 2)
    lengths = dict(zip(_STORIES, (max(count, 0) for count in counts[3:11]), strict=True))
    return _Information(lengths, compound.read("1Table" if flags & _WHICH_TABLE else "0Table"), places)


def _chars(document: bytes, pieces: bytes) -> Iterator[_Char]:
    """Every character in the order of the text."""
    while pieces[:1] == b"\x01":  # formatting that pieces may refer to
        pieces = pieces[3 + int.from_bytes(pieces[1:3], "little") :]
    if pieces[:1] != b"\x02":
        raise ValueError("no table of pieces")
    table = pieces[5 : 5 + int.from_bytes(pieces[1:5], "little")]
    count = (len(table) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, (count + 1) * 4 + number * 8 + 2)
        length = starts[number + 1] - starts[number]
        if not 0 <= length <= len(document):
            raise ValueError("a piece longer than the document")
        narrow = bool(place & 0x40000000)
        start = (place & 0x3FFFFFFF) // 2 if narrow else place & 0x3FFFFFFF
        step = 1 if narrow else 2
        raw = document[start : start + length * step]
        text = raw.decode("cp1252", "replace") if narrow else _units(raw)
        yield from (_Char(char, start + at * step) for at, char in enumerate(text))


def _units(raw: bytes) -> str:
    """One character for each unit of UTF-16, halves of pairs too: places are counted in units."""
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))


def _blocks(chars: list[_Char], lengths: dict[str, int], looks: Stretches, paragraphs: Stretches) -> Iterator[Block]:
    starts: dict[str, int] = {}
    at = 0
    for story in _STORIES:
        starts[story] = at
        at += lengths[story]
    known: set[str] = set()
    for story, aside in _ORDER:
        told = chars[starts[story] : starts[story] + lengths[story]]
        # What fills a text box is not looked for, so white in it may well be seen.
        for block in _story(told, looks, paragraphs, seen="boxes" in story):
            text = "".join(run.text for run in block.runs)
            if not aside or text not in known:
                known.add(text)
                yield Block(block.runs, aside)


def _story(chars: list[_Char], looks: Stretches, paragraphs: Stretches, seen: bool) -> Iterator[Block]:
    """`seen`: its ground may be of any colour, as that of tables may."""
    rows: list[list[list[Block]]] = []
    row: list[list[Block]] = []
    cell: list[Block] = []
    start = 0
    instructions: list[bool] = []
    for at, char in enumerate(chars):
        if char.text not in (_PARAGRAPH, _CELL) and at + 1 < len(chars):
            continue
        said = paragraphs.at(char.place).modifiers
        in_table, row_ends = table_marks(said)
        coloured = seen or in_table or is_shaded(said)
        block = Block(list(_runs(chars[start : at + 1], looks, coloured, instructions)))
        start = at + 1
        if char.text == _CELL and row_ends:
            rows.append(row)
            row, cell = [], []
        elif char.text == _CELL:
            row.append([*cell, block])
            cell = []
        elif in_table:
            cell.append(block)
        else:
            yield from row_blocks(rows)
            rows = []
            yield block
    yield from row_blocks([*rows, [*row, cell]])


def _runs(chars: list[_Char], looks: Stretches, coloured: bool, instructions: list[bool]) -> Iterator[Run]:
    """A paragraph's text by look, without what was deleted and without what fields are told."""
    pending: list[str] = []
    hidden, deleted, end, start = False, False, -1, 0
    unended = _unended(chars)
    for char in chars:
        if not start <= char.place < end:
            yield Run("".join(pending), hidden)
            pending = []
            stretch = looks.at(char.place)
            start, end = stretch.start, stretch.end
            look, deleted = look_of(stretch.modifiers, coloured)
            hidden = look.unseen
        if char.text == _FIELD_BEGINS and char.place not in unended:
            instructions.append(True)
        elif char.text == _FIELD_SEPARATES and instructions:
            instructions[-1] = False
        elif char.text == _FIELD_ENDS and instructions:
            instructions.pop()
        elif not deleted and not any(instructions):
            pending.append(_MEANT.get(char.text, "" if char.text < " " else char.text))
    yield Run("".join(pending), hidden)


def _unended(chars: list[_Char]) -> frozenset[int]:
    """Places where fields begin whose instruction the paragraph does not end: they would swallow what follows."""
    begun: list[tuple[int, bool]] = []  # of each open field: where it begins, and whether its result has begun
    for char in chars:
        if char.text == _FIELD_BEGINS:
            begun.append((char.place, False))
        elif char.text == _FIELD_SEPARATES and begun:
            begun[-1] = begun[-1][0], True
        elif char.text == _FIELD_ENDS and begun:
            begun.pop()
    return frozenset(place for place, told in begun if not told)
