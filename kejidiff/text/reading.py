"""Original text, repairs, exclusions -> the reading: the text as it is compared, with the way back.

A reading is the original with excluded stretches cut out and damaged ones replaced by what they are read as; every
code point of it knows the original stretch it stands for. Characters of a repair share the repair's span evenly.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.span import Span

if TYPE_CHECKING:
    from kejidiff.model import Exclusion, Repair
    from kejidiff.model.document import IntArray


class Reading(NamedTuple):
    """`text` with, for each code point, where its original begins and ends: `starts`, `ends`, both ascending."""

    text: str
    starts: "IntArray"
    ends: "IntArray"


def read_as(text: str, window: Span, repairs: "Sequence[Repair]", excluded: "Sequence[Exclusion]") -> Reading:
    """The reading of `text[window]`. Where a repair and an exclusion meet, the exclusion wins."""
    pieces: list[str] = []
    starts: list[IntArray] = []
    ends: list[IntArray] = []
    at = window.start
    for cut, replacement in _replacements(window, repairs, excluded):
        if cut.start < at:
            continue
        pieces.append(text[at : cut.start])
        starts.append(np.arange(at, cut.start, dtype=np.int32))
        ends.append(starts[-1] + 1)
        if replacement:
            share = cut.length * np.arange(len(replacement) + 1) / len(replacement)
            pieces.append(replacement)
            starts.append(np.floor(share[:-1]).astype(np.int32) + np.int32(cut.start))
            ends.append(np.ceil(share[1:]).astype(np.int32) + np.int32(cut.start))
        at = cut.end
    pieces.append(text[at : window.end])
    starts.append(np.arange(at, max(at, window.end), dtype=np.int32))
    ends.append(starts[-1] + 1)
    return Reading("".join(pieces), np.concatenate(starts), np.concatenate(ends))


def _replacements(window: Span, repairs: "Sequence[Repair]", excluded: "Sequence[Exclusion]") -> list[tuple[Span, str]]:
    cuts = [(exclusion.span.clipped(window), "") for exclusion in excluded if exclusion.span.overlaps(window)]
    mends = [(repair.span, repair.text) for repair in repairs if window.contains(repair.span)]
    holes = [cut for cut, _ in cuts]
    kept = mends if not holes else [mend for mend in mends if not any(mend[0].overlaps(hole) for hole in holes)]
    return sorted(cuts + kept)
