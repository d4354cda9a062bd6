"""Inner text and places in it -> what each step of a shifted reading costs there, and which characters it reads.

Terms.       Those of `shift_inner`. A run that begins at x[a] reads a *first* character, whose lead byte is lost, and
             then y[a+1]. A run that ends at x[b] reads y[b] and then a *last* character: its trail byte is lost, or
             stands as ASCII in x[b+1] (the *tail*). A *dropped* pair between x[i-1] and x[i] means two characters, the
             *one* and the *other*, instead of y[i].
Source.      Every byte that can have been there is tried; the model, and what the same text says elsewhere, decide.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import Bits, Likelihood, Symbols
from kejidiff.text.repair.code_pages import LEADS, Pairs, lead_of, pairs_of, trail_of
from kejidiff.text.repair.shift_inner import Inner
from kejidiff.text.repair.shown import Shown

#: A guess in the other script than the text's costs this much more: .908 of the first characters are right instead of
#: .902 (simulated filter, 685 runs); at 6 characters of both scripts suffer.
SCRIPT_PRICE: Final = 3.0

#: Weight of the text itself against the model: .908 of the first characters are right instead of .889 without, .1 to .5
#: are alike. How often it must have used a pair: twice, because what is damaged stands there once. Occurrences of the
#: first character that are taken for granted besides, so that two of two do not count as always.
OWN_WEIGHT: Final = 0.25
OWN_TIMES: Final = 2
OWN_PRIOR: Final = 5.0

#: The pair of 。, and what it is favoured by as a lost first character, because most runs begin between two sentences.
#: From 1 to 1.5 .906 are right, at 3 .874: 上海 and 高校 become 上。 and 高。.
FULL_STOP: Final = 0xA1A3
FULL_STOP_BONUS: Final = 1.5

#: A pinyin note that confirms the tail is worth this much, about what one of 200 toned syllables tells; one that
#: contradicts it forbids the tail.
NOTE_BONUS: Final = 8.0

#: What the two pairs at the edges of a dropped pair may cost together: at 20 a hundredth of the exact readings is lost.
DEAR: Final = np.float32(22.0)

#: Stands for "impossible": above all that the readings of one zone can differ by.
NEVER: Final = 1e5

Index = NDArray[np.int64]

#: Slots of the table of own pairs, a power of 2; of pairs that meet in a slot the commonest stays. Reports use some
#: 3,000 pairs more than once.
_SLOTS: Final = 16


class OwnPairs(NamedTuple):
    """The model, mixed with the pairs of symbols that the text itself uses more than once.

    keys, share  by slot: `before * size + after`, and how often `before` is followed by `after`
    """

    model: Likelihood
    keys: NDArray[np.uint32]
    share: NDArray[np.float32]

    def bits(self, before: Symbols, after: Symbols) -> Bits:
        bits = self.model.bits(before, after)
        keys = before.astype(np.uint32) * np.uint32(self.model.size) + after
        slots = _slots(keys)
        own = np.nonzero(self.keys[slots] == keys)
        mixed = (1 - OWN_WEIGHT) * np.exp2(-bits[own]) + OWN_WEIGHT * self.share[slots[own]]
        bits[own] = -np.log2(mixed)
        return bits


def _slots(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Knuth's multiplicative hash."""
    return (keys * np.uint32(2654435761)) >> np.uint32(32 - _SLOTS)


