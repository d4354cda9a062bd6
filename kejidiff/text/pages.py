"""original text -> page marks: numbers `1、` ... `16、` that a site printed where its pages began, in mid-sentence.

Some document sites paste a file's pages one after the other, each with its number before it. What tells such numbers
from a list is *equal spacing*: pages hold equally many characters, the items of a list never do. Where pages are
unequal, a second rule takes numbers that stand at line starts after lines that break off.

A series is taken out as a whole, marks at real sentence ends included, each with the line breaks around it: what it
parted reads on without a blank.

Source: a sample report of 16 pages of exactly 300 characters, and a trial with made pages (benchmarks/furniture.py).
Limitations: only `、` after the number; with `.` a table of a law was taken for pages. Pages of fewer than 50
characters are not looked for, nor pages without a number.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from kejidiff.model.document import Exclusion
from kejidiff.span import Span

#: Shorter items of real lists come close to equal lengths; from here on 553 official texts hold no even series.
_SHORTEST_PAGE: Final = 50
#: With a 、 in every five characters a file is a table or noise, and looking for pages in it would only take long
#: (the reports have one in 40).
_DENSEST: Final = 5
#: Sites count a page's characters by rules of their own; the sample's pages are equal to the character, 3 % leave room
#: for blanks and characters that conversion dropped.
_SPREAD: Final = 0.03
_SPREAD_FLOOR: Final = 3
#: Two equal distances are the least that can be called even; 3 marks must then both tear a sentence.
_FEWEST: Final = 3
#: Share of marks after the first that must stand in mid-sentence; with three marks both must.
_TORN_SHARE: Final = 0.5
#: The second rule: share of marks after a line that breaks off, its least length, and the median page. Alone it found
#: half of the series of a trial and none in 553 official texts.
_BROKEN_SHARE: Final = 0.7
_BROKEN_LENGTH: Final = 40
_MEDIAN_PAGE: Final = 80
#: How many marks of the next number are tried from each mark: a page may hold a list with numbers of its own.
_TRIES: Final = 4
#: Pairs of marks looked at in all. A series begins near a file's first mark; this only bounds files made of numbers
#: (a report of 1,000 pages needs 4,000).
_MOST_TRIED: Final = 100_000
_SENTENCE_ENDS: Final = "。！？；：!?;:"
_QUOTES: Final = '”’」』"'
_FIGURE_SIGNS: Final = "0123456789.-．－"
#: No more than this is looked at before a mark: a line that breaks off, and the blank lines below it.
_LOOK_BACK: Final = 200


class _Mark(NamedTuple):
    """A number with its 、 at [start, end) of the text.

    at      its start counted without blanks; after: its end, counted alike
    glued   True where digits, a point or a hyphen stand right before it
    """

    number: int
    start: int
    end: int
    at: int
    glued: bool

    @property
    def after(self) -> int:
        return self.at + self.end - self.start


def find_page_marks(text: str) -> tuple[Exclusion, ...]:
    """Page marks of `text`, ascending, reason `page-mark`.

    A span holds the number, its `、` and the line breaks around it. Before the number 1 the line break stays: a title
    or nothing stands above it.
    """
    marks = _marks(text)
    # Sites count a page's characters with its blanks or without them; whichever way the longer series is even.
    with_blanks = [mark._replace(at=mark.start) for mark in marks]
    series = max(_even_series(text, marks), _even_series(text, with_blanks), key=len) or _broken_series(text, marks)
    return tuple(Exclusion(_with_breaks(text, mark), "page-mark") for mark in series)


def _marks(text: str) -> list[_Mark]:
    """Every number that may be a page's, ascending; none where no three of them rise by one."""
    if not _FEWEST <= text.count("、") <= len(text) // _DENSEST:
        return []
    hits = list(_number().finditer(text))
    numbers = {int(hit[0][cut:-1]) for hit in hits for cut in range(len(hit[0]) - 1)}
    if not any(number + 1 in numbers and number + 2 in numbers for number in numbers):
        return []
    found: list[_Mark] = []
    done = count = 0
    for hit in hits:
        start, end = hit.span()
        count += _solid(text, done, start)
        done = start
        for cut in range(end - 1 - start):
            # A page may end in a figure, 12|3、 reads 123、: any tail of the digits may be the number.
            if text[start + cut] != "0":
                glued = cut > 0 or (start > 0 and text[start - 1] in _FIGURE_SIGNS)
                found.append(_Mark(int(text[start + cut : end - 1]), start + cut, end, count + cut, glued))
    return found


def _solid(text: str, start: int, end: int) -> int:
    """Characters of text[start:end] that are no blanks."""
    return len("".join(text[start:end].split()))


