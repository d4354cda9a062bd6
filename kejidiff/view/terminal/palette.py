"""Every colour and every mark of the terminal, in one place: names of styles -> what rich makes of them.

Colour is only ever the second sign: each kind of difference has a mark (`MARKS`) that stands without it. The colours
are of the 256 that terminals share. Text in colour keeps a contrast of 3.3 : 1 or more on black and on white (relative
luminance .14 to .27, WCAG 2.2), and the kinds differ in blue against orange against grey, which red-green blindness
leaves apart (Okabe and Ito, "Color Universal Design", 2008).
"""

from typing import Final, NamedTuple

from kejidiff.model import EditKind

STYLES: Final[dict[str, str]] = {
    "title": "bold",
    "strong": "bold",
    "heading": "bold color(67)",
    "quiet": "color(244)",
    "rule": "color(244)",
    "number": "bold",
    "command": "bold color(31)",
    "warning": "bold color(166)",
    "verbatim": "color(67)",
    "light": "color(31)",
    "rewritten": "color(244)",
    "replaced": "bold color(166)",
    "inserted": "bold underline color(32)",
    "deleted": "bold underline color(133)",
    "figure": "bold reverse color(67)",
    "garbled": "reverse color(244)",
    "moved": "italic color(31)",
    "absent": "bold color(166)",
    "excluded": "italic color(244)",
    "script": "color(31)",
}


class Mark(NamedTuple):
    """What stands before and after a marked stretch, and its style."""

    open: str
    close: str
    style: str


REPLACED: Final = Mark("[", "]", "replaced")
INSERTED: Final = Mark("{+", "+}", "inserted")
DELETED: Final = Mark("{-", "-}", "deleted")
FIGURE: Final = Mark("#", "#", "figure")
GARBLED: Final = Mark("⟦", "⟧", "garbled")
MOVED: Final = Mark("{↷", "}", "moved")
QUIET: Final = Mark("~", "~", "script")
EXCLUDED: Final = Mark("‹", "›", "excluded")

#: Where the other side has text and this one has none.
CARET: Final = "‸"

MARKS: Final[dict[EditKind, Mark]] = {
    "script": QUIET,
    "punctuation": QUIET,
    "synonym": REPLACED,
    "replacement": REPLACED,
    "figure": FIGURE,
    "mask": FIGURE,
    "garble": GARBLED,
    "insertion": INSERTED,
    "deletion": DELETED,
    "move": MOVED,
}

#: Differences that are counted but not marked unless asked for: hundreds of them hide what was changed on purpose.
UNMARKED: Final[frozenset[EditKind]] = frozenset({"script", "punctuation"})
