"""A report as it is compared: `Document` with its paragraphs, what was set aside or repaired, and its folded text."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from kejidiff.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntArray = NDArray[np.int32]

Script = Literal["hans", "hant", "mixed", "none"]
ExclusionReason = Literal["web-chrome", "page-mark", "preface", "unreadable", "hidden"]
RepairReason = Literal[
    "pinyin-note",
    "html-entity",
    "gbk-shift",
    "utf8-as-gbk",
    "utf8-as-latin1",
    "gbk-as-latin1",
    "big5-as-gbk",
    "gbk-as-big5",
]

#: Stands in folded text for every figure and every mask (2013, 20__, xx.x%): found alike, compared exactly later.
FIGURE_SYMBOL = "#"


class Exclusion(NamedTuple):
    """A stretch that counts in no ratio and takes part in no comparison, though it is shown."""

    span: Span
    reason: ExclusionReason


class Repair(NamedTuple):
    """A damaged stretch and how it is read for comparison; an empty `text` means: skip it (a pinyin note).

    `guessed` are half-open offsets into `text` of characters that the damage left open (a lost lead byte, a lost
    pair): readable and matchable, but not certain.
    """

    span: Span
    reason: RepairReason
    text: str
    guessed: tuple[Span, ...] = ()


class Paragraph(NamedTuple):
    """The unit of alignment. `number` is what people see (¶n): 0 for the title line, body paragraphs from 1."""

    span: Span
    number: int


class Name(NamedTuple):
    """A place or a unit (office, school, company) that a document names, in folded characters.

    stem    what its mentions have in common: 安化 for 安化县; of a unit, all of it
    text    the name in full
    level   of a place: 3 province, 2 prefecture, 1 county, 0 township
    bare    the stem means the place without its ending, too
    titled  it stands in the title
    """

    kind: Literal["place", "unit"]
    stem: str
    text: str
    level: int = 0
    bare: bool = True
    titled: bool = False


class Names(NamedTuple):
    """All that a document names: places and units, the most telling first, and every year with its original span."""

    names: tuple[Name, ...] = ()
    years: tuple[tuple[Span, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Text made comparable, with the way back.

    text      one code point per folded character: script, width and case folded; punctuation and blanks left out;
              figures and masks one `FIGURE_SYMBOL` each
    starts    shape (len(text),): where in the original text the character's source begins, ascending
    ends      the same, where it ends (half-open), ascending; `starts[i] < ends[i]`
    breaks    ascending folded offsets at which a sentence begins; first 0, last len(text)
    clauses   the same for clauses: wherever a mark or a blank was left out; holds all of `breaks`
    """

    text: str
    starts: "IntArray" = field(compare=False, repr=False)
    ends: "IntArray" = field(compare=False, repr=False)
    breaks: "IntArray" = field(compare=False, repr=False)
    clauses: "IntArray" = field(compare=False, repr=False)

    def span(self, start: int, end: int) -> Span:
        """The original span of the folded run `[start, end)`; `start < end`."""
        return Span(int(self.starts[start]), int(self.ends[end - 1]))

    def within(self, span: Span) -> str:
        """The folded characters whose originals begin inside an original span."""
        first, last = self.starts.searchsorted(span)
        return self.text[first:last]


@dataclass(frozen=True, slots=True)
class Document:
    """One report. A compilation file holds several, an ordinary file one.

    id                `NAME#N`: path and 1-based ordinal
    span              from the title line to the end of the last paragraph
    paragraphs        ascending, disjoint; the title line, if there is one, has number 0
    excluded          ascending, disjoint; also what stands around the document and is no report: its site's head and
                      tail, a compilation's preface
    repaired          ascending, disjoint
    countable_before  shape (span.length + 1,): countable characters (Han, letters, digits; not excluded, not part of
                      a pinyin note) of the document before each original offset, counted from `span.start`
    years, places     found in title and text, the most telling first
    """

    id: str
    path: str
    ordinal: int
    title: str
    span: Span
    script: Script
    paragraphs: tuple[Paragraph, ...]
    excluded: tuple[Exclusion, ...]
    repaired: tuple[Repair, ...]
    folded: FoldedText = field(compare=False, repr=False)
    countable_before: "IntArray" = field(compare=False, repr=False)
    years: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def countable(self) -> int:
        """有效字数, the denominator of every ratio."""
        return int(self.countable_before[-1])

    def countable_in(self, span: Span) -> int:
        """Countable characters of the part of `span` (original offsets) that lies in this document."""
        inside = span.clipped(self.span)
        before = self.countable_before
        return int(before[inside.end - self.span.start] - before[inside.start - self.span.start])
