"""A passage -> what a copyist, a template or a bad scan makes of it: nine kinds, and one by share of characters.

All chance comes from the `random.Random` that is handed in.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from quality.lexicon import dictionary, is_han, listed_word, other_word, words_of

if TYPE_CHECKING:
    from opencc import OpenCC

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE = re.compile(r"[^，；。！？\n]*[，；。！？\n]?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
MASKS = ("××", "XX", "xx", "__", "**")
_PLACE = re.compile(
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|"
    "四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_PROVINCES = _PLACE.pattern.split("|")
#: A thesaurus has no word for every word. With 60 % of those it knows exchanged, passages of another generator kept an
#: indel similarity of .75; with this share of all words ours keep about as much.
_KNOWN = 2 / 3
#: What a template for one level of government says at another.
_LEVELS = {
    "全国": "全省", "我国": "我省", "国务院": "省人民政府", "全省": "全市", "我省": "我市", "本省": "本市",
    "省级": "市级", "全市": "全县", "我市": "我县", "本市": "本县", "市级": "县级", "市委": "县委", "市政府": "县政府",
}  # fmt: skip
_LEVEL = re.compile("|".join(sorted(_LEVELS, key=len, reverse=True)))
#: Pairs that scanners take for one another.
_ALIKE = dict(zip("末未己已土士人入日曰大太天夫千干于工免兔", "未末已己士土入人曰日太大夫天干千干土兔免", strict=True))
#: The dictionary has thousands of words of up to four characters each.
_LONGEST_INSERTED = 4
_HALF_WIDTH = str.maketrans("，。；：（）", ",.;:()")


def converted(text: str, configuration: str) -> str:
    """The text in another script by OpenCC's configuration of this name: `s2t`, `s2twp`."""
    return str(_converter(configuration).convert(text))


@cache
def _converter(configuration: str) -> "OpenCC":
    from opencc import OpenCC

    return OpenCC(configuration)


def clauses(text: str) -> list[str]:
    """The text in clauses, each with the mark behind it."""
    return [clause for clause in _CLAUSE.findall(text) if clause]


def exchanged(text: str, share: float, rng: random.Random) -> str:
    """Every word of two characters or more exchanged with this probability."""
    words = words_of(text)
    return "".join(other_word(word, rng) if len(word) > 1 and rng.random() < share else word for word in words)


def reworded(text: str, rng: random.Random, phrases: Sequence[str]) -> str:
    """As a writer rewords: one in five words of the list exchanged, one clause in 20 dropped, one put in."""
    pieces: list[str] = []
    for clause in clauses(text):
        dice = rng.random()
        if dice >= 0.05:
            words = words_of(clause)
            pieces += [listed_word(word, rng) if rng.random() < 0.2 else word for word in words]
        if dice >= 0.95:
            pieces.append(rng.choice(phrases))
    return "".join(pieces)


def edited_share(text: str, share: float, rng: random.Random) -> str:
    """Words exchanged (7 in 10), dropped or put in, until they hold this share of the passage's Hanzi."""
    words = words_of(text)
    wanted = share * sum(map(is_han, text))
    places = [at for at, word in enumerate(words) if is_han(word)]
    rng.shuffle(places)
    for at in places:
        if wanted < len(words[at]) / 2:
            break
        wanted -= len(words[at])
        words[at] = _edited_word(words[at], rng)
    return "".join(words)


def _edited_word(word: str, rng: random.Random) -> str:
    way = rng.random()
    if way < 0.7:
        return other_word(word, rng)
    return "" if way < 0.85 else word + rng.choice(dictionary()[min(len(word), _LONGEST_INSERTED)])


def changed_figures(text: str, rng: random.Random, way: str) -> str:
    """All figures: `exchanged` digit by digit, `masked`, `dropped`, or made `wide`."""

    def change(match: re.Match[str]) -> str:
        if way == "masked":
            return rng.choice(MASKS)
        if way == "dropped":
            return ""
        if way == "wide":
            return "".join(chr(ord(mark) + 0xFEE0) for mark in match[0])
        return other_figure(match[0], rng)

    return _FIGURE.sub(change, text)


