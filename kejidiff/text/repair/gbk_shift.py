"""Shown text -> runs of GBK bytes that were read one byte late, and what they say.

How it comes about: something takes one byte out of a run of two-byte characters (a filter replaces full-width marks
byte by byte, A3 A1 by `!`, and hits the trail byte of one character with the lead byte of the next). What follows is
read in pairs across the characters' borders, until an ASCII byte sets the reader right. A pair that is no character is
dropped without trace.

Terms.       Those of `shift_inner` and `shift_steps`.
Method.      Zones where the inner reading gains (and all anchors before something odd), the cheapest way through each
             zone, and conditions that a run found there must meet.
Limitations. First, last and dropped characters are guesses and marked as such. Without an anchor, runs of three
             characters are rarely found; with one, a single character whose two bytes are known can be enough.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import Bits
from kejidiff.span import Span, merged
from kejidiff.text.repair.code_pages import Pairs
from kejidiff.text.repair.shift_inner import Inner, inner_reading
from kejidiff.text.repair.shift_path import Step, way_through
from kejidiff.text.repair.shift_steps import NEVER, Index, Steps, own_pairs
from kejidiff.text.repair.shift_tables import SIMPLIFIED, TRADITIONAL
from kejidiff.text.repair.shown import MARGIN, Rereading, Shown
from kejidiff.text.repair.stretch import stretches

#: Bits a run must gain against the text as it stands, neighbours included; less where an anchor speaks for it.
NEED: Final = 22.0
NEED_ANCHORED: Final = 6.0
#: Less where a pinyin note confirms the tail: `,F(xiàn)` gains 7.8 bits, `市g(shù)dp` loses 12.
NOTED: Final = 2.0
ENTER: Final = 14.0
HANZI: Final = 0.6
LISTED: Final = 3500

#: A character whose bytes are gone makes a reading longer, and a longer text costs more however good it is; so much of
#: that is not held against it: a little more than the 5.4 bits of a median pair.
ADDED: Final = 6.0

#: What a dropped pair costs besides: on random damage 6 bits less would be best, but then seed 002 loses a character
#: that is right (局指 becomes 经手指). After A3 it is likely: a comma inside a run always drops the pair it begins.
DROPPED: Final = 2.0
DROPPED_AFTER_A3: Final = -5.0

#: Bits per character a reading may cost, neighbours included.
MEAN: Final = 9.5
MEAN_ANCHORED: Final = 10.5

#: Where to look: the inner reading gains this much over a stretch, and never loses `FALL` within it.
RISE: Final = 5.0
FALL: Final = 24.0
#: Bits per inner character above which a stretch is beyond repair: dropped pairs raise the mean, to 11 at most.
RUBBISH: Final = 12.0
#: What a stretch and its edges cost as they stand, less the inner reading: of true runs of four 94 % have 26 bits and
#: more, of stretches in clean text one in five.
MARGIN_BITS: Final = 30.0
MARGIN_ANCHORED: Final = 26.0
#: ... or the two characters after an anchor cost this much together.
ODD: Final = 16.0

#: Shown characters looked at before and after a stretch.
BEFORE: Final = 6
AFTER: Final = 8

#: A run begins or ends only where the inner reading does not gain this much on the next pair.
INSIDE: Final = 4.0
#: ... and where two shown characters of it follow on each other that cost this much: in a run nearly all do.
PLAIN: Final = 7.0
#: Two neighbouring inner pairs that cost this much together may hide a dropped pair.
GAP: Final = 18.0


@dataclass(frozen=True, slots=True)
class Run:
    """A run on the way through: shown characters `[start, end)`, the pairs it is read as, which of them are guesses."""

    start: int
    end: int
    pairs: tuple[int, ...]
    guessed: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One kind of step: what it costs at every place of the text, and at possible places the pairs it reads."""

    cost: Bits = field(repr=False)
    pairs: Mapping[int, list[int]] = field(repr=False)


def find_shifted(whole: Shown, odd: Shown, notes: Mapping[int, frozenset[int]]) -> list[Rereading]:
    """Ascending, disjoint, in places of `odd`, the odd parts of `whole`, which is only asked for its own habits.

    notes  by place of an ASCII character, the code points the pinyin note after it allows
    """
    text = inner_reading(odd)
    promising = _promising(text)
    zones = _zones(text, promising, notes)
    if not zones:
        return []
    scripts = np.bincount(text.tables.script[text.tables.pairs(whole.codes)], minlength=3)
    wrong = SIMPLIFIED if scripts[TRADITIONAL] > scripts[SIMPLIFIED] else TRADITIONAL
    steps = Steps(text, own_pairs(whole), wrong, notes)
    choices = _choices(steps, _places(steps, zones, promising), EDGES)
    hopeful = tuple(zone for zone in zones if _runs(text, choices, zone))
    choices |= _choices(steps, _places(steps, hopeful, promising), GAPS)
    runs = [run for zone in hopeful for run in _runs(text, choices, zone)]
    return [_rereading(text, run) for run in runs if _believed(text, run, run.end - 1 in notes)]


