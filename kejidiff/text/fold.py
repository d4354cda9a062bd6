"""Characters -> characters that compare alike: one table, code point to code point, filled as characters are met.

Folding never changes length by itself: a code point becomes one code point or none (`DROPPED`: punctuation, blanks,
controls, marks). Script by OpenCC's `t2s` one character at a time, so that a character folds alike wherever it stands
(its phrase rules, 乾坤 against 乾燥, would make the fold depend on neighbours); then variants, width, case, and letters
of other alphabets with the shape of Latin ones.
Limitations: wording is left alone (软件/軟體), look-alike Hanzi (己/已) too; both are for alignment to bridge.
OpenCC's one door.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.text.variants import LETTERS, RADICALS, VARIANTS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from opencc import OpenCC

#: Fold of everything that is neither letter nor digit.
DROPPED = 0
_CODE_POINTS = 0x110000
#: Hangul fillers count as letters and show nothing; the half-width one is composed to them.
_FILLERS = "\u115f\u1160\u3164"


def codes_of(text: str) -> "NDArray[np.uint32]":
    """Shape (len(text),): its code points; lone surrogates pass as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: "NDArray[np.uint32]") -> str:
    """The string of these code points: `codes_of` backwards."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


class FoldTable:
    """Code point -> folded code point; holds 4 bytes a code point of Unicode, touched only where text has them."""

    def __init__(self) -> None:
        # One more than each folds to, 0 where that is not known yet: memory of zeros costs nothing until it is written.
        self._known: NDArray[np.uint32] = np.zeros(_CODE_POINTS, dtype=np.uint32)

    def fold(self, codes: "NDArray[np.uint32]") -> "NDArray[np.uint32]":
        """Same shape; `DROPPED` where a code point is left out of folded text."""
        known = self._known[codes]
        unknown = distinct(codes[known == 0])
        if unknown.size:
            self._known[unknown] = np.array(_fold_each(text_of(unknown)), dtype=np.uint32) + np.uint32(1)
            known = self._known[codes]
        return known - np.uint32(1)


@cache
def fold_table() -> FoldTable:
    """The one table of the process: it only ever gains entries, and each depends on its character alone."""
    return FoldTable()


def fold_characters(text: str) -> str:
    """What the table makes of `text`, without figures being looked at and with no way back."""
    folded = fold_table().fold(codes_of(text))
    return text_of(folded[folded != DROPPED])


def _fold_each(characters: str) -> list[int]:
    plain = [_width_and_case(character) for character in characters]
    simplified = _simplified([character or " " for character in plain])
    return [
        ord(VARIANTS.get(simple, simple)) if kept else DROPPED for kept, simple in zip(plain, simplified, strict=True)
    ]


def _width_and_case(character: str) -> str:
    """The character in its plain form, or "" where it is no letter and no digit."""
    character = RADICALS.get(character, character)
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1:
        character = compatible
    lowered = LETTERS.get(character, character).lower()
    if len(lowered) == 1:
        character = lowered
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character if category[0] in "LN" and character not in _FILLERS else ""


def _simplified(characters: list[str]) -> list[str]:
    """Each character simplified on its own: a line feed between two keeps OpenCC's phrases from forming."""
    lines = "\n".join(characters).encode("utf-8", "replace").decode("utf-8")
    converted = _converter().convert(lines).split("\n")
    return [new if len(new) == 1 and new != "?" else old for old, new in zip(characters, converted, strict=True)]


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC

    return OpenCC("t2s")
