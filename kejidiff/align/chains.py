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
from kejidiff.align.trace import Trace
from kejidiff.options import AlignOptions
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indexes = NDArray[np.int64]
    Bits = NDArray[np.float64]


#: A little more than the longest gap inside a chain (`AlignOptions.chain_gap`), and more cells than any text fills.
_CELL, _GRID = 64, 1 << 31
#: Runs whose steps are held at a time: some 5 MB where each looks back at eighty.
_ROWS = 1024
#: Times the bits of a run at which another one drowns it.
_STRONGER = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Runs by index into `Runs`, ascending on both sides; `left` and `right` are folded offsets.

    score in bits; core: the score with each run capped.
    density: bits per matched character; what is ordinary founds no passage, however long it is.
    """

    members: "Indexes"
    left: Span
    right: Span
    score: float
    core: float
    density: float


def find_chains(runs: Runs, options: AlignOptions, trace: Trace | None = None) -> tuple[Chain, ...]:
    """Disjoint chains of at least `chain_floor` bits, the best first; members index into `runs`."""
    company = np.flatnonzero(_telling(runs))
    around = _around(runs.where(company), options.run_price)
    if trace is not None:
        trace.drowned, trace.alone = len(runs) - len(company), int((around < options.chain_floor).sum())
    if around.max(initial=0.0) < min(options.sentence_floor, options.core_floor):
        return ()
    company = company[around >= options.chain_floor]
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
    # Painted the strongest last; what drowns not even the weakest run needs no painting.
    strong = np.flatnonzero(runs.bits >= _STRONGER * runs.bits.min(initial=np.inf))
    strong = strong[np.argsort(runs.bits[strong], kind="stable")]
    columns = starts[strong], (starts + runs.length)[strong], runs.bits[strong]
    for start, end, bits in zip(*(column.tolist() for column in columns), strict=True):
        strongest[start:end] = bits
    begins = np.stack((starts, starts + runs.length), axis=1).reshape(-1)
    least = np.minimum.reduceat(np.append(strongest, np.inf), begins)[::2] if len(runs) else strongest
    return np.asarray(least >= _STRONGER * runs.bits)


def _around(runs: Runs, price: float) -> "Bits":
    """By run: bits of the runs around it, itself included, less the price of each: no chain it is in scores more there.

    Around: in the same cell of a 64-character grid or in one that touches it, which holds every chain's next run. In
    unrelated texts one run in eight has enough, and chaining is where alignment spends its time.
    """
    cells = (runs.left // _CELL + 1) * _GRID + runs.right // _CELL + 1
    filled, inverse = np.unique(cells, return_inverse=True)
    bits = np.bincount(inverse, weights=np.maximum(runs.bits - price, 0.0), minlength=len(filled))
    around = np.zeros(len(filled))
    for shift in (down * _GRID + across for down in (-1, 0, 1) for across in (-1, 0, 1)):
        at = np.minimum(np.searchsorted(filled, filled + shift), max(len(filled) - 1, 0))
        around += np.where(filled[at] == filled + shift, bits[at], 0.0)
    return np.asarray(around[inverse])


def _scored(runs: Runs, options: AlignOptions) -> "tuple[Bits, Indexes, Bits]":
    """By run: the best score of a chain that ends in it, the run before it (-1: none), and what it added."""
    gains = (runs.bits - options.run_price).tolist()
    scores, links = list(gains), [-1] * len(gains)
    best, costs = [0.0] * len(gains), [0.0] * len(gains)
    for first in range(0, len(gains), _ROWS):
        # A loop, as a run waits for the scores of those before it; its steps and their prices do not.
        for run, before, paid in zip(*_steps(runs, first, options), strict=True):
            score = scores[before] - paid
            if score > best[run]:
                best[run], costs[run], links[run] = score, paid, before
                scores[run] = gains[run] + score
    return np.array(scores), np.array(links, dtype=np.int64), np.array(gains) - np.array(costs)


def _steps(runs: Runs, first: int, options: AlignOptions) -> tuple[list[int], list[int], list[float]]:
    """Every way to come from one run to another of `_ROWS` from `first` on: run, run before it, price of the step.

    By run, the nearest run before it first. Of what a run looks back at, one in twenty can stand before it.
    """
    left, right, length = runs.left, runs.right, runs.length
    rows = np.arange(first, min(first + _ROWS, len(runs)))
    reach = options.chain_gap + int(length.max(initial=0))
    counts = rows - np.maximum(np.searchsorted(left, left[rows] - reach), np.maximum(rows - options.lookback, 0))
    run = np.repeat(rows, counts)
    before = run - 1 - (np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts))
    gap, other_gap = left[run] - (left + length)[before], right[run] - (right + length)[before]
    narrow, wide = np.minimum(gap, other_gap), np.maximum(gap, other_gap)
    fits = (wide <= options.chain_gap) & (-narrow < np.minimum(length[run], length[before]))
    run, before, narrow, wide = run[fits], before[fits], narrow[fits], wide[fits]
    paid = np.array([log2(1 + drift) for drift in (wide - narrow).tolist()])
    paid += options.gap_price * np.maximum(wide, 0)
    paid -= np.minimum(narrow, 0) * (runs.bits / length)[run]
    return run.tolist(), before.tolist(), paid.tolist()


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
        density=float(bits.sum() / runs.length[members].sum()),
    )
