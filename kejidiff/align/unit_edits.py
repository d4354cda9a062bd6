"""A match of two units -> its edits: what its script changes, figures of other values, what was moved."""

from collections.abc import Sequence
from typing import Any, Final

from kejidiff.align.units import UnitMatch
from kejidiff.model import FIGURE_SYMBOL, EditKind

#: Kinds of edits by number. Those of scripts are the first, in this order also in kernel/script.h.
KINDS: Final[tuple[EditKind, ...]] = ("replacement", "insertion", "deletion", "figure", "move", "mask")
STEPS: Final = {"replace": 0, "insert": 1, "delete": 2}
FIGURE, MOVE, MASK = KINDS.index("figure"), KINDS.index("move"), KINDS.index("mask")

#: Kind and half-open ranges in both units.
Edits = list[tuple[int, int, int, int, int]]


def edits_of(match: UnitMatch, texts: tuple[str, str], values: tuple[Sequence[int], Sequence[int]]) -> Edits:
    """Changes in their order, those of figures among them, then what was moved.

    texts, values   of both units, and of all their figures
    """
    edits: list[Any] = [(STEPS[kind], *ranges) for kind, *ranges in match.script if kind != "equal"]
    if FIGURE_SYMBOL in texts[0] and (values[0] != values[1] or texts[0] != texts[1]):
        edits += _changed_figures(match, *texts, *values)
        edits.sort(key=lambda edit: edit[1:])
    return edits + [(MOVE, *ranges) for ranges in match.moved]


def _changed_figures(match: UnitMatch, left: str, right: str, one: Sequence[int], other: Sequence[int]) -> Edits:
    """Figures at corresponding places whose values, `one` and `other` by unit, are not the same."""
    found = []
    for kind, i, i_end, j, _ in match.script:
        at = left.find(FIGURE_SYMBOL, i, i_end) if kind == "equal" else -1
        if at < 0:
            continue
        number, opposite = left.count(FIGURE_SYMBOL, 0, at), right.count(FIGURE_SYMBOL, 0, j + at - i)
        while at >= 0:
            if one[number] != other[opposite]:
                changed = FIGURE if one[number] and other[opposite] else MASK
                found.append((changed, at, at + 1, j + at - i, j + at - i + 1))
            number, opposite = number + 1, opposite + 1
            at = left.find(FIGURE_SYMBOL, at + 1, i_end)
    return found
