"""A window of text and the edits in it -> consecutive segments, each of one kind: what marked-up views are cut from.

Terms: a *window* is the stretch of original text to be shown, a *side* says whose spans of the edits count, an
*excluded* segment counts in no ratio. Joined, the segments' texts are the window's text, character for character.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from kejidiff.model import Edit, EditKind, Exclusion
from kejidiff.span import Span

Side = Literal["left", "right"]


class Segment(NamedTuple):
    """`text` exactly as it stands in the original (not yet made visible).

    kind, edit   what it differs by; None where it is equal on both sides or stands outside every passage
    excluded     True where it lies in an excluded stretch
    """

    text: str
    kind: EditKind | None
    edit: Edit | None
    excluded: bool


def segments(
    text: str, window: Span, edits: Sequence[Edit], side: Side, excluded: Sequence[Exclusion] = ()
) -> tuple[Segment, ...]:
    """Cut `text[window]` at the borders of edits and exclusions.

    `window` and all spans count code points of `text` (half-open); `edits` ascend on this side and are disjoint there;
    those outside the window are passed over, those across its border are cut. An edit that is empty on this side gives
    an empty segment in its place, also at either border of the window.
    """
    return tuple(_cut(text, window, edits, side, [exclusion.span for exclusion in excluded]))


def _cut(text: str, window: Span, edits: Sequence[Edit], side: Side, holes: Sequence[Span]) -> Iterator[Segment]:
    position = window.start
    for edit in edits:
        span = edit.left if side == "left" else edit.right
        if span.end < window.start or span.start > window.end:
            continue
        inside = Span(max(span.start, position), min(span.end, window.end))
        if inside.end < inside.start or (span.length and not inside.length):
            continue
        yield from _stretch(text, Span(position, inside.start), None, holes)
        yield from _stretch(text, inside, edit, holes)
        position = inside.end
    yield from _stretch(text, Span(position, window.end), None, holes)


def _stretch(text: str, span: Span, edit: Edit | None, holes: Sequence[Span]) -> Iterator[Segment]:
    kind = edit.kind if edit else None
    if not span.length:
        if edit:
            yield Segment("", kind, edit, False)
        return
    position = span.start
    for hole in holes:
        cut = hole.clipped(span)
        if not cut.length or cut.start < position:
            continue
        if position < cut.start:
            yield Segment(text[position : cut.start], kind, edit, False)
        yield Segment(cut.of(text), kind, edit, True)
        position = cut.end
    if position < span.end:
        yield Segment(text[position : span.end], kind, edit, False)
