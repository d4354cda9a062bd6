"""Chains -> blocks: what belongs to one recycled passage, as folded spans on both sides with the runs inside.

A strong chain founds a block; strong chains near each other on both sides, in whatever order, are one block (sentences
moved within a passage); weak chains near a block join it. Each chain must bring text that is not matched yet, on both
sides: that keeps one text paired with one text, and a block from running on where a phrase repeats. Strength is
demanded of a single chain: eight common headings in a row add up, but none of them is strong.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.align.chains import Chain
from kejidiff.align.seeds import Runs, Side
from kejidiff.background.grams import distinct
from kejidiff.options import AlignOptions
from kejidiff.span import Span, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indexes = NDArray[np.int64]


class Block(NamedTuple):
    """`left` and `right` are folded spans; `members` the runs inside, by index into `Runs`, ascending."""

    left: Span
    right: Span
    members: tuple[int, ...]
    score: float


def find_blocks(runs: Runs, chains: tuple[Chain, ...], left: Side, right: Side, options: AlignOptions) -> list[Block]:
    """Blocks that overlap on neither side, by left start. `chains` come the best first."""
    matched = _Matched(runs, len(left), len(right))
    cores = [chain for chain in chains if chain.core >= options.core_floor and matched.take(chain, options.novelty)]
    if not cores:
        return []
    blocks = _merged([_block(core) for core in cores], options.merge_gap)
    weak = [chain for chain in chains if chain.core < options.core_floor]
    grown: list[Block] = []
    while len(grown) != len(blocks):
        blocks = grown or blocks
        absorbed = [_absorbed(block, weak, matched, options) for block in sorted(blocks, key=lambda one: -one.score)]
        grown = _merged(absorbed, options.merge_gap)
    accepted: list[Block] = []
    for whole in sorted(grown, key=lambda block: (-block.score, block.left)):
        block = _beside(whole, accepted)
        if block is not None and _explained(block, runs, left, right, options):
            accepted.append(block)
    return sorted(accepted, key=lambda block: block.left)


class _Matched:
    """Which characters of either side a chain in use has matched already."""

    def __init__(self, runs: Runs, left_size: int, right_size: int) -> None:
        self._runs = runs
        self._left = np.zeros(left_size, dtype=bool)
        self._right = np.zeros(right_size, dtype=bool)

    def take(self, chain: Chain, share: float) -> bool:
        """Mark the chain's characters and say True, if at most `share` of them are matched, on either side."""
        lengths = self._runs.length[chain.members]
        left = _positions(self._runs.left[chain.members], lengths)
        right = _positions(self._runs.right[chain.members], lengths)
        if max(self._left[left].mean(), self._right[right].mean()) > share:
            return False
        self._left[left] = True
        self._right[right] = True
        return True


def _positions(starts: "Indexes", lengths: "Indexes") -> "Indexes":
    """Every offset inside the stretches that begin at `starts`."""
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(starts, lengths) + within


def _distance(one: Span, other: Span) -> int:
    """Characters between two spans; 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)


def _merged(blocks: list[Block], gap: int) -> list[Block]:
    """Blocks joined, over any number of steps, whose distance is at most `gap` on both sides."""
    merged: list[Block] = []
    for block in blocks:
        apart: list[Block] = []
        for other in merged:
            if _distance(block.left, other.left) <= gap and _distance(block.right, other.right) <= gap:
                block = _joined(block, other)
            else:
                apart.append(other)
        merged = [*apart, block]
    return merged if len(merged) == len(blocks) else _merged(merged, gap)


def _joined(one: Block, other: Block) -> Block:
    return Block(
        _hull([one.left, other.left]),
        _hull([one.right, other.right]),
        tuple(sorted((*one.members, *other.members))),
        one.score + other.score,
    )


def _block(chain: Chain) -> Block:
    return Block(chain.left, chain.right, tuple(chain.members.tolist()), chain.score)


def _hull(spans: list[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _absorbed(block: Block, weak: list[Chain], matched: _Matched, options: AlignOptions) -> Block:
    """The block with every weak chain that is near enough for its score and new; what it took leaves `weak`."""
    grown = True
    while grown:
        grown = False
        for chain in list(weak):
            distance = max(_distance(block.left, chain.left), _distance(block.right, chain.right))
            near = distance <= options.absorb_gap and options.absorb_price * distance <= chain.score
            if near and not _crosses(block, chain) and matched.take(chain, options.novelty):
                block = _joined(block, _block(chain))
                weak.remove(chain)
                grown = True
    return block


def _crosses(block: Block, chain: Chain) -> bool:
    """True where the chain lies beyond opposite ends of the block: after it on one side, before it on the other.

    Taking it in would stretch both sides over text that has no counterpart; a moved sentence is strong, not weak.
    """
    behind = chain.left.start >= block.left.end, chain.right.start >= block.right.end
    before = chain.left.end <= block.left.start, chain.right.end <= block.right.start
    return (behind[0] and before[1]) or (before[0] and behind[1])


def _beside(block: Block, accepted: list[Block]) -> Block | None:
    """The block without what a better one holds at its ends; None where that is half of a side, or cuts it in two."""
    left = _cut(block.left, [other.left for other in accepted])
    right = _cut(block.right, [other.right for other in accepted])
    if 2 * left.length <= block.left.length or 2 * right.length <= block.right.length:
        return None
    return Block(left, right, block.members, block.score)


def _cut(span: Span, taken: list[Span]) -> Span:
    """The longest stretch of `span` that overlaps none of `taken`; empty where there is none."""
    return max(without(span, taken), key=lambda rest: rest.length, default=Span(span.start, span.start))


def _explained(block: Block, runs: Runs, left: Side, right: Side, options: AlignOptions) -> bool:
    """True where the runs hold enough of the block's information and its sides are of like length."""
    shorter, longer = sorted((block.left.length, block.right.length))
    if longer > options.length_ratio * shorter:
        return False
    members = np.array(block.members)
    inside = (runs.left[members] + runs.length[members] > block.left.start) & (runs.left[members] < block.left.end)
    members = members[inside]
    shares = (
        _share(left.bits, block.left, runs.left[members], runs.length[members]),
        _share(right.bits, block.right, runs.right[members], runs.length[members]),
    )
    return min(shares) >= options.share_floor


def _share(bits: "NDArray[np.float64]", span: Span, starts: "Indexes", lengths: "Indexes") -> float:
    whole = float(bits[span.start : span.end].sum())
    return float(bits[distinct(_positions(starts, lengths))].sum()) / whole if whole else 1.0
