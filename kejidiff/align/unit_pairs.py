"""Many pairs of units -> what they share, with edits, as arrays: `units` and `unit_edits`, pair by pair."""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.align import unit_blocks, units
from kejidiff.align.unit_edits import FIGURE, MASK, MOVE, Edits, edits_of
from kejidiff.align.units import UnitMatch, match_units, match_wholes
from kejidiff.kernel import matches as kernel
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class UnitTexts(NamedTuple):
    """Some units, one after the other; what numbers of units count here.

    symbols        folded characters
    begins         shape (U + 1,): where each begins, and the end
    values         of their figures, one for every `FIGURE_SYMBOL`
    value_begins   shape (U + 1,): the same of these
    """

    symbols: "NDArray[np.uint16]"
    begins: "Ints"
    values: "NDArray[np.uint32]"
    value_begins: "Ints"

    def text(self, unit: int) -> str:
        """The folded text of one."""
        return text_of(self.symbols[self.begins[unit] : self.begins[unit + 1]])

    def figures(self, unit: int) -> list[int]:
        """The values of the figures of one."""
        # numpy's types do not say what a list of an array's items holds.
        # numpy's types do not say what a list of an array's items holds.
        return self.values[self.value_begins[unit] : self.value_begins[unit + 1]].tolist()  # type: ignore[no-any-return]


def text_of(symbols: "NDArray[np.uint16]") -> str:
    """A character for each symbol, whatever it is."""
    return symbols.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


class UnitPairs(NamedTuple):
    """Pairs of units: two numbers of each."""

    left: "Ints"
    right: "Ints"


class Matched(NamedTuple):
    """Matches pair by pair, those of one pair by left offset.

    rows           shape (M, 8): pair, left, left_end, right, right_end, matched, longest, edits (how many)
    similarities   shape (M,)
    edits          shape (E, 5), match by match: kind as of `unit_edits.KINDS`, and both ranges
    """

    rows: "NDArray[np.int32]"
    similarities: "NDArray[np.float64]"
    edits: "NDArray[np.int32]"


def match_pairs(texts: UnitTexts, pairs: UnitPairs, places: kernel.Places, options: BulkOptions) -> Matched:
    """What `match_units` finds of each pair, with the places of its shared anchors."""
    found = kernel.match_pairs(rules_of(options), texts, *pairs, places)
    if found is not None:
        return Matched(*found)
    every = list(zip(places.left.tolist(), places.right.tolist(), strict=True))
    of_each = (every[start:end] for start, end in pairwise(places.edges.tolist()))
    sides = zip(*(map(texts.text, side.tolist()) for side in pairs), of_each, strict=True)
    matches = ((left, right, match_units(left, right, own, options)) for left, right, own in sides)
    return _as_arrays(matches, texts, pairs)


def match_whole_pairs(texts: UnitTexts, pairs: UnitPairs, alike: float, options: BulkOptions) -> Matched:
    """What `match_wholes` finds of each pair."""
    found = kernel.match_whole_pairs(rules_of(options), alike, texts, *pairs)
    if found is not None:
        return Matched(*found)
    sides = zip(*(map(texts.text, side.tolist()) for side in pairs), strict=True)
    return _as_arrays(((left, right, match_wholes(left, right, alike, options)) for left, right in sides), texts, pairs)


def _as_arrays(found: Iterable[tuple[str, str, list[UnitMatch]]], texts: UnitTexts, pairs: UnitPairs) -> Matched:
    """Matches of each pair with both its texts."""
    rows: list[tuple[int, ...]] = []
    similarities: list[float] = []
    edits: Edits = []
    numbers = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    for pair, ((left, right), (*both, matches)) in enumerate(zip(numbers, found, strict=True)):
        for match in matches:
            own = edits_of(match, (both[0], both[1]), (texts.figures(left), texts.figures(right)))
            rows.append((pair, *match[:4], match.matched, match.longest, len(own)))
            similarities.append(match.similarity)
            edits += own
    return Matched(
        np.array(rows, dtype=np.int32).reshape(-1, 8),
        np.array(similarities, dtype=np.float64),
        np.array(edits, dtype=np.int32).reshape(-1, 5),
    )


def rules_of(options: BulkOptions) -> kernel.Rules:
    """All numbers that decide."""
    return kernel.Rules(
        alike=options.alike,
        least=options.least,
        matched=options.matched,
        price=units.PRICE,
        block_price=units.BLOCK_PRICE,
        margin=units.MARGIN,
        anchors=units.ANCHORS,
        anchors_of_long=units.ANCHORS_OF_LONG,
        block_alike=units.BLOCK_ALIKE,
        in_order=units.IN_ORDER,
        together=units.TOGETHER,
        covered=units.COVERED,
        drift=unit_blocks.DRIFT,
        reach=unit_blocks.REACH,
        figure_symbol=ord(FIGURE_SYMBOL),
        figure=FIGURE,
        move=MOVE,
        mask=MASK,
    )
