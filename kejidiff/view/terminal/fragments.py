"""A comparison -> the list of its fragments (零星雷同): verbatim runs outside every passage, too short to count."""

from kejidiff.model import Document, Fragment
from kejidiff.span import Span
from kejidiff.view.messages import message
from kejidiff.view.terminal import marks
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.layout import wrapped
from kejidiff.view.terminal.page import Page
from kejidiff.view.terminal.strands import lies_in

#: Fragments listed without `--full`.
_FRAGMENTS = 5


def fragments(page: Page) -> list[Line]:
    """Their number, the first few with their places, and how to see the others; nothing where there are none."""
    found = page.subject.comparison.alignment.fragments
    if not found:
        return []
    listed = found if page.full else found[:_FRAGMENTS]
    lines = wrapped(
        [Piece(message("heading.fragments", page.lang), "heading"), Piece("  " + str(len(found)))], page.width, 1
    )
    for fragment in listed:
        lines += wrapped(_fragment(page, fragment), page.width, 3, 2)
    if len(found) > len(listed):
        hint = message("parenthesis", page.lang, text=message("show.full", page.lang))
        rest = message("count.others.places", page.lang, n=len(found) - len(listed))
        lines += wrapped([Piece(f"… {rest}{hint}", "quiet")], page.width, 3)
    return lines


def _fragment(page: Page, fragment: Fragment) -> Line:
    text = fragment.left.of(page.subject.left_text)
    return [
        *place(page, page.subject.left, fragment.left),
        Piece(" ⇄ ", "quiet"),
        *place(page, page.subject.right, fragment.right),
        Piece("  "),
        *marks.plain(text),
        Piece(f"  {message('count.characters', page.lang, n=fragment.length)}", "quiet"),
    ]


def place(page: Page, document: Document, span: Span) -> Line:
    """`¶3`, `¶3–¶5`; `¶?` for what begins outside every paragraph."""
    first, _ = lies_in(document.paragraphs, span.start)
    last, _ = lies_in(document.paragraphs, max(span.start, span.end - 1))
    if first < 0:
        return [Piece("¶?", "heading")]
    numbers = [page.number(document, index) for index in ((first, last) if first < last else (first,))]
    return [Piece("–".join(numbers), "heading")]
