"""Chains -> blocks: what belongs to one recycled passage, as folded spans on both sides with the runs inside.

A strong chain founds a block; strong chains near each other on both sides, in whatever order, are one block (sentences
moved within a passage); weak chains near a block join it. Each chain must bring text that is not matched yet, on both
sides: that keeps one text paired with one text, and a block from running on where a phrase repeats. Strength is
demanded of a single chain: eight common headings in a row add up, but none of them is strong.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.align.chains import Chain
from kejidiff.align.originals import Original
from kejidiff.align.seeds import Runs, Side
from kejidiff.align.trace import Trace
from kejidiff.background.grams import distinct
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.options import AlignOptions
from kejidiff.span import Span, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.explanation import Fate

    Indexes = NDArray[np.int64]


#: Characters by which a gap may miss the edge of a paragraph: as many equal ones may begin or end two neighbouring
#: paragraphs by chance (第三条, 一是).
_SLACK = 8


class Block(NamedTuple):
    """`left` and `right` are folded spans; `members` the runs inside, by index into `Runs`, ascending."""

    left: Span
    right: Span
    members: tuple[int, ...]
    score: float


def find_blocks(
    runs: Runs,
    chains: tuple[Chain, ...],
    left: Side,
    right: Side,
    founds: Callable[[Chain], bool],
    alike: Callable[[Span, Span], float],
    paragraphs: "tuple[Indexes, Indexes]",
    options: AlignOptions,
    trace: Trace | None = None,
) -> list[Block]:
    """Blocks that overlap on neither side, by left start.

    `chains` come the best first; `founds` tells which found a block though they are no cores; `alike` is the similarity
    of two folded spans; `paragraphs`: by side, the folded offsets at which paragraphs begin, and the end.
    """
    bridge = _Bridge(alike, paragraphs, options)
    matched = _Matched(runs, len(left), len(right))
    strong = {at for at, chain in enumerate(chains) if is_core(chain, options) or founds(chain)}
    cores = [chain for at, chain in enumerate(chains) if at in strong and matched.take(chain, options.novelty)]
    if not cores:
        return []
    blocks = _merged([_block(core) for core in cores], bridge)
    weak = [chain for at, chain in enumerate(chains) if at not in strong]
    grown: list[Block] = []
    while len(grown) != len(blocks):
        blocks = grown or blocks
        best_first = sorted(blocks, key=lambda block: -block.score)
        absorbed = [_absorbed(block, weak, matched, bridge, options, trace) for block in best_first]
        grown = _merged(absorbed, bridge)
    accepted: list[Block] = []
    for whole in sorted(grown, key=lambda block: (-block.score, block.left)):
        block = _beside(whole, accepted)
        objection = "overlaps" if block is None else _objection(block, runs, left, right, options)
        if block is not None and objection is None:
            accepted.append(block)
        elif trace is not None and objection is not None:
            trace.dropped.append((whole, objection))
    return sorted(accepted, key=lambda block: block.left)


def is_core(chain: Chain, options: AlignOptions) -> bool:
    """True where a chain founds a block by its bits alone."""
    return chain.core >= options.core_floor and chain.density >= options.telling


def equal_texts(runs: Runs, left: Original, right: Original) -> list[Block]:
    """The one block of two texts that are equal after folding, however short or repetitive; else nothing.

    Two tables of nothing but figures fold alike: they are equal where their figures are.
    """
    one, other = left.folded.text, right.folded.text
    if len(runs) != 1 or one != other:
        return []
    whole = Span(0, len(one))
    if 2 * one.count(FIGURE_SYMBOL) > len(one) and left.figures(*whole) != right.figures(*whole):
        return []
    return [Block(whole, whole, (0,), float(runs.bits[0]))]


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


class _Bridge:
    """May the text between two chains count as part of a passage that holds both?"""

    def __init__(
        self, alike: Callable[[Span, Span], float], paragraphs: "tuple[Indexes, Indexes]", options: AlignOptions
    ) -> None:
        self._alike = alike
        self._paragraphs = paragraphs
        self._options = options

    def merges(self, one: Block, other: Block) -> bool:
        """Near each other on both sides; where they follow one another, what one side lacks the other may have more of:
        a clause or sentence that was left out."""
        left, right = _between(one.left, other.left), _between(one.right, other.right)
        gap = self._options.merge_gap
        in_order = (one.left.start < other.left.start) == (one.right.start < other.right.start)
        if in_order:
            return left.length + right.length <= 2 * gap and self.holds(one, other)
        # A sentence that changed its place is part of the passage; two paragraphs that did are two passages.
        smaller = min(one.left.length, one.right.length, other.left.length, other.right.length)
        return max(left.length, right.length, smaller) <= gap and self.holds(one, other)

    def holds(self, one: Block, other: Block) -> bool:
        """True where the gap is short on both sides, or what is between them, and all of it together, is alike.

        Whole paragraphs without a counterpart are the writer's own, and so is much text beside what is copied closely.
        """
        left, right = _between(one.left, other.left), _between(one.right, other.right)
        shorter, longer = sorted((left.length, right.length))
        if longer <= self._options.bridge:
            return True
        if shorter > self._options.bridge and self._alike(left, right) >= self._options.bridge_alike:
            return self._alike_as_one(one, other)
        if shorter > self._options.bridge:
            return False
        closely = min(self._alike(one.left, one.right), self._alike(other.left, other.right)) >= self._options.closely
        own = max(self._whole_paragraphs(left, 0), self._whole_paragraphs(right, 1))
        if own > (self._options.bridge if closely else self._options.own_text):
            return False
        if closely and longer > self._options.merge_gap:
            return False
        return self._alike_as_one(one, other)

    def _whole_paragraphs(self, gap: Span, side: int) -> int:
        """Characters of the paragraphs that a gap is, but for a few characters; 0 where it is something else."""
        edges = self._paragraphs[side]
        # A run may reach some characters into the next paragraph, which begins alike.
        first = int(np.searchsorted(edges, gap.start - _SLACK))
        last = int(np.searchsorted(edges, gap.end + _SLACK, side="right")) - 1
        whole = int(min(edges[last], gap.end) - max(edges[first], gap.start)) if last > first else 0
        return whole if gap.length - whole <= self._options.bridge else 0

    def _alike_as_one(self, one: Block, other: Block) -> bool:
        whole = self._alike(_hull([one.left, other.left]), _hull([one.right, other.right]))
        return whole >= self._options.passage_alike


def _between(one: Span, other: Span) -> Span:
    """The stretch between two spans; empty where they touch or overlap."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return Span(start, max(start, end))


