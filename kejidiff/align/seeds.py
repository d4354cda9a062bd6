"""Two folded texts -> maximal equal runs worth their bits: the seeds of an alignment (PAN's word for them).

Seeds are equal 3-grams, joined along diagonals and extended while both sides stay equal. A gram so common that it
would pair up more than `seed_product` times is paired in turn only; runs grow through it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.trace import Trace
from kejidiff.options import AlignOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]

#: A run grows at most this far beyond its last seed on either side. Only grams above the product cap lie there; in the
#: longest stretch of the seeds that has none below it, 31 characters were found.
_REACH = 256


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One text of a pair.

    codes    its folded code points
    bits     surprisal of each of them
    grams    its different 3-grams, ascending, with `counts`, how often each stands in it
    order    positions by the 3-gram that begins there (as `grams`), then by place
    """

    codes: "NDArray[np.uint32]"
    bits: "NDArray[np.float64]"
    grams: "NDArray[np.uint64]"
    counts: "NDArray[np.int32]"
    order: "Offsets"

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Maximal equal runs: `left[k] : left[k] + length[k]` equals the same of `right`; `bits`: the cheaper side's.

    Ordered by left start, then right start.
    """

    left: "Offsets"
    right: "Offsets"
    length: "Offsets"
    bits: "NDArray[np.float64]"

    def __len__(self) -> int:
        return len(self.left)

    def where(self, kept: "NDArray[np.bool_] | NDArray[np.intp]") -> "Runs":
        return Runs(self.left[kept], self.right[kept], self.length[kept], self.bits[kept])


def find_runs(left: Side, right: Side, options: AlignOptions, trace: Trace | None = None) -> Runs:
    """Every maximal equal run that holds a seed and at least `run_floor` bits; of equal texts, the text."""
    if len(left) and np.array_equal(left.codes, right.codes):
        start = np.zeros(1, dtype=np.int64)
        return _weighed(start, start, start + len(left), left, right)
    starts = _diagonal_runs(*_equal_grams(left, right, options.seed_product, trace), options.seed_gram)
    runs = _weighed(*_extended(left.codes, right.codes, *starts), left, right)
    if trace is not None:
        trace.found = len(runs)
    runs = runs.where(runs.bits >= options.run_floor)
    return runs.where(np.lexsort((runs.right, runs.left)))


def _equal_grams(left: Side, right: Side, product: int, trace: Trace | None) -> "tuple[Offsets, Offsets]":
    """Positions (i, j) of every pair of equal grams; of those that would pair up more than `product` times, some."""
    _, ours, theirs = np.intersect1d(left.grams, right.grams, assume_unique=True, return_indices=True)
    counts, others = left.counts[ours].astype(np.int64), right.counts[theirs].astype(np.int64)
    few = counts * others <= product
    first, second = (np.cumsum(side.counts) - side.counts for side in (left, right))
    first, second = first[ours], second[theirs]
    # What stands in both too often is paired in turn, first with first: a page of it has diagonals enough.
    turns = np.minimum(counts, others)[~few]
    turn = np.arange(int(turns.sum())) - np.repeat(np.cumsum(turns) - turns, turns)
    in_turn = left.order[np.repeat(first[~few], turns) + turn], right.order[np.repeat(second[~few], turns) + turn]
    first, second, counts, others = first[few], second[few], counts[few], others[few]
    pairs = counts * others
    if trace is not None:
        trace.grams, trace.common, trace.places = len(few), len(few) - len(pairs), int(pairs.sum())
    owner = np.repeat(np.arange(len(pairs)), pairs)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    i = left.order[first[owner] + within // others[owner]]
    j = right.order[second[owner] + within % others[owner]]
    return np.concatenate((i, in_turn[0])), np.concatenate((j, in_turn[1]))


def _diagonal_runs(left: "Offsets", right: "Offsets", gram: int) -> "tuple[Offsets, Offsets, Offsets]":
    """Neighbouring equal grams of one diagonal joined: starts on both sides and lengths in characters."""
    order = np.lexsort((left, left - right))
    left, right = left[order], right[order]
    begins = np.ones(len(left), dtype=bool)
    begins[1:] = (np.diff(left) > gram) | (np.diff(left - right) != 0)
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(left)) - 1
    return left[firsts], right[firsts], left[lasts] - left[firsts] + gram if len(left) else left[firsts]


def _extended(
    left: "NDArray[np.uint32]", right: "NDArray[np.uint32]", starts: "Offsets", others: "Offsets", lengths: "Offsets"
) -> "tuple[Offsets, Offsets, Offsets]":
    """Runs grown to where the texts differ; those that grew into one another joined."""
    starts, others, lengths = starts.copy(), others.copy(), lengths.copy()
    growing = np.arange(len(starts))
    for _ in range(_REACH):
        ends, other_ends = starts[growing] + lengths[growing], others[growing] + lengths[growing]
        inside = (ends < len(left)) & (other_ends < len(right))
        growing = growing[inside][left[ends[inside]] == right[other_ends[inside]]]
        if not len(growing):
            break
        lengths[growing] += 1
    growing = np.arange(len(starts))
    for _ in range(_REACH):
        before, other_before = starts[growing] - 1, others[growing] - 1
        inside = (before >= 0) & (other_before >= 0)
        growing = growing[inside][left[before[inside]] == right[other_before[inside]]]
        if not len(growing):
            break
        starts[growing] -= 1
        others[growing] -= 1
        lengths[growing] += 1
    return _one_per_stretch(starts, others, lengths)


def _one_per_stretch(starts: "Offsets", others: "Offsets", lengths: "Offsets") -> "tuple[Offsets, Offsets, Offsets]":
    """Runs of one diagonal that overlap or touch, which are one run, as one."""
    order = np.lexsort((starts, starts - others))
    starts, others, ends = starts[order], others[order], (starts + lengths)[order]
    diagonals = starts - others
    # Ends that count from beyond all other diagonals, so that the farthest end so far never comes from another one.
    lift = np.cumsum(np.concatenate(([0], np.diff(diagonals) != 0))) * (int(ends.max(initial=0)) + 1)
    reached = np.maximum.accumulate(ends + lift) if len(ends) else ends
    begins = np.flatnonzero(np.concatenate(([True], (starts + lift)[1:] > reached[:-1])))[: len(starts)]
    lasts = np.append(begins[1:], len(starts))[: len(begins)] - 1
    return starts[begins], others[begins], (reached - lift)[lasts] - starts[begins]


def _weighed(starts: "Offsets", others: "Offsets", lengths: "Offsets", left: Side, right: Side) -> Runs:
    left_sums = np.concatenate(([0.0], np.cumsum(left.bits)))
    right_sums = np.concatenate(([0.0], np.cumsum(right.bits)))
    bits = np.minimum(
        left_sums[starts + lengths] - left_sums[starts], right_sums[others + lengths] - right_sums[others]
    )
    return Runs(starts, others, lengths, bits)
