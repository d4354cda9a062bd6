"""Edits of a comparison -> which text was made from which, by what copying does to a text and never undoes.

Figures are masked, words exchanged by a rewriting tool, bytes damaged on the way: each marks the side it stands on as
later than what it was made from. Where both sides carry such marks, both go back to a third text (so it is with the
Jiaxing report in the seeds: 001 masks years that 002 prints, 002 swaps words and carries damage).
"""

from collections import Counter

from kejidiff.figures import is_mask
from kejidiff.model import Direction, Document, Passage
from kejidiff.span import Span

#: A mark counts from this many on: one mask or one odd character may be a slip of the pen.
_TELLING = 2
#: Confidence by number of independent kinds of mark on the derived side; a choice until direction is measured.
_CONFIDENCE = (0.0, 0.6, 0.8, 0.9)


def find_direction(
    texts: tuple[str, str], documents: tuple[Document, Document], passages: tuple[Passage, ...]
) -> Direction:
    """`evidence` names each mark and its side, such as `masked-in-left`."""
    marks: Counter[str] = Counter()
    for passage in passages:
        for edit in passage.edits:
            if edit.kind == "mask":
                left = is_mask(edit.left.of(texts[0]))
                right = is_mask(edit.right.of(texts[1]))
                if left != right:
                    marks["masked-in-left" if left else "masked-in-right"] += 1
        marks["garbled-in-left"] += _damage(documents[0], passage.left)
        marks["garbled-in-right"] += _damage(documents[1], passage.right)
    evidence = tuple(sorted(mark for mark, count in marks.items() if count >= _TELLING))
    on_left = sum(mark.endswith("left") for mark in evidence)
    on_right = len(evidence) - on_left
    if on_left and on_right:
        return Direction("third", _CONFIDENCE[min(on_left, on_right, 3)], evidence)
    if not evidence:
        return Direction()
    return Direction("right" if on_left else "left", _CONFIDENCE[min(len(evidence), 3)], evidence)


def _damage(document: Document, span: Span) -> int:
    return sum(bool(repair.text) and span.contains(repair.span) for repair in document.repaired)
