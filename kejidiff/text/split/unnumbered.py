"""lines of a file without numbered markers -> the titles at which its texts begin, or nothing.

A title line followed by 一、 after a text that got as far as 二、 and came to an end: the outline begins anew.

Limitation: a report's own second half (2022年工作计划, again with 一、) looks alike. It is told by what it lacks: no
office, place or firm is named in it, and it is another sort of document than the titles before.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from kejidiff.text import titles

_LONGEST_TITLE: Final = 40
#: Countable characters of every text, as for outline marks: 0 false in 553 texts.
_SHORTEST_TEXT: Final = 400


def title_lines(parts: Sequence[str], before: Sequence[int], total: int) -> list[int]:
    """Indexes of the title lines of all texts, the file's first line included; nothing where there is but one text.

    parts    the file's lines, folded; before: countable characters before each of them; total: of the file
    """
    ones = [at for at, plain in enumerate(parts) if plain.startswith("一、")]
    if len(ones) < 2 or not titles.is_title(parts[0]):
        return []
    starts, sorts = [0], {parts[0][-2:]}
    for one in ones[1:]:
        at, last = _title_above(parts, one), starts[-1]
        if at <= last or before[at] - before[last] < _SHORTEST_TEXT or not _ends(parts[last + 1 : at]):
            continue
        if _office().search(parts[at]) or (parts[at][-2:] in sorts and not _half().search(parts[at])):
            starts.append(at)
            sorts.add(parts[at][-2:])
    return starts if len(starts) > 1 and total - before[starts[-1]] >= _SHORTEST_TEXT else []


def _title_above(parts: Sequence[str], one: int) -> int:
    """The nearest title line above a 一、, an opening paragraph or two between them; -1 where there is none."""
    for at in range(one - 1, max(one - 5, 0), -1):
        plain = parts[at]
        if len(plain) <= _LONGEST_TITLE and titles.is_title(plain) and titles.names_document(plain):
            return at
    return -1


def _ends(text: Sequence[str]) -> bool:
    """True where a text got to 二、 and its last line promises nothing more."""
    return (
        any(line.startswith("二、") for line in text)
        and text[-1][-1] not in ":,、;("
        and not text[-1].startswith("一、")
    )


@cache
def _office() -> re.Pattern[str]:
    return re.compile(
        "[局委办厅县区市镇乡省州]|公司|学校|大学|学院|医院|中心|街道|协会|国务院|人大|政协|政府|法$|条例$"
    )


@cache
def _half() -> re.Pattern[str]:
    return re.compile("(计划|思路|打算|安排|要点|目标|措施|建议)$")
