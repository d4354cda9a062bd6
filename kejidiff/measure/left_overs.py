"""Two documents, what they name, what they share -> what came along with copied text and belongs to the other one.

A name is *home* in a document when its title bears it, or when of all places of its level the document names it most.
A name is *left over* in a document where it stands at a place that corresponds to a place of
the other document, is home there and not here, while a name of the same level is home here and not there: 安化 in the
plan of 平乐. So what both have by right (their province, their country) is never listed, and neither is a name in a
document of which nothing else is known. A year is left over where the later document speaks of the earlier one's year
as its own.
Limitations: of two reports from one place nothing is known about third places; names are looked for as they fold.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from kejidiff.figures import find_figures, is_mask, value_of
from kejidiff.measure.correspondence import Correspondence
from kejidiff.model import Alignment, Direction, Document, LeftOver, Name, Names
from kejidiff.span import Span

#: How many times as often as the other a document must use a name for it to be home there; with fewer mentions than
#: `_MENTIONS` frequency says nothing. A choice: one mention forgotten among three exchanged is what is looked for.
_TIMES, _MENTIONS = 3, 3
#: A name of the other document's title may stand this often outside shared text and still be listed.
_RARE: Final = 2
#: Left-overs listed of one name (the first ones), and figures of one sentence.
_OF_ONE: Final = 20
_FIGURES: Final = 6
#: Figures of fewer digits (3 次, 5 家) are equal in two documents by chance.
_DIGITS: Final = 2
#: Years between two reports of one office that still may be one text; a choice.
_GENERATION: Final = 10
#: How many times as often a year is raised as it is kept for the kept ones to be forgotten; a choice.
_RAISED: Final = 2
#: Characters on either side within which a sentence's ends are looked for: official sentences run to 200.
_REACH: Final = 200


class Party(NamedTuple):
    """One document with its file's text and what it names."""

    document: Document
    text: str
    names: Names

    @property
    def folded(self) -> str:
        return self.document.folded.text


def find_left_overs(left: Party, right: Party, alignment: Alignment) -> tuple[LeftOver, ...]:
    """Left-overs on both sides, ascending within each; `settled` drops those that a known direction rules out."""
    if not alignment.passages:
        return ()
    found: list[LeftOver] = []
    for side, own, other in (("left", left, right), ("right", right, left)):
        matched = Correspondence.of(alignment, to_left=side == "left")
        places = _places(own, other, matched)
        years = _years(own, other, matched)
        carried = [("unit" if unit else "place", here, there) for unit, here, there in places]
        carried += [("year", here, there) for here, there in years]
        carried += [("figure", here, there) for here, there in _figures(own, other, matched, carried)]
        found += [LeftOver(kind, side, here, there) for kind, here, there in sorted(carried, key=lambda one: one[1])]  # type: ignore[arg-type]  # mypy widens the literals to str
    return tuple(found)


def settled(left_overs: Iterable[LeftOver], direction: Direction) -> tuple[LeftOver, ...]:
    """Without those of the document that the other was made from: what it says of itself is its own."""
    return tuple(one for one in left_overs if one.side != direction.source)


def left_over_findings(left_overs: Iterable[LeftOver]) -> tuple[str, ...]:
    """`left-over-names`, `left-over-years`, in that order, where there are any."""
    kinds = {one.kind for one in left_overs}
    return ("left-over-names",) * bool(kinds & {"place", "unit"}) + ("left-over-years",) * ("year" in kinds)


def _places(own: Party, other: Party, matched: Correspondence) -> list[tuple[bool, Span, Span]]:
    """Names of `other` that stand in `own`: is it a unit, its span, where the other has it."""
    stems = {name.stem: name for party in (own, other) for name in reversed(party.names.names) if _identifies(name)}
    titled = {one.stem for one in own.names.names if one.titled}
    here = {stem: _Mentions.of(name, own, matched, stem in titled) for stem, name in stems.items()}
    there = {stem: len(_spans(name, other)) for stem, name in stems.items()}
    mine = {stem: len(mentions.spans) for stem, mentions in here.items()}
    homes, foreign = _homes(own, mine), _homes(other, there)
    found: dict[Span, tuple[bool, Span, Span]] = {}
    for stem in foreign:
        replaced = [
            home for home in homes
            if stem not in homes and there.get(home, 0) * _TIMES <= there[stem] and mine[stem] < mine[home]
        ]  # fmt: skip
        if (
            not replaced
            or not here[stem].spans
            or here[stem].in_title
            or _beside(here[stem], [here[home] for home in replaced])
        ):
            continue
        levels = {stems[home].level for home in replaced if stems[home].kind == stems[stem].kind}
        exchanged = any(_exchanged(stems[stem], home, own, other, matched) for home in replaced)
        if stems[stem].level in levels or exchanged:
            found |= {one[1]: one for one in _listed(stems[stem], own, other, here[stem])}
    return list(found.values())


