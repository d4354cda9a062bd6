"""Places of shared anchors -> blocks: stretches of two units that run side by side.

Anchors of one block lie on one diagonal (right place less left place), give or take what was put in or left out between
them. A unit whose sentences were put into another order falls into as many blocks; one that holds a recycled sentence
among its own has one.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

#: How far a diagonal may move from one anchor to the next, in folded characters. Of recycled paragraphs of made reports
#: whose sentences stand in another order .994 are found at 3, .996 at 6 and at 12, .992 at 24, .963 at 48: sentences
#: beside each other fall into one.
DRIFT: Final = 12
#: How far apart anchors of one block may stand: with one of five characters edited, 80 have no anchor (one in four
#: grams of seven) once in 50 times.
REACH: Final = 80


class Block(NamedTuple):
    """Half-open folded offsets, both sides, from the first anchor's beginning to the last one's."""

    left: int
    left_end: int
    right: int
    right_end: int
    anchors: int


def find_blocks(places: Iterable[tuple[int, int]]) -> list[Block]:
    """Blocks by left place; `places` are (left, right) of each shared anchor, in order."""
    blocks: list[list[int]] = []
    for left, right in places:
        for block in reversed(blocks):
            drift = (right - left) - (block[3] - block[1])
            if -DRIFT <= drift <= DRIFT and left - block[1] <= REACH:
                block[1] = max(block[1], left)
                block[2], block[3] = min(block[2], right), max(block[3], right)
                block[4] += 1
                break
        else:
            blocks.append([left, left, right, right, 1])
    return [Block(left, left_end, right, right_end, count) for left, left_end, right, right_end, count in blocks]
