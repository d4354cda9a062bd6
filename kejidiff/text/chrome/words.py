"""line -> what the vocabulary tells about it: furniture for sure, furniture if it stands outside, or nothing.

Only lines with a *telling* character are looked at: a set of characters that every entry has one of and that official
texts have few of. That keeps the cost of some 400 entries below that of splitting the text into lines.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from kejidiff.text import titles
from kejidiff.text.chrome import vocabulary
from kejidiff.text.chrome.lines import Line, squeezed

#: No notice of the sample reports and of the sites known is longer; a longer line is a paragraph.
NOTICE_LENGTH: Final = 140
#: Buttons and counters are shorter; from here on a line without a full stop is a title or a paragraph.
TAG_LENGTH: Final = 40

#: A tag must be this much of its line, and stand at its edge: 手机版 is a tag, 优化手机版服务平台 a heading.
_TAG_SHARE: Final = 0.33

#: So many SITE_WORDS make a sentence one of a site's, if it stands outside the report's own.
_SITE_WORDS: Final = 2

#: How lines end that read as a clause.
CLAUSE_ENDS: Final = "。;!?,、"
#: Bullets, brackets and signs around a line that are no part of its words.
DECORATION: Final = " •·★☆●■◆▪►▶▼▲※#*>→-—_|…+[]【】()《》<>〈〉「」"


def suspects(lines: Sequence[Line]) -> list[int]:
    """Indexes of the lines that may hold an entry of the vocabulary; about one line in ten of an official text."""
    short = [at for at, line in enumerate(lines) if len(line.plain) <= NOTICE_LENGTH]
    haystack = "\n".join([lines[at].plain for at in short])
    starts = list(accumulate((len(lines[at].plain) + 1 for at in short), initial=0))
    found: list[int] = []
    hit = _telling().search(haystack)
    while hit:
        place = bisect_right(starts, hit.start()) - 1
        found.append(short[place])
        hit = _telling().search(haystack, starts[place + 1])
    return found


def is_furniture(plain: str) -> bool:
    """True where the words of a line prove it wherever it stands: a notice, a tag, a footer."""
    bare = squeezed(plain)
    keys = set(_telling().findall(bare))
    notices, tags = _by_telling_character()
    if any(word in bare for key in keys for word in notices[key]) and _is_one_sentence(plain):
        return not titles.is_part(plain)
    if plain[-1] in CLAUSE_ENDS or "。" in plain or titles.is_numbered(plain):
        return False
    return _footer().search(bare) is not None or _is_tagged(bare, [w for key in keys for w in tags[key] if w in bare])


def is_site_sentence(plain: str) -> bool:
    """True for a line that may be a site's notice; only its place before or after a report's own text proves it."""
    if len(plain) > NOTICE_LENGTH or titles.is_part(plain):
        return False
    bare = squeezed(plain)
    if any(word in bare for word in vocabulary.SOFT_NOTICES):
        return True
    return sum(word in bare for word in vocabulary.SITE_WORDS) >= _SITE_WORDS


def _is_one_sentence(plain: str) -> bool:
    return plain.count("。") + plain.count("!") + plain.count("?") <= 1


def _is_tagged(bare: str, words: list[str]) -> bool:
    """True where such words fill much of a short line and stand at its edge, and for a bare address."""
    core = bare.strip(DECORATION + ":.,0123456789")
    if core.startswith(("http://", "https://", "www.")):
        return True
    at_edge = core.startswith(tuple(words)) or core.endswith(tuple(words))
    return at_edge and len(bare) <= TAG_LENGTH and sum(map(len, words)) >= _TAG_SHARE * len(bare)


@cache
def _footer() -> re.Pattern[str]:
    """Licences, the register of sites, copyright. A © counts only with a year: text read as Latin-1 is full of it."""
    return re.compile(
        r"icp(?:备案?|证)\D{0,6}\d|公网安备|版权所有(?![者人权])|©(?:19|20)\d\d|copyright|经营许可证(?:编号)?:"
    )


@cache
def _by_telling_character() -> tuple[dict[str, list[str]], ...]:
    """NOTICES, and SOFT_NOTICES with TAGS, each word under the first telling character it has."""
    tables = []
    for words in (vocabulary.NOTICES, vocabulary.SOFT_NOTICES + vocabulary.TAGS):
        table: dict[str, list[str]] = {key: [] for key in vocabulary.TELLING}
        for word in words:
            table[next(character for character in word if character in vocabulary.TELLING)].append(word)
        tables.append(table)
    return tuple(tables)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(vocabulary.TELLING)}]")
