"""Inner reading -> the places where a run of shifted bytes may be.

Terms.       Those of `shift_inner`. A *zone* is a stretch of shown characters with clean text at both ends.
Method.      Stretches where the inner reading gains, if there is enough to gain from; half-width marks before something
             odd; letters that carry a pinyin note.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kejidiff.span import Span, merged
from kejidiff.text.repair.shift_inner import Inner
from kejidiff.text.repair.shown import MARGIN
from kejidiff.text.repair.stretch import stretches

#: The inner reading gains so many bits over a stretch, and never loses `FALL` within it. (In 2 million characters of
#: clean text no stretch gains more than 12.)
RISE: Final = 5.0
FALL: Final = 24.0

#: Bits per inner character above which a stretch is beyond repair; dropped pairs raise the mean, but not so far.
RUBBISH: Final = 12.0

#: What a stretch with its edges costs as it stands, less its inner reading: there is no more to gain. Of true runs of
#: four Hanzi 89 % have 30 bits and more, of the stretches in clean text 8 %; with a mark before it, all that are found
#: have 26.
TO_GAIN: Final = 30.0
TO_GAIN_ANCHORED: Final = 26.0

#: What the two characters after an anchor cost together, if they are odd: less brings nothing more.
ODD: Final = 20.0

#: Shown characters taken along before and after a stretch: ends are up to four characters off, and dropped pairs hide
#: two more.
BEFORE: Final = 6
AFTER: Final = 8


def promising_stretches(text: Inner) -> list[Span]:
    """Stretches of gains (places of y), ascending and disjoint, that can be the inside of a run."""
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
        to_gain = shown[end + 1] - shown[start - 2] - inner_bits
        anchored = anchors[start] > anchors[max(start - BEFORE, 0)]
        if inner_bits <= RUBBISH * (end - start) and to_gain >= (TO_GAIN_ANCHORED if anchored else TO_GAIN):
            promising.append(Span(start, end))
    return promising


def zones(text: Inner, promising: Iterable[Span], noted: Iterable[int]) -> tuple[Span, ...]:
    """Ascending and disjoint. `noted`: places of ASCII characters that carry a pinyin note."""
    spans = [Span(start - 2 - BEFORE, end + AFTER) for start, end in promising]
    spans += [Span(place - 2, place + AFTER) for place in np.flatnonzero(_odd_anchors(text)).tolist()]
    spans += [Span(place - 3, place + 3) for place in noted]
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
