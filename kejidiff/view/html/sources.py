"""A document's comparisons -> its sources, and which stretch of it has the colour of which.

Sources are the documents it shares passages with, numbered from the one that shares most. Where passages of several
overlap, a stretch has the colour of the first of them, and the tier it has there: a paragraph that is paired has a tier
of its own, what else a passage holds has the passage's (as the counts of reuse have it).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kejidiff.model import Comparison, Document, Tier
from kejidiff.span import Span, without
from kejidiff.view.html.anchors import paragraph_anchor
from kejidiff.view.html.marks import TIER_CLASSES
from kejidiff.view.html.material import Material
from kejidiff.view.segments import Side

#: Colours of report.css; the seventh source has the first one's again, its number tells them apart.
COLOURS: Final = 6


class Source(NamedTuple):
    """`number` counts from 1; `side` is the side of the comparison on which the document (not the source) is."""

    number: int
    comparison: Comparison
    side: Side
    laid_out: bool

    @property
    def colour(self) -> str:
        """The class that gives it its colour."""
        return f"s{(self.number - 1) % COLOURS + 1}"

    @property
    def share(self) -> float:
        """How much of the document it holds, 0 to 1."""
        return self.comparison.left_reuse if self.side == "left" else self.comparison.right_reuse

    @property
    def other(self) -> str:
        """The source's document id."""
        return self.comparison.right if self.side == "left" else self.comparison.left

    def place(self, number: int) -> str | None:
        """Where the document's paragraph `number` stands beside this source, if the page shows that."""
        found = self.comparison
        return paragraph_anchor(found.left, found.right, self.side, number) if self.laid_out else None


class Piece(NamedTuple):
    """A stretch of the document that a source holds."""

    span: Span
    tier: Tier
    source: Source

    @property
    def classes(self) -> str:
        return f"{self.source.colour} {TIER_CLASSES[self.tier]}"


def sources(material: Material, document_id: str) -> tuple[Source, ...]:
    """The document's sources, the one that shares most first; equal ones in the order of the scan."""

    def sided(comparison: Comparison) -> Source:
        side: Side = "left" if comparison.left == document_id else "right"
        return Source(0, comparison, side, material.comparison_target(comparison) is not None)

    found = sorted(map(sided, material.of_document[document_id]), key=lambda source: -source.share)
    return tuple(source._replace(number=number) for number, source in enumerate(found, 1))


def held(document: Document, source: Source) -> tuple[Piece, ...]:
    """What one source holds of the document: its passages, cut at the paragraphs that are paired; ascending."""
    on_left = source.side == "left"
    passages = sorted(
        (passage.left if on_left else passage.right, place) for place, passage in enumerate(source.comparison.passages)
    )
    tiers = [passage.tier for passage in source.comparison.passages]
    paired = sorted((pair.left if on_left else pair.right, pair.tier) for pair in source.comparison.pairs)
    own = [(document.paragraphs[index].span, tier) for index, tier in paired]
    return tuple(
        Piece(part, tier, source) for span, place in passages for part, tier in _parted(span, tiers[place], own)
    )


def _parted(span: Span, tier: Tier, own: Sequence[tuple[Span, Tier]]) -> Iterator[tuple[Span, Tier]]:
    first = bisect_right(own, span.start, key=lambda pair: pair[0].end)
    last = bisect_left(own, span.end, key=lambda pair: pair[0].start)
    position = span.start
    for paragraph, its_tier in own[first:last]:
        inside = paragraph.clipped(span)
        if position < inside.start:
            yield Span(position, inside.start), tier
        yield inside, its_tier
        position = inside.end
    if position < span.end:
        yield Span(position, span.end), tier


def coloured(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of several sources, the first source's first, without what an earlier one has coloured already: disjoint,
    ascending."""
    painted: list[Piece] = []
    for piece in pieces:
        first = bisect_right(painted, piece.span.start, key=lambda other: other.span.end)
        last = bisect_left(painted, piece.span.end, key=lambda other: other.span.start)
        for rest in without(piece.span, [other.span for other in painted[first:last]]):
            painted.insert(bisect_left(painted, rest, key=lambda other: other.span), piece._replace(span=rest))
    return painted
