"""Folded text -> the places it names, by dictionary and ending.

A *place* is a word the dictionary knows as one and that ends in 省, 市, 县 and their like, or a known stem
before such an ending (to jieba 嘉兴 alone is a person, 嘉兴市 a place). Its *stem* is what its mentions have in
common: 安化 for 安化县, 延边 for 延边朝鲜族自治州.
Limitations: a place the dictionary does not hold is found only in a title, before 市, 县, 区; streets and villages
are not looked for.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from kejidiff.text.fold import codes_of, fold_characters
from kejidiff.text.words import frequency_of, is_place, places_at


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


#: Level of what a place's ending says: province, prefecture, county, township.
LEVELS: Final = {"省": 3, "州": 2, "盟": 2, "市": 2, "县": 1, "区": 1, "旗": 1, "镇": 0, "乡": 0}
_ENDINGS: Final = codes_of("".join(LEVELS))

#: Names of the first level, which need no ending. Source: the list of administrative divisions in use since 1997.
PROVINCES: Final = _words(
    """
    北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
    广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    """
)

#: What an autonomous division is named after besides its place.
_PEOPLES: Final = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|裕固|独龙|各"
)

#: What such names are made of; and how far before 自治 they are looked for at first (the longest real one has eleven
#: characters: 保安族东乡族撒拉族自治县, without its ending).
_OF_PEOPLES: Final = "".join(sorted({*_PEOPLES, "族"} - {"|"}))
_PEOPLES_REACH: Final = 32

#: Parts of a town or of the world, and slogans: in the dictionary with 区, 市 or 镇 as places, or as places themselves
#: before a 市 that belongs to 市场.
_GENERIC: Final = frozenset(
    _words(
        """
        新城 旧城 老城 主城 大城 高城 建城 中心城 北方 南方 北方地 南方地 西部 东部 中部 东北 西北
        华北 华东 华中 华南 西南 东南 京津 京津冀 长三角 珠三角 山丘 丘陵 三色 五环 太阳 下半 国家
        中国 全国 我国 亚洲 欧洲 非洲 美洲 世界 城市 高新 开发 工业 全省 全市 全县 全区 各县 各省
        各市 外省 外市 江南水 小城 中心 重点 自治 城乡 新镇 科教兴 科教强 科技兴
        文明 旧城区 老城区 新城区 后方城 周边城 大中城 宜居城 文明城 港口城 特大城 田园城 第九城
        """
    )
)
#: No name begins with these; they stand before 省, 市, 县 as pronouns, numbers and prepositions do (本市, 各县, 在区).
_NEVER_FIRST: Final = frozenset(
    "各全我本该某每这那等及与的了在到由为将把被让使从向对和或是有外跨出进一二三四五六七八九十百两几多"
)

#: A stem that is a word at least this frequent in jieba's dictionary, and no place there, is itself only with its
#: ending: 和平, 建设, 公安 (above 2,500) are, 嘉兴, 钟祥, 平乐, taken for persons or adjectives (below 600), are not.
_ORDINARY: Final = 600
#: Words that the dictionary has as places and texts use as verbs and directions.
_COMMON: Final = frozenset(_words("新建 新城 山区 南部 中原 东方 同江 通道"))

#: Two endings are one too many: 嘉兴县市 is the county and the city.
_TWO_ENDINGS: Final = ("县市", "市县", "市区", "县区", "省市", "区县")

#: Longest name of a place with its ending; the dictionary's longest is 延边朝鲜族自治州.
_LONGEST: Final = 8


class Found(NamedTuple):
    """A place as it stands in a text: folded offsets, half-open."""

    start: int
    end: int
    stem: str


def find_places(text: str) -> list[Found]:
    """Every mention of a place with its ending in folded text, ascending and disjoint, the longest where two meet."""
    found: dict[int, Found] = {}
    for start, end in _known_places(text):
        mention = _mention(text, start, end)
        if mention is not None:
            found[end] = mention
    ascending = sorted([*found.values(), *_autonomous(text)], key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for mention in ascending:
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _known_places(text: str) -> list[tuple[int, int]]:
    """What the dictionary has as a place, with its ending or but for it; the shortest first."""
    codes = codes_of(text)
    ends = np.flatnonzero(np.isin(codes, _ENDINGS)) + 1
    lengths = np.repeat(np.arange(2, _LONGEST + 1), len(ends))
    ends = np.tile(ends, _LONGEST - 1)
    inside = ends >= lengths
    lengths, ends = lengths[inside], ends[inside]
    starts = ends - lengths
    with_stems = np.flatnonzero((lengths > 2) & (lengths < 6))
    known = places_at(
        codes,
        np.concatenate((starts, starts[with_stems])),
        np.concatenate((lengths, lengths[with_stems] - 1)),
    )
    whole = known[: len(ends)]
    stem = np.zeros(len(ends), dtype=bool)
    stem[with_stems] = known[len(ends) :]
    return [
        (start, end)
        for start, end, entire in zip(*(column[whole | stem].tolist() for column in (starts, ends, whole)), strict=True)
        # 龙城市 and 凉城区 are parts of 卧龙城市, 平凉城区; the dictionary has 运城市 and 东城区 themselves.
        if entire or text[end - 2 : end] not in ("城市", "城区")
    ]


def _mention(text: str, start: int, end: int) -> Found | None:
    word = text[start:end]
    if word[-1] in "乡镇" and text[end : end + 1] in ("村", "镇", "化"):
        return None
    if word[0] in _NEVER_FIRST or word.startswith(("中国", "自治")) or word[-2:] in _TWO_ENDINGS:
        return None
    for province in PROVINCES:
        if word.startswith(province) and len(word) > len(province) + 2 and "自治" not in word:
            start, word = start + len(province), word[len(province) :]
            start, word = (start + 1, word[1:]) if word[0] in "省市" else (start, word)
    stem = _stem(word)
    if (
        (len(stem) == 1 and len(word) > 2)
        or (len(word) == 3 and word.endswith("地区"))
        or stem in _GENERIC
        or word in _GENERIC
        or stem[:1] in _NEVER_FIRST
    ):
        return None
    if len(word) == 2 and not _short_name(text, start, word):
        return None
    return Found(start, end, stem)


def _short_name(text: str, start: int, word: str) -> bool:
    """杭州, 苏州 are names; 单县, 忠县 too, behind the name of what they lie in. 新县 (创新县) and 本市 are not."""
    if word[-1] == "州":
        return word[0] not in "神加治"
    return word[-1] == "县" and start > 0 and text[start - 1] in "省市州"


def _stem(word: str) -> str:
    """安化县 -> 安化; a name of two characters is its own stem (杭州), and so is 景德镇."""
    if "自治" in word:
        for province in PROVINCES:
            if word.startswith(province):
                return province
        return _autonomy().sub("", word)
    if len(word) == 2 or word == "景德镇":
        return word
    return word[:-2] if word.endswith("地区") and len(word) > 3 else word[:-1]


def _autonomous(text: str) -> list[Found]:
    """Autonomous divisions whose names are longer than the dictionary's longest."""
    found = []
    for match in autonomous_names(text):
        for size in range(5, 1, -1):
            stem = match[1][-size:]
            if len(stem) == size and is_place(stem):
                found.append(Found(match.end(1) - size, match.end(), stem))
                break
    return found


