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


def lines_of(blocks: Iterable[bytes], max_bytes: int, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Every line but blank ones; of those that begin at `end` or later, none.

    `start` is the offset of the first byte. A byte order mark at offset 0 is no part of the first line.
    """
    number, offset = 1, start  # of the line that is to come
    begun: list[bytes] = []  # pieces of a line whose end has not come yet
    held = 0  # bytes of it, kept or not
    for block in blocks:
        first, *rest = block.split(b"\n")
        held += len(first)
        begun.append(first)
        if held > max_bytes:
            begun.clear()
        if not rest:
            continue
        yield from _line(number, offset, begun, held, max_bytes)
        number, offset = number + 1, offset + held + 1
        *whole, last = rest
        for raw in whole:
            if end is not None and offset >= end:
                return
            if len(raw) > max_bytes:
                yield Line(number, offset, None)
            elif raw and not raw.isspace():
                yield Line(number, offset, raw)
            number += 1
            offset += len(raw) + 1
        if end is not None and offset >= end:
            return
        begun, held = [last], len(last)
    yield from _line(number, offset, begun, held, max_bytes)


def _line(number: int, offset: int, pieces: list[bytes], length: int, max_bytes: int) -> Iterator[Line]:
    """The line that these pieces make, if it is not blank."""
    if length > max_bytes:
        yield Line(number, offset, None)
        return
    raw = b"".join(pieces)
    raw = raw.removeprefix(BYTE_ORDER_MARK) if offset == 0 else raw
    if raw and not raw.isspace():
        yield Line(number, offset, raw)
