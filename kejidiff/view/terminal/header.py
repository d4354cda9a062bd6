"""A comparison -> the head of its side-by-side page: which two documents, how much, what was done to the text."""

from kejidiff.model import Document, ScanResult
from kejidiff.view.headline import from_stock
from kejidiff.view.messages import message, term
from kejidiff.view.segments import Side
from kejidiff.view.terminal import pair
from kejidiff.view.terminal.cells import Line, Piece, cut_middle, wrap
from kejidiff.view.terminal.layout import SEPARATOR, columns, crossed_rule, flow, indented, joined, wrapped
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.page import Page

#: Years and places told of a document, the most telling ones.
_TOLD = 2


def head(page: Page, result: ScanResult) -> list[Line]:
    """Titles, ids, years, places, shares of both documents, and what they hold of stock sources."""
    comparison = page.subject.comparison
    left = _name(page, page.subject.left, comparison.left_reuse, "left", result)
    right = _name(page, page.subject.right, comparison.right_reuse, "right", result)
    if page.beside:
        levels = [
            columns(wrap(one, page.cells), wrap(other, page.cells), page.cells)
            for one, other in zip(left, right, strict=True)
        ]
        return [*(line for level in levels for line in level), crossed_rule(page.cells, "═", "╧")]
    blocks = [line for side in (left, right) for part in side for line in wrapped(part, page.width, 1, 3)]
    return [*blocks, page.rule("═", "")]


def _name(page: Page, document: Document, reuse: float, which: Side, result: ScanResult) -> list[Line]:
    title = [Piece(shown(document.title) or shown(document.id), "title")]
    if not page.beside:
        title = [Piece(message(f"side.{which}", page.lang) + "  ", "heading"), *title]
    known = [str(year) for year in document.years[:_TOLD]] + [shown(place) for place in document.places[:_TOLD]]
    if document.script != "hans":
        known.append(term("script", document.script, page.lang))
    where = [[Piece(cut_middle(shown(document.id), page.cells - 4), "quiet")]]
    about = joined(where + [[Piece(word, "quiet")] for word in known])
    share = pair.shares(reuse, document.countable, page.lang)
    _, stock = from_stock(result, document.id, page.lang)
    return [title, about, [*share, SEPARATOR, Piece(stock, "quiet")] if stock else share]


def verdict(page: Page) -> list[Line]:
    """What the comparison comes to, and what it was compared with."""
    comparison, lang = page.subject.comparison, page.lang
    if not comparison.passages:
        return wrapped([Piece(message("show.nothing", lang), "strong")], page.width, 1)
    facts = [
        pair.paragraphs(comparison, lang),
        [fact for fact in (*pair.relation(comparison, lang), pair.direction(comparison, lang)) if fact],
        pair.findings(comparison, lang),
        pair.kinds(comparison, lang),
        [[Piece(message("caveat", lang), "quiet")]],
    ]
    return [line for fact in facts for line in indented(flow(fact, page.width - 1, separator=SEPARATOR), 1)]
