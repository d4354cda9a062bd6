"""A text with shifted runs -> half-width `!` that swallowed a quotation mark before a digit or a mark.

How it comes about: as in `gbk_shift`, A3 A1 becomes `!` across the border of two characters, the other being “ (A1 B0)
or ” (A1 B1). Where an ASCII character below 40 hex follows, B0 or B1 makes no pair with it and is dropped at once: of
two characters one `!` is left, 获奖。“5.12” as 获奖!5.12”.

Limitations. Nothing of the two is known but A3 A1, so the rest of the line must lack just that quotation mark, and the
             text must be known for this damage. Unbalanced quotation marks alone mean nothing: 99 of 1,335 lines with
             such marks in clean reports are unbalanced.
"""

import re
from typing import Final

import numpy as np

from kejidiff.span import Span
from kejidiff.text.repair.shift_tables import shift_tables
from kejidiff.text.repair.shown import Rereading, Shown, text_of

#: Shifted runs that begin with a half-width mark which a text must have before a lone `!` is suspected. A choice: clean
#: texts have none.
LEAST_RUNS: Final = 3

_MARK: Final = re.compile("(?<![\x00-\x7f])!(?=[\x20-\x3f\n])")
_OPEN: Final = "“"
_CLOSE: Final = "”"


def find_lost_quotes(whole: Shown, anchored_runs: int) -> list[Rereading]:
    """Ascending, disjoint. `anchored_runs`: how many shifted runs of the text begin with a half-width mark."""
    if anchored_runs < LEAST_RUNS:
        return []
    text = text_of(whole.codes)
    found: list[Rereading] = []
    for match in _MARK.finditer(text):
        place = match.start()
        quote = _missing(text, place)
        if quote:
            lost = _before(whole, place, quote) + quote
            found.append(Rereading(place, place + 1, "gbk-shift", lost, (Span(0, 2),)))
    return found


def _missing(text: str, place: int) -> str:
    """The quotation mark that the line lacks at this place, or nothing."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    after = text[place + 1 : text.find("\n", place)]
    opened = before.rfind(_OPEN) > before.rfind(_CLOSE)
    closes = 0 <= after.find(_CLOSE) < (after.find(_OPEN) if _OPEN in after else len(after))
    if opened == closes:
        return ""
    return _CLOSE if opened else _OPEN


def _before(whole: Shown, place: int, quote: str) -> str:
    """The likeliest character with trail byte A3 between what stands before and the quotation mark."""
    tables, model = shift_tables(whole.model), whole.model
    pairs = tables.by_trail[0xA3]
    pairs = pairs[pairs > 0]
    symbols = tables.symbol[pairs]
    mark = model.symbols(np.array([ord(quote)], np.uint32))
    cost = model.bits(whole.symbols[place - 1 : place], symbols) + model.bits(symbols, mark)
    return chr(tables.code[pairs[int(np.argmin(cost))]])
