"""Shown text -> the characters that stand between the shown ones, if every byte is read one later, and what they cost.

Terms.       Between the shown characters x[i-1] and x[i] stands the *inner* character y[i], made of the trail byte of
             the one and the lead byte of the other. A lone ASCII character counts as two bytes, those of its full-width
             form: what made marks half-width did the same inside a run. A half-width mark at the start of a run is
             its *anchor*.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import LONGEST, Bits, Symbols, codes_of
from kejidiff.text.repair.code_pages import Pairs, lead_of, pairs_of, trail_of
from kejidiff.text.repair.shift_tables import ShiftTables, shift_tables
from kejidiff.text.repair.shown import Shown

#: Marks that filters are known to make half-width.
ANCHORS: Final = "!?,;:()"

#: A gain that ends every stretch: where there is no inner character, no byte was shifted across; where two kana stand
#: together, the text is Japanese.
BARRIER: Final = -1000.0


class Inner(NamedTuple):
    """A shown text with its inner reading; all arrays of one length.

    pairs    bytes of each shown character; 0: none
    anchors  is it a half-width mark that can begin a run?
    between  y[i] as a pair, 0 where there is none
    known    is y[i] a character?
    symbols  those of y
    bits     what y[i] costs after y[i - 1]: `LONGEST` where either is no character
    gain     how much cheaper that is than what is shown
    """

    shown: Shown
    tables: ShiftTables
    pairs: Pairs
    anchors: NDArray[np.bool_]
    between: Pairs
    known: NDArray[np.bool_]
    symbols: Symbols
    bits: Bits
    gain: Bits


def inner_reading(shown: Shown) -> Inner:
    """The inner reading of all of it, likely or not."""
    tables = shift_tables(shown.model)
    pairs = tables.pairs(shown.codes)
    ascii_ = shown.codes < 0x7F
    anchors = np.isin(shown.codes, codes_of(ANCHORS)) & ~_after(ascii_)
    pairs[ascii_ & (_after(ascii_) | _before(ascii_)) & ~anchors] = 0
    joined = (pairs > 0) & _after(pairs > 0)
    joined[1:] &= np.diff(shown.offsets) == 1
    between = np.zeros_like(pairs)
    between[1:] = pairs_of(trail_of(pairs[:-1]), lead_of(pairs[1:]))
    between[~joined] = 0
    symbols, known = tables.symbol[between], tables.code[between] > 0
    bits = np.full(len(pairs), LONGEST, np.float32)
    at = np.flatnonzero(known & _after(known))
    bits[at] = shown.model.bits(symbols[at - 1], symbols[at])
    gain = np.where(joined & _after(joined), shown.bits - bits, np.float32(BARRIER))
    kana = (shown.codes >= 0x3040) & (shown.codes < 0x3100)
    gain[kana & _after(kana)] = BARRIER
    return Inner(shown, tables, pairs, anchors, between, known, symbols, bits, gain)


def _after(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Is the flag of the character before set?"""
    return np.concatenate(([False], flags[:-1]))


def _before(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Is the flag of the next character set?"""
    return np.concatenate((flags[1:], [False]))
