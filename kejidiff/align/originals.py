"""Document, file text -> Original: one side of a pair as edits see it, with what damage did to it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.figures import value_of
from kejidiff.model import FIGURE_SYMBOL, Document, FoldedText
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Original(NamedTuple):
    """One side of a pair.

    text      of the whole file, which spans count in
    garbled   shape (len(folded.text),): True for characters read out of a damaged run
    damage    spans of damaged runs, ascending
    notes     spans of pinyin notes, ascending: differences of script, not of wording
    edges     shape (paragraphs + 1,): the folded offset at which each paragraph begins, and the end of the text
    """

    text: str
    document: Document
    folded: FoldedText
    garbled: "NDArray[np.bool_]"
    damage: Sequence[Span]
    notes: Sequence[Span]
    edges: "NDArray[np.int64]"

    @classmethod
    def of(cls, document: Document, text: str) -> "Original":
        folded = document.folded
        garbled = np.zeros(len(folded.text), dtype=bool)
        damage = [repair.span for repair in document.repaired if repair.text]
        for span in damage:
            first, last = np.searchsorted(folded.starts, span)
            garbled[first:last] = True
        notes = [repair.span for repair in document.repaired if not repair.text]
        starts = [paragraph.span.start for paragraph in document.paragraphs]
        edges = np.append(np.searchsorted(folded.starts, starts), len(folded.text))
        return cls(text, document, folded, garbled, damage, notes, edges)

    def piece(self, start: int, end: int) -> str:
        """The original of folded `[start, end)`, with what lies between its characters; "" for an empty run."""
        return self.folded.span(start, end).of(self.text) if start < end else ""

    def end(self, at: int) -> int:
        """Where the original of the folded character `at` ends, with the pinyin note that belongs to it."""
        end = int(self.folded.ends[at])
        note = bisect_left(self.notes, Span(end, end))
        return self.notes[note].end if note < len(self.notes) and self.notes[note].start == end else end

    def ends(self, start: int, end: int) -> list[int]:
        """`end` of every folded character of `[start, end)`."""
        ends: list[int] = self.folded.ends[start:end].tolist()
        first, last = (bisect_left(self.notes, Span(at, at)) for at in (min(ends), max(ends) + 1))
        notes = dict(self.notes[first:last])
        return [notes.get(end, end) for end in ends]

    def gap(self, at: int) -> Span:
        """The original stretch before the folded character `at`: marks, blanks and what else folding leaves out."""
        folded = self.folded
        start = int(folded.ends[at - 1]) if at else self.document.span.start
        end = int(folded.starts[at]) if at < len(folded.text) else self.document.span.end
        return Span(start, max(start, end))

    def damages(self, start: int, end: int) -> bool:
        """True where a folded character of `[start, end)` was read out of a damaged run."""
        return bool(self.garbled[start:end].any())

    def damaged(self, start: int, end: int) -> bool:
        """True where a damaged run reaches into the original stretch `[start, end)`."""
        at = bisect_left(self.damage, Span(end, end))
        return at > 0 and self.damage[at - 1].end > start

    def figures(self, start: int, end: int) -> list[str]:
        """The values of the figures in folded `[start, end)`, in order."""
        text, found, at = self.folded.text, [], self.folded.text.find(FIGURE_SYMBOL, start, end)
        while at >= 0:
            found.append(value_of(self.piece(at, at + 1)))
            at = text.find(FIGURE_SYMBOL, at + 1, end)
        return found

    def paragraphs_in(self, span: Span) -> tuple[int, ...]:
        """Indexes of the paragraphs that share a character with the folded span."""
        first = int(np.searchsorted(self.edges, span.start, side="right")) - 1
        last = int(np.searchsorted(self.edges, span.end, side="left"))
        return tuple(range(max(first, 0), min(last, len(self.document.paragraphs))))
