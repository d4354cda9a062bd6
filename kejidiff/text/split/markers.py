"""Line -> the marker it may be: 篇一, 【第2篇】, 范文三:…, 科技创新工作总结四, Part 5, (二)….

A marker is a suspicion. Which markers part a file is `series`' decision, which looks at numbers and lengths.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from kejidiff.text import titles

#: named: a word says that a text begins (篇, 范文). numbered: only brackets or the number of a title say so.
#: outline: the same marks that number a report's own parts.
Family = Literal["named", "numbered", "outline"]

#: No marker of the sample reports or of the made compilations is longer.
LONGEST: Final = 60

_NUMBER: Final = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[①-⑳])"
_DECORATION: Final = " ★☆●○■□◆◇▲△►▶▼#*=~_—-·•※+|>"
#: What a marker ends or begins with; `_word` finds the others.
_LAST: Final = frozenset("一二三四五六七八九十0123456789)】]:篇份①②③④⑤⑥⑦⑧⑨⑩")
_FIRST: Final = frozenset("【[★")
#: Words that say: here a text begins. The others of `_piece` number cases and annexes as well.
_NAMING: Final = frozenset({"篇", "份", "范文", "例文", "样文", "模板", "样本"})
_DIGITS: Final = "一二三四五六七八九"


class Marker(NamedTuple):
    """`line` is an index into the file's lines; markers of one series have the same family and key."""

    line: int
    number: int
    family: Family
    key: str


def markers_of(parts: Sequence[str]) -> list[Marker]:
    """What the lines of a file may be, ascending; of one line the closest reading first."""
    word = _word()
    found: list[Marker] = []
    for at, plain in enumerate(parts):
        if len(plain) <= LONGEST and (plain[-1] in _LAST or plain[0] in _FIRST or word.search(plain)):
            found += _markers(at, plain.strip(_DECORATION))
    return found


def _markers(at: int, core: str) -> list[Marker]:
    if not core or core[-1] in "。;!?,、" or _inner_sentence().search(core):
        return []
    readings = [(family, key, number_of(digits)) for family, key, digits in _readings(core)]
    return [Marker(at, number, family, key) for family, key, number in dict.fromkeys(readings) if number]


def _readings(core: str) -> list[tuple[Family, str, str]]:
    """Family, key and digits of what the line may be, the closest reading first."""
    if hit := _piece().match(core):
        word = hit["unit"] or hit["word"]
        family: Family = "named" if word in _NAMING else "numbered"
        return _keyed(family, hit["title"], word, hit["number"] or hit["ordinal"])
    if hit := _part().match(core):
        return [("numbered", "|part", hit["number"])]
    if hit := _bracket().match(core):
        return [("numbered", "|[]", hit["number"])]
    if (hit := _title_and_number().match(core)) and titles.names_document(hit["title"].rstrip(" (【[-—_:")):
        # One title counted on says more than different titles that end in a number.
        return [("named", f"{_same(hit['title'])}|title", hit["number"]), ("numbered", "|title", hit["number"])]
    if (hit := _outline().match(core)) and (not hit["title"] or titles.names_document(hit["title"])):
        shape = hit["mark"].replace(hit["number"], "n")
        return [("outline", f"|{shape}{'title' if hit['title'] else ''}", hit["number"])]
    return []


def _keyed(family: Family, title: str, word: str, digits: str) -> list[tuple[Family, str, str]]:
    """With the words before the number in the key, and without: 区科技局工作总结篇一, 县科技局工作汇报篇二."""
    return [(family, f"{_same(title)}|{word}", digits), (family, f"|{word}", digits)]


def _same(title: str) -> str:
    """A title without what may differ from one text of a series to the next: years, blanks, brackets."""
    return re.sub(r"[\s\d【\[(:-]+", "", title)


def number_of(digits: str) -> int:
    """The value of 7, 十二 or ⑦; 0 where it is none."""
    if digits.isdecimal():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    tens, ten, ones = digits.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    unit = _DIGITS.find(ones) + 1 if ones else 0
    return unit if not ten else (_DIGITS.find(tens) + 1 if tens else 1) * 10 + unit


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[篇例范材模样Pp]|第.{1,3}[份则]|^\(?[一二三四五六七八九十]{1,3}[、)]|^[①-⑳]")


@cache
def _inner_sentence() -> re.Pattern[str]:
    return re.compile("[。;!?].")


@cache
def _piece() -> re.Pattern[str]:
    """篇一, 第2篇, 例三, 范文4, with brackets, with a title before it, after it or both."""
    word = "范文|例文|样文|模板|样本|材料|示例|篇|(?<![条案事实范病惯])例"
    return re.compile(
        rf"(?P<title>.{{0,40}}?)[【\[(《]*(?:第\s*(?P<ordinal>{_NUMBER})\s*(?P<unit>篇|份|例|则)"
        rf"|(?P<word>{word})\s*[(\[【]?(?P<number>{_NUMBER}))(?:\s*[】\])》]+.*|\s*[:、.\-—|].*|\s.*|)$"
    )


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"[【\[(]?part\s*\.?\s*(?P<number>\d{{1,2}}|{_NUMBER})(?:[^\d\w].*|)$", re.IGNORECASE)


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(rf"[【\[](?P<number>{_NUMBER})[】\]].*$")


@cache
def _title_and_number() -> re.Pattern[str]:
    return re.compile(rf"(?P<title>.{{2,45}}?)\s*之?\s*[(【\[]?(?P<number>(?<!\d){_NUMBER})[)】\]]?(?:\s*:.*|)$")


@cache
def _outline() -> re.Pattern[str]:
    return re.compile(rf"(?P<mark>\(?(?P<number>{_NUMBER})(?:[、.)]|(?<=[①-⑳])))\s*(?P<title>.*)$")
