"""Pairs of units -> what they share, all pairs at once; see `matches.c`. What it means: `align.unit_pairs`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.script import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    #: Symbols of units one after the other and where each begins, and the end; values of their figures, and the same.
    Texts = tuple[NDArray[np.uint16], Ints, NDArray[np.uint32], Ints]
    #: Of each match pair, left, left_end, right, right_end, matched, longest, edits; similarities; edits of all.
    Rows = tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]

#: Matches and edits that there is room for in one call, 4 MB: of one pair come 512 and 2,048 at most.
_ROOM: Final = (1 << 14, 1 << 17)
#: Places are those of anchors in units.
_FARTHEST: Final = 0xFFFF


class Rules(NamedTuple):
    """Numbers that decide, as `Rules` of matches.h has them: those of `BulkOptions`, of `align.units`, of
    `align.unit_blocks`; and the symbol of figures with the kinds of edits that are no steps of a script."""

    alike: float
    least: float
    matched: float
    price: float
    block_price: float
    margin: float
    anchors: float
    anchors_of_long: float
    block_alike: float
    in_order: float
    together: float
    covered: float
    drift: float
    reach: float
    figure_symbol: float
    figure: float
    move: float
    mask: float


class Places(NamedTuple):
    """Of every pair those of its anchors, pair by pair: `[edges[pair], edges[pair + 1])`."""

    edges: "Ints"
    left: "Ints"
    right: "Ints"


def match_pairs(rules: Rules, texts: "Texts", lefts: "Ints", rights: "Ints", places: Places) -> "Rows | None":
    """None also where a unit or a place is beyond what the kernel takes."""
    run = function("match_pairs", "ppppppppppipippppp")
    if run is None or not _fits(texts, lefts, rights):
        return None
    edges, *sides = places
    sizes = np.diff(edges)
    if len(sizes) != len(lefts) or _beyond(sizes, int(edges[-1])) or edges[0] < 0 or edges[-1] > min(map(len, sides)):
        raise ValueError(f"{len(edges)} edges of places")
    if any(_beyond(side, _FARTHEST) for side in sides):
        return None
    most = int(sizes.max(initial=0))
    given = (*_addresses(texts, lefts, rights), *(address(one, "i8") for one in places), most)
    weights = np.array(rules)
    return _in_turn(lambda *room: run(address(weights, "f8"), *given, *room), len(lefts))


def match_whole_pairs(rules: Rules, alike: float, texts: "Texts", lefts: "Ints", rights: "Ints") -> "Rows | None":
    """The same of units as wholes, from a similarity on."""
    run = function("match_whole_pairs", "pdpppppppippppp")
    if run is None or not _fits(texts, lefts, rights):
        return None
    weights, given = np.array(rules), _addresses(texts, lefts, rights)
    return _in_turn(lambda *room: run(address(weights, "f8"), alike, *given, *room), len(lefts))


def _addresses(texts: "Texts", lefts: "Ints", rights: "Ints") -> tuple[int, ...]:
    symbols, begins, values, value_begins = texts
    return (
        address(symbols, "u2"), address(begins, "i8"), address(values, "u4"), address(value_begins, "i8"),
        address(lefts, "i8"), address(rights, "i8"),
    )  # fmt: skip


def _fits(texts: "Texts", lefts: "Ints", rights: "Ints") -> bool:
    """False where a unit is longer than the kernel takes. ValueError where numbers are of no unit."""
    symbols, begins, values, value_begins = texts
    units = len(begins) - 1
    if len(lefts) != len(rights) or _beyond(lefts, units - 1) or _beyond(rights, units - 1):
        raise ValueError(f"{units} units")
    ends = begins[-1] <= len(symbols) and value_begins[-1] <= len(values) and min(begins[0], value_begins[0]) >= 0
    if not ends or len(value_begins) != len(begins) or _beyond(np.diff(value_begins), len(values)):
        raise ValueError(f"{len(symbols)} symbols, {len(values)} values")
    return not _beyond(np.diff(begins), LONGEST)


def _beyond(numbers: "Ints", most: int) -> bool:
    """Whether any is less than 0 or more than `most`."""
    return bool(len(numbers)) and bool(numbers.min() < 0 or numbers.max() > most)


def _in_turn(run: Callable[..., int], pairs: int) -> "Rows":
    """Call after call, each until its room is full."""
    state, room, made = np.zeros(1, np.int64), np.array(_ROOM), np.zeros(2, np.int64)
    rows, edits = np.empty((_ROOM[0], 8), np.int32), np.empty((_ROOM[1], 5), np.int32)
    similarities = np.empty(_ROOM[0])
    parts = [(rows[:0], similarities[:0], edits[:0])]
    while state[0] < pairs:
        outcome = run(
            address(state, "i8"), pairs, address(rows, "i4"), address(similarities, "f8"), address(edits, "i4"),
            address(room, "i8"), address(made, "i8"),
        )  # fmt: skip
        if outcome < 0:
            raise MemoryError
        count, edit_count = made.tolist()
        parts.append((rows[:count].copy(), similarities[:count].copy(), edits[:edit_count].copy()))
    matches, similar, changes = (np.concatenate(own) for own in zip(*parts, strict=True))
    return matches, similar, changes
