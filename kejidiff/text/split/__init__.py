"""original text, what is set aside in it -> the documents of a file: one, or each text of a compilation (五篇范文).

    section   one document: from its title line to its last text that is not set aside
    preface   what stands before the first marker of a compilation (the file's own title, the site's greeting); it
              belongs to no document

Markers and how they are judged: `markers`, `series`; texts with titles but no numbers: `unnumbered`.

Source: five sample reports (of five texts, of three, and three whole) and made compilations (benchmarks/furniture.py).
Limitation: texts that nothing but （一） or ① numbers mostly stay together, for a false border breaks a report.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from kejidiff.model.document import Exclusion
from kejidiff.span import Span, without
from kejidiff.text import titles
from kejidiff.text.chrome.lines import Line, lines
from kejidiff.text.split import series, unnumbered
from kejidiff.text.split.markers import markers_of

_COUNTABLE = re.compile(r"\w")
_WORDLESS = re.compile(r"\W+")
_BREAKS = frozenset("\r\n\v\f\u2028\u2029")


class Section(NamedTuple):
    """A document of a file.

    title        the title line without blanks and Markdown marks around it, or at most 30 characters of a sentence
    span         from the title line, or the first text, to the end of the last text that is not set aside
    title_span   the title line without blanks around it; None where the title was made from a sentence
    """

    title: str
    span: Span
    title_span: Span | None


class Sections(NamedTuple):
    """Both ascending and disjoint; `prefaces` have the reason `preface` and hold nothing that was set aside before."""

    sections: tuple[Section, ...]
    prefaces: tuple[Exclusion, ...] = ()


def find_sections(text: str, excluded: Sequence[Exclusion], *, whole: bool = False) -> Sections:
    """The documents of `text`; none where it holds no letter, Han character or digit besides what is `excluded`.

    `whole`: it is known to be one document.
    """
    pieces = without(Span(0, len(text)), (exclusion.span for exclusion in excluded))
    if not any(_COUNTABLE.search(text, start, end) for start, end in pieces):
        return Sections(())
    rest = _solid(text, pieces)
    visible = _visible(text, pieces, {mark.span for mark in excluded if mark.reason == "page-mark"})
    starts = [] if whole else _starts(visible)
    if not starts:
        return Sections((_section(text, rest, visible[0]),))
    bounds = [*(line.start for line in starts), len(text)]
    parts = [_solid(text, _between(rest, start, end)) for start, end in pairwise(bounds)]
    prefaces = _solid(text, _between(rest, 0, bounds[0]))
    return Sections(
        tuple(_section(text, part, line, is_marker=True) for part, line in zip(parts, starts, strict=True)),
        tuple(Exclusion(piece, "preface") for piece in prefaces),
    )


def _solid(text: str, pieces: Iterable[Span]) -> list[Span]:
    """The pieces without blanks around them; those that are all blanks vanish."""
    found = []
    for start, end in pieces:
        inner = text[start:end].strip()
        if inner:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Span(start, start + len(inner)))
    return found


def _between(rest: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of the ascending pieces `rest` that lie in [start, end)."""
    window = Span(start, end)
    first = max(bisect_right(rest, start, key=_start) - 1, 0)
    return [piece.clipped(window) for piece in rest[first : bisect_left(rest, end, key=_start)]]


def _start(piece: Span) -> int:
    return piece.start


def _visible(text: str, pieces: Sequence[Span], page_marks: set[Span]) -> list[Line]:
    """The lines of what is left; of a line cut in two, by a page's number or otherwise, only the beginning."""
    torn = {end for start, end in page_marks if text[start].isspace()}
    found: list[Line] = []
    for start, end in pieces:
        goes_on = start in torn or (found and _BREAKS.isdisjoint(text[found[-1].end : start]))
        inner = lines(text, start, end)
        found += inner[1:] if goes_on and inner and _BREAKS.isdisjoint(text[start : inner[0].start]) else inner
    return found


def _starts(visible: Sequence[Line]) -> list[Line]:
    """The lines at which the texts of a compilation begin; nothing for an ordinary file."""
    parts = [line.plain for line in visible]
    markers = markers_of(parts)
    firsts, seconds = ({(mark.family, mark.key) for mark in markers if mark.number == number} for number in (1, 2))
    if firsts.isdisjoint(seconds) and sum(plain.startswith("一、") for plain in parts) < 2:
        return []
    before = list(accumulate((_countable(plain) for plain in parts), initial=0))
    total = before[-1]
    found = [marker.line for marker in series.chosen(markers, before, total, parts, outline=False)]
    found = found or unnumbered.title_lines(parts, before, total)
    found = found or [marker.line for marker in series.chosen(markers, before, total, parts, outline=True)]
    return [visible[at] for at in found]


def _countable(plain: str) -> int:
    """Letters, Han characters and digits."""
    return len(_WORDLESS.sub("", plain))


def _section(text: str, part: Sequence[Span], first_line: Line, *, is_marker: bool = False) -> Section:
    span = Span(part[0].start, part[-1].end)
    if not is_marker and not titles.is_title(first_line.plain):
        return Section(titles.title_from_sentence(part[0].of(text)), span, None)
    title_span = Span(span.start, span.start + len(text[span.start : first_line.end].rstrip()))
    return Section(titles.title_text(title_span.of(text)), span, title_span)