def _identifies(name: Name) -> bool:
    """Every place, and the units of titles: others are partners as often as they are the writer."""
    return name.kind == "place" or name.titled


def _homes(party: Party, counts: dict[str, int]) -> list[str]:
    """Stems of the names a document is about: those of its title, and of every level the one it names most."""
    places = [name for name in party.names.names if _identifies(name)]
    homes = dict.fromkeys(name.stem for name in places if name.titled)
    for level in range(4):
        stems = {name.stem for name in places if name.level == level and name.kind == "place"}
        most = max(stems, key=lambda stem: (counts[stem], stem), default=None)
        if most is not None and counts[most] >= _MENTIONS and not any(stem in homes for stem in stems):
            homes[most] = None
    return list(homes)


class _Mentions(NamedTuple):
    """Where a document holds a name: all places, and for each the counterpart, where it has one."""

    spans: tuple[Span, ...]
    counterparts: tuple[Span | None, ...]
    in_title: bool

    @classmethod
    def of(cls, name: Name, party: Party, matched: Correspondence, titled: bool) -> "_Mentions":
        spans = tuple(_spans(name, party))
        return cls(spans, tuple(matched.at(span) for span in spans), titled)


def _spans(name: Name, party: Party) -> list[Span]:
    """Original spans of every mention: of the stem where it means the place by itself, else of the whole name; each as
    long as a name or unit that begins with it."""
    folded = party.document.folded
    text = folded.text
    wanted = name.stem if name.bare else name.text
    at = text.find(wanted)
    if at < 0:  # as with most names of the other document
        return []
    clauses = folded.clauses.tolist()
    longer = sorted({one.text for one in party.names.names if one.text.startswith(name.stem)}, key=len, reverse=True)
    spans = []
    while at >= 0:
        full = next((one for one in longer if text.startswith(one, at)), wanted)
        border = clauses[bisect_right(clauses, at)] if at < clauses[-1] else len(text)
        if at + len(wanted) <= border:
            spans.append(folded.span(at, min(at + len(full), border)))
        at = text.find(wanted, at + len(wanted))
    return spans


def _beside(mentions: _Mentions, homes: Sequence[_Mentions]) -> bool:
    """True where the name leads in one of the document's own: 湖南省安化县, both are its own."""
    starts = {span.start for home in homes for span in home.spans}
    return any(span.end in starts for span in mentions.spans)


def _exchanged(name: Name, home: str, own: Party, other: Party, matched: Correspondence) -> bool:
    """True where the document has its own name at a place where the other has the name in question."""
    home_name = next(one for one in own.names.names if one.stem == home)
    for span in _spans(home_name, own):
        counterpart = matched.at(span)
        if counterpart is not None and name.stem in other.document.folded.within(counterpart):
            return True
    return False


def _listed(name: Name, own: Party, other: Party, here: _Mentions) -> list[tuple[bool, Span, Span]]:
    outside = sum(counterpart is None for counterpart in here.counterparts)
    if outside > _RARE:
        return []
    origins = list(_spans(name, other))
    found = []
    for span, counterpart in zip(here.spans, here.counterparts, strict=True):
        if counterpart is None:
            if not name.titled or not _alone(own, span):
                continue
            origin = origins[0]
        elif name.stem in other.document.folded.within(counterpart):
            origin = counterpart
        else:
            continue
        unit = any(one.kind == "unit" and own.document.folded.within(span) == one.text for one in own.names.names)
        found.append((unit, span, origin))
    return found[:_OF_ONE]


