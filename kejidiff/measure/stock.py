"""Folded texts -> stock phrases (套话): runs that unrelated documents share without one being made from the other.

A run of at least `length` characters outside the passages is stock when it stands in the built-in list, in three
unrelated documents, or in two while being short and ordinary Chinese (few bits a character under the background table).
Documents of one family (one owner) count once. A run of fewer bits is what anyone writes; one of more is a fragment.
Limitation: formula that changes from place to place is not found; here runs are verbatim.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct, run_hashes
from kejidiff.model import Comparison, Document, StockPhrase
from kejidiff.span import Span, near, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

#: Unrelated documents that make a run stock whatever it says.
_HOLDERS = 3
#: Bits per character below which a run that two documents share is ordinary: half of official text lies below 4.1, and
#: of the 78 runs the eleven seed documents share without copying, the longest few (fund and base names) lie above.
_ORDINARY = 4.1
#: Characters by which longer phrases are looked up: no learned phrase is shorter.
_INDEXED = 8


class Holding(NamedTuple):
    """One document as stock phrases are counted: its family's number, bits per folded character under the background
    alone, and the original spans of its passages, which are copies and no formula."""

    document: Document
    codes: "NDArray[np.uint32]"
    owner: int
    bits: "NDArray[np.float64]"
    passages: Sequence[Span]


def find_stock(
    holdings: Sequence[Holding], length: int, fragment: int, formulas: Sequence[str]
) -> tuple[StockPhrase, ...]:
    """Stock phrases by how many documents hold them, then by length; each with every place it stands at.

    `length`: the shortest run that counts; from `fragment` on, a run that only two hold is none, however ordinary.
    """
    shared = _holders(holdings, length)
    places: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for at, (holding, holders) in enumerate(zip(holdings, shared, strict=True)):
        text = holding.document.folded.text
        for run in {*_learned(holding, holders, length, fragment), *listed(text, formulas)}:
            places[run.of(text)].append((at, run))
    phrases = [_phrase(holdings, found) for found in places.values()]
    return _outermost(sorted(phrases, key=lambda phrase: (-phrase.documents, -len(phrase.text), phrase.text)))


def _outermost(phrases: list[StockPhrase]) -> tuple[StockPhrase, ...]:
    """Without those that stand only inside a longer one that as many documents hold."""
    holders: dict[str, list[StockPhrase]] = defaultdict(list)
    inside: set[str] = set()
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase.text)):
        text, size = phrase.text, min(_INDEXED, len(phrase.text))
        longer = holders.get(text[:size], ())
        if any(text in other.text and phrase.documents <= other.documents for other in longer):
            inside.add(text)
            continue
        for start in range(len(text) - _INDEXED + 1):
            holders[text[start : start + _INDEXED]].append(phrase)
    return tuple(phrase for phrase in phrases if phrase.text not in inside)


def as_it_stands(phrase: StockPhrase, texts: Mapping[str, str]) -> StockPhrase:
    """The phrase with its text as the first document that holds it has it, marks and figures and all.

    `texts`: by document id, the text its spans count in. Line breaks and the blanks around them become one blank.
    """
    document_id, span = phrase.spans[0]
    return phrase._replace(text=" ".join(span.of(texts[document_id]).split()))


def spans_by_document(phrases: Sequence[StockPhrase]) -> dict[str, list[Span]]:
    """Where stock phrases stand, by document id."""
    held: dict[str, list[Span]] = defaultdict(list)
    for phrase in phrases:
        for document_id, span in phrase.spans:
            held[document_id].append(span)
    return held


def without_stock(comparison: Comparison, held: Mapping[str, Sequence[Span]], length: int) -> Comparison:
    """The comparison without the fragments of which stock phrases leave less than a third of `length`: what begins or
    ends in a phrase is no phrase. `held`: the phrases by document, ascending and disjoint."""
    holes = held.get(comparison.left, ())
    kept = tuple(
        fragment
        for fragment in comparison.alignment.fragments
        if 3 * sum(rest.length for rest in without(fragment.left, near(holes, fragment.left))) >= length
    )
    return comparison._replace(alignment=comparison.alignment._replace(fragments=kept))


def _holders(holdings: Sequence[Holding], length: int) -> "list[NDArray[np.int64]]":
    """By document, by position: how many owners hold the `length` characters that begin there."""
    hashes = [run_hashes(holding.codes, length) for holding in holdings]
    sizes = [len(own) for own in hashes]
    if not sum(sizes):
        return [np.zeros(0, dtype=np.int64) for _ in holdings]
    _, keys = np.unique(np.concatenate(hashes), return_inverse=True)
    owners = np.repeat([holding.owner for holding in holdings], sizes)
    pairs = distinct(keys * (int(owners.max()) + 1) + owners)
    counts = np.bincount(pairs // (int(owners.max()) + 1))
    return np.split(counts[keys], np.cumsum(sizes)[:-1])


def _learned(holding: Holding, holders: "NDArray[np.int64]", length: int, fragment: int) -> list[Span]:
    """Maximal runs of positions that two owners hold, kept where they are stock."""
    copied = np.zeros(len(holders), dtype=bool)
    for passage in holding.passages:
        first, last = np.searchsorted(holding.document.folded.starts, passage)
        copied[max(first - length + 1, 0) : last] = True
    common = (holders >= 2) & ~copied
    edges = np.flatnonzero(np.diff(np.concatenate(([False], common, [False]))))
    sums = np.concatenate(([0.0], np.cumsum(holding.bits)))
    runs = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        run = Span(start, end - 1 + length)
        ordinary = float(sums[run.end] - sums[run.start]) <= _ORDINARY * run.length
        if int(holders[start:end].min()) >= _HOLDERS or (ordinary and run.length < fragment):
            runs.append(run)
    return runs


def listed(text: str, formulas: Sequence[str]) -> list[Span]:
    """Wherever one of the formulas stands in a folded text; stretches may overlap."""
    runs = []
    for formula in formulas:
        at = text.find(formula)
        while at >= 0:
            runs.append(Span(at, at + len(formula)))
            at = text.find(formula, at + 1)
    return runs


def _phrase(holdings: Sequence[Holding], found: list[tuple[int, Span]]) -> StockPhrase:
    spans = [(holdings[at].document.id, holdings[at].document.folded.span(*run)) for at, run in sorted(found)]
    holders = {document_id for document_id, _ in spans}
    first, run = min(found)
    return StockPhrase(run.of(holdings[first].document.folded.text), len(holders), tuple(spans))
