"""What two documents share: edits, passages, paragraph pairs, and the comparison that holds them."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kejidiff.span import Span

EditKind = Literal[
    "script", "synonym", "figure", "mask", "garble", "insertion", "deletion", "replacement", "move", "punctuation"
]
Tier = Literal["verbatim", "light", "rewritten"]
Source = Literal["left", "right", "third", "unknown"]


class Edit(NamedTuple):
    """One difference. Between two edits both originals are equal, character for character.

    An insertion has an empty left span, a deletion an empty right one; `move` is either half of a moved stretch.
    `script` covers whatever says the same in another form (script, width, case, a pinyin note, 三成 for 30%),
    `punctuation` what folding leaves out; a mark that came or went has one empty side, as has an invisible character
    (`garble`).
    """

    kind: EditKind
    left: Span
    right: Span


class Passage(NamedTuple):
    """雷同段: a maximal aligned run found in two documents.

    Edits are ascending and disjoint on both sides; with the equal stretches between them they make up both spans.
    similarity   0 to 1, of the folded texts (normalised indel similarity)
    commonness   documents of the scan that hold it, these two included
    left_paragraphs, right_paragraphs   indexes into `Document.paragraphs`, ascending
    longest_run  folded characters of the longest stretch that is equal after folding
    """

    left: Span
    right: Span
    similarity: float
    tier: Tier
    edits: tuple[Edit, ...]
    left_paragraphs: tuple[int, ...]
    right_paragraphs: tuple[int, ...]
    longest_run: int
    commonness: int = 2

    @property
    def kinds(self) -> tuple[EditKind, ...]:
        """The kinds of its edits, each once, in alphabetical order."""
        return tuple(sorted({edit.kind for edit in self.edits}))


class ParagraphPair(NamedTuple):
    """Two paragraphs that hold one text, scored after folding and repair.

    left, right   indexes into the documents' `paragraphs`; no paragraph is in two pairs of one comparison
    moved         True where the pair stands out of order against the pairs around it
    """

    left: int
    right: int
    similarity: float
    tier: Tier
    moved: bool = False


class Fragment(NamedTuple):
    """零星雷同: a verbatim run outside the passages, too short to accuse anyone. `length` in folded characters."""

    left: Span
    right: Span
    length: int


class Alignment(NamedTuple):
    """Everything two documents were found to share; passages are disjoint on either side, ordered by left start."""

    passages: tuple[Passage, ...]
    pairs: tuple[ParagraphPair, ...] = ()
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Substitution:
    """A word for a word, as they stand in the originals after simplification: 通过 -> 透过."""

    left: str
    right: str
    count: int
    pairs: int = 1


class FigureChange(NamedTuple):
    """A figure that is another one on the other side, or hidden there; and the sentences the two stand in."""

    kind: Literal["changed", "masked"]
    left: Span
    right: Span
    left_sentence: Span = Span(0, 0)
    right_sentence: Span = Span(0, 0)


class FigureLedger(NamedTuple):
    """Figures at corresponding places of two documents: how many agree, and each that does not.

    carried   (left, right) spans of the telling ones among those that agree: no year, date, ordinal or round number
    """

    same: int = 0
    changes: tuple[FigureChange, ...] = ()
    carried: tuple[tuple[Span, Span], ...] = ()

    @property
    def changed(self) -> int:
        return sum(change.kind == "changed" for change in self.changes)

    @property
    def masked(self) -> int:
        return sum(change.kind == "masked" for change in self.changes)


class Direction(NamedTuple):
    """Which text was made from which. `third`: both go back to another text. Confidence 0 to 1."""

    source: Source = "unknown"
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()


class LeftOver(NamedTuple):
    """A name, year or figure that came along with copied text and belongs to the other document.

    side    the document it was left in; `span` stands there, `origin` where the other document has it
    """

    kind: Literal["place", "unit", "year", "figure"]
    side: Literal["left", "right"]
    span: Span
    origin: Span


class SharedMistake(NamedTuple):
    """The same odd slip in both documents, which two writers do not make apart; `expected` is the usual form."""

    left: Span
    right: Span
    expected: str


class Comparison(NamedTuple):
    """Two documents and what they share.

    left, right   document ids; `left` is the one that comes first in the scan
    left_reuse    share of the left document's countable characters inside passages, 0 to 1
    resemblance   Jaccard similarity of the two documents' character 3-grams after folding
    formula       passages that are formula: held by documents that otherwise share nothing, or taken from a stock
                  source; in no ratio
    formula_pairs paragraphs that hold one text in formula and in no passage
    findings      what to look at, by slug, in alphabetical order: `only-figures-changed`, `figures-carried-over`, ...
    """

    left: str
    right: str
    left_reuse: float
    right_reuse: float
    resemblance: float
    alignment: Alignment
    direction: Direction
    relation: tuple[str, ...]
    substitutions: tuple[Substitution, ...]
    figures: FigureLedger
    formula: tuple[Passage, ...] = ()
    left_overs: tuple[LeftOver, ...] = ()
    mistakes: tuple[SharedMistake, ...] = ()
    findings: tuple[str, ...] = ()
    formula_pairs: tuple[ParagraphPair, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.alignment.passages

    @property
    def pairs(self) -> tuple[ParagraphPair, ...]:
        return self.alignment.pairs

    @property
    def reuse(self) -> float:
        """The greater of the two ratios: what a list of pairs is ordered by."""
        return max(self.left_reuse, self.right_reuse)