def _merged(blocks: list[Block], bridge: _Bridge) -> list[Block]:
    """Blocks joined, over any number of steps, that are near each other."""
    merged: list[Block] = []
    for block in blocks:
        apart: list[Block] = []
        for other in merged:
            if bridge.merges(block, other):
                block = _joined(block, other)
            else:
                apart.append(other)
        merged = [*apart, block]
    return merged if len(merged) == len(blocks) else _merged(merged, bridge)


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


def _absorbed(
    block: Block, weak: list[Chain], matched: _Matched, bridge: _Bridge, options: AlignOptions, trace: Trace | None
) -> Block:
    """The block with every weak chain that is near enough for its score and new; what it took leaves `weak`."""
    grown = True
    while grown:
        grown = False
        for chain in list(weak):
            hindrance = _hindrance(block, chain, bridge, options)
            if hindrance is None and matched.take(chain, options.novelty):
                block = _joined(block, _block(chain))
                weak.remove(chain)
                grown = True
            elif trace is not None:
                trace.hinder(chain, hindrance or "matched")
    return block


def _hindrance(block: Block, chain: Chain, bridge: _Bridge, options: AlignOptions) -> "Fate | None":
    """What keeps the chain from joining the block, if anything but that its text is matched already."""
    gaps = _between(block.left, chain.left), _between(block.right, chain.right)
    distance = max(gap.length for gap in gaps)
    if distance > options.absorb_gap:
        return "too-far"
    if options.absorb_price * distance > chain.score:
        return "too-weak"
    if not bridge.holds(block, _block(chain)):
        return "gap-unlike"
    return "crosses" if _crosses(block, chain) else None


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


def _objection(block: Block, runs: Runs, left: Side, right: Side, options: AlignOptions) -> "Fate | None":
    """None where the runs hold enough of the block's information and its sides are of like length."""
    shorter, longer = sorted((block.left.length, block.right.length))
    if longer > options.length_ratio * shorter:
        return "lengths-unlike"
    members = np.array(block.members)
    inside = (runs.left[members] + runs.length[members] > block.left.start) & (runs.left[members] < block.left.end)
    members = members[inside]
    shares = (
        _share(left.bits, block.left, runs.left[members], runs.length[members]),
        _share(right.bits, block.right, runs.right[members], runs.length[members]),
    )
    return None if min(shares) >= options.share_floor else "little-held"


def _share(bits: "NDArray[np.float64]", span: Span, starts: "Indexes", lengths: "Indexes") -> float:
    whole = float(bits[span.start : span.end].sum())
    return float(bits[distinct(_positions(starts, lengths))].sum()) / whole if whole else 1.0
