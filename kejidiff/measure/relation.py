"""Two documents -> how they stand to each other: of another year (跨年), another place, or a superior (照抄上级).

Who issues a document is read from its title (国务院…, 湖南省…, 安化县…) and, where that names no place, from whom the
text calls its own (全省, 我市, 本县): the level it says most often.
"""

import re
from collections import Counter
from functools import cache
from typing import Final, TypeVar

from kejidiff.figures import value_of
from kejidiff.model import Direction, Document

Named = TypeVar("Named", int, str)

#: Levels of issuers, by what stands in titles and behind 全, 我, 本.
_LEVELS: Final = {"国": 4, "省": 3, "市": 2, "州": 2, "盟": 2, "县": 1, "区": 1, "旗": 1, "镇": 0, "乡": 0,
                  "局": 0, "院": 0, "校": 0}  # fmt: skip
#: Municipalities and autonomous regions are 市 and 区 by name, and of the first level.
_FIRST_LEVEL: Final = ("北京市", "天津市", "上海市", "重庆市", "内蒙古", "广西", "西藏", "宁夏", "新疆", "自治区")
#: Times a text must call a level its own.
_OWN: Final = 3


def find_relation(left: Document, right: Document, direction: Direction | None = None) -> tuple[str, ...]:
    """`cross-year`, `cross-place` where the years (places) of both titles have none in common, or where a title names
    none, those of the texts; `copied-from-above` instead of the latter where an issuer of a higher level wrote one of
    them, unless the direction says that it was the one that copied."""
    relation = []
    if _apart(title_years(left.title), title_years(right.title), set(left.years), set(right.years)):
        relation.append("cross-year")
    above = _above(left, right)
    titled = [{place for place in document.places if place in document.title} for document in (left, right)]
    if not above and _apart(titled[0], titled[1], set(left.places), set(right.places)):
        relation.append("cross-place")
    if above and (direction is None or direction.source in (above, "unknown")):
        relation.append("copied-from-above")
    return tuple(relation)


def title_years(title: str) -> set[int]:
    """The years that stand in a title, however they are written."""
    return {int(value_of(match[0])) for match in _year().finditer(title)}


def _apart(titled_left: set[Named], titled_right: set[Named], left: set[Named], right: set[Named]) -> bool:
    """True where what the titles name, or if one names nothing what title and text name, has nothing in common."""
    if titled_left and titled_right:
        return not titled_left & titled_right
    return bool(left and right) and not left & right


def _above(left: Document, right: Document) -> str | None:
    """The side whose issuer is of a higher level, where both are known and the lower one's place may lie in it."""
    levels = _level(left), _level(right)
    if None in levels or levels[0] == levels[1]:
        return None
    side = "left" if (levels[0] or 0) > (levels[1] or 0) else "right"
    higher, lower = (left, right) if side == "left" else (right, left)
    if higher.years and lower.years and lower.years[0] < higher.years[0]:
        return None
    own = higher.places[:1]
    national = max(level for level in levels if level is not None) == 4
    if national or (own and own[0] in lower.places) or (own and own[0] in lower.folded.text):
        return side
    return None


def _level(document: Document) -> int | None:
    """4 the state, 3 a province, 2 a prefecture, 1 a county, 0 what is below; None where nothing tells."""
    title = "".join(document.title.split())
    if re.match("国务院|中共中央|中华人民共和国|全国", title):
        return 4
    if title.startswith(_FIRST_LEVEL):
        return _LEVELS["县"] if re.match("[^省市]{2,4}市[^市区县]{1,4}[区县]", title) else _LEVELS["省"]
    endings = [match[0][-1] for match in _places().finditer(_prefix().split(title, maxsplit=1)[0])]
    if endings:
        return _LEVELS[endings[-1]]
    counts = Counter(match[1] for match in _own().finditer(document.folded.text))
    ranked = sorted(counts, key=lambda one: (-counts[one], one))
    return _LEVELS[ranked[0]] if ranked and counts[ranked[0]] >= _OWN else None


@cache
def _prefix() -> re.Pattern[str]:
    """Where the issuer's name ends and the subject begins."""
    return re.compile("关于|工作|科技|科学|政府|人民|委员会|实施|促进|创新|总结|计划|报告")


@cache
def _places() -> re.Pattern[str]:
    """Places one after the other: 湖南省, 益阳市, 安化县. A 园区 or 新区 is none."""
    return re.compile(r"[^\W\d]{2,6}?(?:[省市州盟县旗镇乡](?![场级域])|(?<![园范新城社发灾])区)")


@cache
def _own() -> re.Pattern[str]:
    return re.compile("[全我本]([省市州盟县区旗镇乡局院校])")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d０-９])(?:(?:19|20)\d\d|(?:１９|２０)[０-９]{2})(?![\d０-９])|(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}"
    )
