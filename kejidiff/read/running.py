"""Rows of all pages -> which of them are page headers, footers and page numbers.

They stand at a page's upper or lower end, come back on other pages at the same height, digits aside, or say that they
are a page's number.

Limitations. A header that stands on one page only is text. So is what comes back in the middle of pages: stamps,
             watermarks of one line.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kejidiff.read.columns import Row

#: Rows looked at from each end of a page: a header of two lines and a rule's label.
_REACH: Final = 3
#: Longer rows are text, wherever they stand.
_LONGEST: Final = 60
#: Headers come back on so large a share of the pages: every other one where left and right pages differ, fewer where
#: each chapter has its own.
_SHARE: Final = 0.2
_NUMBER: Final = re.compile(
    r"\s*(?:[-–—―_·•~<《〈]\s*){1,3}\d{1,4}\s*(?:[-–—―_·•~>》〉]\s*){1,3}|\s*第\s*[\d一二三四五六七八九十百]{1,5}\s*页"
    r"(?:\s*[，,/(（]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页\s*[)）]?)?\s*|\s*\d{1,4}\s*/\s*\d{1,4}\s*|"
    r"\s*(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*|\s*共\s*\d{1,4}\s*页\s*第\s*\d{1,4}\s*页\s*",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+|\s+")


#: By what a row says, the end of the page it is near, and its height: the pages where such a row stands.
_Seen = defaultdict[tuple[str, bool, int], set[int]]


def running_marks(pages: Sequence[Sequence[Row]]) -> list[frozenset[int]]:
    """By page: the places of its rows that are marks."""
    seen: _Seen = defaultdict(set)
    for number, rows in enumerate(pages):
        for at, upper in _ends(rows):
            seen[_key(rows[at]), upper, _height(rows[at])].add(number)
    written = sum(bool(rows) for rows in pages)
    return [frozenset(_marks(rows, number, seen, written)) for number, rows in enumerate(pages)]


def _height(row: Row) -> int:
    """In halves of a row."""
    return round(2 * row.bottom / row.size) if row.size > 0 else 0


def _ends(rows: Sequence[Row]) -> list[tuple[int, bool]]:
    """Places of the rows near the ends of a page, the outermost first; True for the upper end."""
    half = (len(rows) + 1) // 2
    upper = [(at, True) for at in range(min(_REACH, half))]
    lower = [(at, False) for at in range(len(rows) - 1, max(len(rows) - 1 - _REACH, half - 1), -1)]
    return upper + lower


def _key(row: Row) -> str:
    return _DIGITS.sub("", row.text)


def _marks(rows: Sequence[Row], number: int, seen: _Seen, written: int) -> list[int]:
    """From each end inward, up to the first row that is none."""
    found: list[int] = []
    open_ends = {True, False}
    for at, upper in _ends(rows):
        if upper not in open_ends:
            continue
        text = rows[at].text
        if len(text) <= _LONGEST and (_NUMBER.fullmatch(text) or _comes_back(rows[at], upper, number, seen, written)):
            found.append(at)
        else:
            open_ends.discard(upper)
    return found


def _comes_back(row: Row, upper: bool, number: int, seen: _Seen, written: int) -> bool:
    """On enough pages at the same height, to half a row."""
    key, height = _key(row), _height(row)
    alike = [seen.get((key, upper, height + shift), set()) for shift in (-1, 0, 1)]
    others = sum(map(len, alike)) - (number in alike[1])
    return others + 1 >= max(2, _SHARE * written)
