"""A comparison -> the list of what was carried along (残留): kind, place, words, whose they are."""

from kejidiff.view.carried import Carried, carried
from kejidiff.view.messages import message
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.layout import wrapped
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.page import Page
from kejidiff.view.terminal.rows import Subject

#: Entries listed without `--full`: with their heading a third of a screen.
_ENTRIES = 8


def carried_along(page: Page) -> list[Line]:
    """How many, the first ones each with its sentence, how to see the others; nothing where there are none."""
    found = entries(page.subject)
    if not found:
        return []
    listed = found if page.full else found[:_ENTRIES]
    head = [Piece(message("heading.carried", page.lang), "heading"), Piece(f"  {len(found)}")]
    lines = wrapped([*head, Piece("  " + message("carried.check", page.lang), "quiet")], page.width, 1)
    for one in listed:
        lines += wrapped(_entry(one, page.lang), page.width, 3, 2)
    if len(found) > len(listed):
        hint = message("parenthesis", page.lang, text=message("show.full", page.lang))
        rest = message("count.others.places", page.lang, n=len(found) - len(listed))
        lines += wrapped([Piece(f"… {rest}{hint}", "quiet")], page.width, 3)
    return lines


def entries(subject: Subject) -> list[Carried]:
    """All of the pair."""
    texts = subject.left_text, subject.right_text
    return list(carried(subject.comparison, subject.left, subject.right, texts))


def brief(one: Carried, lang: str) -> Line:
    """`遗留地名 “安化县”（右篇 ¶6）`: an entry in a line of many."""
    told = message("parenthesis", lang, text=one.at(lang))
    return [Piece(f"{one.named(lang)} "), Piece(f"“{shown(one.text)}”", "strong"), Piece(told, "quiet")]


def _entry(one: Carried, lang: str) -> Line:
    return [
        Piece("✗ ", "warning"),
        Piece(f"{one.named(lang)}  "),
        Piece(one.at(lang), "heading"),
        Piece(f"  {shown(one.before)}", "quiet"),
        Piece(f"“{shown(one.text)}”", "strong"),
        Piece(f"{shown(one.after)}  ", "quiet"),
        Piece(shown(one.owner(lang))),
    ]
