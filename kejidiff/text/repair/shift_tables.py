"""GBK and the model -> what a search for shifted bytes looks up: characters by pair, their symbols, their script.

Terms.       A *character* here is one that a report can hold: no private-use code point, no full-width letter or digit,
             no ideographic space. Repeated characters, read one byte late, turn into just those.
             *Script* of a pair: 1 if its character is only used in simplified text, 2 if only in traditional text, 0 if
             in both or unknown.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import ASTRAL, Codes, Likelihood, Symbols
from kejidiff.text.repair.code_pages import LEADS, Pairs, gbk, lead_of, pairs_of, trail_of

SIMPLIFIED: Final = 1
TRADITIONAL: Final = 2

#: First row of full-width ASCII: `!` is A3 A1.
_FULL_WIDTH_ROW: Final = 0xA3
_ASCII: Final = slice(0x21, 0x7F)

#: More Hanzi than this share a symbol only in the classes of rare ones; the most variants of one character are eight.
_VARIANTS: Final = 8


class ShiftTables(NamedTuple):
    """code, symbol, script   shape (65536,), by pair; code 0 where the pair is no character
    hanzi                  the same: is it a Hanzi?
    pair_of                shape (65537,), by code point; an ASCII character has the pair of its full-width form
    by_trail, by_lead      shape (256, most): the pairs with this trail or lead byte that a guess can be, 0 after the
                           last; rare characters are left out, nothing but their bytes can tell them apart
    dropped_first          the bytes a pair that is no character can begin with, ascending
    dropped                all pairs of bytes above 80 hex that are no character, as indexes into `dropped_first` and
                           into `LEADS`
    """

    code: NDArray[np.uint16]
    symbol: Symbols
    script: NDArray[np.uint8]
    hanzi: NDArray[np.bool_]
    pair_of: Pairs
    by_trail: Pairs
    by_lead: Pairs
    dropped_first: Pairs
    dropped: tuple[NDArray[np.int64], NDArray[np.int64]]

    def pairs(self, codes: Codes) -> Pairs:
        return self.pair_of[np.minimum(codes, ASTRAL)]


@cache
def shift_tables(model: Likelihood) -> ShiftTables:
    """Built once for each model; takes some two milliseconds."""
    page = gbk()
    private = (page.code_of >= 0xE000) & (page.code_of < 0xF900)
    code = np.where(private | _not_in_reports(page.code_of), 0, page.code_of).astype(np.uint16)
    symbol = model.symbols(code.astype(np.uint32))
    hanzi = (code >= 0x4E00) & (code < 0xA000)
    pair_of = page.pair_of.copy()
    pair_of[_ASCII] = (_FULL_WIDTH_ROW << 8) | 0x80 | np.arange(_ASCII.start, _ASCII.stop)
    every = pairs_of(LEADS[:, None], LEADS)
    begin, end = np.nonzero((page.code_of[every] == 0) | private[every])
    firsts, begin = np.unique(begin, return_inverse=True)
    guesses = np.flatnonzero((code > 0) & ~model.shared[symbol]).astype(np.uint16)
    return ShiftTables(
        code=code,
        symbol=symbol,
        script=_scripts(symbol, hanzi, model.size),
        hanzi=hanzi,
        pair_of=pair_of,
        by_trail=_grouped(guesses, trail_of(guesses)),
        by_lead=_grouped(guesses, lead_of(guesses)),
        dropped_first=LEADS[firsts],
        dropped=(begin, end),
    )


def _grouped(pairs: Pairs, byte: Pairs) -> Pairs:
    """Row b holds the pairs whose byte is b, ascending, then zeros."""
    order = np.argsort(byte, kind="stable")
    counts = np.bincount(byte, minlength=256)
    starts = np.cumsum(counts) - counts
    rows = np.zeros((256, int(np.max(counts))), np.uint16)
    rows[byte[order], np.arange(len(pairs)) - starts[byte[order]]] = pairs[order]
    return rows


def _not_in_reports(code: NDArray[np.uint16]) -> NDArray[np.bool_]:
    digits = (code >= 0xFF10) & (code < 0xFF1A)
    letters = (code >= 0xFF21) & (code < 0xFF3B) | (code >= 0xFF41) & (code < 0xFF5B)
    unwanted: NDArray[np.bool_] = (code == 0x3000) | digits | letters
    return unwanted


def _scripts(symbol: Symbols, hanzi: NDArray[np.bool_], size: int) -> NDArray[np.uint8]:
    """A Hanzi of GB 2312 that shares its symbol with one outside is the simplified form, the other the traditional."""
    pairs = np.arange(len(symbol))
    inside = hanzi & (pairs >= 0xB0A1) & (pairs < 0xF800) & ((pairs & 0xFF) >= 0xA1)
    variants, simplified = np.bincount(symbol[hanzi], minlength=size), np.bincount(symbol[inside], minlength=size)
    telling = hanzi & ((variants > simplified) & (simplified > 0) & (variants <= _VARIANTS))[symbol]
    return np.where(telling, np.where(inside, SIMPLIFIED, TRADITIONAL), 0).astype(np.uint8)
