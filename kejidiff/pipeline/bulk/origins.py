"""What is kept of some units -> where each of their folded characters stands in the original texts."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.kernel import origins as compiled
from kejidiff.model import FIGURE_SYMBOL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SYMBOL = ord(FIGURE_SYMBOL)


class Kept(NamedTuple):
    """Some units as they lie on the disk, one after the other.

    starts, ends   shape (U,): of each in the original text
    lengths        shape (U,): folded characters of each
    skipped        shape (U,): bits before each unit's in its first byte of `bits`
    counted        shape (U,): countable characters of the collection before each
    counts         shape (U,): figures of each
    symbols        folded characters of all
    bits           for each of their original characters, 1 where it has a folded one; each unit's begin with a byte
    figures        shape (N, 3): value, original length, countable characters
    """

    starts: "Ints"
    ends: "Ints"
    lengths: "Ints"
    skipped: "Ints"
    counted: "Ints"
    counts: "Ints"
    symbols: "NDArray[np.uint16]"
    bits: "NDArray[np.uint8]"
    figures: "NDArray[np.uint32]"

    @property
    def bytes(self) -> "Ints":
        """Shape (U,): of `bits`, those of each unit."""
        return (self.ends - self.starts + self.skipped + 7) // 8

    @property
    def rows(self) -> "Ints":
        """Shape (U, 8): the units as `kernel.origins.located` takes them."""
        firsts = (before(own) for own in (self.lengths, self.bytes, self.counts))
        symbols, bits, figures = firsts
        columns = symbols, self.lengths, self.starts, self.ends, bits, self.skipped, figures, self.counted
        return np.stack(columns, axis=1)


class Origins(NamedTuple):
    """Where the folded characters of some units stand, one unit after the other.

    begins    shape (U,): where each unit begins below
    starts    original start of each character; behind the last of a unit, where the unit ends
    ends      original end of each character; behind the last of a unit, where the unit ends
    counted   countable characters of the collection before each character; behind the last of a unit, before its end
    """

    begins: "Ints"
    starts: "Ints"
    ends: "Ints"
    counted: "Ints"


def before(sizes: "Ints") -> "Ints":
    """Shape (U,): the sum of all sizes before each."""
    sums: Ints = np.cumsum(sizes)
    return sums - sizes


def figures_in(symbols: "NDArray[np.uint16]", lengths: "Ints") -> "Ints":
    """Shape (U,): how many figures each unit has; `symbols` as of `Kept`."""
    found = compiled.count_of(SYMBOL, symbols, lengths)
    if found is not None:
        return found
    edges = np.concatenate(([0], np.cumsum(lengths)))
    return np.diff(np.searchsorted(np.flatnonzero(symbols == SYMBOL), edges))


def origins_of(kept: Kept) -> Origins:
    """Of all characters of all units."""
    lengths, ends = kept.lengths, kept.ends
    begins = before(lengths + 1)
    last = begins + lengths
    inner = np.ones(int((lengths + 1).sum()), dtype=bool)
    inner[last] = False
    begun, ended = np.empty(len(inner), dtype=np.int64), np.empty(len(inner), dtype=np.int64)
    begun[inner], begun[last] = _places(kept) + np.repeat(kept.starts, lengths), ends
    ended[inner], ended[last] = begun[inner] + 1, ends
    at = np.flatnonzero(inner)[kept.symbols == SYMBOL]
    figures = kept.figures.astype(np.int64)
    ended[at] += figures[:, 1] - 1
    more = np.zeros(len(inner) + 1, dtype=np.int64)
    more[at + 1] = figures[:, 2] - 1
    earlier = np.cumsum(more)[:-1]
    base = kept.counted - earlier[begins]
    place = np.arange(len(inner)) - np.repeat(begins, lengths + 1)
    return Origins(begins, begun, ended, place + earlier + np.repeat(base, lengths + 1))


def _places(kept: Kept) -> "Ints":
    """Original offsets of all characters, from the beginning of the unit of each."""
    unpacked = np.unpackbits(kept.bits)
    begins = before(kept.bytes) * 8 + kept.skipped
    edges = np.zeros(len(unpacked) + 1, dtype=np.int8)
    np.add.at(edges, begins, 1)
    np.add.at(edges, begins + kept.ends - kept.starts, -1)
    places: Ints = np.flatnonzero(unpacked & np.cumsum(edges[:-1], dtype=np.int8).view(np.uint8))
    places -= np.repeat(begins, kept.lengths)
    return places
