"""ScanResult -> the list of pairs: shares, paragraphs, changes, words, figures, and evidence for the first few."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kejidiff.model import Comparison, ScanResult
from kejidiff.span import Span
from kejidiff.view.messages import message
from kejidiff.view.numbers import count, numerator, percent
from kejidiff.view.terminal import marks, pair
from kejidiff.view.terminal.beyond import NOTHING, Beyond
from kejidiff.view.terminal.carried import brief, entries
from kejidiff.view.terminal.cells import Line, Piece, cut_line, line_width, text_width, wrap
from kejidiff.view.terminal.evidence import evidence
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, indented, labelled, spread
from kejidiff.view.terminal.rows import Subject

#: Pairs listed without `--all`; pairs told in full; the others get their line and their paragraphs only.
LISTED, _FULL = 10, 3

#: Cells from which evidence stands side by side, and from which names give way so that a pair keeps to one line.
_BESIDE, _ONE_LINE = 100, 110

#: Cells of a title that must be left then: four Hanzi and `…`, or a name is told by its id alone.
_TITLE = 10


def pairs(
    result: ScanResult, ids: dict[str, str], width: int, lang: str, everything: bool, beyond: Beyond = NOTHING
) -> list[Line]:
    """All pairs, strongest first, and how many are left out."""
    listed = result.comparisons if everything else result.comparisons[:LISTED]
    lines: list[Line] = []
    for place, comparison in enumerate(listed):
        entry = _Entry(result, comparison, ids, width, lang, everything)
        lines += [[], *entry.lines(place + 1, everything or place < _FULL, evidence=place < _FULL)]
    lines = lines[1:]
    if left_out := len(result.comparisons) - len(listed) + beyond.pairs:
        hint = message("parenthesis", lang, text=beyond.where or message("more.all", lang))
        lines += indented(wrap([Piece(f"… {message('more.pairs', lang, n=left_out)}{hint}", "quiet")], width - 1), 1)
    return lines


class _Entry(NamedTuple):
    result: ScanResult
    comparison: Comparison
    ids: dict[str, str]
    width: int
    lang: str
    everything: bool

    @property
    def indent(self) -> int:
        return 4 if self.width >= 40 else 1

    def lines(self, place: int, in_full: bool, evidence: bool) -> list[Line]:
        facts = pair.paragraphs(self.comparison, self.lang)
        facts += [*pair.relation(self.comparison, self.lang), pair.direction(self.comparison, self.lang)]
        told = flow([fact for fact in facts if fact], self.width - self.indent, separator=SEPARATOR)
        lines = [*self._head(place), *indented(told, self.indent)]
        return lines + self._details(evidence) if in_full else lines

    def _head(self, place: int) -> list[Line]:
        shares = self._shares()
        number = [Piece(f"{count(place):>2}  ", "quiet")] if self.indent == 4 else [Piece(f"{count(place)} ", "quiet")]
        left, right = self._name(self.comparison.left), self._name(self.comparison.right)
        arrow = Piece("  ⇄  ", "quiet")
        room = self.width - line_width(number)
        free = room - line_width([*left, arrow, *right, GAP]) - line_width(shares)
        half = (room - line_width([arrow, GAP]) - line_width(shares)) // 2
        told = max(text_width(name[0].text) for name in (left, right)) + _TITLE <= half
        if free >= 0 or (self.width >= _ONE_LINE and told):
            if free < 0:
                left, right = cut_line(left, half), cut_line(right, half)
            return spread([*number, *left, arrow, *right], shares, self.width)
        blank = Piece(" " * line_width(number))
        if room >= line_width([*left, arrow, *right]):
            lines = [[*left, arrow, *right]]
        else:
            lines = [cut_line(left, room), cut_line([Piece("⇄ ", "quiet"), *right], room)]
        lines += wrap(shares, room)
        return [[*number, *lines[0]], *([blank, *line] for line in lines[1:])]

    def _name(self, identity: str) -> Line:
        title = marks.shown(self.result.document(identity).title)
        return [Piece(marks.shown(self.ids[identity]), "strong"), Piece(f" {title}")]

    def _shares(self) -> Line:
        """`左 97.4%（5,486 / 5,633 字）   右 97.6%（5,501 / 5,636 字）`."""
        line: Line = []
        for side, identity, reuse in (
            ("left", self.comparison.left, self.comparison.left_reuse),
            ("right", self.comparison.right, self.comparison.right_reuse),
        ):
            whole = self.result.document(identity).countable
            counts = message("count.fraction", self.lang, part=numerator(reuse, whole), whole=whole)
            line += [
                Piece(f"{'   ' if line else ''}{message(f'side.{side}', self.lang)} ", "quiet"),
                Piece(percent(reuse), "number"),
                Piece(message("parenthesis", self.lang, text=counts), "quiet"),
            ]
        return line

    def _details(self, evidence: bool) -> list[Line]:
        comparison, lang = self.comparison, self.lang
        left, right = (self.result.document(one) for one in (comparison.left, comparison.right))
        subject = Subject(comparison, left, right, self.result.text_of(left), self.result.text_of(right))

        def example(here: Span, there: Span) -> str:
            return marks.in_words(here.of(subject.left_text), there.of(subject.right_text))

        words = [pair.substitution(one) for one in comparison.substitutions]
        figures = pair.figures(comparison.figures, example, lang)
        fragments = len(comparison.alignment.fragments)
        formula = pair.formula(comparison, left, lang)
        lines = [
            *self._labelled("pair.kinds", pair.kinds(comparison, lang), SEPARATOR),
            *self._labelled("pair.substitutions", words),
            *self._labelled("pair.figures", figures, SEPARATOR),
            *self._labelled("pair.carried", [brief(one, lang) for one in entries(subject)], SEPARATOR, "places"),
        ]
        if formula:
            lines += indented(wrap(formula, self.width - self.indent), self.indent)
        if fragments:
            lines += indented([[Piece(message("pair.fragments", lang, n=fragments), "quiet")]], self.indent)
        return lines + (self._evidence(subject) if evidence and subject.left_text else [])

    def _labelled(self, key: str, entries: Sequence[Line], separator: Piece = GAP, what: str = "") -> list[Line]:
        """`what` is left out where there are too many: kinds of changes, or `places`."""
        more = None if self.everything else (lambda left_out: self._more(left_out, what))
        return self._beside(key, lambda room: flow(entries, room, 2, more, separator) if entries else [])

    def _beside(self, key: str, fill: Callable[[int], list[Line]]) -> list[Line]:
        keys = ["pair.kinds", "pair.substitutions", "pair.figures", "pair.example"]
        if self.comparison.left_overs or self.comparison.mistakes:
            keys.append("pair.carried")
        cells = 2 + max(text_width(message(one, self.lang)) for one in keys)
        return labelled(message(key, self.lang), cells, self.width, fill, self.indent)

    def _more(self, left_out: int, what: str = "") -> Line:
        hint = message("parenthesis", self.lang, text="--all")
        told = message("count.others.places" if what else "count.others", self.lang, n=left_out)
        return [Piece(f"… {told}{hint}", "quiet")]

    def _evidence(self, subject: Subject) -> list[Line]:
        return self._beside("pair.example", lambda room: evidence(subject, room, beside=self.width >= _BESIDE))
