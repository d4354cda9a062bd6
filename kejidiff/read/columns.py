"""Fragments of a page -> rows; rows -> lines in reading order, column by column.

Terms.       A *row* is what stands at one height, over the whole width of the page; its *stretches* are parted by gaps
             wider than any between words. A *gutter* is a vertical band that the rows of a part of the page leave free.
Limitations. Gutters are straight and at least 1.2 Hanzi wide; a page has up to four columns.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from kejidiff.read.fragments import Column, Fragment, Line

#: In sizes: a blank is a gap from here on, and a gap that parts cells or columns.
_BLANK, _GAP = 0.28, 1.2
#: Rows that a gutter must part, and how full the columns beside it are: cells of tables are mostly short.
_LEAST_ROWS: Final = 5
_FULL: Final = 0.7
_FULL_SHARE: Final = 0.4


class Stretch(NamedTuple):
    """Fragments next to one another."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    spaced: bool


class Row(NamedTuple):
    stretches: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        return "\t".join(stretch.text for stretch in self.stretches)

    @property
    def left(self) -> float:
        return self.stretches[0].left

    @property
    def right(self) -> float:
        return self.stretches[-1].right

    @property
    def bottom(self) -> float:
        return max(self.stretches, key=lambda stretch: stretch.size).bottom

    @property
    def size(self) -> float:
        return max(stretch.size for stretch in self.stretches)


def rows_of(fragments: Iterable[Fragment]) -> list[Row]:
    """The rows of a page, from top to bottom; blanks alone make none."""
    open_rows: list[list[Fragment]] = []
    ordered = sorted((one for one in fragments if one.text.strip()), key=lambda one: (one.bottom, one.left))
    for fragment in ordered:
        for row in reversed(open_rows[-3:]):
            if _beside(row, fragment):
                row.append(fragment)
                break
        else:
            open_rows.append([fragment])
    rows = [Row(tuple(_stretches(sorted(row, key=lambda one: (one.left, one.right))))) for row in open_rows]
    return sorted((row for row in rows if row.stretches), key=lambda row: (row.bottom, row.left))


def _beside(row: Sequence[Fragment], fragment: Fragment) -> bool:
    """Do they overlap in height by half of the smaller one?"""
    tallest = max(row, key=lambda one: one.size)
    shared = min(tallest.bottom, fragment.bottom) - max(tallest.top, fragment.top)
    return shared >= 0.5 * min(tallest.bottom - tallest.top, fragment.bottom - fragment.top) > 0


def _stretches(row: Sequence[Fragment]) -> Iterable[Stretch]:
    part: list[Fragment] = []
    for fragment in row:
        if part and fragment.left - part[-1].right > _GAP * max(part[-1].size, fragment.size):
            yield _stretch(part)
            part = []
        part.append(fragment)
    if part:
        yield _stretch(part)


def _stretch(part: Sequence[Fragment]) -> Stretch:
    pieces = [part[0].text]
    for before, after in pairwise(part):
        apart = after.left - before.right > _BLANK * max(before.size, after.size)
        if apart and not pieces[-1][-1:].isspace() and not after.text[:1].isspace():
            pieces.append(" ")
        pieces.append(after.text)
    text = "".join(pieces)
    size = max(part, key=lambda one: len(one.text)).size
    bottom = max(part, key=lambda one: one.size).bottom
    return Stretch(text.strip(), part[0].left, max(one.right for one in part), bottom, size, text[-1:].isspace())