def own_pairs(shown: Shown) -> OwnPairs:
    """Of pairs of single characters only: a class says nothing of its members."""
    model, size = shown.model, shown.model.size
    every = np.sort(shown.symbols[:-1].astype(np.uint32) * np.uint32(size) + shown.symbols[1:])
    starts = np.flatnonzero(np.diff(every, prepend=np.uint32(0xFFFFFFFF)))
    counts = np.diff(starts, append=len(every))
    often = np.flatnonzero(counts >= OWN_TIMES)
    often = often[np.argsort(counts[often], kind="stable")]
    keys, counts = every[starts[often]], counts[often]
    single = ~(model.shared[keys // size] | model.shared[keys % size])
    keys, counts = keys[single], counts[single]
    slots = _slots(keys)
    table, share = np.full(1 << _SLOTS, 0xFFFFFFFF, np.uint32), np.zeros(1 << _SLOTS, np.float32)
    table[slots] = keys
    share[slots] = counts / (np.bincount(shown.symbols, minlength=size)[keys // size] + OWN_PRIOR)
    return OwnPairs(model, table, share)


class Steps(NamedTuple):
    """What the steps into, through and out of a run cost at given places, and the pairs they read.

    Each method takes n places (indexes of shown characters) and gives two arrays: shape (n,), the cost of all pairs of
    characters the step takes part in, `NEVER` or more where it is impossible; shape (n, k), the k pairs it chooses.

    wrong_script  the script (of `shift_tables`) the text is not written in
    notes         by place of an ASCII character: the code points that the pinyin note after it allows
    """

    text: Inner
    own: OwnPairs
    wrong_script: int
    notes: Mapping[int, frozenset[int]]

    def first(self, at: Index) -> tuple[Bits, Pairs]:
        """x[at] begins a run: x[at - 1] -> first -> y[at + 1]."""
        cost, pairs = self._first(at)
        after = self.text.symbols[at + 1]
        return _cheapest(cost + self.own.bits(self._symbols(pairs), after[:, None]), pairs)

    def alone(self, at: Index) -> tuple[Bits, Pairs]:
        """x[at] begins and ends a run that has a tail: x[at - 1] -> first -> last -> x[at + 2]."""
        cost, pairs = self._first(at)
        tails, price = self._tails(at)
        last = self._symbols(tails)
        cost, chosen = _cheapest(cost + self.own.bits(self._symbols(pairs), last[:, None]), pairs)
        return cost + price + self.own.bits(last, self._shown(at + 2)), np.column_stack((chosen, tails))

    def last(self, at: Index) -> tuple[Bits, Pairs]:
        """x[at] ends a run: y[at] -> last -> x[at + 1]."""
        pairs = self.text.tables.by_lead[trail_of(self.text.pairs[at])]
        symbols = self._symbols(pairs)
        cost = self.own.bits(self.text.symbols[at][:, None], symbols) + self._price(pairs)
        return _cheapest(cost + self.own.bits(symbols, self._shown(at + 1)[:, None]), pairs)

    def tail(self, at: Index) -> tuple[Bits, Pairs]:
        """x[at] ends a run, x[at + 1] is the tail: y[at] -> last -> x[at + 2]."""
        pairs, price = self._tails(at)
        last = self._symbols(pairs)
        cost = self.own.bits(self.text.symbols[at], last) + self.own.bits(last, self._shown(at + 2))
        return cost + price, pairs[:, None]

    def dropped(self, at: Index) -> tuple[Bits, Pairs]:
        """Two characters instead of y[at]: y[at - 1] -> one -> other -> y[at + 1]."""
        text = self.text
        before = self.own.bits(text.symbols[at - 1][:, None], self._symbols(self._ones(at - 1)))
        instead = text.bits[at] + text.bits[at + 1]
        return self._two(at - 1, before, lead_of(text.pairs[at]), text.symbols[at + 1], instead)

    def dropped_tail(self, at: Index) -> tuple[Bits, Pairs]:
        """The same before the tail x[at + 1]: y[at] -> one -> other -> x[at + 2]."""
        text = self.text
        before = self.own.bits(text.symbols[at][:, None], self._symbols(self._ones(at)))
        return self._two(at, before, text.shown.codes[at + 1].astype(np.uint16), self._shown(at + 2))

    def first_dropped(self, at: Index) -> tuple[Bits, Pairs]:
        """x[at] begins a run, and y[at + 1] is two: x[at - 1] -> first -> one -> other -> y[at + 2]."""
        text = self.text
        cost, pairs = self._first(at)
        ones = self._symbols(self._ones(at))
        whole = cost[:, :, None] + self.own.bits(self._symbols(pairs)[:, :, None], ones[:, None, :])
        best = np.argmin(whole, axis=1)
        before = np.take_along_axis(whole, best[:, None, :], 1)[:, 0, :]
        cost, two = self._two(at, before, lead_of(text.pairs[at + 1]), text.symbols[at + 2])
        which = np.argmax(self._ones(at) == two[:, :1], axis=1)
        firsts = np.take_along_axis(pairs, np.take_along_axis(best, which[:, None], 1), 1)
        return cost, np.column_stack((firsts, two))

    def dropped_then_tail(self, at: Index) -> tuple[Bits, Pairs]:
        """Two characters instead of y[at], and x[at + 1] the tail: y[at - 1] -> one -> other -> last -> x[at + 2]."""
        text = self.text
        tails, price = self._tails(at)
        last = self._symbols(tails)
        before = self.own.bits(text.symbols[at - 1][:, None], self._symbols(self._ones(at - 1)))
        cost, two = self._two(at - 1, before, lead_of(text.pairs[at]), last)
        return cost + price + self.own.bits(last, self._shown(at + 2)), np.column_stack((two, tails))

    def _first(self, at: Index) -> tuple[Bits, Pairs]:
        """Shape (n, guesses): x[at - 1] -> first, for every lead byte that can be guessed."""
        pairs = self.text.tables.by_trail[lead_of(self.text.pairs[at])]
        cost = self.own.bits(self._shown(at - 1)[:, None], self._symbols(pairs)) + self._price(pairs)
        return np.where(pairs == FULL_STOP, cost - np.float32(FULL_STOP_BONUS), cost), pairs

    def _tails(self, at: Index) -> tuple[Pairs, Bits]:
        """Shape (n,): the trail byte of x[at] with the ASCII x[at + 1], and what tables and notes say about it."""
        text = self.text
        pairs = pairs_of(trail_of(text.pairs[at]), text.shown.codes[at + 1].astype(np.uint16))
        price = self._price(pairs)
        price[np.diff(text.shown.offsets)[at] != 1] = NEVER
        for index, place in enumerate((at + 1).tolist() if self.notes else ()):
            allowed = self.notes.get(place)
            if allowed is not None:
                price[index] += -NOTE_BONUS if int(text.tables.code[pairs[index]]) in allowed else NEVER
        return pairs, price

    def _ones(self, at: Index) -> Pairs:
        """Shape (n, 23): the trail byte of x[at] with each byte that a dropped pair can begin with."""
        return pairs_of(trail_of(self.text.pairs[at])[:, None], self.text.tables.dropped_first)

    def _two(
        self, at: Index, before: Bits, trail: Pairs, after: Symbols, instead: Bits | None = None
    ) -> tuple[Bits, Pairs]:
        """The one made of x[at] and a dropped byte, the other of a dropped byte and `trail`.

        before   costs of the ones, shape (n, ones)
        instead  what another reading of the same characters costs: nothing dearer is looked for
        """
        ones, others = self._ones(at), pairs_of(LEADS, trail[:, None])
        into = before + self._price(ones)
        out = self.own.bits(self._symbols(others), after[:, None]) + self._price(others)
        least = np.min(into, axis=1) + np.min(out, axis=1)
        likely = least < (DEAR if instead is None else np.minimum(instead, DEAR))
        cost, pairs = np.full(len(at), NEVER, np.float32), np.zeros((len(at), 2), np.uint16)
        cost[likely], pairs[likely] = self._both(ones[likely], others[likely], into[likely], out[likely])
        return cost, pairs

    def _both(self, ones: Pairs, others: Pairs, into: Bits, out: Bits) -> tuple[Bits, Pairs]:
        """Of each row the cheapest one and other between which two bytes can have been dropped."""
        begin, end = self.text.tables.dropped
        middle = self.own.bits(self._symbols(ones)[:, begin], self._symbols(others)[:, end])
        cost: Bits = middle + into[:, begin] + out[:, end]
        best, row = np.argmin(cost, axis=1), np.arange(len(ones))
        return cost[row, best], np.column_stack((ones[row, begin[best]], others[row, end[best]]))

    def _symbols(self, pairs: Pairs) -> Symbols:
        return self.text.tables.symbol[pairs]

    def _shown(self, at: Index) -> Symbols:
        return self.text.shown.symbols[at]

    def _price(self, pairs: Pairs) -> Bits:
        tables = self.text.tables
        price = np.where(tables.script[pairs] == self.wrong_script, np.float32(SCRIPT_PRICE), np.float32(0))
        return np.where(tables.code[pairs] > 0, price, np.float32(NEVER))


def _cheapest(cost: Bits, pairs: Pairs) -> tuple[Bits, Pairs]:
    """Of each row the least cost and its pair, shapes (n,) and (n, 1); of equal ones the first."""
    best = np.argmin(cost, axis=1)[:, None]
    return np.take_along_axis(cost, best, 1)[:, 0], np.take_along_axis(pairs, best, 1)
