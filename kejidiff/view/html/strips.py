"""A pair of a large scan -> its passages alone, side by side, as far as there is room; no paragraph beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.model import Alignment, Comparison, Passage
from kejidiff.span import Span
from kejidiff.view.html import evidence
from kejidiff.view.html.facing import Block, Half, Row
from kejidiff.view.html.flank import Cell, Flank, flank
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.pairs import finding
from kejidiff.view.numbers import percent

#: Code points of one side: of all passages of a pair, of one passage, and of what stands around one in its paragraphs.
OF_PAIR: Final = 1800
OF_PASSAGE: Final = 700
AROUND: Final = 30
#: Passages shown of a pair.
PASSAGES: Final = 8


def strips(material: Material, comparison: Comparison, number: int) -> evidence.Facing:
    """The pair as the page lays it out, numbered as in its list of pairs."""
    listed = comparison.passages[:PASSAGES]
    shown = comparison._replace(alignment=Alignment(listed), formula=())
    rows = tuple(_rows(material, shown))
    found = evidence.facing(material, shown, number, (Block(rows),))
    left_out = len(comparison.passages) - len(rows)
    return found._replace(
        finding=finding(material, comparison),
        passages=found.passages._replace(rows=found.passages.rows[: len(rows)]),
        passages_told=material.say("pair.passages", n=len(comparison.passages)),
        passages_left_out=material.say("bulk.passages.left", n=left_out) if left_out else "",
    )


def _rows(material: Material, comparison: Comparison) -> Iterator[Row]:
    """Passages from the first on; one at least."""
    sides = tuple(_Strip(material, flank(material, comparison, side), set()) for side in ("left", "right"))
    room = OF_PAIR
    for number, passage in enumerate(comparison.passages, 1):
        here, there = _cut(passage)
        between = (material.term("tier", passage.tier), percent(passage.similarity))
        told = Markup("").join(fill("<span>{}</span>", part) for part in between)
        left = sides[0].half(number, here, passage.left, passage.left_paragraphs)
        yield Row(passage.tier, left, told, sides[1].half(number, there, passage.right, passage.right_paragraphs))
        room -= here.length
        if room <= 0:
            return


def _cut(passage: Passage) -> tuple[Span, Span]:
    """What is shown of a passage: on the right up to where the left one is cut."""
    left, right = passage.left, passage.right
    if left.length <= OF_PASSAGE:
        return left, Span(right.start, min(right.end, right.start + 2 * OF_PASSAGE))
    end = left.start + OF_PASSAGE
    here, there = left.start, right.start
    for edit in sorted(passage.edits):
        if edit.kind != "move" and here <= edit.left.end <= end:
            here, there = edit.left.end, edit.right.end
    return Span(left.start, end), Span(right.start, min(right.end, there + end - here, right.start + 2 * OF_PASSAGE))


class _Strip(NamedTuple):
    """One side of a pair; `placed` are the anchors of paragraphs that stand in the page already."""

    material: Material
    flank: Flank
    placed: set[str]

    def half(self, number: int, shown: Span, passage: Span, paragraphs: Sequence[int]) -> Half:
        """The paragraphs of the passage with this number, as far as they are shown."""
        own = tuple(stretch for stretch in self.flank.stretches if stretch.number == number)
        window = self._window(shown, passage)
        every = self.flank.document.paragraphs
        known = [every[index]._replace(span=every[index].span.clipped(window)) for index in paragraphs]
        known = [paragraph for paragraph in known if paragraph.span.length]
        document = replace(self.flank.document, paragraphs=tuple(known))
        excerpt = self.flank._replace(document=document, stretches=own)
        html = Markup("").join(self._placed(excerpt.cell(at)) for at in range(len(known)))
        if shown != passage:
            html += fill("<p>{}</p>", self.material.say("bulk.passage.cut", n=passage.end - shown.end))
        return Half(html)

    def _placed(self, cell: Cell) -> Markup:
        if cell.anchor in self.placed:
            return fill("<p>{}</p>", cell.html)
        self.placed.add(cell.anchor)
        return fill('<p id="{}">{}</p>', cell.anchor, cell.html)

    def _window(self, shown: Span, passage: Span) -> Span:
        """What is shown and a little around it, up to the next passage."""
        spans = [stretch.span for stretch in self.flank.stretches]
        before = max((span.end for span in spans if span.end <= passage.start), default=0)
        behind = min((span.start for span in spans if span.start >= passage.end), default=passage.end + AROUND)
        end = min(behind, shown.end + AROUND) if shown == passage else shown.end
        return Span(max(before, shown.start - AROUND), end)
