"""Text -> what in it is damaged, and how that is read for comparison; the original is kept.

One module per kind of damage. Those that only read code points come first, then those that need to know what the text
costs (`shown`), from the one with the strictest grammar to the one with the loosest; what one has explained, the next
does not see.

    pinyin_note   領(lǐng)導(dǎo): skipped
    latin1        UTF-8 or GBK, read as Latin-1 or as Windows-1252
    utf8_as_gbk   UTF-8, read as GBK
    big5          Big5, read as GBK, and the reverse
    gbk_shift     GBK, read one byte late
    unreadable    what no reading explains
"""

import numpy as np

from kejidiff.background.likelihood import Likelihood, likelihood
from kejidiff.model import Repair
from kejidiff.text.repair.big5 import find_other_page
from kejidiff.text.repair.gbk_shift import find_shifted
from kejidiff.text.repair.latin1 import find_read_as_latin1
from kejidiff.text.repair.lost_quote import find_lost_quotes
from kejidiff.text.repair.pinyin_note import find_notes
from kejidiff.text.repair.shown import shown
from kejidiff.text.repair.unreadable import find_unreadable
from kejidiff.text.repair.utf8_as_gbk import find_utf8_as_gbk

__all__ = ["find_repairs", "find_unreadable"]


def find_repairs(text: str, model: Likelihood | None = None) -> tuple[Repair, ...]:
    """All repairs of a file's text, in its code points, ascending and disjoint.

    model  what "likelier" means; the shipped one unless a measurement needs another
    """
    notes = find_notes(text)
    whole = shown(text, list(notes.spans), model or likelihood())
    odd = whole.odd_parts()
    tails = {
        int(np.flatnonzero(odd.offsets == offset)[0]): hanzi
        for offset, hanzi in notes.tails.items()
        if np.any(odd.offsets == offset)
    }
    found: list[Repair] = []
    for find in (find_read_as_latin1, find_utf8_as_gbk, find_other_page):
        readings = find(odd)
        found += map(odd.repair, readings)
        odd = odd.without(readings)
    found += [odd.repair(reading) for reading in find_shifted(whole, odd, tails)]
    anchored = sum(text[repair.span.start] in "!?,;:()" for repair in found)
    found += [whole.repair(reading) for reading in find_lost_quotes(whole, anchored)]
    found += [Repair(span, "pinyin-note", "") for span in notes.spans]
    return tuple(sorted(found, key=lambda repair: repair.span))
