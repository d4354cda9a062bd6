"""Text and its repairs -> stretches that are neither Chinese nor explained: to be declared and left out of every count.

Method.      Hanzi and what damage makes besides (private-use and Latin-1 characters), in a row, that cost far more than
             any prose; runs of U+FFFD; 锟斤拷, which is what UTF-8's own U+FFFD becomes when read as GBK.
Limitations. Conservative: prose never, lists of rare characters hardly ever. Short stretches stay undeclared.
"""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np

from kejidiff.background.likelihood import Likelihood, codes_of, likelihood
from kejidiff.model import Repair
from kejidiff.span import Span, merged
from kejidiff.text.repair.shown import shown, text_of
from kejidiff.text.repair.stretch import stretches

#: Bits per character above which text is improbable: 99.9 % of real strings of eight characters lie below 11.4.
MEAN: Final = 12.0
#: Characters a stretch has at least, and bits above `MEAN` it sums to: six at the dearest. The worst of 4 million
#: characters of clean prose, a list of counties' short names, reaches 15.5.
LEAST: Final = 6
RISE: Final = 24.0
#: How far the sum may fall inside a stretch: two everyday pairs.
FALL: Final = 16.0

_NO_HANZI: Final = -1000.0
_LOST: Final = re.compile("\ufffd{2,}|(?:锟斤拷){2,}")


def find_unreadable(text: str, repairs: Iterable[Repair], model: Likelihood | None = None) -> tuple[Span, ...]:
    """Ascending, disjoint, outside all repairs, in code points of `text`."""
    codes = codes_of(text).copy()
    for repair in repairs:
        codes[repair.span.start : repair.span.end] = 0x0A
    rest = text_of(codes)
    odd = shown(rest, [], model or likelihood()).odd_parts()
    codes = odd.codes
    improbable = (codes >= 0x3400) & (codes < 0xA000) | (codes >= 0xE000) & (codes < 0xFB00)
    improbable |= (codes >= 0x20000) & (codes < 0xE0000)  # beyond are tags and selectors, which nobody sees
    improbable |= (codes >= 0x80) & (codes < 0x100) & (codes != 0xA0) & (codes != 0xAD) & (codes != 0xB7) | (
        codes == 0xFFFD
    )
    gain = np.where(improbable, odd.bits - np.float32(MEAN), np.float32(_NO_HANZI))
    found = [Span(*match.span()) for match in _LOST.finditer(rest)]
    for start, end in stretches(gain, RISE, FALL):
        if end - start >= LEAST:
            found.append(Span(int(odd.offsets[start]), int(odd.offsets[end - 1]) + 1))
    return merged(found)
