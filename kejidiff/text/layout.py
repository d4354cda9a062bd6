"""Reading -> Reading: without what only lays text out, so that a figure or a word it runs through is whole again.

Left out: invisible characters and marks laid over others; line breaks inside a paragraph, where a line was full; the
blanks of letter spacing (`科 技 创 新`). Folding drops all of them, but figures are found before: `2<U+200B>019` and
`6 1 %` would be two figures each, and every spaced letter a clause.
Limitations. Blanks that stand here and there stay: two figures in a row may be two. A full line that ends in a figure
and goes on with another makes one of them.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.text.fold import codes_of, text_of
from kejidiff.text.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.document import IntArray

    Mask = NDArray[np.bool_]

#: Ranges, ends included: soft hyphen; combining marks; invisible formatting (Unicode's Cf below U+10000); marks for
#: symbols; variation selectors and half marks; fillers of Hangul; marks of annotations.
_INVISIBLE = (
    (0xAD, 0xAD), (0x300, 0x36F), (0x61C, 0x61C), (0x180B, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x115F, 0x1160), (0x2060, 0x206F), (0x20D0, 0x20F0), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB),
)  # fmt: skip
#: The same among the code points beyond: tags and the selectors of rare variants.
_INVISIBLE_BEYOND = (0xE0000, 0xE1000)
#: What a character is to layout; anything else is 0.
_UNSEEN, _BREAK, _BLANK, _TAB, _SPACER = 1, 2, 3, 4, 5
_MARKS = {
    _BREAK: "\n\x0b\x0c\r\x85\u2028\u2029",
    _BLANK: " \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000",
    _TAB: "\t",
    _SPACER: "_*",
}
#: Code points from here on have one entry for all.
_ASTRAL = 0x10000
#: Characters in a row, each by itself between blanks, that are letter spacing: titles are spaced from two characters on
#: (`总 结`), but hold no figures; the letters of an index or the cells of a table are seldom Hanzi.
_SPACED = 8
_HANZI_SHARE = 0.5
#: The same with `_` or `*`, which else stand for what is masked: 张*李* has other characters between.
_MARKED_SHARE = 0.95


def without_layout(reading: Reading, paragraph_starts: "IntArray") -> Reading:
    """`paragraph_starts` are original offsets, ascending: a line break before one of them stays."""
    codes = codes_of(reading.text)
    kinds = _kinds()[np.minimum(codes, _ASTRAL)]
    dropped = kinds == _UNSEEN
    dropped |= (codes >= _INVISIBLE_BEYOND[0]) & (codes < _INVISIBLE_BEYOND[1])
    dropped |= _inside(reading, kinds == _BREAK, (kinds > 0) & (kinds < _SPACER), paragraph_starts)
    dropped |= _letter_spacing(codes, kinds == _BLANK, _HANZI_SHARE)
    dropped |= _letter_spacing(codes, kinds == _SPACER, _MARKED_SHARE)
    if not dropped.any():
        return reading
    kept = ~dropped
    return Reading(text_of(codes[kept]), reading.starts[kept], reading.ends[kept])


@cache
def _kinds() -> "NDArray[np.uint8]":
    """By code point; the last entry is that of all beyond."""
    kinds = np.zeros(_ASTRAL + 1, dtype=np.uint8)
    for first, last in _INVISIBLE:
        kinds[first : last + 1] = _UNSEEN
    for kind, characters in _MARKS.items():
        kinds[codes_of(characters)] = kind
    return kinds


def _inside(reading: Reading, breaks: "Mask", blank: "Mask", paragraph_starts: "IntArray") -> "Mask":
    """Which line breaks stand within a paragraph: what follows them, blanks aside, begins none."""
    at = np.flatnonzero(breaks)
    inside = np.zeros(len(blank), dtype=bool)
    solid = np.flatnonzero(~blank) if len(at) else at
    if not len(solid):
        return inside
    following = np.searchsorted(solid, at)
    goes_on = following < len(solid)
    at, following = at[goes_on], solid[following[goes_on]]
    begins = np.searchsorted(paragraph_starts, reading.starts[following])
    begun = np.append(paragraph_starts, -1)[begins] == reading.starts[following]
    inside[at[~begun]] = True
    return inside


def _letter_spacing(codes: "NDArray[np.uint32]", blanks: "Mask", share: float) -> "Mask":
    """Blanks between single characters, at least `_SPACED` of them in a row and such a share of them Hanzi."""
    spacing = np.zeros(len(codes), dtype=bool)
    at = np.flatnonzero(blanks)
    step = np.diff(at)
    # Beware: the stretch ends where two blanks are not one character apart.
    edges = np.flatnonzero(np.diff(np.concatenate(([False], step == 2, [False])).astype(np.int8)))
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first + 1 < _SPACED:
            continue
        begin, end = int(at[first]), int(at[last])
        between = codes[begin + 1 : end : 2]
        if np.mean((between >= 0x4E00) & (between <= 0x9FFF)) >= share:
            spacing[begin : end + 1 : 2] = True
    return spacing
