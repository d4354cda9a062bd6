"""A change -> its kind: what was done there, judged by what stands there on both sides.

Damage first (it explains anything), then what hides, then figures, then wording. Damage is what a reading of the bytes
explains (`Original.garbled`), and what nothing explains but no writer writes: lost characters (U+FFFD), invisible ones,
look-alikes (未 for 末), a plain stroke where a word's character stood (工作 -> 工口).
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from kejidiff.align.script import HIDES_A_NAME, Change
from kejidiff.figures import is_mask, value_of
from kejidiff.model import FIGURE_SYMBOL, EditKind

if TYPE_CHECKING:
    from kejidiff.align.originals import Original
    from kejidiff.align.script import Boundary

#: A word for a word: neither side longer than this. 98 % of jieba's words have four characters or fewer; two of them in
#: a row are still a phrase for a phrase.
PHRASE = 8
#: Characters that are taken for one another by scanners and by tired eyes; none is a word for another of its group.
_LOOK_ALIKE = (
    "己已巳,未末,土士,日曰目,人入八,干千于,天夫,大太犬,王玉主,木本术,由田甲申,间问,今令,白自百,免兔,准淮,治冶,析折,侯候,推椎,"
    "拔拨,辨辩辫,口囗,刀力,贝见,乌鸟,戊戍戌,几儿,晴睛,陕峡,钓钧,幻幼,拢扰,崇祟,狠狼,冈岗,哀衰衷,揭竭,蓝篮,厂广,平乎,"
    "住往,微徵,祇祗,粟栗,赢嬴,杳查,洒酒"
)
_ALIKE = {character: group for group in _LOOK_ALIKE.split(",") for character in group}
#: What recognition makes of a character it cannot read: single strokes and boxes.
_STROKES = frozenset("口日曰一二人入八己已巳未末土士儿匕卜厂丁了十工干千丨丿亅〇")
#: Of these the ones that nobody puts for a word of one character (的 -> 己), as 人 for 者 or 已 for 曾.
_NO_WORDS = frozenset("口己巳末土士匕卜厂丁丨丿亅")
#: A stretch that is this far letters and signs no Chinese report uses was read under a wrong code page.
_FOREIGN = 0.3


def kind_of(left: "Original", right: "Original", change: Change, words: "tuple[Boundary, Boundary] | None") -> EditKind:
    """The kind of a change of folded text that is no move. `words` tell where words begin, on either side."""
    if left.garbled[change.i : change.i_end].any() or right.garbled[change.j : change.j_end].any():
        return "garble"
    one, other = left.folded.text[change.i : change.i_end], right.folded.text[change.j : change.j_end]
    pieces = left.piece(change.i, change.i_end), right.piece(change.j, change.j_end)
    if not one or not other:
        if _foreign(pieces[0] or pieces[1]):
            return "garble"
        return "insertion" if not one else "deletion"
    if (
        _foreign(pieces[0]) != _foreign(pieces[1])
        or _looks_alike(one, other)
        or _broken_word(change, one, other, words)
    ):
        return "garble"
    if _hides(*_differing(one, other), pieces):
        return "mask"
    if FIGURE_SYMBOL in one and FIGURE_SYMBOL in other and _without_figures(one) == _without_figures(other):
        return "figure"
    return "synonym" if max(len(one), len(other)) <= PHRASE else "replacement"


def same_fold_kind(folded: str, left: str, right: str) -> EditKind:
    """Why two originals that fold alike differ. `value_of` tells 2013 from 2012, and 2013 from 20__."""
    if folded != FIGURE_SYMBOL:
        return "garble" if any(map(_disguised, left + right)) else "script"
    if value_of(left) == value_of(right):
        return "script"
    if is_mask(left) and is_mask(right):
        return "figure" if _marks(left) == _marks(right) else "mask"
    return "mask" if is_mask(left) or is_mask(right) else "figure"


def _marks(figure: str) -> str:
    """What hides in a figure, and where: 20__ and 83__ hide the same, and are two figures."""
    return "".join("0" if char.isdigit() else char for char in value_of(figure))


def is_broken(character: str) -> bool:
    """True for what stands where a character was lost, and for characters that nobody sees."""
    return character == "\ufffd" or (character not in "\n\r\t" and _category(character) in _NO_TEXT)


#: Controls, invisible format characters, private use, lone surrogates, unassigned.
_NO_TEXT = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))


@cache
def _category(character: str) -> str:
    return unicodedata.category(character)


def _disguised(character: str) -> bool:
    """True for radicals (⼈ for 人) and for letters of other alphabets that stand in for Latin ones."""
    return "\u2e80" <= character <= "\u2fdf" or "\u0370" <= character <= "\u052f"


def _foreign(piece: str) -> bool:
    """Is this what a wrong code page makes of Chinese: accented letters, signs, boxes, characters without meaning?"""
    odd = sum(("\x80" <= char <= "\u02ff" and char not in "·×§°±") or is_broken(char) for char in piece)
    return odd > 1 and odd >= _FOREIGN * len(piece)


def _differing(one: str, other: str) -> tuple[str, str]:
    """Both without what they begin and end alike with."""
    start, limit = 0, min(len(one), len(other))
    while start < limit and one[start] == other[start]:
        start += 1
    end = 0
    while end < limit - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _looks_alike(one: str, other: str) -> bool:
    one, other = _differing(one, other)
    return len(one) == len(other) == 1 and (
        other in _ALIKE.get(one, "") or (one.isascii() != other.isascii() and (_disguised(one) or _disguised(other)))
    )


def _broken_word(change: Change, one: str, other: str, words: "tuple[Boundary, Boundary] | None") -> bool:
    """True where one character became a plain stroke, and with it what was a word, or part of one, is none any more."""
    core = _differing(one, other)
    if words is None or not len(core[0]) == len(core[1]) == 1 or (core[0] in _STROKES) == (core[1] in _STROKES):
        return False
    at = next(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    plain = core[1] in _STROKES
    whole, broken = (words[0], words[1]) if plain else (words[1], words[0])
    here, there = (change.i + at, change.j + at) if plain else (change.j + at, change.i + at)
    alone = broken(there) and broken(there + 1)
    if whole(here) and whole(here + 1):
        return alone and core[plain] in _NO_WORDS
    return alone


def _hides(one: str, other: str, pieces: tuple[str, str]) -> bool:
    """True where one of two differing texts is nothing but a mask."""
    if not one or not other:
        return False
    if not one.strip(HIDES_A_NAME) or not other.strip(HIDES_A_NAME):
        return True
    return (one == FIGURE_SYMBOL and is_mask(pieces[0])) or (other == FIGURE_SYMBOL and is_mask(pieces[1]))


def _without_figures(text: str) -> str:
    return text.replace(FIGURE_SYMBOL, "")
