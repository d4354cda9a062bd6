"""Inner reading and zones in it -> runs of shifted bytes: where they are and which pairs they read.

Terms.       Those of `shift_inner` and `shift_steps`.
Method.      Every step is costed at every place where it is possible, whole arrays at a time; the cheapest way through
             each zone says which are taken. Dropped pairs are looked for only where a run is found without them.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import Bits
from kejidiff.span import Span
from kejidiff.text.repair.code_pages import Pairs, trail_of
from kejidiff.text.repair.shift_inner import Inner
from kejidiff.text.repair.shift_path import Step, way_through
from kejidiff.text.repair.shift_steps import NEVER, Index, Steps

#: Price of entering a run, in bits: what it must gain to be on the cheapest way. An anchor speaks for a run; there 6 to
#: 10 make no difference.
ENTER: Final = 14.0
ENTER_ANCHORED: Final = 8.0

#: A character whose bytes are gone makes a reading longer, and a longer text costs more however good it is; so much of
#: that is not held against it: a little more than the 5.4 bits of a median pair.
ADDED: Final = 6.0

#: What a dropped pair costs besides: on random damage 6 bits less would be best, but then seed 002 loses a character
#: that is right (局指 becomes 经手指). After A3 it is likely: a comma inside a run always drops the pair it begins.
DROPPED: Final = 2.0
DROPPED_AFTER_A3: Final = -5.0

#: A run begins or ends only where the inner reading does not gain this much on the next pair,
INSIDE: Final = 4.0
#: and where two shown characters of it follow on each other that cost this much; in a run nearly all do.
PLAIN: Final = 7.0
#: Two neighbouring inner pairs that cost this much together may hide a dropped pair: with less, 2 % more of the lines
#: with runs of 24 are exact, at one and a half times the price.
GAP: Final = 18.0

#: Steps that every run has, and steps that only a run can have: costed where the others have found one.
EDGES: Final[tuple[Step, ...]] = ("first", "alone", "last", "tail")
GAPS: Final[tuple[Step, ...]] = ("first dropped", "dropped", "dropped tail", "dropped then tail")

#: Places costed in one call: 1,604 dropped pairs each keep the arrays within the processor's cache.
AT_ONCE: Final = 128

#: Which of the characters a step reads are guesses.
_GUESSED: Final[Mapping[Step, tuple[int, ...]]] = {
    "first": (0,),
    "first dropped": (0, 1, 2),
    "alone": (0,),
    "dropped": (0, 1),
    "last": (0,),
    "dropped tail": (0, 1),
    "dropped then tail": (0, 1),
}
#: Steps after which one more inner character is known: how far behind the step's place it stands.
_FOLLOWED: Final[Mapping[Step, int]] = {"first": 1, "first dropped": 2, "dropped": 1, "inner": 0}
_ENTERS: Final = ("first", "first dropped", "alone")
_LEAVES: Final = ("alone", "last", "tail", "dropped tail", "dropped then tail")


class Run(NamedTuple):
    """A run on the way through: shown characters `[start, end)`, the pairs it is read as, which of them are guesses."""

    start: int
    end: int
    pairs: tuple[int, ...]
    guessed: tuple[int, ...]


class Choice(NamedTuple):
    """One kind of step: what it costs at every place of the text, and at possible places the pairs it reads."""

    cost: Bits
    pairs: Mapping[int, list[int]]


def runs(steps: Steps, zones: tuple[Span, ...], promising: list[Span]) -> list[Run]:
    """Ascending, disjoint. Dropped pairs are looked for in and next to the `promising` stretches."""
    choices = _choices(steps, _places(steps, zones, promising), EDGES)
    hopeful = tuple(zone for zone in zones if _runs_of(steps.text, choices, zone))
    choices |= _choices(steps, _places(steps, hopeful, promising), GAPS)
    return [run for zone in hopeful for run in _runs_of(steps.text, choices, zone)]


def _choices(steps: Steps, places: Mapping[Step, NDArray[np.bool_]], wanted: tuple[Step, ...]) -> dict[Step, Choice]:
    """Every step that is wanted, costed wherever it is possible, with the price it has besides."""
    text = steps.text
    enter = np.where(text.anchors, ENTER_ANCHORED, ENTER).astype(np.float32)
    drop = np.where(trail_of(text.pairs) == 0xA3, DROPPED_AFTER_A3, DROPPED).astype(np.float32)
    drop_before = np.roll(drop, 1)
    free = np.zeros_like(enter)
    kinds: tuple[tuple[Step, Callable[[Index], tuple[Bits, Pairs]], Bits], ...] = (
        ("first", steps.first, enter),
        ("first dropped", steps.first_dropped, enter + drop),
        ("alone", steps.alone, enter),
        ("dropped", steps.dropped, drop_before),
        ("last", steps.last, free - np.float32(ADDED)),
        ("tail", steps.tail, free),
        ("dropped tail", steps.dropped_tail, drop),
        ("dropped then tail", steps.dropped_then_tail, drop_before),
    )
    choices: dict[Step, Choice] = {}
    for step, costed, price in kinds:
        if step not in wanted:
            continue
        at = np.flatnonzero(places[step])
        cost, pairs = np.full(len(free), NEVER, np.float32), dict[int, list[int]]()
        for some in np.split(at, range(AT_ONCE, len(at), AT_ONCE)) if len(at) else ():
            cost[some], chosen = costed(some)
            pairs.update(zip(some.tolist(), chosen.tolist(), strict=True))
        cost[at] += price[at]
        choices[step] = Choice(cost, pairs)
    return choices


def _places(steps: Steps, zones: tuple[Span, ...], promising: list[Span]) -> dict[Step, NDArray[np.bool_]]:
    """Where each step is possible: one flag per shown character."""
    text = steps.text
    zone, deep, noted = (np.zeros(len(text.pairs), np.bool_) for _ in range(3))
    for start, end in zones:
        zone[start + 1 : end - 2] = True
    for start, end in promising:
        deep[start - 3 : end + 3] = True
    deep &= zone
    noted[[place - 1 for place in steps.notes]] = True
    known, before, after = text.known, np.roll(text.known, 1), np.roll(text.known, -1)
    codes = np.roll(text.shown.codes, -1)
    trail = (codes >= 0x40) & (codes < 0x7F)
    bits = text.shown.bits
    enters = zone & (text.anchors | (text.gain <= INSIDE) & (np.roll(bits, -1) >= PLAIN))
    gap = (text.bits + np.roll(text.bits, -1) >= GAP) | (np.roll(trail_of(text.pairs), 1) == 0xA3)
    gap &= deep & (text.between > 0)
    return {
        "first": enters & after,
        "first dropped": enters & text.anchors & np.roll(gap & after, -1),
        "alone": zone & (text.pairs > 0) & trail & (text.anchors | noted),
        "dropped": gap & before & after,
        "last": zone & known & (np.roll(text.gain, -1) <= INSIDE) & (bits >= PLAIN),
        "tail": zone & known & trail,
        "dropped tail": deep & known & trail,
        "dropped then tail": deep & before & (text.between > 0) & trail,
    }


def _runs_of(text: Inner, choices: Mapping[Step, Choice], zone: Span) -> list[Run]:
    window = slice(zone.start, zone.end)
    keep = text.shown.bits[window].tolist()
    costs = {step: choice.cost[window].tolist() for step, choice in choices.items()}
    costs["inner"] = text.bits[window].tolist()
    runs: list[Run] = []
    begin, pairs, guessed = 0, list[int](), list[int]()
    for step, place in way_through(keep, costs):
        at = zone.start + place
        if step in _ENTERS:
            begin, pairs, guessed = at, [], []
        guessed += [len(pairs) + index for index in _GUESSED.get(step, ())]
        pairs += choices[step].pairs[at] if step in choices else ()
        if step in _FOLLOWED:
            pairs.append(int(text.between[at + _FOLLOWED[step]]))
        if step in _LEAVES:
            runs.append(Run(begin, at + (1 if step == "last" else 2), tuple(pairs), tuple(guessed)))
    return runs
