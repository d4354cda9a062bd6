"""One document of a comparison -> its paragraphs as marked-up cells.

A *flank* is a document on its side of one comparison: its text, and the passages in the order they have on that side.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from kejidiff.model import Comparison, Document, Edit
from kejidiff.span import Span
from kejidiff.view.html.anchors import paragraph_anchor, passage_anchor
from kejidiff.view.html.marks import KIND_CLASSES, KIND_TAGS, shower
from kejidiff.view.html.material import Material
from kejidiff.view.html.spots import Spots, spots, spotted
from kejidiff.view.segments import Side, segments


class Cell(NamedTuple):
    """A paragraph as HTML with its number before it, the name of its place, and whether it has a share in a passage."""

    anchor: str
    html: Markup
    reused: bool


class Stretch(NamedTuple):
    """A passage on one side. `edits` ascend by `starts` there; `number` counts from 1 in the record's order."""

    span: Span
    number: int
    anchor: str
    edits: tuple[Edit, ...]
    starts: list[int]


class Flank(NamedTuple):
    comparison: Comparison
    document: Document
    text: str
    side: Side
    stretches: tuple[Stretch, ...]
    spots: Spots

    def anchor(self, index: int) -> str:
        """The place of a paragraph (index into `Document.paragraphs`) in this comparison."""
        number = self.document.paragraphs[index].number
        return paragraph_anchor(self.comparison.left, self.comparison.right, self.side, number)

    def number(self, index: int) -> str:
        """A paragraph's number as people see it, leading to its place."""
        return f'<a class="no" href="#{self.anchor(index)}">¶{self.document.paragraphs[index].number}</a>'

    def cell(self, index: int) -> Cell:
        """The paragraph with this index into `Document.paragraphs`."""
        window = self.document.paragraphs[index].span
        inside = self._inside(window)
        return Cell(
            self.anchor(index), Markup("".join((self.number(index), *self._parts(window, inside)))), bool(inside)
        )

    def _parts(self, window: Span, inside: Sequence[Stretch]) -> Iterator[str]:
        position = window.start
        show = shower(window.of(self.text))
        for stretch in inside:
            span = stretch.span.clipped(Span(position, window.end))
            yield self._outside(position, span.start)
            if span.start == stretch.span.start:
                yield self._begins(stretch)
            yield from self._edited(stretch, span, show)
            position = span.end
        if inside:
            yield self._outside(position, window.end)
        else:
            yield spotted(self.text, window.start, window.end, self.spots)

    def _inside(self, window: Span) -> Sequence[Stretch]:
        first = bisect_right(self.stretches, window.start, key=lambda stretch: stretch.span.end)
        last = bisect_left(self.stretches, window.end, key=lambda stretch: stretch.span.start)
        return self.stretches[first:last]

    def _outside(self, start: int, end: int) -> str:
        return f'<span class="o">{spotted(self.text, start, end, self.spots)}</span>' if start < end else ""

    def _begins(self, stretch: Stretch) -> str:
        """The passage's number; on the left it is the place that the number leads to."""
        place = f' id="{stretch.anchor}"' if self.side == "left" else ""
        return f'<a class="n"{place} href="#{stretch.anchor}">§{stretch.number}</a>'

    def _edited(self, stretch: Stretch, span: Span, show: Callable[[str], str]) -> Iterator[str]:
        first = max(0, bisect_left(stretch.starts, span.start) - 1)
        edits = stretch.edits[first : bisect_right(stretch.starts, span.end)]
        position = span.start
        for segment in segments(self.text, span, edits, self.side):
            end = position + len(segment.text)
            inner = spotted(self.text, position, end, self.spots, show)
            if segment.kind is None:
                yield inner
            elif inner:
                begins, ends = KIND_TAGS[segment.kind]
                yield f"{begins}{inner}{ends}"
            else:
                yield f'<b class="{KIND_CLASSES[segment.kind]}"></b>'
            position = end


def flank(material: Material, comparison: Comparison, side: Side) -> Flank:
    """The left or the right document of a comparison."""
    of_side = attrgetter(side)
    document = material.documents[of_side(comparison)]
    stretches = []
    for number, passage in enumerate(comparison.passages, 1):
        # by their place on this side: the halves of a move may stand in another order here than on the left
        edits = tuple(sorted(passage.edits, key=of_side))
        anchor = passage_anchor(comparison.left, comparison.right, number)
        starts = [of_side(edit).start for edit in edits]
        stretches.append(Stretch(of_side(passage), number, anchor, edits, starts))
    known = spots(material, document)
    return Flank(comparison, document, material.texts[document.id], side, tuple(sorted(stretches)), known)
