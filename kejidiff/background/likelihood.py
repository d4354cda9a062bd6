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

from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

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

#: Words of 64 pairs that are marked at a time: new memory costs more than the work, a quarter of a megabyte is reused.
_BLOCK: Final = 4096

Codes = NDArray[np.uint32]
Symbols = NDArray[np.uint16]
Bits = NDArray[np.float32]


def codes_of(text: str) -> Codes:
    """The code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """The model. Symbols are numbers below `size`; costs are stored in quarters of a bit (`STEPS`).

    symbol_of    shape (65537,): by code point
    alone, link  shape (size,): a pair that is not stored costs `alone[after] + link[before]`
    stored       ascending keys `before * size + after` of the pairs whose cost is stored
    pair_cost    their costs, in the same order
    shared       by symbol: does it stand for a class of characters rather than for one and its variants?
    _marks, _ranks  a bit for every pair that says whether it is stored, in words of 64, and how many stored pairs
                 stand before each word: finds a pair in three look-ups where a search takes eighteen
    """

    symbol_of: Symbols = field(repr=False)
    alone: NDArray[np.uint8] = field(repr=False)
    link: NDArray[np.uint8] = field(repr=False)
    stored: NDArray[np.uint32] = field(repr=False)
    pair_cost: NDArray[np.uint8] = field(repr=False)
    shared: NDArray[np.bool_] = field(init=False, repr=False)
    _marks: NDArray[np.uint64] = field(init=False, repr=False)
    _ranks: NDArray[np.uint32] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        marks = np.empty(-(-(self.size**2) // 64), "<u8")
        for first in range(0, len(marks), _BLOCK):
            block = marks[first : first + _BLOCK]
            low, high = np.searchsorted(self.stored, (64 * first, 64 * (first + len(block))))
            seen = np.zeros(64 * len(block), np.bool_)
            seen[self.stored[low:high] - np.uint32(64 * first)] = True
            block[:] = np.packbits(seen, bitorder="little").view("<u8")
        counts = np.bitwise_count(marks)
        object.__setattr__(self, "shared", np.bincount(self.symbol_of, minlength=self.size) > VARIANTS)
        object.__setattr__(self, "_marks", marks)
        ranks = np.cumsum(counts, dtype=np.uint32)
        ranks -= counts
        object.__setattr__(self, "_ranks", ranks)

    @property
    def size(self) -> int:
        return len(self.alone)

    def symbols(self, codes: Codes) -> Symbols:
        """The symbols of code points, in the same shape."""
        return self.symbol_of[np.minimum(codes, ASTRAL)]

    def bits(self, before: Symbols, after: Symbols) -> Bits:
        """What `after` costs following `before`: more than 0, at most `LONGEST`. The shapes broadcast."""
        keys = before.astype(np.uint32) * np.uint32(self.size) + after
        words = keys >> np.uint32(6)
        marks = self._marks[words]
        place = np.left_shift(np.uint64(1), (keys & np.uint32(63)).astype(np.uint64))
        seen = (marks & place) != 0
        rank = self._ranks[words] + np.bitwise_count(marks & (place - np.uint64(1)))
        costs = np.where(seen, self.pair_cost[rank * seen], self.link[before] + self.alone[after])
        return np.minimum(costs, int(LONGEST * STEPS)).astype(np.float32) / np.float32(STEPS)

    def text_bits(self, text: str) -> Bits:
        """What each character of a text costs after the one before it; the first is taken to begin a line."""
        symbols = self.symbols(codes_of("\n" + text))
        return self.bits(symbols[:-1], symbols[1:])


def packed(model: Likelihood) -> bytes:
    """The model as a file: how many bytes each of five arrays has (32 bits each), then the arrays.

    Of `stored` the distances are kept, a byte each: 255 means "255 further, and read on". Not deflated: that would save
    .35 MB and cost every start 5 ms.
    """
    gaps = np.diff(model.stored.astype(np.int64), prepend=-1) - 1
    whole, rest = np.divmod(gaps, 255)
    steps = np.full(int(np.sum(whole + 1)), 255, np.uint8)
    steps[np.cumsum(whole + 1) - 1] = rest
    arrays = (model.symbol_of.astype("<u2"), model.alone, model.link, steps, model.pair_cost)
    lengths = np.array([array.nbytes for array in arrays], "<u4")
    return b"".join(array.tobytes() for array in (lengths, *arrays))


def unpacked(data: bytes) -> Likelihood:
    """The model of a file that `packed` made."""
    lengths = np.frombuffer(data, "<u4", 5).tolist()
    ends = list(accumulate(lengths, initial=20))
    symbol_of, alone, link, steps, pair_cost = (memoryview(data)[start:end] for start, end in pairwise(ends))
    distance = np.frombuffer(steps, np.uint8)
    last = distance != 255
    reached = np.cumsum(distance, dtype=np.uint32)[last]
    reached += np.arange(len(reached), dtype=np.uint32)
    return Likelihood(
        symbol_of=np.frombuffer(symbol_of, "<u2"),
        alone=np.frombuffer(alone, np.uint8),
        link=np.frombuffer(link, np.uint8),
        stored=reached,
        pair_cost=np.frombuffer(pair_cost, np.uint8),
    )


@cache
def likelihood() -> Likelihood:
    """The shipped model; read once a process, when first asked for."""
    return unpacked(DATA.read_bytes())
