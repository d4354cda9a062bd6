r"""Text of a document or a file name -> the same text with nothing hidden in it: `⟦U+202E⟧` for what has no look.

Made visible: control characters, bidirectional and zero-width ones, variation selectors, fillers and other characters
without a glyph, line and paragraph separators, lone surrogates, private use, noncharacters. All else passes unchanged,
blanks of any width included. Newlines: `\n` passes, `\r\n` comes out as `\n`, a carriage return alone is shown. A tab
passes. `visible_line` shows both as well, for what must stay on one line.

Source of the ranges: Unicode 15, general categories Cc, Cf, Cs, Co, Zl and Zp, and the property
Default_Ignorable_Code_Point; the Braille blank U+2800 is added because it is drawn as nothing.
Limitation: text that spells out `⟦U+202E⟧` by itself looks the same.
"""

import re
from typing import Final

_WITHOUT_LOOK: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
)
_HIDDEN: Final = re.compile(f"[{_WITHOUT_LOOK}]|\r\n?")
_HIDDEN_OR_BREAK: Final = re.compile(f"[{_WITHOUT_LOOK}\t\n\r]")


def _shown(match: re.Match[str]) -> str:
    found = match.group()
    return "\n" if found == "\r\n" else f"⟦U+{ord(found):04X}⟧"


def visible(text: str) -> str:
    """`text` with every character that has no look spelled out; newlines and tabs pass (module docstring)."""
    return _HIDDEN.sub(_shown, text)


def visible_line(text: str) -> str:
    """Like `visible`, newlines and tabs spelled out too: for names and whatever else must stay on one line."""
    return _HIDDEN_OR_BREAK.sub(_shown, text)
