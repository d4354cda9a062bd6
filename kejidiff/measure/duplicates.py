"""Documents, who might hold whom, a way to compare two -> families: what is kept of each, what is dropped for it.

A document is dropped only where a kept one was compared with it and holds it: chains of half-alike texts never grow
into one family (one run of a well-known tool made a false cluster of 859,091 that way).

Order.       The longest undecided document heads a family, so that what holds is asked before what is held. The head's
             duplicates, the head among them, are its peers; the policy chooses one of these to be kept. All others are
             measured against the chosen one, and those that it does not hold go back to the undecided.
Promise.     No kept document is held by a longer kept one, as far as the two were to be compared at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kejidiff.measure.relation import title_years
from kejidiff.measure.reuse import covered
from kejidiff.model import Comparison, Document, Edit
from kejidiff.model.dedup import Holding, Keep
from kejidiff.span import Span, without

#: Share of a document that must stand unchanged in a kept one. Copies of official texts with 20 % of their characters
#: changed come to .72 and more, with 30 % to .60 and more; of 553 different texts six are held by another: two versions
#: of one regulation, and four laws that one place took over from another, .79 to .88 (docs/QUALITY.md).
THRESHOLD = 0.7

#: Edits that leave a text what it is: script, marks, damage that is read through, text in another place.
_SAME = frozenset({"script", "punctuation", "garble", "move"})

#: Where a copy and its source are equally good, the source is better by this share of its length: a copy that is
#: complete and clean beats a source that is spoiled.
_DERIVED = 0.1
#: Confidence from which a direction counts: dates and single marks come to .75 and more.
_SURE = 0.75
#: Kin from which a document ties others that may not be tied among themselves (`library.postings` ties all holders of
#: a key that more than 64 hold with the first of them).
_HUB = 64
#: Later than every year: documents whose title names none are not the earliest.
_UNDATED = 9999


class Held(NamedTuple):
    """Two documents compared: share of each that stands unchanged in the other, 0 to 1, and how like the passages are.

    source   `left` or `right` where it is decided from which of the two the other was made, else ""
    """

    left: float
    right: float
    similarity: float
    source: str = ""


class Verdict(NamedTuple):
    """Why a document is dropped: `keeper` holds `share` of it; documents by index."""

    keeper: int
    holding: Holding
    share: float
    similarity: float


#: Pairs `left < right` by index -> what comparing each came to.
Compare = Callable[[Sequence[tuple[int, int]]], Sequence[Held]]


def held(comparison: Comparison, left: Document, right: Document) -> Held:
    """What one comparison says about holding.

    Unchanged is what is equal after folding and repair, wherever it stands. What the other document has beside it does
    not count against it: a text with paragraphs put in between holds all of the text without them.
    """
    passages = comparison.passages
    weights = [(left.countable_in(passage.left), passage.similarity) for passage in passages]
    total = sum(weight for weight, _ in weights)
    direction = comparison.direction
    decided = direction.source if direction.confidence >= _SURE and direction.source in ("left", "right") else ""
    return Held(
        _unchanged(left, [(one.left, [edit.left for edit in one.edits if _counts(edit)]) for one in passages]),
        _unchanged(right, [(one.right, [edit.right for edit in one.edits if _counts(edit)]) for one in passages]),
        sum(weight * alike for weight, alike in weights) / total if total else 0.0,
        decided,
    )


def holding(share: float, back: float, threshold: float) -> Holding:
    """How a document stands to another that holds `share` of it and of which it holds `back`."""
    if share < threshold:
        return "overlaps"
    return "duplicate" if back >= threshold else "contained"


def cost(document: Document, spoiled: int, longest: int) -> int:
    """Characters that speak against keeping this of several copies: spoiled ones, furniture, and what it lacks."""
    furniture = sum(hole.span.length for hole in document.excluded if hole.reason != "unreadable")
    return spoiled + furniture + max(longest - document.countable, 0)


def spoiled(document: Document, masks: int) -> int:
    """Characters nobody can read, that had to be repaired or are pinyin notes, and `masks` that hide a figure."""
    unreadable = sum(hole.span.length for hole in document.excluded if hole.reason == "unreadable")
    return unreadable + sum(repair.span.length for repair in document.repaired) + masks


def find_families(
    documents: Sequence[Document],
    spoils: Mapping[int, int],
    kin: Mapping[int, frozenset[int]],
    compare: Compare,
    keep: Keep,
    threshold: float = THRESHOLD,
) -> dict[int, Verdict]:
    """The dropped documents by index; every other one is kept.

    `kin`: both ways, who may hold whom; `spoils`: of those that have any kin, see `spoiled`.
    """
    return _Families(documents, spoils, kin, compare, keep, threshold).found()


def preference(document: Document, keep: Keep, spoils: int, longest: int) -> tuple[float, str, int]:
    """Less is better; path and ordinal tell any two apart. `longest`: countable characters of the longest copy."""
    tie = document.path, document.ordinal
    if keep == "longest":
        return (-document.countable, *tie)
    if keep == "earliest":
        return (year(document), *tie)
    return (cost(document, spoils, longest) if keep == "best" else 0, *tie)


def year(document: Document) -> int:
    """The earliest year its title names; later than any where it names none."""
    return min(title_years(document.title), default=_UNDATED)


class _Families:
    """The decisions while they are made; documents by index."""

    def __init__(
        self,
        documents: Sequence[Document],
        spoils: Mapping[int, int],
        kin: Mapping[int, frozenset[int]],
        compare: Compare,
        keep: Keep,
        threshold: float,
    ) -> None:
        self.documents, self.spoils, self.compare = documents, spoils, compare
        self.kin, self.keep, self.threshold = kin, keep, threshold
        self.known: dict[tuple[int, int], Held] = {}
        self.open = {one for one, others in kin.items() if others}
        self.verdicts: dict[int, Verdict] = {}
        self.rank = {at: (-documents[at].countable, documents[at].id) for at in self.open}

    def found(self) -> dict[int, Verdict]:
        order = sorted(self.open, key=self.rank.__getitem__)
        first = [at for at in order if all(self.rank[at] < self.rank[other] for other in self.kin[at])]
        self._learn((at, other) for at in first for other in self.kin[at])  # all at once: there are many processes
        for head in order:
            if head in self.open:
                self._decide(head)
        return self._nearest()

    def _nearest(self) -> dict[int, Verdict]:
        """Every dropped document with that kept one that holds most of it; the first that did need not be it."""
        kept = self.rank.keys() - self.verdicts.keys()
        around = {at: sorted(self.kin[at] & kept | {verdict.keeper}) for at, verdict in self.verdicts.items()}
        self._learn((at, other) for at, others in around.items() for other in others)
        return {
            at: self._verdict(at, min(others, key=lambda other: (-self._shares(at, other)[0], self.rank[other])))
            for at, others in around.items()
        }

    def _near(self, at: int) -> frozenset[int]:
        """Undecided kin, and theirs where so many hold their text that they are tied through one of them only."""
        hubs = [self.kin[other] for other in self.kin[at] if len(self.kin[other]) >= _HUB]
        return (self.kin[at].union(*hubs) & self.open) - {at}

    def _decide(self, head: int) -> None:
        """Keep one of the head's peers, and drop what it holds."""
        self._learn((head, other) for other in self._near(head))
        own = {other for other in self._near(head) if self._shares(other, head)[0] >= self.threshold}
        peers = [other for other in own if self._shares(head, other)[0] >= self.threshold]
        for chosen in sorted([head, *peers], key=lambda at: self._preference(at, head, peers)):
            around = sorted((own | self._near(chosen) | {head}) - {chosen})
            self._learn((chosen, other) for other in around)
            if chosen == head or not any(self._slips(chosen, other) for other in around):
                break
        self.open.discard(chosen)
        for other in around:
            if self._shares(other, chosen)[0] >= self.threshold:
                self.open.discard(other)
                self.verdicts[other] = self._verdict(other, chosen)

    def _verdict(self, at: int, keeper: int) -> Verdict:
        share, back = self._shares(at, keeper)
        return Verdict(keeper, holding(share, back, self.threshold), share, self.known[_pair(at, keeper)].similarity)

    def _slips(self, chosen: int, other: int) -> bool:
        """True where a longer document that would stay undecided holds the chosen one: both would be kept."""
        share, back = self._shares(other, chosen)
        return share < self.threshold <= back and self.rank[other] < self.rank[chosen]

    def _preference(self, at: int, head: int, peers: Sequence[int]) -> tuple[float, str, int]:
        document = self.documents[at]
        against, *_ = preference(document, self.keep, self.spoils[at], self.documents[head].countable)
        if self.keep == "best" and self._is_derived(at, head, peers):
            against += _DERIVED * document.countable
        return (against, document.path, document.ordinal)

    def _is_derived(self, at: int, head: int, peers: Sequence[int]) -> bool:
        """True where it was made from its head; of the head, where it was made from one of its peers."""
        return any(self._source(at, other) == other for other in ([head] if at != head else peers))

    def _source(self, one: int, other: int) -> int:
        known = self.known[_pair(one, other)]
        return {"left": min(one, other), "right": max(one, other)}.get(known.source, -1)

    def _shares(self, one: int, other: int) -> tuple[float, float]:
        """Share of the one that the other holds, and the reverse."""
        known = self.known[_pair(one, other)]
        return (known.left, known.right) if one < other else (known.right, known.left)

    def _learn(self, pairs: Iterable[tuple[int, int]]) -> None:
        wanted = sorted({_pair(*pair) for pair in pairs} - set(self.known))
        if wanted:
            self.known.update(zip(wanted, self.compare(wanted), strict=True))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _counts(edit: Edit) -> bool:
    return edit.kind not in _SAME


def _unchanged(document: Document, passages: Iterable[tuple[Span, Sequence[Span]]]) -> float:
    rest = [piece for span, edits in passages for piece in without(span, edits)]
    return covered(document, rest) / document.countable if document.countable else 0.0
