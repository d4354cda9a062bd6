"""Text of a file -> units that people reuse whole: articles of a regulation, sentences of a report.

A unit's `key` is what it says without marks and blanks, and an article's without its number, which changes whenever
another article is put in before it. Folding here is on purpose not the program's own, so that labels do not lean on
what they are to judge: NFKC, letters and digits kept, nothing else done.
"""

import re
import unicodedata
from typing import NamedTuple

from kejidiff.span import Span

_NUMBER = "[一二三四五六七八九十百零〇○0-9]+"
_ARTICLE = re.compile(rf"[ \t　]*第{_NUMBER}条(?:之{_NUMBER})?(?![、和至或的规款，第])[ \t　]*")
_HEADING = re.compile(rf"[ \t　]*第{_NUMBER}[编章节](?=[ \t　]|$)")
_SENTENCE = re.compile(r"[^。！？；\n]+")
#: Sentences below this are greetings, headings and list marks: 131 of the county reports' 1,324.
SENTENCE_FROM = 12


class Unit(NamedTuple):
    """`span` in code points of the file; `name` is the article's number as printed, or the sentence's ordinal."""

    name: str
    span: Span
    key: str


def key_of(text: str) -> str:
    """Letters and digits of the text in their plain form, lower case."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", text).lower() if mark.isalnum())


def articles(text: str) -> list[Unit]:
    """Every 第N条 from behind its number to the next article, chapter or the end; empty ones are left out."""
    found: list[Unit] = []
    name, start, end = "", -1, 0
    for line in re.finditer(r"[^\n]+", text):
        opening = _ARTICLE.match(text, line.start(), line.end())
        if opening or _HEADING.match(text, line.start(), line.end()):
            _add(found, text, name, Span(start, end))
            name, start = (opening.group().strip(), opening.end()) if opening else ("", -1)
        end = line.end()
    _add(found, text, name, Span(start, end))
    return found


def sentences(text: str) -> list[Unit]:
    """Every stretch between sentence marks or line ends with at least `SENTENCE_FROM` characters in its key."""
    found: list[Unit] = []
    for match in _SENTENCE.finditer(text):
        if len(key_of(match.group())) >= SENTENCE_FROM:
            _add(found, text, str(len(found) + 1), Span(*match.span()))
    return found


def _add(found: list[Unit], text: str, name: str, span: Span) -> None:
    if span.start < 0:
        return
    body = span.of(text)
    start = span.start + len(body) - len(body.lstrip())
    span = Span(start, max(start, span.start + len(body.rstrip())))
    key = key_of(span.of(text))
    if key:
        found.append(Unit(name, span, key))
