"""Runs -> chains: runs that follow one another on both sides, closely enough to be one text with changes in it.

After minimap2 (Li 2018), in bits: a chain scores the bits of its runs, less a price for every run (the chance of its
being there), for every character skipped (on the longer side) and for drifting off the diagonal. Capped, a run that
looks like one stock phrase cannot carry a chain, while a long verbatim run can.
"""

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.align.seeds import Runs
from kejidiff.options import AlignOptions
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indexes = NDArray[np.int64]
    Bits = NDArray[np.float64]


#: A little more than the longest gap inside a chain (`AlignOptions.chain_gap`), and more cells than any text fills.
_CELL, _GRID = 64, 1 << 31
#: Times the bits of a run at which another one drowns it.
_STRONGER = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Runs by index into `Runs`, ascending on both sides; `left` and `right` are folded offsets.

    score in bits; core: the score with each run capped, which alone may found a passage.
    """

    members: "Indexes"
    left: Span
    right: Span
    score: float
    core: float


def find_chains(runs: Runs, options: AlignOptions) -> tuple[Chain, ...]:
    """Disjoint chains of at least `chain_floor` bits, the best first; members index into `runs`."""
    company = np.flatnonzero(_telling(runs))
    company = company[_in_company(runs.where(company), options.chain_floor + options.run_price)]
    scores, links, gains = _scored(runs.where(company), options)
    used = np.zeros(len(company), dtype=bool)
    chains: list[Chain] = []
    for last in np.argsort(-scores, kind="stable").tolist():
        if scores[last] < options.chain_floor:
            break
        members = _unused(last, links, used)
        if not members:
            continue
        own = runs.bits[company[members[0]]] - options.run_price
        score = float(own + gains[members[1:]].sum())
        if score >= options.chain_floor:
            chains.append(_chain(runs, company[members], score, options))
    return tuple(sorted(chains, key=lambda chain: (-chain.score, chain.left, chain.right)))


def _telling(runs: Runs) -> "NDArray[np.bool_]":
    """Which runs are not drowned: every character of theirs part of a much stronger run, on both sides.

    Where a long verbatim run stands on either side, what else its characters match is chance. In the Jiaxing pair of
    the seeds that is five runs in six.
    """
    return ~(_drowned(runs, runs.left) & _drowned(runs, runs.right))


def _drowned(runs: Runs, starts: "Indexes") -> "NDArray[np.bool_]":
    """Which runs lie, on the side of `starts`, wholly inside runs of `_STRONGER` times their bits."""
    strongest = np.zeros(int((starts + runs.length).max(initial=0)))
    order = np.argsort(runs.bits, kind="stable").tolist()
    for run in order:
        strongest[starts[run] : starts[run] + runs.length[run]] = runs.bits[run]
    begins = np.stack((starts, starts + runs.length), axis=1).reshape(-1)
    least = np.minimum.reduceat(np.append(strongest, np.inf), begins)[::2] if len(runs) else strongest
    return np.asarray(least >= _STRONGER * runs.bits)


def _in_company(runs: Runs, floor: float) -> "NDArray[np.bool_]":
    """Which runs have `floor` bits of runs around them, themselves included: the others can be in no chain.

    Around: in the same cell of a 64-character grid or in one that touches it, which holds every chain's next run. In
    unrelated texts this leaves one run in eight, and chaining is where alignment spends its time.
    """
    cells = (runs.left // _CELL + 1) * _GRID + runs.right // _CELL + 1
    filled, inverse = np.unique(cells, return_inverse=True)
    bits = np.bincount(inverse, weights=runs.bits, minlength=len(filled))
    around = np.zeros(len(filled))
    for shift in (down * _GRID + across for down in (-1, 0, 1) for across in (-1, 0, 1)):
        at = np.minimum(np.searchsorted(filled, filled + shift), max(len(filled) - 1, 0))
        around += np.where(filled[at] == filled + shift, bits[at], 0.0)
    return np.asarray(around[inverse] >= floor)


def _scored(runs: Runs, options: AlignOptions) -> "tuple[Bits, Indexes, Bits]":
    """By run: the best score of a chain that ends in it, the run before it (-1: none), and what it added.

    Plain lists: a run has a dozen runs within reach, for which a numpy call costs more than the loop.
    """
    lefts, rights, lengths, bits = (column.tolist() for column in (runs.left, runs.right, runs.length, runs.bits))
    gains = [own - options.run_price for own in bits]
    scores, links = list(gains), [-1] * len(gains)
    reach = options.chain_gap + max(lengths, default=0)
    for run, (left, right, length) in enumerate(zip(lefts, rights, lengths, strict=True)):
        price = bits[run] / length
        best, cost = 0.0, 0.0
        for before in range(run - 1, max(run - options.lookback, 0) - 1, -1):
            if left - lefts[before] > reach:
                break
            gap, other_gap = left - lefts[before] - lengths[before], right - rights[before] - lengths[before]
            narrow, wide = (gap, other_gap) if gap < other_gap else (other_gap, gap)
            if wide > options.chain_gap or -narrow >= length or -narrow >= lengths[before]:
                continue
            paid = log2(1 + wide - narrow)
            if wide > 0:
                paid += options.gap_price * wide
            if narrow < 0:
                paid -= narrow * price
            if scores[before] - paid > best:
                best, cost, links[run] = scores[before] - paid, paid, before
        scores[run] += best
        gains[run] -= cost
    return np.array(scores), np.array(links, dtype=np.int64), np.array(gains)


def _unused(last: int, links: "Indexes", used: "NDArray[np.bool_]") -> list[int]:
    """The chain that ends in `last`, back to where it meets a better one; ascending, and marked as used."""
    members: list[int] = []
    run = last
    while run >= 0 and not used[run]:
        used[run] = True
        members.append(run)
        run = int(links[run])
    return members[::-1]


def _chain(runs: Runs, members: "Indexes", score: float, options: AlignOptions) -> Chain:
    first = members[0]
    bits = runs.bits[members]
    excess = np.where(
        bits <= options.cap_high, np.maximum(bits - options.cap_low, 0.0), options.cap_high - options.cap_low
    )
    ends, other_ends = runs.left[members] + runs.length[members], runs.right[members] + runs.length[members]
    return Chain(
        members=members,
        left=Span(int(runs.left[first]), int(ends.max())),
        right=Span(int(runs.right[first]), int(other_ends.max())),
        score=score,
        core=score - float(excess.sum()),
    )
