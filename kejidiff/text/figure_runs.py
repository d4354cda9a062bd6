"""Character codes of a batch -> its figures, found and valued by arrays: what `figures` does text by text.

A figure is a run of digits and masks with at least one digit in it, points and commas between them included. Its value
is a number made of its digits, the same for `1,485` and `１４８５`; 0 for a figure that hides digits (`20××`).
Limitations. Numerals in Hanzi (三十二) and masks without a digit (xx, 某) are words here. Of two billion pairs of
             different figures one has the same value.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.figures import is_mask, value_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIGITS: Final = (ord("0"), ord("9") + 1)
_MASKS: Final = np.array([ord(mark) for mark in "xXｘＸ×✕_＿*＊"], dtype=np.uint16)
_POINTS: Final = np.array([ord(mark) for mark in ".．"], dtype=np.uint16)
_JOINTS: Final = np.array([ord(mark) for mark in ".．,，"], dtype=np.uint16)
#: What a digit behind a point counts more, so that 18.47 is not 1847.
_AFTER_POINT: Final = 64
_BASE: Final = 1_000_003
_LONGEST: Final = 64
_POWERS: Final = np.array([pow(_BASE, at, 1 << 32) for at in range(_LONGEST)], dtype=np.uint32)


class FigureRuns(NamedTuple):
    """Figures in their order, shape (N,) each.

    starts, ends  half-open, original offsets
    values        0 where digits are hidden
    counted       countable characters (digits and letters)
    members       shape (M,): offsets of all digits and masks
    """

    starts: "NDArray[np.int64]"
    ends: "NDArray[np.int64]"
    values: "NDArray[np.uint32]"
    counted: "NDArray[np.int64]"
    members: "NDArray[np.int64]"


def in_figures(folded: "NDArray[np.uint16]") -> "NDArray[np.bool_]":
    """Shape (65536,): True for digits and masks; `folded` is what each code point of the first plane folds to."""
    digits: NDArray[np.bool_] = (folded >= _DIGITS[0]) & (folded < _DIGITS[1])
    digits[_MASKS] = True
    return digits


def figure_runs(codes: "NDArray[np.uint16]", folded: "NDArray[np.uint16]", members: "NDArray[np.int64]") -> FigureRuns:
    """The figures of a batch: `codes` as they stand, `folded` what each folds to (digits to ASCII), `members` the
    offsets of all characters that stand in figures, as `in_figures` tells."""
    if not len(members):
        return FigureRuns(members, members, np.zeros(0, np.uint32), members, members)
    plain = folded[members]
    digits = (plain >= _DIGITS[0]) & (plain < _DIGITS[1])
    gaps = np.diff(members)
    between = codes[members[1:] - 1]
    linked = (gaps == 1) | ((gaps == 2) & _is_one_of(between, _JOINTS))
    starts = np.flatnonzero(np.concatenate(([True], ~linked)))
    sizes = np.diff(np.concatenate((starts, [len(members)])))
    with_digits = np.add.reduceat(digits.astype(np.int64), starts)
    pointed = np.concatenate(([False], (gaps == 2) & linked & _is_one_of(between, _POINTS)))
    place = np.minimum(np.arange(len(members)) - np.repeat(starts, sizes), _LONGEST - 1)
    marks = (plain - _DIGITS[0] + 1 + _AFTER_POINT * pointed).astype(np.uint32)
    values = np.add.reduceat(marks * _POWERS[place], starts, dtype=np.uint32)
    values = np.where(with_digits < sizes, 0, np.maximum(values, 1)).astype(np.uint32)
    counted = np.add.reduceat((plain > 2).astype(np.int64), starts)
    chosen = np.flatnonzero(with_digits)
    lasts = starts + sizes - 1
    return FigureRuns(
        starts=members[starts[chosen]],
        ends=members[lasts[chosen]] + 1,
        values=values[chosen],
        counted=counted[chosen],
        members=members[np.repeat(with_digits > 0, sizes)],
    )


def _is_one_of(codes: "NDArray[np.uint16]", few: "NDArray[np.uint16]") -> "NDArray[np.bool_]":
    """`np.isin` for a handful: it sorts."""
    found: NDArray[np.bool_] = codes == few[0]
    for one in few[1:]:
        found |= codes == one
    return found


def value_of_figure(figure: str) -> int:
    """The value that `figure_runs` gives a figure, of any figure or numeral as `figures` reads it."""
    if is_mask(figure):
        return 0
    text, value = value_of(figure), 0
    places = [at for at, character in enumerate(text) if character.isdecimal()]
    for place, at in enumerate(places):
        pointed = _AFTER_POINT if at and text[at - 1] == "." else 0
        value += (int(text[at]) + 1 + pointed) * int(_POWERS[min(place, _LONGEST - 1)])
    return max(value & 0xFFFFFFFF, 1)
