"""Text -> character references that a converter left in it, and what they mean: `&#x6C34;&nbsp;` is 水 and a blank.

Terms.       *Numbered* references name a code point, *named* ones a word of HTML 4's list.
Limitations. One level only: `&amp;nbsp;` becomes `&nbsp;`. References without their semicolon, and tags, stay.
"""

import re
from typing import Final

from kejidiff.model import Repair
from kejidiff.span import Span

#: Longest name of HTML 4's list: thetasym. A mark and two digits is the least that names a character.
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,7});")


def find_entities(text: str) -> list[Repair]:
    """Ascending, disjoint; neighbours of one length are one repair, so that its characters share the span evenly."""
    found: list[Repair] = []
    width = 0
    for match in _REFERENCE.finditer(text):
        character = _meant(match.group())
        if not character:
            continue
        length = match.end() - match.start()
        if found and found[-1].span.end == match.start() and width == length:
            before = found.pop()
            found.append(Repair(Span(before.span.start, match.end()), "html-entity", before.text + character))
        else:
            found.append(Repair(Span(*match.span()), "html-entity", character))
        width = length
    return found


def _meant(reference: str) -> str:
    """The character, "" where none is meant: an unknown name, a control character, half of a surrogate pair."""
    # html.entities takes 2 ms, and hardly any report has a reference.
    from html.entities import name2codepoint

    name = reference[1:-1]
    if name[0] != "#":
        return chr(name2codepoint[name]) if name in name2codepoint else ""
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
