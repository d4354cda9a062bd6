"""First bytes -> whether they begin a web page: declared as one, or a fragment of one saved without its head.

Source.      How pages begin, by the HTML standard's own rules for a parser: blanks, comments, a declaration of XML, a
             document type, `<html>`, or what belongs into the head.
Limitations. A fragment counts only where its first tag is one of `_FRAGMENTS` and tags are closed soon: a sentence
             that begins with a tag's name is prose about the web. Pages that begin with text are plain text.
"""

import re
from typing import Final

#: Bytes that are looked at; a document type stands in the first hundred of nearly every page, comments before it.
HEAD: Final = 1024

_BEFORE: Final = re.compile(r"(?:[\s\ufeff]|<!--.*?-->|<\?[^>]*>)*", re.DOTALL)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|frameset|base|title)[\s>/]", re.IGNORECASE)
_LATER: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_FRAGMENT: Final = re.compile(
    r"<(div|p|table|span|section|article|main|ul|ol|h[1-6]|center|font|style|script|link|blockquote|br|strong|b)"
    r"(?:\s+[a-z][\w:-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?>",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSING: Final = re.compile(r"</[a-z]", re.IGNORECASE)
#: Tags (opening and closing) in a fragment's first 1,024 bytes that make it one: an opening and a closing at least.
_LEAST_TAGS: Final = 2
#: Markdown may hold a centred picture or a folded list at its head; then its own marks follow.
_MARKDOWN: Final = re.compile(r"^(?:#{1,6} |[-*] |\d+\. |```|\|.*\|\s*$)", re.MULTILINE)


def looks_like_html(data: bytes) -> bool:
    """True where the bytes begin a web page, in any encoding that ASCII can be seen in, or UTF-16."""
    head = _ascii_of(data[: 2 * HEAD])[:HEAD]
    start = _BEFORE.match(head)
    at = start.end() if start else 0
    if _PAGE.match(head, at):
        return True
    if head.lstrip().startswith("<!--") or head.lstrip().startswith("<?xml"):
        return _LATER.search(head) is not None
    return _is_fragment(head, at)


def _is_fragment(head: str, at: int) -> bool:
    if not _FRAGMENT.match(head, at):
        return False
    tags = _TAG.findall(head, at)
    return len(tags) >= _LEAST_TAGS and _CLOSING.search(head, at) is not None and not _MARKDOWN.search(head)


def _ascii_of(data: bytes) -> str:
    """The bytes as characters, without byte order mark; of UTF-16 each unit one, what is not ASCII as U+FFFD."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(name, "replace")
    if data[:2] == b"<\x00" or (data[1:2] == b"\x00" and data[3:4] == b"\x00"):
        return data.decode("utf-16-le", "replace")
    if data[:2] == b"\x00<" or (data[:1] == b"\x00" and data[2:3] == b"\x00"):
        return data.decode("utf-16-be", "replace")
    return data.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\x84\x31\x95\x33").decode("latin-1")
