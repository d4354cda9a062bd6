"""Fragments of a page -> rows; rows -> lines in reading order, column by column.

Terms.       A *row* is what stands at one height, over the whole width of the page; its *stretches* are parted by gaps
             wider than any between words. A *gutter* is a vertical band that the rows of a part of the page leave free.
Limitations. Gutters are straight and at least one Hanzi wide; a page has up to four columns.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from kejidiff.read.fragments import Column, Fragment, Line

#: In sizes: a blank is a gap from here on, and a gap that parts cells or columns.
_BLANK, _GAP = 0.28, 0.85
#: Rows that a gutter must part, and how full the columns beside it are: cells of tables are mostly short.
_LEAST_ROWS: Final = 5
_MOST_COLUMNS: Final = 4
#: Share of a page's stretches that may cross a gutter: titles, a summary above the columns.
_CROSSING: Final = 0.3
#: A page of 600 Hanzi in width, or of so many stretches, is no page of text; a newspaper's has some 2,000.
_MOST_STRETCHES: Final = 5_000
_MOST_STEPS: Final = 1200
#: In sizes: a column of fewer Hanzi is a column of a table.
_NARROWEST: Final = 8
_FULL: Final = 0.85
_FULL_SHARE: Final = 0.25
#: In sizes: narrower gaps that are no gutter are a wide blank in a line (第一条　为了), wider ones part cells.
_CELL_GAP: Final = 2.2


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
    open_rows: list[list[Fragment]] = []  # in each the tallest fragment comes first
    ordered = sorted((one for one in fragments if one.text.strip()), key=lambda one: (one.bottom, one.left))
    for fragment in ordered:
        for row in reversed(open_rows[-3:]):
            if _beside(row[0], fragment):
                row.append(fragment)
                if fragment.size > row[0].size:
                    row[0], row[-1] = row[-1], row[0]
                break
        else:
            open_rows.append([fragment])
    rows = [Row(tuple(_stretches(sorted(row, key=lambda one: (one.left, one.right))))) for row in open_rows]
    return sorted((row for row in rows if row.stretches), key=lambda row: (row.bottom, row.left))


def _beside(tallest: Fragment, fragment: Fragment) -> bool:
    """Do they overlap in height by half of the smaller one?"""
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


def gutters_of(pages: Sequence[Sequence[Row]]) -> list[Sequence[float]]:
    """By page: where its columns are parted. A page of few lines is set as most others are, if nothing contradicts."""
    found: list[Sequence[float]] = [_gutters(rows) for rows in pages]
    usual = max((gutters for gutters in found if gutters), key=len, default=())
    if sum(map(bool, found)) * 2 < len(found):
        return found
    return [
        gutters or (usual if not any(_crosses(row, gutter) for row in rows for gutter in usual) else ())
        for gutters, rows in zip(found, pages, strict=True)
    ]


def in_order(rows: Sequence[Row], gutters: Sequence[float], page: int = 0) -> list[Line]:
    """The lines of a page: rows from top to bottom, where the page is set in columns one column after the other."""
    lines: list[Line] = []
    for part, in_columns in _parts(rows, gutters):
        if in_columns:
            for at, column in enumerate(_columns(part, gutters)):
                lines += _set(column, page, at, len(gutters) + 1)
        else:
            lines += _set(part, page)
    return lines


def _parts(rows: Sequence[Row], gutters: Sequence[float]) -> list[tuple[list[Row], bool]]:
    """Rows in a row that lie in columns, or do not: what crosses a gutter parts the page."""
    parts: list[tuple[list[Row], bool]] = []
    for row in rows:
        in_columns = bool(gutters) and not any(_crosses(row, gutter) for gutter in gutters)
        if not parts or parts[-1][1] != in_columns:
            parts.append(([], in_columns))
        parts[-1][0].append(row)
    return [(part, columns and sum(map(bool, _columns(part, gutters))) > 1) for part, columns in parts]


def _crosses(row: Row, gutter: float) -> bool:
    return any(stretch.left < gutter < stretch.right for stretch in row.stretches)


def _gutters(rows: Sequence[Row]) -> list[float]:
    """Bands that hardly a stretch crosses, with text on both sides, ascending; empty where that is no running text."""
    stretches = [stretch for row in rows for stretch in row.stretches]
    if not 2 * _LEAST_ROWS <= len(stretches) <= _MOST_STRETCHES:
        return []
    size = median(stretch.size for stretch in stretches)
    gutters: list[float] = []
    for _, left, right in sorted(_free_bands(stretches, size)):
        tried = sorted([*gutters, (left + right) / 2])
        inside = [row for row in rows if not any(_crosses(row, gutter) for gutter in tried)]
        if len(tried) < _MOST_COLUMNS and all(map(_is_running, _columns(inside, tried))):
            gutters = tried
    return gutters


def _free_bands(stretches: Sequence[Stretch], size: float) -> list[tuple[int, float, float]]:
    """By how many cross them: looked for every half Hanzi; of bands that overlap the one with least in it."""
    least, most = min(one.left for one in stretches), max(one.right for one in stretches)
    bands: list[tuple[int, float, float]] = []
    steps = min(int((most - least) / (size / 2)) + 1, _MOST_STEPS) if size > 0 else 0
    for step in range(1, steps):
        at = least + step * size / 2
        crossing = sum(one.left < at < one.right for one in stretches)
        left = [one.right for one in stretches if one.right <= at]
        right = [one.left for one in stretches if one.left >= at]
        if crossing > _CROSSING * len(stretches) or min(len(left), len(right)) < _LEAST_ROWS:
            continue
        band = (crossing, max(left), min(right))
        if band[2] - band[1] < _GAP * size * 0.9:
            continue
        if not bands or bands[-1][2] <= band[1]:
            bands.append(band)
        elif crossing < bands[-1][0]:
            bands[-1] = band
    return bands


def _is_running(column: Sequence[Row]) -> bool:
    """Lines of text, most as long as the column is wide: the cells of a table are short."""
    if len(column) < _LEAST_ROWS - 1:
        return False
    width = max(row.right for row in column) - min(row.left for row in column)
    full = sum(row.right - row.left >= _FULL * width for row in column)
    return full >= _FULL_SHARE * len(column) and width >= _NARROWEST * median(row.size for row in column)


def _columns(rows: Sequence[Row], gutters: Sequence[float]) -> list[list[Row]]:
    columns: list[list[Row]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        for at, column in enumerate(columns):
            low = gutters[at - 1] if at else float("-inf")
            high = gutters[at] if at < len(gutters) else float("inf")
            mine = tuple(one for one in row.stretches if low < (one.left + one.right) / 2 <= high)
            if mine:
                column.append(Row(mine))
    return [sorted(column, key=lambda row: row.bottom) for column in columns]


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
        row = _closed(row)
        first, last = row.stretches[0], row.stretches[-1]
        hanging = bool(lines) and lines[-1].left < row.left - 0.5 * row.size and lines[-1].left > column.left + row.size
        hanging = hanging or (bool(lines) and lines[-1].hanging and abs(lines[-1].left - row.left) < 0.3 * row.size)
        size = max(row.stretches, key=lambda one: len(one.text)).size
        lines.append(
            Line(
                row.text,
                first.left,
                last.right,
                row.bottom,
                size,
                column,
                page,
                len(row.stretches),
                last.spaced,
                hanging,
            )
        )
    return lines


def _closed(row: Row) -> Row:
    """The row with stretches that lie close together as one."""
    kept: list[Stretch] = []
    for stretch in row.stretches:
        if kept and stretch.left - kept[-1].right < _CELL_GAP * max(stretch.size, kept[-1].size):
            before = kept.pop()
            text = f"{before.text}\u3000{stretch.text}"
            stretch = stretch._replace(text=text, left=before.left, size=max(before.size, stretch.size))
        kept.append(stretch)
    return Row(tuple(kept))


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
    known: dict[Column, Column] = {}
    for alike in columns.values():
        others = [column for column in alike if column.lines >= _LEAST_ROWS]
        if others:
            left, right = median(column.left for column in others), median(column.right for column in others)
            known |= {column: _widened(column, left, right) for column in alike}
    return [[line._replace(column=known.get(line.column, line.column)) for line in lines] for lines in pages]


def _widened(column: Column, left: float, right: float) -> Column:
    """A column's own edges, moved outward to those most others have, if it might be one of them."""
    if column.lines < _LEAST_ROWS and left <= column.left and column.right <= right + 1:
        return column._replace(left=left, right=right)
    if abs(column.left - left) < 0.05 * (right - left) and column.right < right:
        return column._replace(left=min(column.left, left), right=right)
    return column
