"""ScanResult -> the table of documents: how much of each is shared, with whom most, what is to know about it.

Columns join as the width allows, the ratio first; what has no column is told below the document's line.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kejidiff.model import Document, ReuseStats, ScanResult
from kejidiff.view.headline import from_stock
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, percent
from kejidiff.view.terminal.beyond import NOTHING, Beyond
from kejidiff.view.terminal.cells import Line, Piece, cut_text, line_width, padded, text_width
from kejidiff.view.terminal.layout import SEPARATOR, flow, indented, joined
from kejidiff.view.terminal.marks import shown

#: Documents listed without `--all`: those with reuse first; of the others only so many that the list has `_FEW`.
REUSED, _FEW = 12, 6

#: Cells of the bar: one per tenth.
_BAR = 10

#: One glyph for each tier, so that the bar needs no colour, and one for what is not reused.
BAR_GLYPHS = {"verbatim": "█", "light": "▓", "rewritten": "▒"}
_REST = "·"

#: Cells between columns; least and most of the first column; least of the notes beside the figures.
_GAP, _NAME_LEAST, _NAME_MOST, _NOTES_LEAST = 3, 24, 40, 24

#: What stands for a figure that was made unreadable: 20__, 20xx, ××, 某.
_MASKS = frozenset("_＿×xX＊*某○〇□■△…")


class _Column(NamedTuple):
    """A column of figures: `cell` makes one document's; `told` how it reads below the line where it has no column."""

    key: str
    short: str
    cell: Callable[[ReuseStats], Line]
    told: bool = True


def documents(
    result: ScanResult, ids: dict[str, str], width: int, lang: str, everything: bool, beyond: Beyond = NOTHING
) -> list[Line]:
    """The table with its heading, its legend and the line that says how many documents it leaves out."""
    ordered = sorted(
        result.documents, key=lambda one: (-result.stats[one.id].total, -from_stock(result, one.id, lang)[0])
    )
    reused = [document for document in ordered if result.stats[document.id].reused]
    rest = [document for document in ordered if not result.stats[document.id].reused]
    if everything:
        listed = ordered
    else:
        listed = reused[:REUSED]
        listed = listed + rest[: max(0, _FEW - len(listed))]
    table = _Table(result, ids, width, lang, listed)
    lines = table.lines()
    hidden_reused = len(reused) - sum(1 for document in listed if result.stats[document.id].reused)
    hidden_rest = len(ordered) - len(listed) - hidden_reused
    numbers = (("more.reused", hidden_reused + beyond.reused), ("more.documents", hidden_rest + beyond.rest))
    hidden = [message(key, lang, n=n) for key, n in numbers if n]
    if hidden:
        hint = message("parenthesis", lang, text=beyond.where or message("more.all", lang))
        lines += indented(flow([[Piece("… " + message("comma", lang).join(hidden) + hint, "quiet")]], width - 1), 1)
    return lines


