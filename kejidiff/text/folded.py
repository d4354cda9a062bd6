"""Reading -> FoldedText: what is compared, with the way back to the original."""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.figures import find_figures
from kejidiff.model import FIGURE_SYMBOL, FoldedText
from kejidiff.text.fold import DROPPED, codes_of, fold_table, text_of
from kejidiff.text.layout import without_layout
from kejidiff.text.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.document import IntArray

#: Marks that end a sentence. A comma does not: end clauses are what rewriting drops first, so passages snap to these.
#: A line break does not either: `segment` has said which ones end a paragraph.
_SENTENCE_ENDS = np.array([ord(mark) for mark in "。！？；!?;…"], dtype=np.uint32)

#: Unicode's block of Kangxi radicals.
_RADICALS = (0x2F00, 0x2FE0)


def fold_reading(reading: Reading, paragraph_starts: "IntArray") -> FoldedText:
    """Fold one document's reading.

    `paragraph_starts` (original offsets, ascending) begin sentences whatever stands before them.
    """
    reading = without_layout(reading, paragraph_starts)
    codes = codes_of(reading.text)
    folded = fold_table().fold(codes)
    kept = folded != DROPPED
    tails = np.zeros(len(codes), dtype=bool)
    ends = reading.ends.copy()
    for figure in find_figures(_with_numerals(reading.text, codes, folded)):
        folded[figure.start] = ord(FIGURE_SYMBOL)
        kept[figure.start] = True
        tails[figure.start + 1 : figure.end] = True
        ends[figure.start] = reading.ends[figure.end - 1]
    kept &= ~tails
    before = np.cumsum(kept, dtype=np.int32) - kept
    starts = reading.starts[kept]
    edges = np.array([0, len(starts)], dtype=np.int32)
    sentences = before[np.isin(codes, _SENTENCE_ENDS)]
    breaks = _union(sentences, np.searchsorted(starts, paragraph_starts), edges)
    return FoldedText(
        text=text_of(folded[kept]),
        starts=starts,
        ends=ends[kept],
        breaks=breaks,
        clauses=_union(before[~kept & ~tails], breaks),
    )


def _with_numerals(text: str, codes: "NDArray[np.uint32]", folded: "NDArray[np.uint32]") -> str:
    """The text with radical signs (⼀, ⼆, ⼗) as the characters they fold to: numerals may be written with them."""
    radical = (codes >= _RADICALS[0]) & (codes < _RADICALS[1])
    return text_of(np.where(radical, folded, codes)) if radical.any() else text


def _union(*offsets: "NDArray[np.integer]") -> "IntArray":
    return distinct(np.concatenate(offsets)).astype(np.int32)
