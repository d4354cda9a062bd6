"""Matches of many pairs of documents -> pairs of units beside them; see `neighbours.c`. What it means:
`align.unit_neighbours`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.matches import Rules
from kejidiff.kernel.script import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Room for what is found in one call, at first.
_ROOM: Final = 1 << 12
#: Ends of calls, and of pairs of documents, as neighbours.c has them.
_DONE, _WANTING, _FULL, _NO_MEMORY = 1, 2, 3, 4


class Nearness(NamedTuple):
    """How alike neighbours are at least, and the share of a unit beyond which it has no room for another match."""

    alike: float
    full: float


class KnownTexts(NamedTuple):
    """Units whose texts are at hand: numbers, ascending; symbols of all; where each begins, and the end."""

    units: "Ints"
    symbols: "NDArray[np.uint16]"
    begins: "Ints"


class Documents(NamedTuple):
    """Pairs of documents with the matches they have.

    edges    matches of pair `at` are `[edges[at], edges[at + 1])`
    units    shape (M, 2)
    spans    shape (M, 4): half-open, left and right
    ranges   first and end of the units of the left document, and of the right one
    """

    edges: "Ints"
    units: "Ints"
    spans: "NDArray[np.int32]"
    ranges: "Ints"


def find_neighbours(
    rules: Rules, nearness: Nearness, steps: Sequence[tuple[int, int]], known: KnownTexts, documents: Documents
) -> "tuple[Ints, NDArray[np.bool_]] | None":
    """Pairs of units, shape (N, 2), and which pairs of documents they are of: of the others texts are missing.
    None also where a unit is longer than the kernel takes. The units of all matches are known ones."""
    run = function("find_neighbours", "pppipppipppppippip")
    if run is None or int(np.diff(known.begins).max(initial=0)) > LONGEST:
        return None
    _check(known, documents)
    weights, near, ahead = np.array(rules), np.array(nearness), np.array(steps, dtype=np.int64)
    count = len(documents.ranges)
    given = (
        address(weights, "f8"), address(near, "f8"), address(ahead, "i8"), len(ahead),
        address(known.symbols, "u2"), address(known.begins, "i8"), address(known.units, "i8"), len(known.units),
        address(documents.edges, "i8"), address(documents.units, "i8"), address(documents.spans, "i4"),
        address(documents.ranges, "i8"),
    )  # fmt: skip
    state, made, states = np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros(count, np.uint8)
    pairs, found = np.empty(_ROOM, np.uint64), []
    while state[0] < count:
        outcome = run(
            *given, address(state, "i8"), count, address(states, "u1"), address(pairs, "u8"), len(pairs),
            address(made, "i8"),
        )  # fmt: skip
        if outcome == _NO_MEMORY:
            raise MemoryError
        found.append(pairs[: made[0]].copy())
        if outcome == _FULL and not made[0]:
            pairs = np.empty(2 * len(pairs), np.uint64)
    both = np.concatenate([np.zeros(0, np.uint64), *found])
    sides = both >> np.uint64(32), both & np.uint64(0xFFFFFFFF)
    return np.stack(sides, axis=1).astype(np.int64), states == _DONE


def _check(known: KnownTexts, documents: Documents) -> None:
    """ValueError where C would read what is not there."""
    edges, units, spans, ranges = documents
    known_units = np.searchsorted(known.units, units.ravel())
    fits = (
        len(known.begins) == len(known.units) + 1
        and 0 <= known.begins[0] <= known.begins[-1] <= len(known.symbols)
        and bool((known.begins[1:] >= known.begins[:-1]).all())
        and bool((known.units[1:] > known.units[:-1]).all())
        and len(edges) == len(ranges) + 1
        and 0 <= edges[0] <= edges[-1] <= len(units) == len(spans)
        and bool((edges[1:] >= edges[:-1]).all())
        and ranges.max(initial=0) <= 0xFFFFFFFF
        and known_units.max(initial=-1) < len(known.units)
        and bool((known.units[known_units] == units.ravel()).all())
    )
    if not fits:
        raise ValueError(f"{len(known.units)} units, {len(units)} matches")
