"""A comparison and its two documents -> rows of a side-by-side view: what stands beside what, and what differs there.

Terms: a *row* shows a stretch of the left text, one of the right, or both; an *excerpt* is a row for a passage inside
paragraphs that are not paired; an edit of kind `move` in a row stands for text that is found in another paragraph of
the other side; a *fold* is a run of rows shown as one line.

Rows stand in the left document's order. Paragraphs of the right that nothing on the left answers to stand before the
pair they precede. Limitation: text of paired paragraphs outside every passage counts as absent on the other side,
but for what both begin or end with.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from kejidiff.model import Comparison, Document, Edit, ParagraphPair, Passage
from kejidiff.span import Span, without
from kejidiff.view.terminal.palette import UNMARKED
from kejidiff.view.terminal.strands import in_order, joined_characters, lies_in, strand_between

#: Equal characters below which an excerpt would tell no more than the marks of the rows around it.
EXCERPT_FLOOR = 6


class Row(NamedTuple):
    """What is shown beside what.

    left, right        windows of the original texts; None where this side has nothing
    left_at, right_at  indexes of the paragraphs they lie in
    edits              ascending on both sides, disjoint; between two of them both originals are equal
    pair               None for excerpts and for paragraphs of one side only
    passage            of an excerpt: what it is cut from
    elsewhere          by edit of kind `move`: the number (¶n) of the paragraph on the other side
    formula            True where the two hold one text that neither wrote
    """

    left: Span | None
    right: Span | None
    left_at: int = -1
    right_at: int = -1
    edits: tuple[Edit, ...] = ()
    pair: ParagraphPair | None = None
    passage: Passage | None = None
    elsewhere: Mapping[Edit, int] = MappingProxyType({})
    formula: bool = False

    @property
    def excerpt(self) -> bool:
        return self.passage is not None

    def differs(self, script: bool) -> bool:
        """True where something is to be marked; with `script`, also what differs in script or punctuation only."""
        return any(script or edit.kind not in UNMARKED for edit in self.edits)

    @property
    def sort(self) -> Literal["both", "left", "right", "formula"]:
        if self.left is not None and self.right is not None:
            return "formula" if self.formula else "both"
        return "left" if self.right is None else "right"


class Fold(NamedTuple):
    """Consecutive rows of one sort shown as one line: pairs without a difference, text of one side, formula."""

    sort: Literal["both", "left", "right", "formula"]
    rows: tuple[Row, ...]


class Subject(NamedTuple):
    """A comparison with all that its rows are cut from; the texts are those of the whole files.

    left_quiet, right_quiet   stretches shown in quiet tone: stock phrases, formula, text of stock sources
    """

    comparison: Comparison
    left: Document
    right: Document
    left_text: str
    right_text: str
    left_quiet: Sequence[Span] = ()
    right_quiet: Sequence[Span] = ()


def rows(subject: Subject) -> tuple[Row, ...]:
    """Every paragraph of both documents in at least one row, in the order the module docstring gives.

    Title lines that are in no pair are left out: every view prints titles above.
    """
    return tuple(_Builder(subject).rows())


def folded(
    every: Sequence[Row], context: int, full: bool, script: bool, formula: bool = False
) -> tuple[Row | Fold, ...]:
    """Rows that differ, excerpts, and `context` rows around them stay; the others become folds (none where `full`).

    Rows of formula do not count as differing, unless `formula` says so.
    """
    if full:
        return tuple(every)
    kept = set[int]()
    for place, row in enumerate(every):
        if (row.excerpt or (row.pair and row.differs(script))) and (formula or not row.formula):
            kept.update(range(place - context, place + context + 1))
    shown: list[Row | Fold] = []
    for place, row in enumerate(every):
        before = shown[-1] if shown else None
        if place in kept:
            shown.append(row)
        elif isinstance(before, Fold) and before.sort == row.sort:
            shown[-1] = Fold(row.sort, (*before.rows, row))
        else:
            shown.append(Fold(row.sort, (row,)))
    return tuple(shown)


class _Builder:
    """One use each: the passages sorted by the paragraphs they touch, so that a row looks at its own only."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        comparison = subject.comparison
        self.pairs = {pair.left: pair for pair in (*comparison.formula_pairs, *comparison.pairs)}
        self.formula = frozenset(comparison.formula_pairs), frozenset(comparison.formula)
        self.passages = sorted((*comparison.passages, *comparison.formula), key=lambda passage: passage.left)
        self.by_left: dict[int, list[Passage]] = defaultdict(list)
        self.by_right: dict[int, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            for index in passage.left_paragraphs:
                self.by_left[index].append(passage)
            for index in passage.right_paragraphs:
                self.by_right[index].append(passage)

    def rows(self) -> Iterator[Row]:
        left, right = self.subject.left.paragraphs, self.subject.right.paragraphs
        taken = {pair.right for pair in self.pairs.values()}
        excerpts = self._excerpts()
        quoted = {row.right_at for found in excerpts.values() for row in found}
        lone = [
            index
            for index, paragraph in enumerate(right)
            if paragraph.number and index not in taken and index not in quoted
        ]
        told = 0
        for index, paragraph in enumerate(left):
            pair = self.pairs.get(index)
            if pair:
                while not pair.moved and told < len(lone) and lone[told] < pair.right:
                    yield Row(None, right[lone[told]].span, right_at=lone[told])
                    told += 1
                yield self._paired(pair)
            elif paragraph.number and index not in excerpts:
                yield Row(paragraph.span, None, left_at=index)
            yield from excerpts.get(index, ())
        for index in lone[told:]:
            yield Row(None, right[index].span, right_at=index)

    def _paired(self, pair: ParagraphPair) -> Row:
        left = self.subject.left.paragraphs[pair.left].span
        right = self.subject.right.paragraphs[pair.right].span
        elsewhere: dict[Edit, int] = {}
        edits: list[Edit] = []
        here, there = left.start, right.start
        strands = in_order(
            [strand for passage in self.by_left[pair.left] if (strand := strand_between(passage, left, right))]
        )
        for strand in strands:
            edits += self._gap(pair, Span(here, strand.left.start), Span(there, strand.right.start), elsewhere)
            edits += strand.edits
            here, there = strand.left.end, strand.right.end
        edits += self._gap(pair, Span(here, left.end), Span(there, right.end), elsewhere)
        return Row(
            left, right, pair.left, pair.right, tuple(edits), pair, None, elsewhere, formula=pair in self.formula[0]
        )

    def _gap(self, pair: ParagraphPair, left: Span, right: Span, elsewhere: dict[Edit, int]) -> Iterator[Edit]:
        """Edits for what no passage joins between two places: found elsewhere, or on one side only."""
        left, right = _unlike(self.subject.left_text, left, self.subject.right_text, right)
        if not (_tells(left.of(self.subject.left_text)) or _tells(right.of(self.subject.right_text))):
            if left.length or right.length:
                yield Edit("punctuation", left, right)
            return
        for span, number in self._answers(left, self.by_left[pair.left], self.subject.left_text, "left"):
            edit = Edit("move" if number >= 0 else "deletion", span, Span(right.start, right.start))
            if number >= 0:
                elsewhere[edit] = number
            yield edit
        for span, number in self._answers(right, self.by_right[pair.right], self.subject.right_text, "right"):
            edit = Edit("move" if number >= 0 else "insertion", Span(left.end, left.end), span)
            if number >= 0:
                elsewhere[edit] = number
            yield edit

    def _answers(
        self, window: Span, passages: Iterable[Passage], text: str, side: Literal["left", "right"]
    ) -> Iterator[tuple[Span, int]]:
        """`window` cut into stretches, each with the number of the other side's paragraph that holds it, or -1."""
        found: list[tuple[Span, int]] = []
        for passage in passages:
            own = (passage.left if side == "left" else passage.right).clipped(window)
            if own.length and _tells(own.of(text)):
                found.append((own, self._opposite(passage, own.start, side)))
        found += [(rest, -1) for rest in without(window, [span for span, _ in found])]
        last = window.start
        for span, number in sorted(found):
            if span.start >= last:
                yield span, number
                last = span.end

    def _opposite(self, passage: Passage, offset: int, side: Literal["left", "right"]) -> int:
        """The number of the other side's paragraph that answers to `offset`; 0 where it lies in none."""
        own, other = (passage.left, passage.right) if side == "left" else (passage.right, passage.left)
        place = other.start + (offset - own.start)
        for edit in passage.edits:
            near, far = (edit.left, edit.right) if side == "left" else (edit.right, edit.left)
            if near.start > offset:
                break
            place = far.end + max(0, offset - near.end)
        document = self.subject.right if side == "left" else self.subject.left
        index, _ = lies_in(document.paragraphs, place)
        return document.paragraphs[index].number if index >= 0 else 0

    def _excerpts(self) -> dict[int, list[Row]]:
        """By left paragraph: rows for what passages join between paragraphs that are no pair."""
        found: dict[int, list[Row]] = defaultdict(list)
        left, right = self.subject.left.paragraphs, self.subject.right.paragraphs
        paired = {(pair.left, pair.right) for pair in self.pairs.values()}
        for passage in self.passages:
            if self._all_paired(passage):
                continue
            for (index, other), equal in sorted(joined_characters(passage, left, right).items()):
                if equal < EXCERPT_FLOOR or (index, other) in paired:
                    continue
                if strand := strand_between(passage, left[index].span, right[other].span):
                    found[index].append(
                        Row(strand.left, strand.right, index, other, strand.edits, None, passage)._replace(
                            formula=passage in self.formula[1]
                        )
                    )
        return found

    def _all_paired(self, passage: Passage) -> bool:
        """True where each paragraph of the passage is paired with another one of it, as nearly always."""
        partners = [pair.right for index in passage.left_paragraphs if (pair := self.pairs.get(index))]
        return len(partners) == len(passage.left_paragraphs) and sorted(partners) == list(passage.right_paragraphs)


def _unlike(left_text: str, left: Span, right_text: str, right: Span) -> tuple[Span, Span]:
    """Both spans without what they begin and end with in common."""
    one, other = left.of(left_text), right.of(right_text)
    shortest = min(len(one), len(other))
    head = next((k for k in range(shortest) if one[k] != other[k]), shortest)
    shortest -= head
    tail = next((k for k in range(shortest) if one[-1 - k] != other[-1 - k]), shortest)
    return Span(left.start + head, left.end - tail), Span(right.start + head, right.end - tail)


def _tells(text: str) -> bool:
    """True where there is a letter, digit or Hanzi: more than punctuation and blanks."""
    return any(map(str.isalnum, text))
