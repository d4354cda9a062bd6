"""What is kept of some units -> where each of their folded characters stands in the original texts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel import origins as compiled
from kejidiff.model import FIGURE_SYMBOL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SYMBOL: Final = ord(FIGURE_SYMBOL)


class Texts(NamedTuple):
    """Folded characters and figures of some units, ascending; in `symbols` and `figures` they may stand in any order.

    units            shape (U,): their numbers
    symbol_firsts    shape (U,): where in `symbols` the characters of each begin
    symbols          folded characters
    figure_firsts    shape (U,): the first figure of each
    counts           shape (U,): how many it has
    figures          shape (N, 3): value, original length, countable characters
    """

    units: "Ints"
    symbol_firsts: "Ints"
    symbols: "NDArray[np.uint16]"
    figure_firsts: "Ints"
    counts: "Ints"
    figures: "NDArray[np.uint32]"

    def of(self, units: "Ints", read: "Callable[[Ints], Texts]") -> "Texts":
        """Those of some units, ascending: `read` gives those that are not among these."""
        at = np.minimum(np.searchsorted(self.units, units), max(len(self.units) - 1, 0))
        known = self.units[at] == units if len(self.units) else np.zeros(len(units), dtype=bool)
        if not known.any():
            return read(units)
        more = read(units[~known])
        firsts, figures, counts = (own[at] for own in (self.symbol_firsts, self.figure_firsts, self.counts))
        firsts[~known] = more.symbol_firsts + len(self.symbols)
        figures[~known] = more.figure_firsts + len(self.figures)
        counts[~known] = more.counts
        if not len(more.units):
            return Texts(units, firsts, self.symbols, figures, counts, self.figures)
        symbols, told = np.concatenate((self.symbols, more.symbols)), np.concatenate((self.figures, more.figures))
        return Texts(units, firsts, symbols, figures, counts, told)


_NONE: Final = np.zeros(0, dtype=np.int64)
NO_TEXTS: Final = Texts(_NONE, _NONE, np.zeros(0, dtype=np.uint16), _NONE, _NONE, np.zeros((0, 3), dtype=np.uint32))


class Kept(NamedTuple):
    """Some units as they lie on the disk.

    starts, ends   shape (U,): of each in the original text
    lengths        shape (U,): folded characters of each
    skipped        shape (U,): bits before each unit's in its first byte of `bits`
    counted        shape (U,): countable characters of the collection before each
    bits           for each of their original characters, 1 where it has a folded one; one unit after the other, each
                   unit's begin with a byte
    texts          their folded characters and figures
    """

    starts: "Ints"
    ends: "Ints"
    lengths: "Ints"
    skipped: "Ints"
    counted: "Ints"
    bits: "NDArray[np.uint8]"
    texts: Texts

    @property
    def bytes(self) -> "Ints":
        """Shape (U,): of `bits`, those of each unit."""
        return (self.ends - self.starts + self.skipped + 7) // 8

    @property
    def rows(self) -> "Ints":
        """Shape (U, 8): the units as `kernel.origins.located` takes them."""
        columns = (
            self.texts.symbol_firsts, self.lengths, self.starts, self.ends, before(self.bytes), self.skipped,
            self.texts.figure_firsts, self.counted,
        )  # fmt: skip
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
    """Shape (U,): how many figures each unit has; `symbols` are those of all, one unit after the other."""
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
    texts = kept.texts
    at = np.flatnonzero(inner)[texts.symbols[_items(texts.symbol_firsts, lengths)] == SYMBOL]
    figures = texts.figures[_items(texts.figure_firsts, texts.counts)].astype(np.int64)
    ended[at] += figures[:, 1] - 1
    more = np.zeros(len(inner) + 1, dtype=np.int64)
    more[at + 1] = figures[:, 2] - 1
    earlier = np.cumsum(more)[:-1]
    base = kept.counted - earlier[begins]
    place = np.arange(len(inner)) - np.repeat(begins, lengths + 1)
    return Origins(begins, begun, ended, place + earlier + np.repeat(base, lengths + 1))


def _items(firsts: "Ints", sizes: "Ints") -> "Ints":
    """The numbers of so many items from each of the first ones on."""
    return np.repeat(firsts - before(sizes), sizes) + np.arange(int(sizes.sum()))


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
