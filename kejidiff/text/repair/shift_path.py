"""A zone of shown text -> the cheapest way through it, in and out of shifted reading.

Two states, as in a hidden Markov model: *clean* (characters are what they seem) and *shifted* (`shift_steps` has the
terms). Entering the shifted state has a price, so the way through leaves clean text only where another reading pays for
it, and a run that ends at one letter can be followed by the next.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

from kejidiff.text.repair.shift_steps import NEVER

#: The ways into a run, through it and out of it.
Step = Literal[
    "first", "first dropped", "alone", "inner", "dropped", "last", "tail", "dropped tail", "dropped then tail", "keep"
]  # fmt: skip
STEPS: Final[tuple[Step, ...]] = get_args(Step)[:-1]

#: What a way costs so far, and its last step with the step's place.
_Way = tuple[float, tuple[Step, int]]


def way_through(keep: Sequence[float], costs: Mapping[Step, Sequence[float]]) -> list[tuple[Step, int]]:
    """The steps other than `keep` on the cheapest way, each with its place, ascending.

    A run is `first` or `first dropped`, any of `inner` and `dropped`, and one of `last` and the tails; or it is
    `alone`. The way begins and ends clean. Of equally cheap steps the alphabet decides.

    keep   what x[i] costs after x[i - 1]
    costs  by step and place, all of one length; `NEVER` where a step is impossible, as at the first and last places;
           a step that is left out is possible nowhere
    """
    length = len(keep)
    never = [NEVER] * length
    first, first_dropped, alone, inner, dropped, last, tail, dropped_tail, dropped_then_tail = (
        costs.get(step, never) for step in STEPS
    )
    clean, inside = [0.0] * length, [NEVER] * length
    into_clean: list[tuple[Step, int]] = [("keep", 0)] * length
    into_inside: list[tuple[Step, int]] = [("inner", 0)] * length
    for i in range(1, length):
        two, three = max(i - 2, 0), max(i - 3, 0)
        shifted: list[_Way] = [
            (inside[i - 1] + inner[i], ("inner", i)),
            (inside[two] + dropped[i - 1], ("dropped", i - 1)),
            (clean[two] + first[i - 1], ("first", i - 1)),
            (clean[three] + first_dropped[two], ("first dropped", two)),
        ]
        unshifted: list[_Way] = [
            (clean[i - 1] + keep[i], ("keep", i)),
            (inside[i - 1] + last[i - 1], ("last", i - 1)),
            (inside[two] + tail[two], ("tail", two)),
            (inside[two] + dropped_tail[two], ("dropped tail", two)),
            (inside[three] + dropped_then_tail[two], ("dropped then tail", two)),
            (clean[three] + alone[two], ("alone", two)),
        ]
        inside[i], into_inside[i] = min(shifted)
        clean[i], into_clean[i] = min(unshifted)
    return _backwards(into_clean, into_inside)


def _backwards(into_clean: list[tuple[Step, int]], into_inside: list[tuple[Step, int]]) -> list[tuple[Step, int]]:
    steps: list[tuple[Step, int]] = []
    at, is_clean = len(into_clean) - 1, True
    while at > 0:
        step, place = into_clean[at] if is_clean else into_inside[at]
        if step != "keep":
            steps.append((step, place))
        is_clean = step in ("keep", "first", "first dropped", "alone")
        at = place if step in ("last", "tail", "dropped tail") else place - 1
    return steps[::-1]