def _promising(text: Inner) -> list[Span]:
    """Stretches where the inner reading gains and is not rubbish itself, and where a run has enough to gain from."""
    found = stretches(text.gain, RISE, FALL)
    if not found:
        return []
    shown, read, anchors = (
        np.concatenate(([0.0], np.cumsum(each, dtype=np.float64)))
        for each in (text.shown.bits, text.bits, text.anchors)
    )
    promising: list[Span] = []
    for start, end in found:
        inner_bits = read[end] - read[start]
        margin = shown[end + 1] - shown[start - 2] - inner_bits
        anchored = anchors[start] > anchors[max(start - BEFORE, 0)]
        if inner_bits <= RUBBISH * (end - start) and margin >= (MARGIN_ANCHORED if anchored else MARGIN_BITS):
            promising.append(Span(start, end))
    return promising


def _zones(text: Inner, promising: list[Span], notes: Mapping[int, frozenset[int]]) -> tuple[Span, ...]:
    """Shown characters with clean text at both ends: around stretches, after odd anchors, around notes on letters."""
    spans = [Span(start - 2 - BEFORE, end + AFTER) for start, end in promising]
    spans += [Span(place - 2, place + AFTER) for place in np.flatnonzero(_odd_anchors(text)).tolist()]
    spans += [Span(place - 3, place + 3) for place in notes]
    whole = Span(MARGIN - 1, len(text.pairs) - MARGIN + 1)
    return merged(span.clipped(whole) for span in spans)


def _odd_anchors(text: Inner) -> NDArray[np.bool_]:
    """Anchors before something odd, which the inner reading or a tail could explain."""
    bits, codes = text.shown.bits, text.shown.codes
    tail = (codes >= 0x40) & (codes < 0x7F)
    odd = np.zeros(len(bits), np.bool_)
    odd[:-2] = text.anchors[:-2] & (bits[1:-1] + bits[2:] >= ODD)
    odd[:-2] &= (text.gain[2:] >= 0) | tail[1:-1] | (tail[2:] & text.known[1:-1])
    return odd


def _choices(steps: Steps, places: Mapping[Step, NDArray[np.bool_]], wanted: tuple[Step, ...]) -> dict[Step, Choice]:
    """Every step that is wanted, costed wherever it is possible, with the price it has besides."""
    text = steps.text
    enter = np.where(text.anchors, NEED_ANCHORED, ENTER).astype(np.float32)
    drop = np.where((text.pairs & 0xFF) == 0xA3, DROPPED_AFTER_A3, DROPPED).astype(np.float32)
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
    gap = (text.bits + np.roll(text.bits, -1) >= GAP) | (np.roll(text.pairs & 0xFF, 1) == 0xA3)
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


def _runs(text: Inner, choices: Mapping[Step, Choice], zone: Span) -> list[Run]:
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


def _believed(text: Inner, run: Run, noted: bool) -> bool:
    """Does the run pay by the model alone, and rest on characters that are known? Guesses fit because they are chosen.

    noted  a pinyin note confirms the last character
    """
    tables, shown = text.tables, text.shown
    anchored = bool(text.anchors[run.start])
    pairs = np.array(run.pairs, np.uint16)
    symbols = np.concatenate(([shown.symbols[run.start - 1]], tables.symbol[pairs], [shown.symbols[run.end]]))
    bits = shown.model.bits(symbols[:-1], symbols[1:])
    added = len(pairs) - (run.end - run.start)
    gain = float(np.sum(shown.bits[run.start : run.end + 1]) - np.sum(bits)) + ADDED * added
    hanzi = tables.hanzi[pairs]
    known = np.delete(hanzi & (tables.symbol[pairs] < LISTED), run.guessed)
    return (
        gain >= (NEED_ANCHORED if anchored else NEED) - (NOTED if noted else 0.0)
        and float(np.mean(bits)) <= (MEAN_ANCHORED if anchored else MEAN)
        and int(np.sum(hanzi[1:])) >= (1 if anchored else 2)
        and bool(np.any(known))
        and float(np.mean(hanzi[1:])) >= HANZI
    )


def _rereading(text: Inner, run: Run) -> Rereading:
    characters = "".join(chr(text.tables.code[pair]) for pair in run.pairs)
    return Rereading(run.start, run.end, "gbk-shift", characters, merged(Span(g, g + 1) for g in run.guessed))
