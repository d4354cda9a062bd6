"""Blocks -> passage spans: ends moved to where a sentence begins or ends, when enough of that sentence is matched.

People copy sentences; a chain ends at the last run that is worth its bits. Where at least `snap_share` of the sentence
a block ends in is inside the block, the passage takes the whole sentence; else it ends where the block does.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.blocks import Block
from kejidiff.model import FoldedText
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Closing marks that belong to the sentence before them.
_CLOSERS = "。！？；，、：…”’」』）》】!?;,:.)]\"'"


def snapped(blocks: list[Block], left: FoldedText, right: FoldedText, share: float) -> list[tuple[Span, Span]]:
    """Folded spans of the passages, in the order of the blocks; still disjoint on either side."""
    lefts = _apart([_grown(block.left, left.breaks, share) for block in blocks], [block.left for block in blocks])
    rights = _apart([_grown(block.right, right.breaks, share) for block in blocks], [block.right for block in blocks])
    return list(zip(lefts, rights, strict=True))


def _grown(span: Span, breaks: "NDArray[np.int32]", share: float) -> Span:
    begin = int(breaks[np.searchsorted(breaks, span.start, side="right") - 1])
    sentence_end = int(breaks[np.searchsorted(breaks, span.start, side="right")])
    start = begin if (min(sentence_end, span.end) - span.start) >= share * (sentence_end - begin) else span.start
    end_at = int(np.searchsorted(breaks, span.end, side="left"))
    begin, sentence_end = int(breaks[end_at - 1]), int(breaks[end_at])
    end = sentence_end if (span.end - max(begin, span.start)) >= share * (sentence_end - begin) else span.end
    return Span(start, end)


def _apart(grown: list[Span], cores: list[Span]) -> list[Span]:
    """The grown spans, none reaching into another's core nor into what a span before it has taken."""
    apart: list[Span] = list(grown)
    for at in sorted(range(len(grown)), key=lambda at: cores[at]):
        start, end = apart[at]
        for other in range(len(grown)):
            if other == at:
                continue
            taken = apart[other] if cores[other] < cores[at] else cores[other]
            if taken.end <= cores[at].start:
                start = max(start, taken.end)
            elif taken.start >= cores[at].end:
                end = min(end, taken.start)
        apart[at] = Span(start, end)
    return apart


def original_span(text: str, folded: FoldedText, span: Span, limit: int) -> Span:
    """The original span of a folded one, with the marks that close its last sentence; never beyond `limit`.

    `limit` is the end of the document, or where the next folded character begins if that comes first.
    """
    whole = folded.span(span.start, span.end)
    following = int(folded.starts[span.end]) if span.end < len(folded.text) else limit
    end = whole.end
    while end < min(following, limit) and text[end] in _CLOSERS:
        end += 1
    return Span(whole.start, end)
