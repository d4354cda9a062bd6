"""A draft, documents that hold verbatim runs of it -> comparisons with these runs as fragments and nothing else.

For documents of a large library that share too little with a draft to be aligned with it (`library/verbatim`). Their
fragments are found as those of any two documents are, and those go that are stock: because unrelated documents of the
library hold every stretch of them, or as in any scan (phrases that the draft shares with what it is compared with in
full, the built-in list, stock sources).
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.fragments import find_fragments
from kejidiff.background.grams import distinct, gram_keys
from kejidiff.measure.formulas import FORMULAS
from kejidiff.measure.relation import find_relation
from kejidiff.measure.stock import listed, spans_by_document, without_stock
from kejidiff.measure.templates import standing_in_stock
from kejidiff.model import Alignment, Comparison, Direction, Document, FigureLedger, Fragment, ScanResult
from kejidiff.pipeline.from_library import ByRuns
from kejidiff.span import Span, merged
from kejidiff.text.fold import codes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Characters of the grams by which two documents resemble each other (`Comparison.resemblance`).
_GRAM = 3


class _Folded:
    """A document with what is asked of its folded text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.codes = codes_of(document.folded.text)
        self.grams = distinct(gram_keys(self.codes, _GRAM))

    def resemblance(self, other: "_Folded") -> float:
        """Jaccard similarity of their grams."""
        both = len(np.intersect1d(self.grams, other.grams, assume_unique=True))
        either = len(self.grams) + len(other.grams) - both
        return both / either if either else 0.0


def compared_by_runs(result: ScanResult, draft: Document, own: ByRuns) -> list[Comparison]:
    """The draft with each of `own.documents` where a run is left. `result`: what it shares with others in full."""
    if not own.documents:
        return []
    length = result.options.fragment
    stock = {draft.id: _phrases_in(result, draft)}
    left = _Folded(draft)
    compared = (_compared(left, _Folded(other), own.stock, length) for other in own.documents)
    left_over = (without_stock(comparison, stock, length) for comparison in compared)
    return [comparison for comparison in left_over if comparison.alignment.fragments]


def _compared(left: _Folded, right: _Folded, stock: "NDArray[np.bool_]", length: int) -> Comparison:
    one, other = left.document, right.document
    fragments = find_fragments((one.folded, other.folded), (left.codes, right.codes), (), length)
    return Comparison(
        left=one.id,
        right=other.id,
        left_reuse=0.0,
        right_reuse=0.0,
        resemblance=left.resemblance(right),
        alignment=Alignment((), (), tuple(run for run in fragments if not _is_stock(one, run, stock, length))),
        direction=Direction(),
        relation=find_relation(one, other, Direction()),
        substitutions=(),
        figures=FigureLedger(),
    )


def _is_stock(draft: Document, run: Fragment, stock: "NDArray[np.bool_]", length: int) -> bool:
    """Is every stretch of the run a stock phrase?"""
    first, last = np.searchsorted(draft.folded.starts, run.left)
    return bool(stock[first : last - length + 1].all())


def _phrases_in(result: ScanResult, draft: Document) -> tuple[Span, ...]:
    """Where phrases stand in the draft that are stock in any scan."""
    shared = spans_by_document(result.stock_phrases).get(draft.id, [])
    in_list = [draft.folded.span(*run) for run in listed(draft.folded.text, FORMULAS)]
    return merged((*shared, *in_list, *standing_in_stock(result.from_stock).get(draft.id, ())))