def other_figure(figure: str, rng: random.Random) -> str:
    """Another figure of the same form."""
    for _ in range(9):
        digits = "".join(rng.choice("123456789") if mark.isdigit() else mark for mark in figure)
        if digits != figure:
            return digits
    return figure


def copied(text: str, _rng: random.Random, _phrases: Sequence[str]) -> str:
    """The passage itself."""
    return text


def script(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """Traditional script, half the time with Taiwan's words."""
    return converted(text, rng.choice(("s2t", "s2twp")))


def synonym(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """30 or 60 % of the words that a thesaurus knows exchanged."""
    return exchanged(text, _KNOWN * rng.choice((0.3, 0.6)), rng)


def figures(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """All figures changed in one way."""
    return changed_figures(text, rng, rng.choice(("exchanged", "masked", "dropped", "wide")))


def template(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """Filled in for another place and year."""
    places = dict(zip(_PROVINCES, rng.sample(_PROVINCES, len(_PROVINCES)), strict=True))
    text = _PLACE.sub(lambda match: places[match[0]], text)
    text = _LEVEL.sub(lambda match: _LEVELS[match[0]], text)
    shift = rng.choice((-2, -1, 1, 2, 3))
    text = _YEAR.sub(lambda match: f"{int(match[0]) + shift}", text)
    return changed_figures(text, rng, rng.choice(("exchanged", "masked")))


def shuffled(text: str, rng: random.Random, phrases: Sequence[str]) -> str:
    """Clauses dropped (1 in 8), exchanged with a near one (1 in 4), put in (1 in 8); 20 % of the words exchanged."""
    parts = [clause for clause in clauses(text) if rng.random() > 1 / 8]
    for at in range(len(parts)):
        if rng.random() < 1 / 4:
            other = min(at + rng.randint(1, 3), len(parts) - 1)
            parts[at], parts[other] = parts[other], parts[at]
    for _ in range(len(parts) // 8):
        parts.insert(rng.randint(0, len(parts)), rng.choice(phrases))
    return exchanged("".join(parts), 0.2, rng)


def noise(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """A bad scan: characters lost, broken and mistaken, blanks and zero-width characters, half-width marks, hard line
    ends."""
    rate, width = rng.choice((0.02, 0.05, 0.08)), rng.choice((0, 30, 40))
    marks = []
    for mark in text.translate(_HALF_WIDTH) if rng.random() < 0.5 else text:
        dice = rng.random() / rate
        if dice < 0.25:
            continue
        if dice < 0.5:
            marks.append("�")
        else:
            mark = _ALIKE.get(mark, mark) if rng.random() < 0.3 else mark
            marks.append(mark + (rng.choice(" \u3000\u200b\ufeff") if dice < 0.8 else ""))
    lines = "".join(marks)
    return "\n".join(lines[at : at + width] for at in range(0, len(lines), width)) if width else lines


def misread(text: str, rng: random.Random, _phrases: Sequence[str]) -> str:
    """The bytes of one encoding read in another."""
    written, read = rng.choice((("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gb18030", "latin-1")))
    return text.encode(written).decode(read, "replace")


def heavy(text: str, rng: random.Random, phrases: Sequence[str]) -> str:
    """A template, its clauses shuffled, 40 % of the words exchanged, half the time in Taiwan's script."""
    text = exchanged(shuffled(template(text, rng, phrases), rng, phrases), _KNOWN * 0.4, rng)
    return converted(text, "s2twp") if rng.random() < 0.5 else text


Kind = Literal["copied", "script", "synonym", "figures", "template", "random", "noise", "misread", "heavy"]

KINDS: dict[Kind, Callable[[str, random.Random, Sequence[str]], str]] = {
    "copied": copied, "script": script, "synonym": synonym, "figures": figures, "template": template,
    "random": shuffled, "noise": noise, "misread": misread, "heavy": heavy,
}  # fmt: skip
