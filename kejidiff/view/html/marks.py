"""Text and what is known about it -> Markup: the only place where a document's text becomes HTML.

Whatever a document holds goes through `visible` and is escaped; tags come from the tables below and nowhere else. A tag
stands for a stretch, never for a character, and the commonest one is the shortest: a page of converted script has a
thousand of them.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from kejidiff.model import Tier
from kejidiff.view.visible import visible

#: Class names of the kinds of edits; report.css gives each its own colour and its own line, box or sign.
KIND_CLASSES: Final = {
    "script": "s", "synonym": "y", "figure": "f", "mask": "m", "garble": "g", "insertion": "a", "deletion": "d",
    "replacement": "r", "move": "v", "punctuation": "p",
}  # fmt: skip

#: Class names of the tiers, on text and in bars.
TIER_CLASSES: Final[dict[Tier, str]] = {"verbatim": "v", "light": "l", "rewritten": "w"}

#: The tags around an edit of each kind.
KIND_TAGS: Final = {
    kind: {
        "script": ("<i>", "</i>"),
        "insertion": ('<ins class="a">', "</ins>"),
        "deletion": ('<del class="d">', "</del>"),
    }.get(kind, (f'<i class="{name}">', "</i>"))
    for kind, name in KIND_CLASSES.items()
}  # fmt: skip


def shown(text: str) -> str:
    """HTML of a stretch of text: nothing hidden, nothing that could be a tag."""
    return str(escape(visible(text)))


def fill(html: str, *parts: object) -> Markup:
    """`html`, a literal of ours with `{}` in it, with `parts` in their places: escaped, unless they are Markup.

    Markup.format does the same ten times as slowly. Raises ValueError for too few parts or too many.
    """
    filled = [""] * (2 * len(parts) + 1)
    filled[::2] = _pieces(html)
    filled[1::2] = map(escape, parts)
    return Markup("".join(filled))


@cache
def _pieces(html: str) -> list[str]:
    """The literal between its gaps; there are some hundred of them."""
    return html.split("{}")


def linked(anchor: str | None, html: Markup) -> Markup:
    """A link to a place in the page; `html` alone where the page does not have that place."""
    return fill('<a href="#{}">{}</a>', anchor, html) if anchor else html


def shower(text: str) -> Callable[[str], str]:
    """What makes HTML of any stretch of `text`: `shown`, or, where that changes nothing in all of it, nothing.

    Nothing needs hiding or escaping in 98.7 % of the seeds' paragraphs: asking once saves asking for every piece.
    """
    return str if shown(text) == text else shown


def opening(name: str, remark: str = "") -> str:
    """The tag that begins a span of class `name`; `remark`, which may hold anything, appears when it is pointed at."""
    return f'<span class="{name}" title="{shown(remark)}">' if remark else f'<span class="{name}">'
