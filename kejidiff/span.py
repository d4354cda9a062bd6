"""Numbers -> stretches of text: the half-open span that every finding rests on.

A span counts Unicode code points of a file's *original decoded text* (byte order mark removed, nothing else changed),
so that whatever is found in folded, repaired or cut text can be shown as it stands in the file.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in code points of the original text; empty when both are equal."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """True where at least one code point lies in both (empty spans overlap nothing)."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def clipped(self, window: "Span") -> "Span":
        """The part of this span inside `window`; empty, at the window's nearer edge, where they do not meet."""
        start = min(max(self.start, window.start), window.end)
        return Span(start, max(start, min(self.end, window.end)))

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union as ascending spans that neither touch nor overlap; empty spans vanish."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if start == end:
            continue
        if union and start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, end))
        else:
            union.append(Span(start, end))
    return tuple(union)


def near(ascending: Sequence[Span], window: Span) -> Sequence[Span]:
    """Those of ascending, disjoint spans that meet `window` or touch it."""
    first = bisect_left(ascending, window.start, key=lambda span: span.end)
    return ascending[first : bisect_right(ascending, window.end, first, key=lambda span: span.start)]


def without(window: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of `window` when `holes` are cut out: ascending, disjoint, none empty."""
    rest: list[Span] = []
    start = window.start
    for hole in merged(holes):
        cut = hole.clipped(window)
        if cut.length == 0:
            continue
        if start < cut.start:
            rest.append(Span(start, cut.start))
        start = cut.end
    if start < window.end:
        rest.append(Span(start, window.end))
    return tuple(rest)
