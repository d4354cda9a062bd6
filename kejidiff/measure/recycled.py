"""A scan of kept documents -> the paragraphs that a later one has from an earlier one, and what is shared without them.

A paragraph goes only where its partner, in an earlier document, stays: each removal was seen beside the very text that
is kept, so slightly changed copies of copies do not add up to a text that nobody has any more. Stock phrases and
formula are no recycled text, headings are nobody's; both stay.
"""

from collections.abc import Mapping, Sequence

from kejidiff.measure.duplicates import year
from kejidiff.measure.reuse import covered
from kejidiff.model import Comparison, Document, ScanResult, Tier
from kejidiff.model.dedup import Keep, Removal
from kejidiff.span import Span, merged, without

#: Countable characters below which a paragraph is a heading or a line of a list: the shortest sentence that alignment
#: takes for a passage by itself (`AlignOptions.sentence`).
SHORT = 20

#: Share of a paragraph in stock phrases from which it is nobody's.
_STOCK = 0.5

_TIERS: tuple[Tier, ...] = ("verbatim", "light", "rewritten")


def precedence(documents: Sequence[Document], keep: Keep) -> tuple[str, ...]:
    """Ids in the order in which a paragraph counts as had before: by path for `first`, by length for `longest`, else by
    the year in the title and then by path."""
    places = {document.id: at for at, document in enumerate(documents)}

    def key(document: Document) -> tuple[int, int]:
        if keep == "first":
            return 0, places[document.id]
        return (-document.countable if keep == "longest" else year(document)), places[document.id]

    return tuple(document.id for document in sorted(documents, key=key))


def find_recycled(scan: ScanResult, order: Sequence[str], tier: Tier) -> dict[str, tuple[Removal, ...]]:
    """By id of each document that loses any: its recycled paragraphs, ascending."""
    accepted = _TIERS[: _TIERS.index(tier) + 1]
    rank = {name: at for at, name in enumerate(order)}
    partners: dict[str, list[tuple[float, int, str, int, Tier]]] = {}
    for one in scan.comparisons:
        later, earlier = (one.right, one.left) if rank[one.left] < rank[one.right] else (one.left, one.right)
        for pair in one.pairs:
            if pair.tier in accepted:
                at, origin = (pair.right, pair.left) if later == one.right else (pair.left, pair.right)
                partners.setdefault(later, []).append((-pair.similarity, at, earlier, origin, pair.tier))
    by_id = {document.id: document for document in scan.documents}
    stock: dict[str, list[Span]] = {}
    for phrase in scan.stock_phrases:
        for name, span in phrase.spans:
            stock.setdefault(name, []).append(span)
    gone: set[tuple[str, int]] = set()
    removed: dict[str, tuple[Removal, ...]] = {}
    for name in order:
        document, taken = by_id[name], {}
        for against, at, earlier, origin, found in sorted(
            partners.get(name, ()), key=lambda one: (one[0], rank[one[2]])
        ):
            if at not in taken and (earlier, origin) not in gone and _is_own(document, at, stock.get(name, ())):
                place = by_id[earlier].paragraphs[origin].span
                taken[at] = Removal(document.paragraphs[at].span, earlier, place, -against, found)
        gone |= {(name, at) for at in taken}
        if taken:
            removed[name] = tuple(taken[at] for at in sorted(taken))
    return removed


def _is_own(document: Document, at: int, stock: Sequence[Span]) -> bool:
    """True for a paragraph of the body that says something particular."""
    paragraph = document.paragraphs[at]
    size = document.countable_in(paragraph.span)
    if paragraph.number == 0 or size < SHORT:
        return False
    return covered(document, [span.clipped(paragraph.span) for span in stock]) < _STOCK * size


def remaining_shares(
    left: Document, right: Document, comparison: Comparison, removed: Mapping[str, Sequence[Removal]]
) -> tuple[float, float]:
    """Shares of both documents that still stand in the other when `removed` is taken out of either."""
    if comparison.left not in removed and comparison.right not in removed:
        return comparison.left_reuse, comparison.right_reuse
    gone = [{removal.span for removal in removed.get(one.id, ())} for one in (left, right)]
    holes: tuple[list[Span], list[Span]] = (list(gone[0]), list(gone[1]))
    for pair in comparison.pairs:
        spans = left.paragraphs[pair.left].span, right.paragraphs[pair.right].span
        if spans[0] in gone[0] or spans[1] in gone[1]:
            holes[0].append(spans[0])
            holes[1].append(spans[1])
    own = [passage.left for passage in comparison.passages], [passage.right for passage in comparison.passages]
    shares = []
    for document, passages, taken, lost in zip((left, right), own, holes, gone, strict=True):
        still = [piece for span in merged(passages) for piece in without(span, taken)]
        whole = document.countable - covered(document, lost)
        shares.append(covered(document, still) / whole if whole > 0 else 0.0)
    return shares[0], shares[1]
