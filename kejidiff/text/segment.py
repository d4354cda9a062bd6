"""Original text -> paragraphs: lines, rejoined where a page or a line width cut them, long ones parted at headings.

A *cut line* breaks off in mid-sentence near the width of its document's longest lines; it goes on in the next line.
Seed 002 is cut every 800 characters, mails and PDF text every 35 or 40; page marks (seed 004) are exclusions by the
time a document comes here, so the lines on either side of one are already one line.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from kejidiff.model import Exclusion
from kejidiff.span import Span, without

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_ENDED = re.compile(r"[。！？；：…”」』）)】》.!?;:]\s*$")
_OUTLINE = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、.．是要]|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十百\d]+[章节条篇部]|"
    r"\d{1,3}[、.．)）](?!\d)|[①-⑳]|[#>*•·●■★|-])"
)
#: A heading inside running text, where a page viewer lost the line breaks (seed 004: 14 headings in 4,800 characters).
_INLINE_HEADING = re.compile(r"(?<=[。！？])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")

#: A line this near (as a share) to the longest line may have been cut by width; seed 002's cut lines reach .96.
_NEAR_LONGEST = 0.8
#: Shorter lines are headings and signatures more often than cut lines.
_CUT_LINE = 40
#: Narrow text (mail, OCR, PDF) is cut at 20 to 39 characters; then this many lines must show it.
_NARROW_LINE, _NARROW_LINES = 20, 3
#: A column of cut lines amid wider text: so many lines that break off at one length (to a character), none between them
#: longer, and hardly any shorter, within so many lines before and behind. Lists of titles of 20 characters and more
#: vary in length: in the corpus no line is joined by this, in the seeds only page marks, which are set aside.
_COLUMN_LINES, _COLUMN_SHARE, _COLUMN_REACH, _COLUMN_WIDTH = 4, 0.75, 8, 60
#: Paragraphs beyond this are parted at inline headings; the longest real paragraph of the seeds has 817 characters.
_LONG = 1_000


def find_paragraphs(text: str, window: Span, excluded: Sequence[Exclusion]) -> tuple[Span, ...]:
    """The paragraphs of `text[window]`: ascending, disjoint, no blank at either end, none wholly excluded."""
    lines = _lines(text, window, [exclusion.span for exclusion in excluded])
    paragraphs: list[Span] = []
    for paragraph in _joined(text, lines):
        paragraphs += _parted(text, paragraph)
    return tuple(paragraphs)


def _lines(text: str, window: Span, holes: list[Span]) -> list[Span]:
    """Lines of what is left outside the holes; text that touches a hole on both sides is one line across it."""
    hole_starts = {hole.start for hole in holes}
    lines: list[Span] = []
    for piece in without(window, holes):
        for match in _LINE.finditer(text, piece.start, piece.end):
            touches = bool(lines) and lines[-1].end in hole_starts and match.start() == piece.start
            if touches:
                lines[-1] = Span(lines[-1].start, match.end())
            else:
                lines.append(Span(*match.span()))
    return [line for line in (_stripped(text, line) for line in lines) if line.length]


def _stripped(text: str, line: Span) -> Span:
    inside = line.of(text)
    start = line.start + len(inside) - len(inside.lstrip())
    return Span(start, max(start, line.start + len(inside.rstrip())))


def _joined(text: str, lines: list[Span]) -> list[Span]:
    if not lines:
        return []
    near = _NEAR_LONGEST * max(line.length for line in lines)
    broken = [_breaks_off(text, line, near) for line in lines]
    narrow = sum(broken) >= _NARROW_LINES
    column = _in_column(text, lines)
    joined = [lines[0]]
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        cut = broken[index - 1] and (narrow or before.length >= _CUT_LINE)
        cut = cut or (column[index - 1] and line.length <= before.length + 1)
        if cut and _goes_on(text, before, line):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _in_column(text: str, lines: list[Span]) -> list[bool]:
    """By line: is it one of a narrow column amid wider text, cut off where those around it are?"""
    lengths = [line.length for line in lines]
    cut_off = [line.length <= _COLUMN_WIDTH and _breaks_off(text, line, _NARROW_LINE) for line in lines]
    found = [False] * len(lines)
    for at in [at for at, cut in enumerate(cut_off) if cut]:
        first = last = at
        while first > max(at - _COLUMN_REACH, 0) and lengths[first - 1] <= lengths[at] + 1:
            first -= 1
        while last < min(at + _COLUMN_REACH, len(lines) - 1) and lengths[last + 1] <= lengths[at] + 1:
            last += 1
        cut = [other for other in range(first, last + 1) if cut_off[other]]
        alike = sum(lengths[other] >= lengths[at] - 1 for other in cut)
        found[at] = alike >= max(_COLUMN_LINES, _COLUMN_SHARE * len(cut))
    return found


def _breaks_off(text: str, line: Span, near: float) -> bool:
    return line.length >= max(near, _NARROW_LINE) and not _ENDED.search(text, max(line.start, line.end - 3), line.end)


def _goes_on(text: str, before: Span, line: Span) -> bool:
    """True where `line` may continue the one before: no blank line between, no indent, no outline mark."""
    between = text[before.end : line.start]
    breaks = between.replace("\r\n", "\n").count("\n") + between.count("\r")
    return breaks <= 1 and not between.endswith((" ", "\u3000", "\t")) and not _OUTLINE.match(text, line.start)


def _parted(text: str, paragraph: Span) -> list[Span]:
    if paragraph.length <= _LONG:
        return [paragraph]
    cuts = [match.end() for match in _INLINE_HEADING.finditer(text, paragraph.start, paragraph.end)]
    edges = [paragraph.start, *cuts, paragraph.end]
    return [Span(start, end) for start, end in pairwise(edges) if start < end]
