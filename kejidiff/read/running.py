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


def running_marks(pages: Sequence[Sequence[Row]]) -> list[frozenset[int]]:
    """By page: the places of its rows that are marks."""
    seen: defaultdict[tuple[str, bool], list[tuple[int, float, float]]] = defaultdict(list)
    for number, rows in enumerate(pages):
        for at, upper in _ends(rows):
            seen[_key(rows[at]), upper].append((number, rows[at].bottom, rows[at].size))
    written = sum(bool(rows) for rows in pages)
    return [frozenset(_marks(rows, number, seen, written)) for number, rows in enumerate(pages)]


def _ends(rows: Sequence[Row]) -> list[tuple[int, bool]]:
    """Places of the rows near the ends of a page, the outermost first; True for the upper end."""
    half = (len(rows) + 1) // 2
    upper = [(at, True) for at in range(min(_REACH, half))]
    lower = [(at, False) for at in range(len(rows) - 1, max(len(rows) - 1 - _REACH, half - 1), -1)]
    return upper + lower


def _key(row: Row) -> str:
    return _DIGITS.sub("", row.text)


def _marks(
    rows: Sequence[Row], number: int, seen: dict[tuple[str, bool], list[tuple[int, float, float]]], written: int
) -> list[int]:
    """From each end inward, up to the first row that is none."""
    found: list[int] = []
    open_ends = {True, False}
    for at, upper in _ends(rows):
        if upper not in open_ends:
            continue
        row = rows[at]
        if len(row.text) <= _LONGEST and (
            _NUMBER.fullmatch(row.text) or _comes_back(row, number, seen[_key(row), upper], written)
        ):
            found.append(at)
        else:
            open_ends.discard(upper)
    return found


def _comes_back(row: Row, number: int, places: Sequence[tuple[int, float, float]], written: int) -> bool:
    others = {page for page, bottom, size in places if page != number and abs(bottom - row.bottom) <= 0.5 * size}
    return len(others) + 1 >= max(2, _SHARE * written)
