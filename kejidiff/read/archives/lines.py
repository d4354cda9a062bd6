"""Blocks of bytes -> lines, each with its place: joined over the blocks' borders, and none held that is too long.

Limitations. A line ends in `\\n`; an `\\r` before it stays, as blanks around a JSON value do not matter.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

#: Bytes read at a time: a block's lines are small beside it, and it is small beside the processor's outer cache.
BLOCK: Final = 4 << 20

#: The same where no more than the end of a line is looked for.
_SEARCHED: Final = 1 << 16

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line without its end.

    number   from the first line of what was read, which is 1
    offset   of its first byte in the file, or in what it unpacks to
    raw      None where it is longer than allowed
    """

    number: int
    offset: int
    raw: bytes | None


def blocks_of(file: BinaryIO) -> Iterator[bytes]:
    """What is left of a file, whole blocks but for the last."""
    while block := file.read(BLOCK):
        yield block


def first_line(file: BinaryIO, start: int, end: int) -> int | None:
    """Where the first line begins that begins in `[start, end)`; None where none does. No more is read than that."""
    if start == 0:
        return 0 if end > 0 else None
    file.seek(start - 1)
    at = start - 1
    while at < end - 1 and (block := file.read(min(_SEARCHED, end - 1 - at))):
        found = block.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(block)
    return None


class Stretch(NamedTuple):
    """Whole lines of one block, each with its end: `block[start:end]`. `offset` as of `Line`, of the first."""

    offset: int
    block: bytes
    start: int
    end: int


def lines_of(blocks: Iterable[bytes], max_bytes: int, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Every line but blank ones; of those that begin at `end` or later, none.

    `start` is the offset of the first byte. A byte order mark at offset 0 is no part of the first line.
    """
    number = 1  # of the line that is to come
    for piece in stretches_of(blocks, max_bytes, start, end):
        if isinstance(piece, Line):
            if piece.raw is None or (piece.raw and not piece.raw.isspace()):
                yield piece._replace(number=number)
            number += 1
            continue
        offset = piece.offset
        for raw in piece.block[piece.start : piece.end - 1].split(b"\n"):
            if len(raw) > max_bytes:
                yield Line(number, offset, None)
            elif raw and not raw.isspace():
                yield Line(number, offset, raw)
            number += 1
            offset += len(raw) + 1


def stretches_of(
    blocks: Iterable[bytes], max_bytes: int, start: int = 0, end: int | None = None
) -> Iterator[Line | Stretch]:
    """`lines_of` with blank ones: those within a block together, unnumbered ones that lie in several one by one.

    A line of a stretch may be longer than allowed.
    """
    offset = start  # of the line that is to come
    begun: list[bytes] = []  # pieces of a line whose end has not come yet
    held = 0  # bytes of it, kept or not
    for block in blocks:
        first = block.find(b"\n")
        held += first if first >= 0 else len(block)
        begun.append(block[:first] if first >= 0 else block)
        if held > max_bytes:
            begun.clear()
        if first < 0:
            continue
        yield _line(offset, begun, held, max_bytes)
        offset += held + 1
        last = block.rfind(b"\n")
        if end is not None and offset + last - first >= end:  # the line that has the last byte before `end` is the last
            if offset < end and first < last:
                close = block.find(b"\n", first + end - offset)
                yield Stretch(offset, block, first + 1, close + 1)
            return
        if first < last:
            yield Stretch(offset, block, first + 1, last + 1)
        offset += last - first
        begun, held = [block[last + 1 :]], len(block) - last - 1
    yield _line(offset, begun, held, max_bytes)


def _line(offset: int, pieces: list[bytes], length: int, max_bytes: int) -> Line:
    """The line that these pieces make."""
    if length > max_bytes:
        return Line(0, offset, None)
    raw = b"".join(pieces)
    return Line(0, offset, raw.removeprefix(BYTE_ORDER_MARK) if offset == 0 else raw)
