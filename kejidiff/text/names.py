"""A document -> what it names: places, units, years.

A *unit* is an office, school or company that a place stands before (安化县科技局), or one named in the title; of units
that stand alone in a text nobody can tell whose they are.
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.model import Document, FoldedText, Name, Names
from kejidiff.span import Span
from kejidiff.text.fold import fold_characters
from kejidiff.text.places import PROVINCES, bare, find_places, level_of, title_places
from kejidiff.text.years import find_years

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNIT_ENDING: Final = (
    "(?:人民)?政府|管委会|管理委员会|委员会|党委|县委|市委|省委|区委|科协|科学技术协会|协会|学会|联合会|大学|学院|中学|小学|医院|"
    "研究院|研究所|科学院|设计院|试验站|实验室|博物馆|图书馆|科技馆|集团|公司|厂|局|厅|办公室|服务中心|中心|农场|林场|"
    "开发区|工业园|产业园|科技园|高新区|园区"
)


def names_of(document: Document, text: str) -> Names:
    """All that a document names; `text` is its file's, and years are where they stand in it."""
    start = document.span.start
    years = [(Span(start + span.start, start + span.end), year) for span, year in find_years(document.span.of(text))]
    return Names(find_names(document.title, document.folded), tuple(years))


def find_names(title: str, folded: FoldedText) -> tuple[Name, ...]:
    """The places and units a document names, each once, those of the title first, then by frequency."""
    counts: Counter[tuple[str, str]] = Counter()
    heading = fold_characters(title)
    places = [*title_places(heading)]
    in_title = {(found.stem, heading[found.start : found.end]) for found in places}
    text = folded.text
    breaks = _clause_ends(folded)
    units: Counter[str] = Counter()
    for found in find_places(text):
        end = int(breaks[found.start])
        if end >= found.end:
            counts[found.stem, text[found.start : found.end]] += 1
            unit = _after_place().match(text, found.end, end)
            if unit:
                units[text[found.start : unit.end()]] += 1
    ranked = sorted(counts, key=lambda one: (-counts[one], one))
    named = [
        Name("place", stem, word, level_of(stem, word), bare(stem), (stem, word) in in_title)
        for stem, word in dict.fromkeys([*sorted(in_title), *ranked])
    ]
    stems = {name.stem for name in named}
    named += [
        Name("place", province, province, 3, True, province in heading)
        for province in PROVINCES
        if province not in stems and province in text + heading
    ]
    units.update(match[0] for match in _unit().finditer(heading))
    told = sorted(units, key=lambda unit: (unit not in heading, -units[unit], unit))
    return tuple(named + [Name("unit", unit, unit, titled=unit in heading) for unit in told])


def _clause_ends(folded: FoldedText) -> "NDArray[np.int64]":
    """Shape (len + 1,): by folded offset, where the clause that it lies in ends."""
    size = len(folded.text)
    at = np.searchsorted(folded.clauses, np.arange(size + 1), side="right")
    return np.append(folded.clauses, size)[np.minimum(at, len(folded.clauses))].astype(np.int64)


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(r"[^\W\d]{2,12}?(?:大学|学院|研究院|研究所|公司|集团|中学|小学|医院)")


@cache
def _after_place() -> re.Pattern[str]:
    return re.compile(rf"[^\W的与和及对在为向由把被将到等了是有各我本#]{{0,8}}?(?:{_UNIT_ENDING})")
