"""markers of a file -> the series that parts it into texts, or nothing.

A series begins at 1, rises by 1 and leaves every text enough characters. A false series breaks a report in two, a
missed one leaves a file whole, so that doubt speaks against it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from kejidiff.text.split.markers import Family, Marker, number_of

#: Countable characters of every text but the last, of the last (tail furniture may be all that follows), their median.
#: Headings within a report come closer (trial, 553 texts: 0 false); a word that names a text allows shorter ones.
_LIMITS: Final[dict[Family, tuple[int, int, int]]] = {
    "named": (80, 40, 120),
    "numbered": (200, 60, 300),
    "outline": (400, 200, 400),
}
#: What may stand before the first text, in countable characters and as a share of the file, whichever is more: a
#: greeting, a table of contents, advice on writing. More than that is a text itself, and the markers part its end.
_PREFACE: Final[dict[Family, tuple[int, float]]] = {
    "named": (1500, 0.3),
    "numbered": (600, 0.2),
    "outline": (300, 0.1),
}
#: Share of borders over which chapters or articles run on, from which 第一篇 is a part of one law and not a text.
_RUNNING_SHARE: Final = 0.8
_RESTART_SHARE: Final = 0.5


def chosen(
    markers: Sequence[Marker], before: Sequence[int], total: int, parts: Sequence[str], *, outline: bool
) -> list[Marker]:
    """The series that covers most of the file; of equals the longer, then the one with the closer key.

    before   countable characters before each line of the file, ascending
    total    countable characters of the file
    parts    the file's lines, folded
    outline  whether outline marks are looked at, or all others
    """
    groups: dict[tuple[Family, str], list[Marker]] = defaultdict(list)
    for marker in markers:
        groups[marker.family, marker.key].append(marker)
    best: list[Marker] = []
    best_rank = (0, 0, 0)
    for (family, key), group in groups.items():
        if (family == "outline") != outline:
            continue
        run = _longest_run(group, before, _LIMITS[family][0])
        if not _stands(family, run, before, total, parts):
            continue
        rank = (total - before[run[0].line], len(run), len(key))
        if rank > best_rank:
            best, best_rank = run, rank
    return best


def _longest_run(group: list[Marker], before: Sequence[int], least: int) -> list[Marker]:
    """1, 2, 3 ... each at least `least` characters after the one before; of the longest the one that begins last."""
    numbered: dict[int, list[int]] = defaultdict(list)
    for place, marker in enumerate(group):
        numbered[marker.number].append(place)
    length = [1] * len(group)
    following = [-1] * len(group)
    for place in range(len(group) - 1, -1, -1):
        marker = group[place]
        candidates = numbered.get(marker.number + 1, [])
        at = bisect_left(candidates, before[marker.line] + least, key=lambda other: before[group[other].line])
        if at < len(candidates):
            following[place], length[place] = candidates[at], length[candidates[at]] + 1
    starts = numbered.get(1, [])
    place = max(starts, key=lambda start: (length[start], start), default=-1)
    run = []
    while place >= 0:
        run.append(group[place])
        place = following[place]
    return run


def _stands(family: Family, run: list[Marker], before: Sequence[int], total: int, parts: Sequence[str]) -> bool:
    preface, share = _PREFACE[family]
    if len(run) < 2 or before[run[0].line] > max(preface, share * total):
        return False
    least, last, middle = _LIMITS[family]
    places = [before[marker.line] for marker in run] + [total]
    lengths = [end - start for start, end in pairwise(places)]
    if min(lengths[:-1]) < least or lengths[-1] < last or sorted(lengths)[len(lengths) // 2] < middle:
        return False
    bounds = [marker.line for marker in run] + [len(parts)]
    texts = [parts[start + 1 : end] for start, end in pairwise(bounds)]
    return not _runs_on(texts) and (family != "outline" or _restart(texts, run))


def _runs_on(texts: list[Sequence[str]]) -> bool:
    """True where the articles of one text are counted on in the next; the chapters where there are no articles."""
    articles, chapters = ([_counted(unit, text) for text in texts] for unit in "条章")
    borders = 0
    for (article, next_article), (chapter, next_chapter) in zip(pairwise(articles), pairwise(chapters), strict=True):
        before, after = (article, next_article) if article and next_article else (chapter, next_chapter)
        borders += bool(before and after) and after[0] == before[-1] + 1
    return borders >= _RUNNING_SHARE * (len(texts) - 1)


def _counted(unit: str, text: Sequence[str]) -> list[int]:
    return [_value(hit[1]) for line in text if (hit := _unit(unit).match(line))]


def _restart(texts: list[Sequence[str]], run: list[Marker]) -> bool:
    """True where enough texts have outlines of their own that begin at the top again.

    Beware: （一） under 一、2021年工作总结 and under 二、2022年工作思路 is one report's, so that it is no top there.
    """
    tops = ("一、", "第一条", "第一章") if "n、" in run[0].key else ("一、", "第一条", "第一章", "(一)")
    share = sum(any(line.startswith(tops) for line in text) for text in texts) / len(texts)
    return share >= (_RESTART_SHARE if run[0].key.endswith("title") else 1)


def _value(digits: str) -> int:
    """The value of 一百零三 or 103."""
    if digits.isdecimal():
        return int(digits)
    hundreds, hundred, rest = digits.rpartition("百")
    return (number_of(hundreds) or 1) * 100 * len(hundred) + number_of(rest.lstrip("零"))


@cache
def _unit(unit: str) -> re.Pattern[str]:
    return re.compile(rf"第([一二三四五六七八九十百零\d]{{1,6}}){unit}")