class _Table:
    """Measures its columns once, then makes line after line."""

    def __init__(
        self, result: ScanResult, ids: dict[str, str], width: int, lang: str, listed: Sequence[Document]
    ) -> None:
        self.result, self.ids, self.width, self.lang, self.listed = result, ids, width, lang, listed
        self.masked = _masked(result)
        columns = (
            _Column("column.total", "column.total.short", lambda stats: [Piece(percent(stats.total), "number")], False),
            _Column("column.counts", "", self._counts),
            _Column("column.single", "", lambda stats: [Piece(_unless(stats.largest_single, percent(stats.single)))]),
            _Column("column.run", "", lambda stats: [Piece(_unless(stats.longest_run, self._run(stats)))]),
            _Column("bar", "", bar, False),
            _Column("column.stock", "", lambda stats: [Piece(_unless(stats.stock, percent(stats.stock_share)))]),
        )
        ideal = max((line_width(self._name(document)) for document in listed), default=0)
        least = min(ideal, _NAME_LEAST if width >= 50 else 8)
        self.columns: list[tuple[_Column, int]] = []
        room = width - 1 - least
        for column in columns:
            cells = self._cells_of(column)
            if room >= cells + _GAP:
                self.columns.append((column, cells))
                room -= cells + _GAP
        self.told = [column for column in columns if column.told and column not in [one for one, _ in self.columns]]
        self.columns.sort(key=lambda one: _ORDER.index(one[0].key))
        taken = sum(cells + _GAP for _, cells in self.columns)
        beside = width - 1 - taken - min(ideal, _NAME_MOST) - _GAP
        self.notes = beside if beside >= _NOTES_LEAST and not self.told else 0
        self.name = max(least, min(ideal, width - 1 - taken, _NAME_MOST if self.notes else width))
        if self.notes:
            self.notes = width - 1 - taken - self.name - _GAP

    def lines(self) -> list[Line]:
        head = padded([Piece(message("column.report", self.lang), "heading")], self.name)
        for column, cells in self.columns:
            head += [Piece(" " * _GAP), *padded([Piece(self._head(column, cells), "heading")], cells, right=True)]
        if self.notes:
            head += [Piece(" " * _GAP), Piece(message("column.notes", self.lang), "heading")]
        lines = [head]
        for document in self.listed:
            lines += self._rows(document)
        if any(column.key == "bar" for column, _ in self.columns) and self.result.comparisons:
            tiers = [
                [Piece(glyph, tier), Piece(f" {term('tier', tier, self.lang)}", "quiet")]
                for tier, glyph in BAR_GLYPHS.items()
            ]
            lines.append(joined(tiers, Piece("  ")))
        return indented(lines, 1)

    def _rows(self, document: Document) -> list[Line]:
        stats = self.result.stats[document.id]
        line = padded(self._name(document, self.name), self.name)
        for column, cells in self.columns:
            line += [Piece(" " * _GAP), *padded(column.cell(stats), cells, right=column.key != "bar")]
        notes = self._told(stats) + [[Piece(note, "quiet")] for note in self._notes(document)]
        if not notes:
            return [line]
        if not self.notes:
            return [line, *indented(flow(notes, self.width - 5, separator=SEPARATOR), 4)]
        first, *more = flow(notes, self.notes, separator=SEPARATOR)
        indent = self.width - 1 - self.notes
        return [[*line, Piece(" " * _GAP), *first], *indented(more, indent)]

    def _name(self, document: Document, cells: int = 1 << 30) -> Line:
        identity = shown(self.ids[document.id])
        if text_width(identity) + 2 > cells:
            return [Piece(cut_text(identity, cells), "strong")]
        title = cut_text(shown(document.title), cells - text_width(identity) - 1)
        return [Piece(identity, "strong"), Piece(f" {title}")]

    def _head(self, column: _Column, cells: int) -> str:
        if column.key == "bar":
            return ""
        head = message(column.key, self.lang)
        return head if text_width(head) <= cells else message(column.short or column.key, self.lang)

    def _cells_of(self, column: _Column) -> int:
        """A column is as wide as its widest cell and its (short) heading."""
        if column.key == "bar":
            return _BAR
        body = max((line_width(column.cell(self.result.stats[one.id])) for one in self.listed), default=0)
        heads = [column.short] if column.short and self.width < 90 else [column.key]
        return max(body, *(text_width(message(head, self.lang)) for head in heads))

    def _counts(self, stats: ReuseStats) -> Line:
        return [Piece(count(stats.reused)), Piece(" / ", "quiet"), Piece(count(stats.countable))]

    def _run(self, stats: ReuseStats) -> str:
        return message("count.characters", self.lang, n=stats.longest_run)

    def _told(self, stats: ReuseStats) -> list[Line]:
        """Figures without a column, where there is something to tell."""
        return [
            [Piece(f"{message(column.key, self.lang)} ", "quiet"), *cell]
            for column in self.told
            if (cell := column.cell(stats)) and cell[0].text != "—"
        ]

    def _notes(self, document: Document) -> Iterable[str]:
        lang = self.lang
        if told := from_stock(self.result, document.id, lang)[1]:
            yield told
        yield from notes(document, lang, self.masked.get(document.id, 0))


def notes(document: Document, lang: str, masked: int = 0) -> Iterable[str]:
    """What was found in the text and what was done about it; `masked`: figures that another document has in full."""
    if document.script in ("hant", "mixed"):
        yield term("script", document.script, lang)
    if pinyin := sum(repair.reason == "pinyin-note" for repair in document.repaired):
        yield message("note.pinyin", lang, n=pinyin)
    if garbled := sum(repair.reason != "pinyin-note" for repair in document.repaired):
        yield message("note.repaired", lang, n=garbled)
    if masked:
        yield message("note.masked", lang, n=masked)
    excluded: Counter[str] = Counter()
    for exclusion in document.excluded:
        excluded[exclusion.reason] += exclusion.span.length
    for reason, n in excluded.items():
        yield message(f"note.{reason}", lang, n=n)


#: Columns in the order they stand; they are given room in the order of `_Table.columns`.
_ORDER = ("column.counts", "column.total", "bar", "column.single", "column.run", "column.stock")


def bar(stats: ReuseStats) -> Line:
    """Ten cells, one glyph a tier. What is not nothing has a cell, what is not all leaves one."""
    filled = _BAR if stats.total >= 1.0 else min(_BAR - 1, max(round(stats.total * _BAR), int(stats.reused > 0)))
    line: Line = []
    done = taken = 0
    for tier, glyph in BAR_GLYPHS.items():
        taken += getattr(stats, tier)
        upto = round(filled * taken / stats.reused) if stats.reused else 0
        if upto > done:
            line.append(Piece(glyph * (upto - done), tier))
            done = upto
    return [*line, Piece(_REST * (_BAR - done), "quiet")]


def _unless(number: int, figure: str) -> str:
    return figure if number else "—"


def _masked(result: ScanResult) -> dict[str, int]:
    """By document id: figures that stand masked there and in full in another document."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for comparison in result.comparisons:
        changes = [change for change in comparison.figures.changes if change.kind == "masked"]
        if not changes:
            continue
        left, right = (result.text_of(result.document(one)) for one in (comparison.left, comparison.right))
        for change in changes:
            here, there = (
                _MASKS.intersection(span.of(text)) for span, text in ((change.left, left), (change.right, right))
            )
            if here and not there:
                places[comparison.left].add(change.left)
            if there and not here:
                places[comparison.right].add(change.right)
    return {identity: len(spans) for identity, spans in places.items()}