def in_order(rows: Sequence[Row], page: int = 0) -> list[Line]:
    """The lines of a page: rows from top to bottom, where the page is set in columns one column after the other."""
    lines: list[Line] = []
    for part in _parts(rows):
        gutters = _gutters(part)
        if gutters:
            for at, column in enumerate(_columns(part, gutters)):
                lines += _set(column, page, at, len(gutters) + 1)
        else:
            lines += _set(part, page)
    return lines


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that may share columns: the page is cut where one stretch spans what columns would part."""
    width = max((row.right for row in rows), default=0) - min((row.left for row in rows), default=0)
    parts: list[list[Row]] = []
    kinds: list[bool] = []
    for row in rows:
        spanning = any(stretch.right - stretch.left > 0.62 * width for stretch in row.stretches)
        if not parts or kinds[-1] != spanning:
            parts.append([])
            kinds.append(spanning)
        parts[-1].append(row)
    if any(_gutters(part) for part, spanning in zip(parts, kinds, strict=True) if not spanning):
        return parts
    return [list(rows)] if rows else []


def _gutters(rows: Sequence[Row]) -> list[float]:
    """Middles of the gutters, ascending; empty where the rows are no columns of running text."""
    stretches = [stretch for row in rows for stretch in row.stretches]
    if len(rows) < _LEAST_ROWS or len(stretches) < 1.4 * len(rows):
        return []
    size = median(stretch.size for stretch in stretches)
    covered: list[list[float]] = []
    for left, right in sorted((stretch.left, stretch.right) for stretch in stretches):
        if covered and left <= covered[-1][1] + 0.6 * size:
            covered[-1][1] = max(covered[-1][1], right)
        else:
            covered.append([left, right])
    if not 2 <= len(covered) <= 4:
        return []
    for left, right in covered:
        inside = [one for one in stretches if left <= one.left and one.right <= right]
        full = sum(one.right - one.left >= _FULL * (right - left) for one in inside)
        if len(inside) < _LEAST_ROWS - 1 or full < _FULL_SHARE * len(inside) or right - left < 8 * size:
            return []
    return [(before[1] + after[0]) / 2 for before, after in pairwise(covered)]


def _columns(rows: Sequence[Row], gutters: Sequence[float]) -> list[list[Row]]:
    columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for at, column in enumerate(columns):
            low = gutters[at - 1] if at else float("-inf")
            high = gutters[at] if at < len(gutters) else float("inf")
            mine = tuple(one for one in row.stretches if low < (one.left + one.right) / 2 <= high)
            if mine:
                column.append(Row(mine))
    return columns


def _set(rows: Sequence[Row], page: int, at: int = 0, of: int = 1) -> list[Line]:
    """The rows as lines of one column, whose edges are where its lines begin and end."""
    if not rows:
        return []
    running = [row for row in rows if len(row.stretches) == 1] or rows
    size = median(row.size for row in rows)
    left = _edge([row.left for row in running], size, least=True)
    column = Column(left, _edge([row.right for row in running], size, least=False), at, of, len(rows))
    lines: list[Line] = []
    for row in rows:
        first, last = row.stretches[0], row.stretches[-1]
        hanging = bool(lines) and lines[-1].left < row.left - 0.5 * row.size and lines[-1].left > column.left + row.size
        hanging = hanging or (bool(lines) and lines[-1].hanging and abs(lines[-1].left - row.left) < 0.3 * row.size)
        size = max(row.stretches, key=lambda one: len(one.text)).size
        lines.append(
            Line(row.text, first.left, last.right, row.bottom, size, column, page, len(row.stretches), last.spaced, hanging)
        )
    return lines


def _edge(values: Sequence[float], size: float, least: bool) -> float:
    """The outermost edge that at least two lines share, to a fifth of a Hanzi; else the outermost."""
    ordered = sorted(values, reverse=not least)
    shared = (one for one, other in pairwise(ordered) if abs(one - other) < 0.2 * size)
    return next(shared, ordered[0])


def aligned(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines with the edges of columns as the whole document has them: the last page of a chapter may be a line."""
    columns: dict[tuple[int, int], list[Column]] = {}
    for lines in pages:
        for column in dict.fromkeys(line.column for line in lines):
            columns.setdefault((column.at, column.of), []).append(column)
    known = {
        column: _as_elsewhere(column, [other for other in alike if other.lines >= _LEAST_ROWS])
        for alike in columns.values()
        for column in alike
    }
    return [[line._replace(column=known[line.column], size=line.size) for line in lines] for lines in pages]


def _as_elsewhere(column: Column, others: Sequence[Column]) -> Column:
    """A column's own edges, moved outward to those most others have, if it might be one of them."""
    if not others:
        return column
    left = median(other.left for other in others)
    right = median(other.right for other in others)
    width = right - left
    if column.lines < _LEAST_ROWS and left <= column.left and column.right <= right + 1:
        return column._replace(left=left, right=right)
    if abs(column.left - left) < 0.05 * width and column.right < right:
        return column._replace(left=min(column.left, left), right=right)
    return column
