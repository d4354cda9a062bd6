"""Alignment -> where a place of one document stands in the other.

Between two edits both originals are equal, so a place there has its exact counterpart; inside an edit a place
corresponds to as many characters further on in the other half, at most to its end.
"""

from bisect import bisect_right
from typing import NamedTuple

from kejidiff.model import Alignment, Passage
from kejidiff.span import Span


class Correspondence(NamedTuple):
    """From one side of an alignment (`own`: 0 left, 1 right) to the other; passages ascend on the own side."""

    own: int
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, alignment: Alignment, *, to_left: bool) -> "Correspondence":
        """`to_left`: the own side is the left one."""
        own = 0 if to_left else 1
        return cls(own, tuple(sorted(alignment.passages, key=lambda passage: passage[own].start)))  # type: ignore[union-attr]  # fields 0 and 1 are spans

    def at(self, span: Span) -> Span | None:
        """The counterpart of an own span that is not empty; None where it does not lie in one passage."""
        at = bisect_right(self.passages, span.start, key=lambda passage: self._side(passage).start) - 1
        if at < 0 or not self._side(self.passages[at]).contains(span):
            return None
        start, _ = self._reach(self.passages[at], span.start)
        _, end = self._reach(self.passages[at], span.end - 1)
        return Span(start, max(start, end))

    def _side(self, passage: Passage) -> Span:
        return passage.right if self.own else passage.left

    def _reach(self, passage: Passage, place: int) -> tuple[int, int]:
        """Where the counterpart of one character begins and ends."""
        edits = passage.edits
        at = bisect_right(edits, place, key=lambda edit: (edit.right if self.own else edit.left).start) - 1
        if at < 0:
            start = (passage.left if self.own else passage.right).start + place - self._side(passage).start
            return start, start + 1
        own, other = edits[at].left, edits[at].right
        if self.own:
            own, other = other, own
        if place >= own.end:
            start = other.end + place - own.end
            return start, start + 1
        start = min(other.start + place - own.start, other.end)
        return start, other.end if place + 1 == own.end else min(start + 1, other.end)
