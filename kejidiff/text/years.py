"""Original text and title -> the years they name: 2013, ２０１３, 二〇一三; alone in a title, before 年 in a text."""

import re
from collections import Counter
from functools import cache
from typing import Final

from kejidiff.figures import value_of
from kejidiff.span import Span

#: What stands before a year that is not the report's own.
_BEFORE_OTHER: Final = frozenset("比较到至自从于")


def find_years(text: str) -> list[tuple[Span, int]]:
    """Every year in an original text with its span (the digits alone), ascending."""
    return [(Span(*match.span(1)), _value(match[1])) for match in _year().finditer(text)]


def years_of(title: str, text: str) -> tuple[int, ...]:
    """Years of the title, then those the text names most; four at most.

    A mention of a year that is only compared with, aimed at or counted from (比2012年, 到2015年, 2010年以来)
    weighs half; of years named alike often the later comes first.
    """
    named = [_value(match[0]) for match in _title_year().finditer(title)]
    weights: Counter[int] = Counter()
    for span, year in find_years(text):
        aside = text[span.start - 1 : span.start] in _BEFORE_OTHER or text[span.end + 1 : span.end + 3] == "以来"
        weights[year] += 1 if aside else 2
    ranked = sorted(weights, key=lambda year: (-weights[year], -year))
    return tuple(dict.fromkeys(named + ranked))[:4]


def _value(year: str) -> int:
    return int(year if year.isdecimal() else value_of(year))


@cache
def _year() -> re.Pattern[str]:
    # ０-９: full-width; a range of years ends in 年 once (2011-2013年).
    digits = (
        r"(?:19[5-9]\d|20[0-4]\d|１９[５-９][０-９]|２０[０-４][０-９]"
        r"|一九[五六七八九][〇○零一二三四五六七八九]|二[〇○零][〇○零一二三四][〇○零一二三四五六七八九])"
    )
    return re.compile(rf"(?<![\d０-９])({digits})(?=\s*年|\s*[-—–~～至到－]+\s*{digits}\s*年)")


@cache
def _title_year() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d０-９])(?:(?:19[5-9]\d|20[0-4]\d|１９[５-９][０-９]|２０[０-４][０-９])(?![\d０-９])"
        r"|(?:一九[五六七八九]|二[〇○零][〇○零一二三四])[〇○零一二三四五六七八九](?![〇○零一二三四五六七八九]))"
    )
