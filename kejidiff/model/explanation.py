"""Why two documents share what they share: what every stage decided for one pair, for people to read."""

from typing import Literal, NamedTuple

from kejidiff.model.document import Document
from kejidiff.model.finding import Comparison, Passage
from kejidiff.model.result import ScanResult, StockPhrase
from kejidiff.model.source import SourceText
from kejidiff.options import AlignOptions
from kejidiff.span import Span

ChannelName = Literal["windows", "fingerprints", "anchors"]

#: Why a chain founds a passage (the first two) or does not. `ordinary`: what it matches is too ordinary, however long;
#: `no-bits`: it is too weak for any sentence; `short`: no two sentences that it ties are long enough; `weak`: it holds
#: too few bits of them; `unlike`: they do not say the same.
Founding = Literal["core", "sentence", "ordinary", "no-bits", "short", "weak", "unlike"]

#: What became of a chain. The first two are in a passage. (Texts that are equal after folding are one passage,
#: whatever their chains.)
#:
#: no-passage        it founds none, and there is none that it could have joined
#: too-far           no passage is near enough
#: too-weak          too few bits for its distance from the nearest one
#: gap-unlike        what lies between it and the passage is not alike
#: crosses           it is after the passage on one side, before it on the other
#: matched           most of its characters are matched by a better chain
#: lengths-unlike, little-held, overlaps   its passage was dropped: one side is much longer; its runs hold too little of
#:                   its information; a better passage holds half of it, or parts it
Fate = Literal[
    "founded", "absorbed", "no-passage", "too-far", "too-weak", "gap-unlike", "crosses", "matched", "lengths-unlike",
    "little-held", "overlaps",
]  # fmt: skip


class Channel(NamedTuple):
    """One way to candidates: the most evidence it has at one place of both texts, and how much makes a candidate."""

    name: ChannelName
    evidence: float
    floor: float

    @property
    def enough(self) -> bool:
        return self.evidence >= self.floor


class Candidacy(NamedTuple):
    """Would a scan align the two?

    family   they copy one another throughout, as far as fingerprints tell: candidates without more
    shared   share of the smaller one's fingerprints that the other holds, 0 to 1
    """

    channels: tuple[Channel, ...]
    family: bool
    shared: float

    @property
    def chosen(self) -> bool:
        return self.family or any(channel.enough for channel in self.channels)


class SeedCounts(NamedTuple):
    """From equal 3-grams to runs in chains.

    grams, common   different 3-grams of both documents, and those of them too common to be seeds
    places          pairs of places at which seeds stand
    found, runs     maximal equal runs, and those worth their bits; the latter are
    drowned         inside much stronger runs on both sides,
    alone           without enough bits around them for a chain,
    loose           in no chain that is strong enough, or
    chained         in a chain
    bits            median bits of a folded character, left and right
    """

    grams: int
    common: int
    places: int
    found: int
    runs: int
    drowned: int
    alone: int
    chained: int
    bits: tuple[float, float]

    @property
    def loose(self) -> int:
        return self.runs - self.drowned - self.alone - self.chained


class SentenceTie(NamedTuple):
    """The two sentences that come nearest to being one recycled sentence, as original spans.

    length   folded characters of the longer one
    bits     of what the chain's runs hold of both, prices paid
    alike    similarity of the folded sentences, 0 to 1; None where the bits were too few to ask
    """

    left: Span
    right: Span
    length: int
    bits: float
    alike: float | None


class ChainAccount(NamedTuple):
    """Runs that follow one another on both sides, and what was decided about them.

    left, right   original spans
    matched       folded characters that are equal in its runs
    score, core   bits; `core` with each run capped
    density       bits of an equal character, before prices
    similarity    of the folded texts, 0 to 1
    sentence      the best of the sentences it ties, where they were looked at
    passage       index of the passage it is in, by left start, formula included; -1 in none
    """

    left: Span
    right: Span
    matched: int
    score: float
    core: float
    density: float
    similarity: float
    founding: Founding
    sentence: SentenceTie | None
    fate: Fate
    passage: int

    @property
    def strong(self) -> bool:
        """True where it could found a passage."""
        return self.founding in ("core", "sentence")


class Holders(NamedTuple):
    """Who else holds a passage, by which it is formula or not.

    families   ids of the other documents aligned with it, by family, those of the pair's own families left out
    needed     families that make it formula, the pair's own two included
    share      share of the passage that so many hold, on the side where it is more, 0 to 1; formula from `.5`
    kin        the two copy one another throughout, are one office's series, or are of one family under one title:
               nothing they share is formula
    """

    families: tuple[tuple[str, ...], ...]
    needed: int
    share: float
    kin: bool


class Explanation(NamedTuple):
    """One pair and what every stage decided for it.

    result     of a scan that holds the two
    within_scan   the two were judged as in a scan of a collection, not alone
    chains     the best first
    holders    by passage, formula included, in the order of `passages`
    rules      that the pair was aligned by: of related texts less is asked
    """

    result: ScanResult
    comparison: Comparison
    within_scan: bool
    candidacy: Candidacy
    seeds: SeedCounts
    chains: tuple[ChainAccount, ...]
    holders: tuple[Holders, ...]
    rules: AlignOptions

    @property
    def documents(self) -> tuple[Document, Document]:
        return self.result.document(self.comparison.left), self.result.document(self.comparison.right)

    @property
    def sources(self) -> tuple[SourceText, SourceText]:
        left, right = (self.result.source(document.path) for document in self.documents)
        return left, right

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Passages and formula, by left start."""
        return tuple(sorted((*self.comparison.passages, *self.comparison.formula)))

    @property
    def stock_phrases(self) -> tuple[StockPhrase, ...]:
        """Those that both hold."""
        own = {self.comparison.left, self.comparison.right}
        return tuple(
            phrase for phrase in self.result.stock_phrases if own <= {document_id for document_id, _ in phrase.spans}
        )
