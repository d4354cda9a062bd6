"""Text -> what the search for damage reads: code points, symbols, costs, and each code point's place in the original.

Terms.       *Shown* is a text as the damage left it; a *rereading* says how a stretch of it was written before. A pair
             of characters is *odd* if it costs more than `ODD` bits.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import Bits, Codes, Likelihood, Symbols, codes_of
from kejidiff.model import Repair
from kejidiff.model.document import RepairReason
from kejidiff.span import Span

#: Line breaks put before and after a text, so that every character has neighbours on both sides.
MARGIN: Final = 2

#: One pair in 300 of clean official prose is odd, one in 20 of a web page's; every damaged run that is found has one.
ODD: Final = 14.0

#: Characters kept on both sides of an odd pair; 8 and 16 find the same runs.
RADIUS: Final = 10

_BREAK: Final = 0x0A
_NOWHERE: Final = -9


class Rereading(NamedTuple):
    """Shown characters `[start, end)` are read as `text`; `guessed` are half-open offsets into it."""

    start: int
    end: int
    reason: RepairReason
    text: str
    guessed: tuple[Span, ...] = ()


class Shown(NamedTuple):
    """A text between two margins of line breaks, all arrays of one length.

    offsets  where each code point stands in the original, ascending; of line breaks put in: nowhere (negative)
    bits     what each costs after the one before
    """

    model: Likelihood
    codes: Codes
    symbols: Symbols
    bits: Bits
    offsets: NDArray[np.int64]

    def repair(self, found: Rereading) -> Repair:
        """The rereading in offsets of the original."""
        span = Span(int(self.offsets[found.start]), int(self.offsets[found.end - 1]) + 1)
        return Repair(span, found.reason, found.text, found.guessed)

    def without(self, found: list[Rereading]) -> "Shown":
        """The same with line breaks in place of what has been reread, so that nothing is read twice."""
        if not found:
            return self
        codes = self.codes.copy()
        for reading in found:
            codes[reading.start : reading.end] = _BREAK
        symbols, bits = _costed(self.model, codes)
        return Shown(self.model, codes, symbols, bits, self.offsets)

    def odd_parts(self) -> "Shown":
        """What stands around odd pairs, in order, the parts kept apart by line breaks; without any, margins alone."""
        odd = np.flatnonzero(self.bits > ODD)
        change = np.zeros(len(self.codes) + 1, np.int64)
        np.add.at(change, np.maximum(odd - RADIUS, MARGIN), 1)
        np.add.at(change, np.minimum(odd + RADIUS, len(self.codes) - MARGIN), -1)
        kept = np.flatnonzero(np.cumsum(change[:-1]) > 0)
        gaps = np.flatnonzero(np.diff(kept, prepend=-1, append=len(self.codes)) > 1)
        if not len(kept):
            gaps = np.array([0])
        places = np.insert(kept, np.repeat(gaps, MARGIN), _NOWHERE)
        inside = places >= 0
        places = np.maximum(places, 0)
        codes = np.where(inside, self.codes[places], np.uint32(_BREAK))
        symbols = self.model.symbols(codes)
        bits = np.where(inside, self.bits[places], np.float32(0))
        return Shown(self.model, codes, symbols, bits, np.where(inside, self.offsets[places], _NOWHERE))


def text_of(codes: Codes) -> str:
    """The text of these code points, lone surrogates included."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def shown(text: str, skipped: Sequence[Span], model: Likelihood) -> Shown:
    """`skipped` (ascending, disjoint) is left out: what was written between characters after the damage was done."""
    codes = codes_of(text)
    offsets = np.arange(len(codes))
    if skipped:
        kept = np.ones(len(codes), np.bool_)
        for span in skipped:
            kept[span.start : span.end] = False
        offsets = np.flatnonzero(kept)
        codes = codes[offsets]
    codes = np.pad(codes, MARGIN, constant_values=_BREAK)
    symbols, bits = _costed(model, codes)
    return Shown(model, codes, symbols, bits, np.pad(offsets, MARGIN, constant_values=_NOWHERE))


def _costed(model: Likelihood, codes: Codes) -> tuple[Symbols, Bits]:
    symbols = model.symbols(codes)
    return symbols, np.concatenate((np.zeros(1, np.float32), model.bits(symbols[:-1], symbols[1:])))
