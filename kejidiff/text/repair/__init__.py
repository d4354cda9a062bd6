"""Text -> what in it is damaged, and how that is read for comparison; the original is kept.

One module per kind of damage. The strictest grammar comes first, and what one kind has explained the next does not see:

    pinyin_note   `領(lǐng)導(dǎo)`: the notes are skipped
    entity        `&#x6C34;&nbsp;`: character references of HTML
    latin1        UTF-8 or GBK that was read as Latin-1 or Windows-1252
    utf8_as_gbk   UTF-8 that was read as GBK
    big5          Big5 that was read as GBK, and the reverse
    gbk_shift     GBK that was read one byte late (`shift_*` are its parts)
    lost_quote    what the same accident left of a quotation mark
    unreadable    what no reading explains

Clean text is told quickly: all but the notes look only at the surroundings of odd pairs of characters (`shown`).
"""

from collections.abc import Iterable

from kejidiff.background.likelihood import Likelihood, likelihood
from kejidiff.model import Repair
from kejidiff.text.repair.big5 import find_other_page
from kejidiff.text.repair.entity import find_entities
from kejidiff.text.repair.gbk_shift import find_shifted
from kejidiff.text.repair.latin1 import find_read_as_latin1
from kejidiff.text.repair.lost_quote import find_lost_quotes
from kejidiff.text.repair.pinyin_note import Notes, find_notes
from kejidiff.text.repair.shift_inner import ANCHORS
from kejidiff.text.repair.shown import Shown, shown
from kejidiff.text.repair.unreadable import find_unreadable
from kejidiff.text.repair.utf8_as_gbk import find_utf8_as_gbk

__all__ = ["find_repairs", "find_unreadable"]


def find_repairs(text: str, model: Likelihood | None = None) -> tuple[Repair, ...]:
    """All repairs of a file's text, in its code points, ascending and disjoint; none spans a line break.

    model  what decides which reading is the likelier; the shipped one, unless a measurement needs another
    """
    notes = find_notes(text)
    whole = shown(text, notes.spans, model or likelihood())
    odd = whole.odd_parts()
    found: list[Repair] = []
    for find in (find_read_as_latin1, find_utf8_as_gbk, find_other_page):
        readings = find(odd)
        found += map(odd.repair, readings)
        odd = odd.without(readings)
    shifted = [odd.repair(reading) for reading in find_shifted(whole, odd, _tails(odd, notes))]
    anchored = sum(text[repair.span.start] in ANCHORS for repair in shifted)
    found += shifted
    found += [whole.repair(reading) for reading in find_lost_quotes(whole, anchored)]
    found += [Repair(span, "pinyin-note", "") for span in notes.spans]
    found += find_entities(text)
    return _disjoint(found)


def _tails(odd: Shown, notes: Notes) -> dict[int, frozenset[int]]:
    """The characters a note allows, by the place of the letter before it."""
    if not notes.tails:
        return {}
    return {place: notes.tails[offset] for place, offset in enumerate(odd.offsets.tolist()) if offset in notes.tails}


def _disjoint(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """In order, without what lies in another: a note within a run, or in a place that two kinds explain."""
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda repair: (repair.span.start, -repair.span.end)):
        if not kept or kept[-1].span.end <= repair.span.start:
            kept.append(repair)
    return tuple(kept)