def _alone(party: Party, span: Span) -> bool:
    """False where the sentence tells of a visit or names other places, too: then the name may well belong there."""
    sentence = _sentence(party.text, span).of(party.text)
    return not _abroad().search(sentence) and sum(sentence.count(name.stem) for name in party.names.names) <= 1


def _years(own: Party, other: Party, matched: Correspondence) -> list[tuple[Span, Span]]:
    """Years of the earlier `other` of which `own`, the later one, speaks as of its own."""
    if not own.document.years or not other.document.years:
        return []
    present, past = own.document.years[0], other.document.years[0]
    if not 0 < present - past <= _GENERATION:
        return []
    pairs = [(span, year, matched.at(span)) for span, year in own.names.years]
    if any(year == past and counterpart is None and _own_year(own, span) for span, year, counterpart in pairs):
        return []
    moved = any(
        year == present and counterpart is not None and str(past) in value_of(counterpart.of(other.text))
        for _, year, counterpart in pairs
    )
    raised = _raised(pairs, other, present - past)
    found = []
    for span, year, counterpart in pairs:
        if counterpart is None or value_of(counterpart.of(other.text)) != str(year):
            continue
        if year in raised and _own_year(own, span):
            found.append((span, counterpart))
            continue
        if year != past:
            continue
        if _own_year(own, span) and (moved or _this_year().search(_sentence(own.text, span).of(own.text))):
            found.append((span, counterpart))
    return found[:_OF_ONE]


def _raised(pairs: Iterable[tuple[Span, int, Span | None]], other: Party, shift: int) -> set[int]:
    """Years of the earlier document that the later one raises by the years between them, nearly wherever it copies:
    where one of these stays as it was, it was forgotten."""
    raised: Counter[int] = Counter()
    kept: Counter[int] = Counter()
    for _, year, counterpart in pairs:
        told = "" if counterpart is None else value_of(counterpart.of(other.text))
        raised[year - shift] += told == str(year - shift)
        kept[year] += told == str(year)
    return {year for year, times in raised.items() if times >= _RAISED * kept[year] > 0}


def _own_year(party: Party, span: Span) -> bool:
    """False where the year is compared with, counted from, or a date: 比2012年, 2012年以来, 2012年3月."""
    before, after = party.text[max(span.start - 2, 0) : span.start], party.text[span.end : span.end + 6]
    return not _compared().search(before) and not _since().match(after)


def _figures(
    own: Party, other: Party, matched: Correspondence, carried: Sequence[tuple[str, Span, Span]]
) -> list[tuple[Span, Span]]:
    """Figures equal in both, in the sentences that hold what is left over already."""
    found: dict[Span, Span] = {}
    for _, here, _there in carried:
        sentence = _sentence(own.text, here)
        listed = 0
        for figure in find_figures(sentence.of(own.text)):
            span = Span(sentence.start + figure.start, sentence.start + figure.end)
            counterpart = matched.at(span)
            value = value_of(span.of(own.text))
            if (
                counterpart is None or is_mask(value) or sum(map(str.isdigit, value)) < _DIGITS
                or own.text[span.end : span.end + 1] in "年届"
                or value_of(counterpart.of(other.text)) != value or listed == _FIGURES
            ):  # fmt: skip
                continue
            found[span] = counterpart
            listed += 1
    return list(found.items())


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, at most `_REACH` characters either way."""
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    start = span.start - len(before) + max((mark.end() for mark in _stops().finditer(before)), default=0)
    stop = _stops().search(after)
    return Span(start, span.end + (stop.start() if stop else len(after)))


@cache
def _stops() -> re.Pattern[str]:
    return re.compile("[。！？；;!?\\r\\n]")


@cache
def _abroad() -> re.Pattern[str]:
    return re.compile(
        "学习|借鉴|考察|赴|调研|参观|对接|合作|签约|来自|邀请|座谈|对口|帮扶|结对|交流|友好|等地|引进|招商"
    )


@cache
def _this_year() -> re.Pattern[str]:
    return re.compile("今年|本年|目前|全年|一年来|我[省市县区局院校]|全[省市县区局院校]")


@cache
def _compared() -> re.Pattern[str]:
    return re.compile("[比较到至自从于与同在—–-]$|上年")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(
        r"年(?:以来|度?同期|相比|[\d０-９一二三四五六七八九十]+月[\d０-９一二三四五六七八九十]+日|至|到|[-—–~])"
    )
