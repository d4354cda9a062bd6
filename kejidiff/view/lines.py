"""A text and an offset -> line and column, both from 1, as editors and code reviews count them.

A line ends with LF or CRLF; a column counts code points. What else breaks lines on some screens breaks none here, since
SARIF's consumers split a file at these two.
"""

from bisect import bisect_right
from typing import NamedTuple

from kejidiff.span import Span


class Place(NamedTuple):
    line: int
    column: int


class Lines:
    """Where the lines of one text begin."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def ends(self, span: Span) -> tuple[Place, Place]:
        """Where a span begins, and the place behind its last character."""
        first = self.place(span.start)
        if span.end <= span.start:
            return first, first
        last = self.place(span.end - 1)
        return first, Place(last.line, last.column + 1)
