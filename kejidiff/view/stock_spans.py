"""ScanResult -> where text stands that is nobody's own: stock phrases, formula, what is found in stock sources.

Views grey it. Of a passage that a document shares with a stock source only what is equal there is greyed, not what was
filled in, left out or rewritten.
"""

from collections import defaultdict

from kejidiff.model import EditKind, Passage, ScanResult
from kejidiff.span import Span, merged, without

#: Edits whose text on one side has no counterpart on the other, or none that resembles it.
_OWN: frozenset[EditKind] = frozenset({"insertion", "deletion", "replacement"})


def stock_spans(result: ScanResult, phrases: str) -> dict[str, tuple[Span, ...]]:
    """By document id, ascending and disjoint; nothing unless `phrases` is `grey`."""
    if phrases != "grey":
        return {}
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for phrase in result.stock_phrases:
        for document_id, span in phrase.spans:
            spans[document_id].append(span)
    for comparison in result.comparisons:
        spans[comparison.left] += [passage.left for passage in comparison.formula]
        spans[comparison.right] += [passage.right for passage in comparison.formula]
    for document_id, sources in result.from_stock.items():
        spans[document_id] += [span for source in sources for passage in source.passages for span in _equal(passage)]
    return {document_id: merged(found) for document_id, found in spans.items()}


def _equal(passage: Passage) -> tuple[Span, ...]:
    return without(passage.left, [edit.left for edit in passage.edits if edit.kind in _OWN])
