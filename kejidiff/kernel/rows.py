"""A block of JSON lines -> the texts of those that are plain, by `rows.c`: as `read/archives/objects`, without strings.

A parser makes a string of a text, which is then encoded for its digest and again to be folded; this takes each step
once.
"""

from typing import Final, NamedTuple

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.scratch import scratch

#: Bytes of lines read by a call, and lines: what comes of them stays in the processor's outer cache.
ROOM: Final = 1 << 19
_MOST: Final = 4096
#: Characters of a text that are also there as a string: twice what a title is looked for in.
BEGINNING: Final = 480
_ARGUMENTS: Final = "piipipipppip"


class EncodedText(NamedTuple):
    """A text three times.

    begins   its first characters, `BEGINNING` of them at least, or all
    utf8     its bytes
    codes    those of the first plane, two bytes each; what lies beyond is a private one, as in `text/stream`
    points   the private ones' code points, four bytes each, in their order
    """

    begins: str
    utf8: memoryview
    codes: memoryview
    points: memoryview

    @property
    def characters(self) -> int:
        """How many it has."""
        return len(self.codes) // 2

    @property
    def text(self) -> str:
        """The text itself."""
        return str(self.utf8, "utf-8", "surrogatepass")


class EncodedRows(NamedTuple):
    """Lines of a block.

    rows     of each line start and end; start and end of its text with its quotes, -1 where it is not plain; start and
             end of what it has of the three others
    next     where the next line begins
    """

    rows: list[list[int]]
    next: int
    utf8: memoryview
    codes: memoryview
    points: memoryview

    def text(self, row: list[int]) -> EncodedText:
        """Of a plain line."""
        _, _, _, _, start, end, code, code_end, point, point_end = row
        utf8 = self.utf8[start:end]
        begins = str(utf8[: 4 * BEGINNING], "utf-8", "ignore")  # but for a last character that is cut
        return EncodedText(begins, utf8, self.codes[2 * code : 2 * code_end], self.points[4 * point : 4 * point_end])


def is_read_compiled() -> bool:
    """Whether `read_rows` gives anything but None."""
    return function("read_rows", _ARGUMENTS) is not None


def read_rows(block: bytes, start: int, end: int, field: bytes) -> EncodedRows | None:
    """Some of the lines in `block[start:end]`, at least one; `field` is the name of the text's. None where nothing is
    compiled."""
    called = function("read_rows", _ARGUMENTS)
    if called is None:
        return None
    import numpy as np

    if not 0 <= start <= end <= len(block):
        raise ValueError("not within the block")
    room = min(ROOM, end - start)
    rows, points = scratch("rows", (_MOST, 10), "<i8"), scratch("points", (room,), "<u4")
    utf8, codes = np.empty(room, dtype=np.uint8), np.empty(room, dtype=np.uint16)
    following = np.empty(1, dtype=np.int64)
    number = called(
        address(np.frombuffer(block, np.uint8), "u1"), start, end, address(np.frombuffer(field, np.uint8), "u1"),
        len(field), address(rows, "<i8"), _MOST, address(utf8, "u1"), address(codes, "<u2"), address(points, "<u4"),
        room, address(following, "<i8"),
    )  # fmt: skip
    found = rows[:number].tolist()
    private = points[: found[-1][-1] if found else 0].tobytes()
    return EncodedRows(found, int(following[0]), utf8.data, codes.data.cast("B"), memoryview(private))