class _Numbered:
    """Marks by their number, and by where they stand."""

    def __init__(self, marks: list[_Mark]) -> None:
        self._marks: dict[int, list[_Mark]] = defaultdict(list)
        self._places: dict[int, list[int]] = defaultdict(list)
        for mark in marks:
            self._marks[mark.number].append(mark)
            self._places[mark.number].append(mark.at)

    def following(self, number: int, place: float, most: int) -> list[_Mark]:
        """At most `most` marks of this number that stand at `place` or later, ascending."""
        if number not in self._marks:
            return []
        first = bisect_left(self._places[number], place)
        return self._marks[number][first : first + most]


def _even_series(text: str, marks: list[_Mark]) -> list[_Mark]:
    """The longest run of numbers at equal distances that tears enough sentences, or nothing."""
    numbered = _Numbered(marks)
    tried: set[tuple[int, int]] = set()
    best: list[_Mark] = []
    for first in marks:
        if len(tried) > _MOST_TRIED:
            break
        for second in numbered.following(first.number + 1, first.after + _SHORTEST_PAGE, _TRIES):
            if (first.start, second.start) in tried:
                continue
            series = _continued(numbered, first, second)
            tried.update((one.start, next_one.start) for one, next_one in pairwise(series))
            if len(series) > len(best) and _tears_sentences(text, series):
                best = series
    return best


def _continued(numbered: _Numbered, first: _Mark, second: _Mark) -> list[_Mark]:
    """The series that begins with these two and keeps their distance."""
    page = second.at - first.after
    slack = max(_SPREAD_FLOOR, _SPREAD * page)
    series = [first, second]
    while True:
        due = series[-1].after + page
        near = numbered.following(series[-1].number + 1, due - slack, 1)
        if not near or near[0].at > due + slack:
            return series
        series.append(near[0])


def _tears_sentences(text: str, series: list[_Mark]) -> bool:
    if len(series) < _FEWEST or sum(mark.glued for mark in series) * 2 > len(series):
        return False
    torn = sum(not _ends_sentence(text, mark.start) for mark in series[1:])
    return torn == 2 if len(series) == _FEWEST else torn >= _TORN_SHARE * (len(series) - 1)


def _ends_sentence(text: str, at: int) -> bool:
    """True where the last character before `at` that is neither blank nor a closing quote ends a sentence."""
    before = text[max(0, at - _LOOK_BACK) : at].rstrip().rstrip(_QUOTES)
    return before[-1:] in _SENTENCE_ENDS


def _broken_series(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Numbers from 1 (or 2) on at line starts after lines that break off, or nothing."""
    leading = [mark for mark in marks if not mark.glued and _line_before(text, mark.start) is not None]
    for number in (1, 2):
        series = _rising(text, leading, number)
        pages = sorted(later.at - mark.after for mark, later in pairwise(series))
        broken = sum(_breaks_off(text, mark) for mark in series[1:])
        long_enough = len(series) >= _FEWEST and pages[len(pages) // 2] >= _MEDIAN_PAGE
        if long_enough and broken >= _BROKEN_SHARE * len(pages):
            return series
    return []


def _rising(text: str, leading: list[_Mark], number: int) -> list[_Mark]:
    """From the first mark of this number on: the next number where a line breaks off, else where it stands first."""
    numbered = _Numbered(leading)
    series = numbered.following(number, 0, 1)
    while series:
        following = numbered.following(series[-1].number + 1, series[-1].after, _TRIES)
        if not following:
            break
        series.append(next((mark for mark in following if _breaks_off(text, mark)), following[0]))
    return series


def _breaks_off(text: str, mark: _Mark) -> bool:
    line = _line_before(text, mark.start) or ""
    return len(line) >= _BROKEN_LENGTH and not _ends_sentence(text, mark.start)


def _line_before(text: str, at: int) -> str | None:
    """The end of the last line above that is not blank; None where `at` does not begin a line."""
    before = text[max(0, at - _LOOK_BACK) : at]
    solid = before.rstrip()
    if solid and "\n" not in before[len(solid) :] and "\r" not in before[len(solid) :]:
        return None
    return solid.splitlines()[-1] if solid else ""


def _with_breaks(text: str, mark: _Mark) -> Span:
    """The number, its mark, and the blanks on either side of it if a line break is among them."""
    before = text[max(0, mark.start - _LOOK_BACK) : mark.start]
    above = before[len(before.rstrip()) :]
    after = text[mark.end : mark.end + _LOOK_BACK]
    below = after[: len(after) - len(after.lstrip())]
    start = mark.start - (len(above) if _holds_break(above) and mark.number > 1 else 0)
    return Span(start, mark.end + (len(below) if _holds_break(below) else 0))


def _holds_break(blanks: str) -> bool:
    return "\n" in blanks or "\r" in blanks


@cache
def _number() -> re.Pattern[str]:
    return re.compile("[0-9]{1,3}、")
