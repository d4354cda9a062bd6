"""A comparison -> its two documents side by side (from 100 columns) or as one text, every difference marked.

Lines of unmarked text are the original's. Terms: see `rows` (row, excerpt, fold) and `marks` (side, inline).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kejidiff.model import Comparison, Document, ScanResult
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.segments import Side
from kejidiff.view.stock_spans import stock_spans
from kejidiff.view.terminal import marks
from kejidiff.view.terminal.carried import carried_along
from kejidiff.view.terminal.cells import Line, Piece, wrap
from kejidiff.view.terminal.formula import formula
from kejidiff.view.terminal.fragments import fragments
from kejidiff.view.terminal.header import head, verdict
from kejidiff.view.terminal.layout import columns, flow, indented, joined, spread, wrapped
from kejidiff.view.terminal.legend import legend
from kejidiff.view.terminal.page import Page
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.rows import Fold, Row, Subject, folded, rows

#: Lines of the list of changes below a row.
_CHANGE_LINES = 2

#: What is said of a fold of each sort.
_FOLDS = {
    "both": "show.folded",
    "formula": "show.folded.formula",
    "left": "show.unmatched.left",
    "right": "show.unmatched.right",
}

#: Characters of the paragraph shown before and after an excerpt, so that it can be found again.
_AROUND = 12


def render_show(
    result: ScanResult,
    comparison: Comparison,
    *,
    width: int,
    lang: str,
    color: bool,
    context: int = 3,
    full: bool = False,
    script: bool = False,
    phrases: str = "grey",
) -> str:
    """The whole view as one string that ends in a newline.

    width     terminal cells, which no line exceeds; from 20 up
    lang      `zh` or `en`
    context   rows without a difference that stay on either side of one that differs; the rest is folded
    full      fold nothing
    script    mark differences of script and punctuation too, which are only counted otherwise
    phrases   `grey` puts stock text in quiet tone, `exclude` also leaves out the list of formula
    """
    left, right = result.document(comparison.left), result.document(comparison.right)
    quiet = stock_spans(result, phrases)
    texts = result.text_of(left), result.text_of(right)
    subject = Subject(comparison, left, right, *texts, quiet.get(left.id, ()), quiet.get(right.id, ()))
    page = Page(subject, max(width, 20), lang, full, script, phrases)
    laid_out = comparison.passages or (comparison.formula and phrases == "show")
    items = folded(rows(subject), context, full, script, phrases == "show") if laid_out else ()
    shown = [item for item in items if isinstance(item, Row)]
    return painted(
        [
            *head(page, result),
            *verdict(page),
            *carried_along(page),
            *_Body(page).lines(items),
            *fragments(page),
            *formula(page),
            *legend(shown, subject, page.width, lang, script, merged=not page.beside),
        ],
        color,
    )


class _Body(NamedTuple):
    """The rows and folds of a page as lines."""

    page: Page

    def lines(self, items: Sequence[Row | Fold]) -> list[Line]:
        """Rules stand between rows, none between folds."""
        lines: list[Line] = []
        before: Row | Fold | None = None
        for item in items:
            if not (isinstance(before, Fold) and isinstance(item, Fold)):
                lines.append(self.page.rule("─", "┼" if before else "┬"))
            lines += self.fold(item) if isinstance(item, Fold) else self.row(item)
            before = item
        return [*lines, self.page.rule("─", "┴")] if items else []

    def row(self, row: Row) -> list[Line]:
        left, right = self._label(row, "left"), self._label(row, "right")
        if self.page.beside:
            body = columns(
                [left, *self._text(row, "left")] if row.left else [],
                [right, *self._text(row, "right")] if row.right else [],
                self.page.cells,
            )
        else:
            label = joined([one for one in (left, right) if one], Piece(" ⇄ ", "quiet"))
            around = self._around(row, "left" if row.left else "right")
            text = marks.inline(row, self.page.subject, self.page.script, self._tone(row))
            body = [*wrapped(label, self.page.width, 1), *wrapped([*around[0], *text, *around[1]], self.page.width, 1)]
        return body + self.below(row)

    def _text(self, row: Row, which: Side) -> list[Line]:
        before, after = self._around(row, which)
        return wrap(
            [*before, *marks.side(row, self.page.subject, which, self.page.script, self._tone(row)), *after],
            self.page.cells,
        )

    def _label(self, row: Row, which: Side) -> Line:
        """`¶3  少量改动 95.0%` on the left (or the only) side, `¶1` on the right."""
        index, document = (
            (row.left_at, self.page.subject.left) if which == "left" else (row.right_at, self.page.subject.right)
        )
        if index < 0:
            return []
        line = [Piece(self.page.number(document, index), "heading")]
        if row.sort != "both":
            if row.sort == "formula" and which == ("right" if self.page.beside else "left"):
                return line
            return [*line, Piece(f"  {message('mark.' + row.sort, self.page.lang)}", "quiet")]
        if which == "right" and self.page.beside:
            note = "↷" if row.pair and row.pair.moved else ""
            return [*line, Piece(f"  {note}", "moved")] if note else line
        if which == "left" and not self.page.beside:
            return line
        if row.passage:
            excerpt = f"  {message('show.excerpt', self.page.lang)} "
            return [
                *line,
                Piece(excerpt, "quiet"),
                Piece(term("tier", row.passage.tier, self.page.lang), row.passage.tier),
            ]
        if row.pair is None:
            return line
        moved = f"  ↷ {message('show.moved', self.page.lang)}" if row.pair.moved else ""
        tier = f"  {term('tier', row.pair.tier, self.page.lang)}"
        likeness = f" {percent(row.pair.similarity)}" if row.pair.similarity < 1.0 else ""
        return [*line, Piece(tier + likeness, row.pair.tier), Piece(moved, "moved")]

    def _around(self, row: Row, which: Side) -> tuple[Line, Line]:
        """What stands in the paragraph before and after an excerpt, in quiet tone."""
        window = row.left if which == "left" else row.right
        if not row.excerpt or window is None:
            return [], []
        index = row.left_at if which == "left" else row.right_at
        document = self.page.subject.left if which == "left" else self.page.subject.right
        text = self.page.subject.left_text if which == "left" else self.page.subject.right_text
        whole = document.paragraphs[index].span
        start = whole.start if self.page.full else max(whole.start, window.start - _AROUND)
        end = whole.end if self.page.full else min(whole.end, window.end + _AROUND)
        before = "…" * (start > whole.start) + marks.shown(text[start : window.start])
        after = marks.shown(text[window.end : end]) + "…" * (end < whole.end)
        return list(marks.plain(before, "quiet")), list(marks.plain(after, "quiet"))

    def below(self, row: Row) -> list[Line]:
        """The list of changes, and what was counted without a mark."""
        if row.sort in ("left", "right"):
            return []
        entries, uncounted = marks.changes(row, self.page.subject, self.page.lang)
        told = flow(entries, self.page.width - 8, _CHANGE_LINES, lambda n: self._more(n + uncounted))
        note = self._quiet_note(row)
        if not told:
            return indented(spread([], note, self.page.width - 4), 4) if note else []
        *above, last = told
        return indented([*above, *spread(last, note, self.page.width - 6)], 4)

    def _more(self, left_out: int) -> Line:
        return [Piece("… " + message("count.others.places", self.page.lang, n=left_out), "quiet")]

    def _quiet_note(self, row: Row) -> Line:
        script, punctuation = marks.quiet_counts(row)
        if self.page.script or not (script or punctuation):
            return []
        counted = []
        if script:
            counted.append(message("show.script", self.page.lang, n=script))
        if punctuation:
            counted.append(message("show.punctuation", self.page.lang, n=punctuation))
        hint = message("parenthesis", self.page.lang, text=message("show.script.see", self.page.lang))
        return [Piece("▸ " + " · ".join(counted) + hint, "quiet")]

    def fold(self, fold: Fold) -> list[Line]:
        """One line: the paragraphs' numbers on each side, how many, how to see them."""
        key = _FOLDS[fold.sort]
        hint = message("parenthesis", self.page.lang, text=message("show.full", self.page.lang))
        told = Piece(f"  {message(key, self.page.lang, n=len(fold.rows))}{hint}", "quiet")
        left = self._range(self.page.subject.left, [row.left_at for row in fold.rows])
        right = self._range(self.page.subject.right, [row.right_at for row in fold.rows])
        if self.page.beside:
            return columns(
                wrap([*left, told], self.page.cells) if left else [],
                wrap(right if left else [*right, told], self.page.cells),
                self.page.cells,
            )
        ranges = joined([one for one in (left, right) if one], Piece(" ⇄ ", "quiet"))
        return wrapped([*ranges, told], self.page.width, 1)

    def _tone(self, row: Row) -> str:
        """Text of one side is quiet, and formula where it is to be greyed."""
        return "" if row.sort == "both" or (row.sort == "formula" and self.page.phrases == "show") else "quiet"

    def _range(self, document: Document, indexes: Iterable[int]) -> Line:
        known = sorted(index for index in indexes if index >= 0)
        if not known:
            return []
        first, last = self.page.number(document, known[0]), self.page.number(document, known[-1])
        return [Piece(first if first == last else f"{first} … {last}", "heading")]