def autonomous_names(text: str) -> Iterator[re.Match[str]]:
    """What `autonomous_name` finds in a text, ascending; looked for before each 自治 alone."""
    done = 0
    for ending in re.finditer("自治[州县旗]", text):
        match = autonomous_name().search(text, _earliest(text, done, ending.start()), ending.end())
        if match is not None:
            done = match.end()
            yield match


def _earliest(text: str, done: int, at: int) -> int:
    """Where a name that goes on with 自治 at `at` can begin: five characters before the peoples, from `done` on."""
    begin = max(done, at - _PEOPLES_REACH)
    before = text[begin:at].rstrip(_OF_PEOPLES)
    if not before:
        begin, before = done, text[done:at].rstrip(_OF_PEOPLES)
    return max(done, begin + len(before) - 5)


def title_places(heading: str) -> list[Found]:
    """Places of a folded title: as in a text, and the one it begins with, which may go without an ending or be one the
    dictionary does not know."""
    found = find_places(heading)
    if not (found and found[0].start == 0):
        for size in (4, 3, 2):
            stem = heading[:size]
            if len(stem) == size and stem not in _GENERIC | _COMMON and is_place(stem):
                return [Found(0, size, _stem(stem) if stem[-1] in LEVELS else stem), *found]
        unknown = _unknown_place().match(heading)
        if unknown and unknown[1] not in _GENERIC and unknown[1][0] not in _NEVER_FIRST:
            return [Found(0, unknown.end(), unknown[1]), *found]
    return found


def bare(stem: str) -> bool:
    """True where the stem means the place even without its ending."""
    return stem not in _COMMON and (is_place(stem) or frequency_of(stem) < _ORDINARY)


def places_of(title: str, text: str) -> tuple[str, ...]:
    """Stems of the places of the title, then of those that the folded text names twice at least, the most frequent
    first; three at most."""
    named = [found.stem for found in title_places(fold_characters(title))]
    counts = Counter(found.stem for found in find_places(text))
    ranked = sorted((stem for stem, count in counts.items() if count > 1), key=lambda stem: (-counts[stem], stem))
    return tuple(dict.fromkeys(named + ranked))[:3]


def level_of(stem: str, word: str) -> int:
    """3 for a province, 2 a prefecture, 1 a county, 0 a township."""
    if stem in PROVINCES:
        return 3
    return LEVELS.get(word[-1], 1)


@cache
def _autonomy() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_PEOPLES})族?)+自治[州县旗]$")


@cache
def autonomous_name() -> re.Pattern[str]:
    """Five characters at most, which a place may end, the peoples it is named after, and 自治."""
    return re.compile(rf"([^\W\d]{{2,5}}?)(?:(?:{_PEOPLES})族)*(?:{_PEOPLES})族?自治[州县旗]")


@cache
def _unknown_place() -> re.Pattern[str]:
    return re.compile(r"([^\W\d]{2,4}?)[市县区州盟旗](?![级场域民直属政])")
