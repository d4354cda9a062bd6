"""Pieces of text with their places on pages -> paragraphs in reading order, with page headers, footers and numbers
marked.

    Fragment   a stretch of text on one line: what PDF and OFD store instead of paragraphs
    reflow     pages of fragments -> the text and its marks

A line goes on in the next one unless something says that it ends: it leaves room for what follows, the next line is
set in, stands apart or is of another size. Columns are read one after the other. What a page's break cuts in two is one
paragraph across the marks between.

Limitations. Where nothing tells two paragraphs apart (a full last line, no indent, no space) they are one. Cells of a
             table that have several lines each come line by line. Writing from top to bottom is not put in order.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from kejidiff.model import Exclusion
from kejidiff.read.columns import aligned, gutters_of, in_order, rows_of
from kejidiff.read.fragments import Fragment, Line, wide
from kejidiff.read.running import running_marks
from kejidiff.span import Span

__all__ = ["Fragment", "Reflowed", "reflow"]

_BETWEEN: Final = "\n\n"
#: Two lines of one size differ by less: superscripts and other fonts in a line move it by some percent.
_SAME_SIZE: Final = 0.12
#: In units of the line's size: what a line may leave free before it counts as ended, beyond what the next character
#: needs (kinsoku takes one or two characters over to the next line), and an indent of two Hanzi.
_INDENT: Final = (1.0, 5.5)
#: Lines of figures and Latin letters are set unevenly: by up to two Hanzi in what reportlab and Word make.
_SLACK, _INDENTED_SLACK, _OPEN_SLACK = 0.45, 1.2, 2.5
#: Letters so much larger than the text's are a title, which goes on where a line fills so much of the column.
_TITLE, _TITLE_WIDTH = 1.15, 0.75
#: A pitch so much wider than that of the lines around is a space between paragraphs.
_APART: Final = 1.3
#: Characters that may not begin a line, so that one before goes down with them; and may not end one.
_CLOSING: Final = "，。、；：？！）》」』】〉〕”’%％,.;:?!)]}…—"
_OPENING: Final = "（《「『【〈〔“‘([{"
_WORD: Final = re.compile(r"[A-Za-z0-9\u00c0-\u024f.,%/()'-]+")
_ENDED: Final = re.compile(r"[。！？；：…”」』）)》.!?;:]\s*$")
_OUTLINE: Final = re.compile(
    r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十\d]+[章节条篇]|\d{1,2}[、.．](?!\d))"
)
_HYPHENS: Final = "\u00ad\u2010\u0002\ufffe"


class Reflowed(NamedTuple):
    """`body` by page: has it text that is no page mark?"""

    text: str
    marked: tuple[Exclusion, ...]
    body: tuple[bool, ...]


@dataclass(slots=True)
class _Text:
    """What has been put together so far, and the marks that wait to be put between."""

    pieces: list[str]
    marked: list[Exclusion]
    waiting: list[str]
    length: int = 0

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def aside(self, texts: Sequence[str]) -> None:
        """Each a block of its own, marked."""
        for text in texts:
            if self.length:
                self.put(_BETWEEN)
            start = self.length
            self.put(text)
            self.marked.append(Exclusion(Span(start, self.length), "page-mark"))

    def begin(self, text: str) -> None:
        self.aside(self.waiting)
        self.waiting.clear()
        if self.length:
            self.put(_BETWEEN)
        self.put(text)

    def go_on(self, glue: str, text: str) -> None:
        """In the same paragraph; marks that wait lie within it, and are a hole in the line."""
        if not self.waiting:
            self.put(glue + text)
            return
        self.put(glue)
        start = self.length
        self.put(_BETWEEN + _BETWEEN.join(self.waiting) + _BETWEEN)
        self.marked.append(Exclusion(Span(start, self.length), "page-mark"))
        self.waiting.clear()
        self.put(text)


def reflow(pages: Sequence[Sequence[Fragment]]) -> Reflowed:
    """The text of the pages, in order. Marks are ascending and disjoint."""
    rows = [rows_of(fragments) for fragments in pages]
    marks = running_marks(rows)
    bodies = [[row for at, row in enumerate(page) if at not in marks[number]] for number, page in enumerate(rows)]
    parted = zip(bodies, gutters_of(bodies), strict=True)
    ordered = aligned([in_order(body, gutters, number) for number, (body, gutters) in enumerate(parted)])
    setting = _setting([line for page in ordered for line in page])
    out = _Text([], [], [])
    before: Line | None = None
    for number, lines in enumerate(ordered):
        page = rows[number]
        heads = [at for at in sorted(marks[number]) if at < len(page) / 2]
        out.waiting += [page[at].text for at in heads]
        for at, line in enumerate(lines):
            if before is not None and _goes_on(before, line, setting, fresh=at == 0):
                out.go_on(_glue(before, line), _continued(out, before, line))
            else:
                out.begin(line.text)
            before = line
        out.waiting += [page[at].text for at in sorted(marks[number]) if at not in heads]
    out.aside(out.waiting)
    return Reflowed("".join(out.pieces), tuple(out.marked), tuple(bool(lines) for lines in ordered))


class _Setting(NamedTuple):
    """How the document is set: its usual size and pitch, and whether its paragraphs begin with an indent."""

    size: float
    pitch: float
    indented: bool


def _setting(lines: Sequence[Line]) -> _Setting:
    if not lines:
        return _Setting(1.0, 1.0, indented=False)
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] or 1.0
    pitches = [
        after.bottom - before.bottom
        for before, after in pairwise(lines)
        if before.column == after.column
        and before.page == after.page
        and 0 < after.bottom - before.bottom < 4 * size
        and abs(before.size - size) < _SAME_SIZE * size
    ]
    pitch = _lower_mode(pitches) if pitches else 1.5 * size
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    set_in = sum(_INDENT[0] * size <= line.left - line.column.left <= _INDENT[1] * size for line in body)
    flush_full = sum(abs(line.left - line.column.left) < 0.5 * size for line in body)
    return _Setting(size, pitch, indented=bool(set_in) and set_in >= 0.05 * (set_in + flush_full))


def _lower_mode(pitches: Sequence[float]) -> float:
    """The least of the distances of lines, to a tenth, that are half as common as the commonest."""
    counts = Counter(round(pitch, 1) for pitch in pitches)
    most = max(counts.values())
    return min(pitch for pitch, count in counts.items() if count >= 0.5 * most)


def _goes_on(before: Line, line: Line, setting: _Setting, fresh: bool) -> bool:
    """`fresh`: the line is the first of its page."""
    size = max(before.size, line.size, 0.1)
    if before.cells > 1 or line.cells > 1 or abs(before.size - line.size) > _SAME_SIZE * size:
        return False
    if before.size > _TITLE * setting.size:
        wide_enough = before.right - before.left >= _TITLE_WIDTH * (before.column.right - before.column.left)
        return wide_enough and 0 < line.bottom - before.bottom < 2 * size and not _ENDED.search(before.text)
    moved = fresh or before.column != line.column
    gap = line.bottom - before.bottom
    if not moved and (gap > _APART * max(setting.pitch, 1.0 * size) or gap <= 0):
        return False
    if _room(before, line, size) > _slack(before, setting) * size:
        return False
    indent = line.left - line.column.left
    if indent >= _INDENT[0] * size:
        # A hanging indent: the line before is set in as far, and so is the next.
        hanging = not moved and abs(line.left - before.left) < 0.3 * size and before.hanging
        if not hanging:
            return False
    return setting.indented or not (_ENDED.search(before.text) and _OUTLINE.match(line.text))


def _slack(before: Line, setting: _Setting) -> float:
    """How much room a line may leave and go on all the same, in sizes: the more, the less it looks like an end."""
    if not _ENDED.search(before.text):
        return _OPEN_SLACK
    return _INDENTED_SLACK if setting.indented else _SLACK


def _room(before: Line, line: Line, size: float) -> float:
    """How much the line before leaves free beyond what the first word of the next would have taken."""
    room = before.column.right - before.right
    match = _WORD.match(line.text)
    word = match.group() if match else line.text[:1]
    needed = sum(size if wide(char) else 0.55 * size for char in word)
    rest = line.text[len(word) :]
    if not match or not rest or not wide(rest[0]):
        closing = len(rest) - len(rest.lstrip(_CLOSING))
        needed += min(closing, 2) * size
    if word[-1:] in _OPENING:
        needed += size
    needed = min(needed, 0.6 * (before.column.right - before.column.left))
    return room - needed


def _glue(before: Line, line: Line) -> str:
    """What stands between two lines of a paragraph: a blank between words, nothing between Hanzi or in a cut word."""
    end, start = before.text[-1:], line.text[:1]
    if wide(end) or wide(start) or end in _HYPHENS or (end in "-/" and before.text[-2:-1].isalpha()):
        return ""
    mixed = any(wide(char) for char in before.text)
    room = before.column.right - before.right
    if mixed and (room < 0.5 * before.size or (end.isdigit() and start.isdigit())):
        return " " if before.spaced else ""
    return " "


def _continued(out: _Text, before: Line, line: Line) -> str:
    """The line's text; a hyphen that only parted a word is taken off what stands before."""
    end = before.text[-1:]
    cut = end in _HYPHENS or (end == "-" and before.text[-2:-1].isalpha() and line.text[:1].islower())
    if cut and out.pieces and out.pieces[-1].endswith(end) and not out.waiting:
        out.pieces[-1] = out.pieces[-1][:-1]
        out.length -= 1
    return line.text
