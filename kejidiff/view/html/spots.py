"""Text and what was set aside or read differently in it -> HTML that says so: the base of both views of a text.

A *spot* is an excluded stretch, a pinyin note, a damaged stretch with the reading it was compared by, or text that is
nobody's own: a stock phrase, formula, what stands in a stock source.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from kejidiff.model import Document, Repair
from kejidiff.span import merged, without
from kejidiff.view.html.marks import opening, shown
from kejidiff.view.html.material import Material


class Spots(NamedTuple):
    """Disjoint stretches of one text, ascending, as lists of one length; `openings` are the tags they begin with."""

    starts: list[int]
    ends: list[int]
    openings: list[str]


def spots(material: Material, document: Document) -> Spots:
    """The spots of a document; of two that overlap, what the first leaves of the second."""
    found = [(hole.span, opening("x", material.term("reason", hole.reason))) for hole in document.excluded]
    found += [(repair.span, _opening(material, repair)) for repair in document.repaired]
    grey = opening("k", material.say("heading.stock"))
    others = merged(span for span, _ in found)
    for span in material.stock.get(document.id, ()):
        # Whatever else is known of a stretch is said of it: a whole paragraph of formula may hold notes and damage.
        found += [(rest, grey) for rest in without(span, others)]
    known = Spots([], [], [])
    for span, tag in sorted(found):
        start = max(span.start, known.ends[-1] if known.ends else 0)
        if start < span.end:
            known.starts.append(start)
            known.ends.append(span.end)
            known.openings.append(tag)
    return known


def _opening(material: Material, repair: Repair) -> str:
    if repair.reason == "pinyin-note":
        return opening("t")
    reading = material.say("page.marked.reading", text=repair.text)
    if repair.guessed:
        reading = material.say("page.because", what=reading, why=material.say("page.marked.guess"))
    return opening("g", reading)


def spotted(text: str, start: int, end: int, known: Spots, show: Callable[[str], str] = shown) -> str:
    """HTML of `text[start:end]` with its spots marked; `show` is the `shower` of a text that holds it."""
    place = bisect_right(known.ends, start)
    if place == len(known.ends) or known.starts[place] >= end:
        return show(text[start:end])
    parts: list[str] = []
    while place < len(known.ends) and known.starts[place] < end:
        inside, outside = max(start, known.starts[place]), min(end, known.ends[place])
        parts += (show(text[start:inside]), known.openings[place], show(text[inside:outside]), "</span>")
        start = outside
        place += 1
    parts.append(show(text[start:end]))
    return "".join(parts)
