"""Shown text -> runs of GBK bytes that were read one byte late, and what they say.

How it comes about: something takes one byte out of a run of two-byte characters (a filter replaces full-width marks
byte by byte, A3 A1 by `!`, and hits the trail byte of one character with the lead byte of the next). What follows is
read in pairs across the characters' borders, until an ASCII byte sets the reader right. A pair that is no character is
dropped without trace.

Terms.       Those of `shift_inner` and `shift_steps`.
Method.      Zones (`shift_zones`), the runs on the cheapest way through them (`shift_runs`), and conditions that a run
             must meet.
Limitations. First, last and dropped characters are guesses and marked as such; where two pairs in a row are dropped,
             one is not put back. Without an anchor, half of the runs of four Hanzi are found and a fifth of those of
             three; with one, a single character whose two bytes are known can be enough.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from kejidiff.span import Span, merged
from kejidiff.text.repair.shift_inner import Inner, inner_reading
from kejidiff.text.repair.shift_runs import ADDED, ENTER_ANCHORED, Run, runs
from kejidiff.text.repair.shift_steps import Steps, own_pairs
from kejidiff.text.repair.shift_tables import SIMPLIFIED, TRADITIONAL
from kejidiff.text.repair.shift_zones import promising_stretches, zones
from kejidiff.text.repair.shown import Rereading, Shown

#: Bits a run must gain by the model alone, neighbours included. Of true runs of four 96 % gain 20 and more; below 22,
#: dictionary words in a row were "repaired". Less where an anchor speaks for it,
NEED: Final = 22.0
NEED_ANCHORED: Final = ENTER_ANCHORED
#: and where a pinyin note confirms the tail: `,F(xiàn)` gains 7.8 bits, `市g(shù)dp` loses 12.
NOTED: Final = 2.0

#: Bits per character a reading may cost, neighbours included.
MEAN: Final = 9.5
MEAN_ANCHORED: Final = 10.5

#: Hanzi a run must have besides the first character, and the least share of Hanzi and common marks among them.
HANZI: Final = 2
HANZI_ANCHORED: Final = 1
PLAIN_SHARE: Final = 0.6


def find_shifted(whole: Shown, odd: Shown, notes: Mapping[int, frozenset[int]]) -> list[Rereading]:
    """Ascending, disjoint, in places of `odd`, the odd parts of `whole`, which is only asked for its own habits.

    notes  by place of an ASCII character, the code points the pinyin note after it allows
    """
    text = inner_reading(odd)
    promising = promising_stretches(text)
    places = zones(text, promising, notes)
    if not places:
        return []
    scripts = np.bincount(text.tables.script[text.tables.pairs(whole.codes)], minlength=3)
    wrong = SIMPLIFIED if scripts[TRADITIONAL] > scripts[SIMPLIFIED] else TRADITIONAL
    found = runs(Steps(text, own_pairs(whole), wrong, notes), places, promising)
    return [_rereading(text, run) for run in found if _believed(text, run, run.end - 1 in notes)]


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
    plain = ~shown.model.shared[tables.symbol[pairs]]
    known = np.delete(hanzi & plain, run.guessed)
    return (
        gain >= (NEED_ANCHORED if anchored else NEED) - (NOTED if noted else 0.0)
        and float(np.mean(bits)) <= (MEAN_ANCHORED if anchored else MEAN)
        and int(np.sum(hanzi[1:])) >= (HANZI_ANCHORED if anchored else HANZI)
        and bool(np.any(known))
        and float(np.mean((hanzi | plain)[1:])) >= PLAIN_SHARE
    )


def _rereading(text: Inner, run: Run) -> Rereading:
    characters = "".join(chr(text.tables.code[pair]) for pair in run.pairs)
    return Rereading(run.start, run.end, "gbk-shift", characters, merged(Span(g, g + 1) for g in run.guessed))
