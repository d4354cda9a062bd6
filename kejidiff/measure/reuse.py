"""Comparisons -> reuse statistics by document: the union of what is shared with others, parted by tier.

知网's 总文字复制比 is `ReuseStats.total`, 单篇最大文字复制比 `ReuseStats.single`; both over countable characters.
"""

from collections.abc import Iterable, Sequence

from kejidiff.model import Alignment, Comparison, Document, ReuseStats, Tier
from kejidiff.span import Span, merged, near, without

_TIERS: tuple[Tier, ...] = ("verbatim", "light", "rewritten")


def reuse_by_document(
    documents: Sequence[Document], comparisons: Iterable[Comparison], stock: dict[str, list[Span]]
) -> dict[str, ReuseStats]:
    """Statistics by id of these documents, whatever else the comparisons are about; `stock` holds the spans of stock
    phrases by document id, formula joins them."""
    tiered: dict[str, list[tuple[Tier, Span]]] = {document.id: [] for document in documents}
    largest: dict[str, int] = dict.fromkeys(tiered, 0)
    longest: dict[str, int] = dict.fromkeys(tiered, 0)
    by_id = {document.id: document for document in documents}
    formula: dict[str, list[Span]] = {document.id: list(stock.get(document.id, ())) for document in documents}
    for comparison in comparisons:
        for side, own in ((comparison.left, "left"), (comparison.right, "right")):
            if side not in by_id:
                continue
            document = by_id[side]
            spans = spans_by_tier(document, comparison.alignment, own == "left")
            tiered[side] += spans
            largest[side] = max(largest[side], covered(document, [span for _, span in spans]))
            formula[side] += [passage.left if own == "left" else passage.right for passage in comparison.formula]
            longest[side] = max([longest[side], *(passage.longest_run for passage in comparison.passages)])
    return {
        document.id: _stats(document, tiered[document.id], largest[document.id], longest[document.id], formula)
        for document in documents
    }


def spans_by_tier(document: Document, alignment: Alignment, left: bool) -> list[tuple[Tier, Span]]:
    """The document's passages, each cut at its paired paragraphs, which have tiers of their own."""
    pairs = [(pair.left if left else pair.right, pair.tier) for pair in alignment.pairs]
    spans: list[tuple[Tier, Span]] = []
    for passage in alignment.passages:
        own = passage.left if left else passage.right
        paired = [
            (tier, document.paragraphs[index].span.clipped(own))
            for index, tier in pairs
            if document.paragraphs[index].span.overlaps(own)
        ]
        spans += paired
        spans += [(passage.tier, rest) for rest in without(own, [span for _, span in paired])]
    return spans


def covered(document: Document, spans: Iterable[Span]) -> int:
    """Countable characters of the document inside the union of `spans`."""
    return sum(document.countable_in(span) for span in merged(spans))


def _stats(
    document: Document, tiered: list[tuple[Tier, Span]], largest: int, longest: int, stock: dict[str, list[Span]]
) -> ReuseStats:
    """What several passages share counts once, at the tier nearest to verbatim."""
    counts: dict[Tier, int] = {}
    before = 0
    seen: list[Span] = []
    for tier in _TIERS:
        seen += [span for own, span in tiered if own == tier]
        reached = covered(document, seen)
        counts[tier] = reached - before
        before = reached
    reused = merged(seen)
    phrases = [rest for span in merged(stock.get(document.id, [])) for rest in without(span, near(reused, span))]
    return ReuseStats(
        countable=document.countable,
        verbatim=counts["verbatim"],
        light=counts["light"],
        rewritten=counts["rewritten"],
        largest_single=largest,
        stock=covered(document, phrases),
        longest_run=longest,
    )
