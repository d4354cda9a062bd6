"""A comparison -> what came along with the copied text, ready to be listed: left-overs, and slips that both hold.

Texts are the originals' and not yet made visible; every view does that in its own way.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from kejidiff.model import Comparison, Document
from kejidiff.span import Span
from kejidiff.view.messages import message, term

#: Characters shown on either side of what is listed: enough to find the sentence again.
_AROUND: Final = 10


class Carried(NamedTuple):
    """One entry. `side` is where it was left in, `both` for a slip that both hold; `place` and `origin` are paragraph
    numbers there and in the other document, None outside every paragraph; `expected` is a slip's usual form."""

    kind: str
    side: str
    before: str
    text: str
    after: str
    place: int | None
    origin: int | None
    expected: str = ""

    def named(self, lang: str) -> str:
        """`遗留地名`, `共有错字`."""
        return term("carried", self.kind, lang)

    def at(self, lang: str) -> str:
        """`右篇 ¶6`, `左篇 ¶6、右篇 ¶2`."""
        if self.side == "both":
            both = (_at("left", self.place, lang), _at("right", self.origin, lang))
            return message("comma", lang).join(both)
        return _at(self.side, self.place, lang)

    def owner(self, lang: str) -> str:
        """`属左篇（¶3）`, `通常作“护”`."""
        if self.side == "both":
            return message("carried.expected", lang, text=self.expected)
        other = "right" if self.side == "left" else "left"
        return message("carried.owner", lang, place=_at(other, self.origin, lang))


def carried(comparison: Comparison, left: Document, right: Document, texts: tuple[str, str]) -> Iterator[Carried]:
    """Left-overs by side and place, then slips."""
    documents = {"left": (left, texts[0]), "right": (right, texts[1])}
    for one in comparison.left_overs:
        own, other = documents[one.side], documents["right" if one.side == "left" else "left"]
        yield Carried(
            one.kind, one.side, *context(own[1], one.span), number_of(own[0], one.span), number_of(other[0], one.origin)
        )
    for slip in comparison.mistakes:
        before, text, after = context(texts[0], slip.left)
        numbers = number_of(left, slip.left), number_of(right, slip.right)
        yield Carried("mistake", "both", before, text, after, *numbers, slip.expected)


def _at(side: str, number: int | None, lang: str) -> str:
    return message(f"carried.{side}", lang, place="¶?" if number is None else f"¶{number}")


def context(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before and after on the same line, with `…` where the line goes on, and the words themselves."""
    first, last = max(0, span.start - _AROUND), span.end + _AROUND
    line = text[first : span.start]
    cut = max(line.rfind("\n"), line.rfind("\r")) + 1
    before = line[cut:] if cut or not first else f"…{line}"
    rest = text[span.end : last].splitlines() if text[span.end : span.end + 1] not in ("\n", "\r") else []
    after = "".join(rest[:1])
    return before, span.of(text), f"{after}…" if span.end + len(after) == last < len(text) else after


def number_of(document: Document, span: Span) -> int | None:
    """The number (¶n) of the paragraph that a stretch begins in or behind; None before the first."""
    place = bisect_right(document.paragraphs, span.start, key=lambda paragraph: paragraph.span.start) - 1
    return document.paragraphs[place].number if place >= 0 else None
