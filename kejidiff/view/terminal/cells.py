"""Styled pieces of text -> lines that fit: widths in terminal cells, wrapping with 避头尾, cutting, padding.

Terms: a *cell* is one column of a terminal; a *piece* is text in one style; a *line* is a list of pieces without a
newline; a *token* is what a line break never divides (a Hanzi, a word, a number, a mark, `……`, `——`).

Source: East Asian Width (UAX #11), wide and full-width characters two cells, combining ones none, all others one;
避头尾 after GB/T 15834-2011, 5.1.
Limitations: ambiguous characters (“” … — ·) count one cell, as nearly all terminals draw them unless told otherwise;
emoji made of several code points count as the sum of their parts.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, Literal, NamedTuple

#: Never first on a line, never last on one.
NO_START: Final = frozenset("。，、；：？！）》”’」』】〕〉〗〙］｝…—·～％‰℃,.;:?!)]}%⟧›»﹐﹑﹒﹔﹕﹖﹗﹚︰‐-")
NO_END: Final = frozenset("（《“‘「『【〔〈〖〘［｛([{⟦‹«￥＄$﹙")

#: What is never divided, if it fits in a line at all.
_TOKEN: Final = re.compile(
    r"……|——|⟦U\+[0-9A-F]+⟧|--[a-z][a-z-]*"
    r"|[0-9A-Za-z\u00c0-\u024f]+(?:[.,:/'_@&+×-][0-9A-Za-z_]+)*[%‰℃_×]*|_+"
    r"|.[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a]+"
)


class Piece(NamedTuple):
    """Text in one style (a name of `palette.STYLES`, or "" for plain). No newline in it.

    bind   a mark that belongs to its neighbour: `open` is not followed by a line break, `close` not preceded by one
    """

    text: str
    style: str = ""
    bind: Literal["", "open", "close"] = ""


Line = list[Piece]


@lru_cache(maxsize=1 << 14)
def _character_width(character: str) -> int:
    if "\u1160" <= character <= "\u11ff" or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def text_width(text: str) -> int:
    """Cells that `text` takes; it must hold neither control characters nor tabs nor newlines (see `visible`)."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def line_width(line: Iterable[Piece]) -> int:
    """Cells that a line takes."""
    return sum(text_width(piece.text) for piece in line)


def cut_text(text: str, cells: int) -> str:
    """`text` in at most `cells` cells; where something was cut off, `…` stands at the end in its place."""
    if text_width(text) <= cells:
        return text
    room, kept = cells - 1, 0
    for position, character in enumerate(text):
        kept += _character_width(character)
        if kept > room:
            return text[:position] + "…" if cells > 0 else ""
    return text


def cut_middle(text: str, cells: int) -> str:
    """Like `cut_text`, but the middle gives way: both ends of a file name tell."""
    if text_width(text) <= cells:
        return text
    tail = cells // 2
    while tail and text_width(text[-tail:]) > cells // 2:
        tail -= 1
    head = cut_text(text, cells - text_width(text[len(text) - tail :]))
    return head + text[len(text) - tail :]


def cut_line(line: Sequence[Piece], cells: int) -> Line:
    """The pieces of `line` in at most `cells` cells, `…` for what was cut off."""
    if line_width(line) <= cells:
        return list(line)
    kept: Line = []
    for piece in line:
        width = text_width(piece.text)
        if width >= cells:
            kept.append(piece._replace(text=cut_text(piece.text + "…", cells)))
            break
        kept.append(piece)
        cells -= width
    return kept


def padded(line: Sequence[Piece], cells: int, right: bool = False) -> Line:
    """`line` filled with blanks to `cells` cells (to its right, or to its left where `right`); never cut."""
    missing = cells - line_width(line)
    if missing <= 0:
        return list(line)
    blank = Piece(" " * missing)
    return [blank, *line] if right else [*line, blank]


def wrap(line: Iterable[Piece], cells: int) -> list[Line]:
    """Break `line` into lines of at most `cells` cells each (2 at least, so that a Hanzi fits); at least one line.

    A break goes where 避头尾 allows one; where a line has no such place, anywhere between two characters. Blanks at a
    break are dropped, nothing else is.
    """
    flow = _Flow(line, max(cells, 2))
    lines: list[Line] = []
    start = 0
    while start < len(flow.text):
        end, following = flow.break_after(start)
        lines.append(flow.pieces(start, end))
        start = following
    return lines or [[]]


class _Flow:
    """A line to be broken: its text, where each style begins, the cells before each character, where no break goes."""

    def __init__(self, line: Iterable[Piece], cells: int) -> None:
        self.cells = cells
        self.begins: list[int] = []
        self.styles: list[str] = []
        self.bound: set[int] = set()
        texts: list[str] = []
        length = 0
        for text, style, bind in line:
            if not text:
                continue
            if not self.styles or self.styles[-1] != style:
                self.begins.append(length)
                self.styles.append(style)
            if bind:
                inside = range(length + (bind == "open"), length + len(text) + (bind == "open"))
                self.bound.update(inside if text_width(text) <= cells else inside[-1:])
            texts.append(text)
            length += len(text)
        self.text = "".join(texts)
        self.before = [0, *accumulate(map(_character_width, self.text))]
        self.begins.append(length)
        for token in _TOKEN.finditer(self.text):
            start, end = token.span()
            if self.before[end] - self.before[start] <= cells:
                self.bound.update(range(start + 1, end))

    def break_after(self, start: int) -> tuple[int, int]:
        """Where the line that begins at `start` ends, and where the next one begins (past dropped blanks)."""
        text = self.text
        end = bisect_right(self.before, self.before[start] + self.cells, lo=start) - 1
        if end >= len(text):
            return len(text), len(text)
        for place in range(end, start, -1):
            if place not in self.bound and self._may_break(place):
                first, last = place, place
                while first > start and text[first - 1].isspace():
                    first -= 1
                while last < len(text) and text[last].isspace():
                    last += 1
                if first > start:
                    return first, last
        return max(end, start + 1), max(end, start + 1)

    def _may_break(self, place: int) -> bool:
        before, after = self.text[place - 1], self.text[place]
        return before.isspace() or after.isspace() or not (before in NO_END or after in NO_START)

    def pieces(self, start: int, end: int) -> Line:
        """The pieces of `[start, end)`, in their styles."""
        line: Line = []
        index = bisect_right(self.begins, start) - 1
        while start < end:
            stop = min(end, self.begins[index + 1])
            line.append(Piece(self.text[start:stop], self.styles[index]))
            start, index = stop, index + 1
        return line
