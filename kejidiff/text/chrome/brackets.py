"""original text -> addresses and notices that a site put in brackets at the end of a paragraph.

The bracket alone is furniture; the line it closes is a whole paragraph of the report.
"""

import re
from functools import cache
from typing import Final

from kejidiff.span import Span

#: Characters between a bracket's ends and the address in it; the sample's bracket has 14 before and 18 after.
_REACH: Final = 31


def bracketed_notices(text: str) -> list[Span]:
    """Brackets, ascending, with an address or a 转载请注明 at most 30 characters from either end; ends included."""
    found: list[Span] = []
    for hit in _hint().finditer(text):
        if found and hit.start() < found[-1].end:
            continue
        opened = _opened().search(text, max(0, hit.start() - _REACH), hit.start())
        closed = _closed().match(text, hit.start(), hit.end() + _REACH)
        if opened and closed and _address().search(text, opened.start(), closed.end()):
            found.append(Span(opened.start(), closed.end()))
    return found


@cache
def _hint() -> re.Pattern[str]:
    """What every address has; a literal first character lets the search skip through paragraphs."""
    return re.compile(r"\.[A-Za-z\d]|转载请注明|轉載請註明")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"www\.|https?:|\.(?:com|net|cn|org)(?![a-z])|转载请|轉載請", re.IGNORECASE)


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(r"[(（\[【][^()（）\[\]【】\r\n]*\Z")


@cache
def _closed() -> re.Pattern[str]:
    return re.compile(r"[^()（）\[\]【】\r\n]*[)）\]】]")
