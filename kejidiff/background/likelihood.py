"""Pairs of characters -> bits: how unlikely each character is after the one before it, in official Chinese.

What damage is recognised and undone by: of two readings of the same bytes the one that costs fewer bits is the
likelier. Single characters are enough to suspect damage, not to undo it: a damaged run of four is then found in 11 %
of the cases instead of 43 %.

Terms.       A *symbol* is what the model tells apart: 3,500 Hanzi, some thirty marks, and classes for all other
             characters. Script and width are folded away (a traditional character and its simplified form are one
             symbol, so are a full-width and a half-width mark), so one model reads both scripts. *Bits* are -log2 of
             a probability, at most `LONGEST`. A class costs what any one of its members costs, so a rare Hanzi is dear.
Source.      Counted by `build_likelihood`, which also says from what. Interpolated bigrams after Witten and Bell (The
             zero-frequency problem, 1991).
Limitations. Whatever is not expository prose costs more than it ought to: lists of names, verse, marks in a row. No
             limit in bits suits every genre: compare readings, and use a limit as a second condition only.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.arrays import Mapped, mapped, packed_arrays, unpacked_arrays

DATA: Final = Path(__file__).parent.parent / "data" / "likelihood.bin"

#: No pair costs more bits: one name the model does not know must not outvote the sentence around it. (Of real strings
#: of four characters 99.9 % cost less than 13.0 a character.)
LONGEST: Final = 16.0

#: Costs are stored in quarters of a bit; the limits they are held against are whole bits, and sums of a dozen
#: characters stay within half a bit of the exact value.
STEPS: Final = 4

#: Shapes of one character that can share a symbol: variants, widths. Space has twelve, the smallest class twenty.
VARIANTS: Final = 12

#: Where `symbol_of` ends: all code points from here on share its last entry.
ASTRAL: Final = 0x10000

#: Of the file's arrays, in the order of the model's.
_TYPES: Final = ("<u2", "u1", "u1", "<u8", "<u4", "u1", "?")

Codes = NDArray[np.uint32]
Symbols = NDArray[np.uint16]
Bits = NDArray[np.float32]


def codes_of(text: str) -> Codes:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Likelihood:
    """The model. Symbols are numbers below `size`; costs are stored in quarters of a bit (`STEPS`).

    symbol_of    shape (65537,): by code point
    alone, link  shape (size,): a pair that is not stored costs `alone[after] + link[before]`
    marks, ranks a bit for every pair `before * size + after` that says whether its cost is stored, in words of 64, and
                 how many stored pairs stand before each word: finds a pair in three look-ups where a search takes
                 eighteen
    pair_cost    the costs that are stored, in ascending order of their pairs
    shared       by symbol: does it stand for a class of characters rather than for one and its variants?
    """

    symbol_of: Symbols
    alone: NDArray[np.uint8]
    link: NDArray[np.uint8]
    marks: NDArray[np.uint64]
    ranks: NDArray[np.uint32]
    pair_cost: NDArray[np.uint8]
    shared: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        symbol_of: Symbols,
        alone: NDArray[np.uint8],
        link: NDArray[np.uint8],
        stored: NDArray[np.uint32],
        pair_cost: NDArray[np.uint8],
    ) -> "Likelihood":
        """The model in which these pairs (`before * size + after`, ascending) have these costs."""
        size = len(alone)
        seen = np.zeros(-(-(size**2) // 64) * 64, np.bool_)
        seen[stored] = True
        marks = np.packbits(seen, bitorder="little").view("<u8")
        counts = np.bitwise_count(marks)
        ranks = np.cumsum(counts, dtype=np.uint32) - counts
        return cls(symbol_of, alone, link, marks, ranks, pair_cost, np.bincount(symbol_of, minlength=size) > VARIANTS)

    @property
    def size(self) -> int:
        return len(self.alone)

    @property
    def stored(self) -> NDArray[np.int64]:
        """The pairs `before * size + after` whose cost is stored, ascending."""
        return np.flatnonzero(np.unpackbits(self.marks.view("u1"), bitorder="little"))

    def symbols(self, codes: Codes) -> Symbols:
        """The symbols of code points, in the same shape."""
        return self.symbol_of[np.minimum(codes, ASTRAL)]

    def bits(self, before: Symbols, after: Symbols) -> Bits:
        """What `after` costs following `before`: more than 0, at most `LONGEST`. The shapes broadcast."""
        keys = before.astype(np.uint32) * np.uint32(self.size) + after
        words = keys >> np.uint32(6)
        marks = self.marks[words]
        place = np.left_shift(np.uint64(1), (keys & np.uint32(63)).astype(np.uint64))
        seen = (marks & place) != 0
        rank = self.ranks[words] + np.bitwise_count(marks & (place - np.uint64(1)))
        costs = np.where(seen, self.pair_cost[rank * seen], self.link[before] + self.alone[after])
        return np.minimum(costs, int(LONGEST * STEPS)).astype(np.float32) / np.float32(STEPS)

    def text_bits(self, text: str) -> Bits:
        """What each character of a text costs after the one before it; the first is taken to begin a line."""
        symbols = self.symbols(codes_of("\n" + text))
        return self.bits(symbols[:-1], symbols[1:])


def packed(model: Likelihood) -> bytes:
    """The model as a file."""
    return packed_arrays([getattr(model, each.name) for each in fields(Likelihood)], _TYPES)


def unpacked(data: Mapped) -> Likelihood:
    """The model of a file that `packed` made."""
    return Likelihood(*unpacked_arrays(data, _TYPES))


@cache
def likelihood() -> Likelihood:
    """The shipped model; mapped once a process, when first asked for."""
    return unpacked(mapped(DATA))
