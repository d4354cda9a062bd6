"""A draft's comparisons, what is left out of the verdict -> its figures, its sources by rank, its passages.

What is left out leaves the figures passage by passage: text that stands in a judged passage as well still counts, since
shares are of the union. A passage is known again by the digest of its folded text, which neither other script nor
another place in the draft changes.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from kejidiff.measure.reuse import covered, reuse_by_document
from kejidiff.model import Comparison, Document, Passage, ReuseStats
from kejidiff.model.check import Judged, RankedSource
from kejidiff.span import Span

#: Hexadecimal digits of a digest: 128 bits, far more than chance or a million passages can bring together.
_DIGITS = 32


class Partner(NamedTuple):
    """What a draft shares with one document, seen from the draft: `left` where the draft is the left side."""

    comparison: Comparison
    left: bool

    @property
    def source(self) -> str:
        return self.comparison.right if self.left else self.comparison.left

    def spans(self, passage: Passage) -> tuple[Span, Span]:
        """In the draft, and over there."""
        return (passage.left, passage.right) if self.left else (passage.right, passage.left)

    def paragraphs(self, passage: Passage) -> tuple[int, ...]:
        return passage.left_paragraphs if self.left else passage.right_paragraphs


def partners(draft: Document, comparisons: Iterable[Comparison]) -> tuple[Partner, ...]:
    """The comparisons that the draft is a side of."""
    return tuple(
        Partner(comparison, comparison.left == draft.id)
        for comparison in comparisons
        if draft.id in (comparison.left, comparison.right)
    )


def digest(draft: Document, span: Span) -> str:
    """What a passage is known by in a baseline, an ignore file, a fingerprint of SARIF."""
    return sha256(draft.folded.within(span).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def passages_of(draft: Document, shared: Sequence[Partner]) -> tuple[Judged, ...]:
    """Every passage of the draft, by place; all of them judged so far."""
    found = [
        Judged(partner.source, passage, *partner.spans(passage), digest(draft, partner.spans(passage)[0]))
        for partner in shared
        for passage in partner.comparison.passages
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.source)))


def figures(
    draft: Document, shared: Sequence[Partner], passages: Iterable[Judged], stock: Sequence[Span]
) -> ReuseStats:
    """The draft's figures over these of its passages only. `stock`: where stock phrases stand."""
    kept: dict[str, list[Passage]] = {partner.source: [] for partner in shared}
    for one in passages:
        kept[one.source].append(one.passage)
    comparisons = [_with(partner.comparison, kept[partner.source]) for partner in shared]
    return reuse_by_document([draft], comparisons, {draft.id: list(stock)})[draft.id]


def ranked(
    draft: Document, shared: Sequence[Partner], documents: dict[str, Document], own: frozenset[str]
) -> tuple[RankedSource, ...]:
    """The documents that the draft shares passages with, the greatest share first."""
    sources = [
        _ranked(draft, partner, documents[partner.source], partner.source in own)
        for partner in shared
        if partner.comparison.passages
    ]
    return tuple(sorted(sources, key=lambda source: (-source.characters, source.id)))


def _ranked(draft: Document, partner: Partner, source: Document, own: bool) -> RankedSource:
    passages = partner.comparison.passages
    characters = covered(draft, [partner.spans(passage)[0] for passage in passages])
    return RankedSource(
        id=source.id,
        path=source.path,
        title=source.title,
        share=characters / draft.countable if draft.countable else 0.0,
        characters=characters,
        relation=partner.comparison.relation,
        paragraphs=tuple(
            sorted({draft.paragraphs[index].number for passage in passages for index in partner.paragraphs(passage)})
        ),
        own=own,
    )


def _with(comparison: Comparison, passages: Sequence[Passage]) -> Comparison:
    return comparison._replace(alignment=comparison.alignment._replace(passages=tuple(passages)))
