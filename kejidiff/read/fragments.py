"""Text on pages -> its nouns: `Fragment` as a file stores it, `Column` and `Line` as it is read."""

import unicodedata
from typing import NamedTuple


class Fragment(NamedTuple):
    """A stretch of text on one line, with its box: in any unit, from the page's left and *top* edge downward.

    size   of its letters, in the same unit: the width of a Hanzi
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


class Column(NamedTuple):
    """The edges between which lines are set; the `at`th (from 0) of `of` columns beside one another, with `lines`."""

    left: float
    right: float
    at: int = 0
    of: int = 1
    lines: int = 0


class Line(NamedTuple):
    """A line in its column.

    bottom    of its letters, from the page's top
    cells     how many stretches far apart it is made of: more than one in the row of a table
    spaced    its text ended in a blank of its own
    hanging   lines as far to the right as it come before: a list item's second line
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    column: Column
    page: int = 0
    cells: int = 1
    spaced: bool = False
    hanging: bool = False


def wide(char: str) -> bool:
    """True for Hanzi and their marks: between them a line's end stands for nothing."""
    return bool(char) and (unicodedata.east_asian_width(char[0]) in "WF" or char[0] in "“”‘’…—·")
