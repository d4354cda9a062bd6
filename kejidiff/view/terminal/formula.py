"""A comparison -> the list of its formula (套话段落): text that both hold and neither wrote, in quiet tone."""

from kejidiff.model import Passage
from kejidiff.view.messages import message
from kejidiff.view.terminal import marks
from kejidiff.view.terminal.cells import Line, Piece, cut_text, line_width
from kejidiff.view.terminal.fragments import place
from kejidiff.view.terminal.layout import wrapped
from kejidiff.view.terminal.page import Page

#: Passages listed without `--full`, and cells of each one's text: it is known by how it begins.
_PASSAGES, _TEXT_CELLS, _TEXT_LEAST = 5, 56, 16

#: Cells before each of them, and before its further lines besides.
_INDENT, _HANGING = 3, 2


def formula(page: Page) -> list[Line]:
    """How much there is, the first few with their places, and how to see the others; nothing where there is none.

    All are listed where stock is to be shown, none where it is to be left out.
    """
    found = page.subject.comparison.formula
    if not found:
        return []
    head = [Piece(message("heading.formula", page.lang), "heading"), Piece("  ")]
    if page.phrases == "exclude":
        hint = message("parenthesis", page.lang, text=message("stock.see", page.lang))
        told = message("stock.hidden.passages", page.lang, n=len(found)) + hint
        return wrapped([*head, Piece(told, "quiet")], page.width, 1)
    told_of = found if page.full or page.phrases == "show" else found[:_PASSAGES]
    length = sum(page.subject.left.countable_in(passage.left) for passage in found)
    sums = message("formula.sum", page.lang, n=len(found), length=length)
    lines = wrapped([*head, Piece(sums, "quiet")], page.width, 1)
    for passage in told_of:
        lines += wrapped(_passage(page, passage), page.width, _INDENT, _HANGING)
    if len(found) > len(told_of):
        hint = message("parenthesis", page.lang, text=message("show.full", page.lang))
        rest = message("count.others.places", page.lang, n=len(found) - len(told_of))
        lines += wrapped([Piece(f"… {rest}{hint}", "quiet")], page.width, _INDENT)
    return lines


def _passage(page: Page, passage: Passage) -> Line:
    text = marks.shown(passage.left.of(page.subject.left_text))
    length = message("count.characters", page.lang, n=page.subject.left.countable_in(passage.left))
    places = [
        *place(page, page.subject.left, passage.left),
        Piece(" ⇄ ", "quiet"),
        *place(page, page.subject.right, passage.right),
        Piece("  "),
    ]
    room = page.width - line_width([*places, Piece(f"  {length}")]) - _INDENT - _HANGING
    shown = text if page.full else cut_text(text, min(_TEXT_CELLS, max(room, _TEXT_LEAST)))
    return [*places, Piece(shown, "quiet"), Piece(f"  {length}", "quiet")]
