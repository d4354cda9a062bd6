"""original text -> web chrome: what a web site put around a report, each piece with its reason; nothing is deleted.

In order of how much they look at: words and shape of one line (`words`, `rules`), then lists of links, place and
density (`position`); and brackets at the end of a paragraph (`brackets`).

Source: five sample reports, a trial on 553 official texts and on lines of other sites (benchmarks/furniture.py).
Limitations: words of unknown sites are found only where they stand close together at a file's head or tail; furniture
in the middle of a report is found only by words that nothing else has. A title that a page repeats within the report
stays: it cannot be told from a heading.
"""

from bisect import bisect_right

from kejidiff.model.document import Exclusion
from kejidiff.span import Span
from kejidiff.text.chrome import position, rules, words
from kejidiff.text.chrome.brackets import bracketed_notices
from kejidiff.text.chrome.lines import lines


def find_chrome(text: str) -> tuple[Exclusion, ...]:
    """Furniture of `text`, ascending and disjoint, reason `web-chrome`.

    A span is a whole line with its indentation and without its line break; only an address in brackets is marked by
    itself, for the line it stands in is a paragraph of the report.
    """
    page, suspected = _judged_by_line(text)
    page = page.marking(position.link_lists(page, suspected))
    page = page.marking(position.outskirts(page))
    whole = [Span(page.lines[at].start, page.lines[at].end) for at in sorted(page.marked)]
    brackets = [bracket for bracket in bracketed_notices(text) if not _lies_in(bracket, whole)]
    return tuple(Exclusion(span, "web-chrome") for span in sorted(whole + brackets))


def _judged_by_line(text: str) -> tuple[position.Page, list[int]]:
    """The file with what its lines prove by themselves, and the lines that may hold a word of the vocabulary."""
    found = lines(text)
    suspected = words.suspects(found)
    marked = {at for at in suspected if words.is_furniture(found[at].plain)}
    marked |= {at for at, line in enumerate(found) if at not in marked and rules.is_furniture(line.plain)}
    return position.Page(found, frozenset(marked)), suspected


def _lies_in(span: Span, ascending: list[Span]) -> bool:
    before = bisect_right(ascending, span.start, key=lambda other: other.start) - 1
    return before >= 0 and ascending[before].contains(span)
