"""Matches between two documents -> further ones beside them: what stands next to a copy is judged without anchors.

A document that took two paragraphs took the ones between as a rule, and some of them may be reworded so far that no
anchor is left: three of five words exchanged leave a run of six characters once in a paragraph. Units beside a match on
both sides are compared as wholes, and what matches has neighbours again.

Limitations. Only where two units match already, so that a chance match draws nothing in.
"""

from collections.abc import Callable, Sequence
from typing import Final

from kejidiff.align.units import UnitMatch, match_wholes
from kejidiff.options import BulkOptions

Found = tuple[int, int, UnitMatch]

#: Pairs of units that match, from which on their neighbours are looked at.
LEAST: Final = 2
#: How alike neighbours are: less than what anchors bring together must be, for here the place speaks too. Unrelated
#: paragraphs keep .1 to .2.
ALIKE: Final = 0.4
#: How far on, on both sides: the next unit, or the next but one or two where one was put in, left out or not matched;
#: on one side alone, the other part of what was parted.
_AHEAD: Final = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (1, 0), (0, 1))
STEPS: Final = (*_AHEAD, *((-left, -right) for left, right in _AHEAD))
#: Share of a unit that matches hold beyond which it has no room for another.
FULL: Final = 0.7


def match_neighbours(
    found: Sequence[Found],
    left: range,
    right: range,
    length: Callable[[int], int],
    text: Callable[[int], str],
    options: BulkOptions,
) -> list[Found]:
    """Further matches, none overlapping another or one of `found`, which are all of two documents, left before right.

    left, right    the numbers of the two documents' units
    length, text   of a unit's folded characters; text is asked for only where there is room for a match
    """
    if len({pair[:2] for pair in found}) < LEAST:
        return []
    held = _Held(found)
    tried = {pair[:2] for pair in found}
    ahead, more = sorted(tried, reverse=True), []
    while ahead:
        at, other = ahead.pop()
        for pair in ((at + step, other + other_step) for step, other_step in STEPS):
            if pair in tried or pair[0] not in left or pair[1] not in right:
                continue
            tried.add(pair)
            if any(held.full(side, unit, length(unit)) for side, unit in enumerate(pair)):
                continue
            for match in match_wholes(text(pair[0]), text(pair[1]), ALIKE, options):
                if held.free(*pair, match):
                    held.add(*pair, match)
                    more.append((*pair, match))
                    ahead.append(pair)
    return sorted(more)


class _Held:
    """What of each unit on either side matches hold."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for pair in found:
            self.add(*pair)

    def add(self, left: int, right: int, match: UnitMatch) -> None:
        self._spans.setdefault((0, left), []).append((match.left, match.left_end))
        self._spans.setdefault((1, right), []).append((match.right, match.right_end))

    def full(self, side: int, unit: int, length: int) -> bool:
        return sum(end - start for start, end in self._spans.get((side, unit), ())) > FULL * length

    def free(self, left: int, right: int, match: UnitMatch) -> bool:
        """True where nothing that is held overlaps the match."""
        sides = ((0, left, match.left, match.left_end), (1, right, match.right, match.right_end))
        return not any(
            start < held_end and held < end
            for side, unit, start, end in sides
            for held, held_end in self._spans.get((side, unit), ())
        )
