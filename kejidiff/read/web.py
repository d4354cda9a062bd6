"""Bytes of a web page -> all its visible text, block by block, with furniture and hidden text marked; nothing dropped.

The bytes say what encoding they are in, the page's own word for it is a hint: a GBK page that calls itself UTF-8 is
read as GBK. resiliparse's door.

Source.      Which parser and why: of three tried, one made a single line of a `<br>` page and one lost what is nested
             300 deep; this one makes of damaged markup what a browser does.
Limitations. What only a script would show is not there. Pages in UTF-7, MHTML and frames are not read.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kejidiff.model import Exclusion, Reservation
from kejidiff.model.document import ExclusionReason
from kejidiff.read.decode import Decoded, decode_markup
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.web_furniture import furniture
from kejidiff.read.web_tree import Block, Page, Piece, hidden, parsed
from kejidiff.span import Span

_BETWEEN: Final = "\n\n"
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
#: Hidden Hanzi outside furniture that are no accident; the least run that counts as copied, by the field's rule.
_EVASION_HAN: Final = 13
#: What an XML parser takes as empty, an HTML parser takes as opened, and swallows the page with.
_EMPTY_TAG: Final = re.compile(r"<(script|style|title|textarea|iframe|noscript|a|b|i|p|div|span|td)(\s[^<>]*)?/>", re.I)
_XHTML: Final = re.compile(r"\s*(?:\ufeff)?<\?xml|<html[^>]*\sxmlns=", re.IGNORECASE)
_META: Final = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_SITE_NAME: Final = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|--+|——|-(?=[\u4e00-\u9fff]+(?:网|局|政府|厅|委|站)$)")
#: A title of less says nothing (首页, 无标题).
_TITLE_HAN: Final = 4

#: A column of lines cut by width: so many, each this long, all but the last within two characters of the longest.
_COLUMN, _COLUMN_WIDTH, _COLUMN_SLACK = 4, (18, 80), 2
_ENDED: Final = re.compile(r"[。！？；：…”」』）)》.!?;:]\s*$")


class _Line(NamedTuple):
    """A line of the text to be: its pieces, and what stands between it and the one before."""

    pieces: tuple[tuple[str, ExclusionReason | None], ...]
    before: str = _BETWEEN


def extract(data: bytes, encoding: str | None = None) -> Extracted:
    """The text of a page; raises `UnparsableError` where there is none.

    `encoding` forces a codec of Python's; raises `UsageError` for a name that is none.
    """
    hint = _META.search(data, 0, 4096)
    decoded = decode_markup(data, hint[1].decode("ascii") if hint else "", encoding)
    if not isinstance(decoded, Decoded):
        raise UnparsableError(decoded.reason, decoded.message)
    markup = decoded.text
    if _XHTML.search(markup, 0, 2048):
        markup = _EMPTY_TAG.sub(r"<\1\2></\1>", markup)
    page = parsed(markup)
    text, marked, evasion = _assembled(page)
    if not any(map(str.isalnum, text)):
        raise UnparsableError("no-text", "a page without words: pictures, frames or scripts alone")
    return Extracted(text, marked, evasion, decoded.encoding, decoded.replaced)


def _assembled(page: Page) -> tuple[str, tuple[Exclusion, ...], tuple[Reservation, ...]]:
    chrome = furniture(page)
    revealed = _revealed(page, chrome)
    lines = list(_lines(page, chrome, revealed))
    if title := _title(page, chrome):
        lines.insert(0, _Line(((title, None),)))
    pieces: list[str] = []
    marked: list[Exclusion] = []
    at = 0
    for line in lines:
        if pieces:
            pieces.append(line.before)
            at += len(line.before)
        for text, reason in line.pieces:
            if reason is not None:
                before = marked[-1] if marked else None
                start = before.span.start if before and before.span.end == at and before.reason == reason else at
                if start != at:
                    marked.pop()
                marked.append(Exclusion(Span(start, at + len(text)), reason))
            pieces.append(text)
            at += len(text)
    text = "".join(pieces)
    return text, tuple(marked), _evasion(text, page, chrome, marked)


def _lines(page: Page, chrome: list[bool], revealed: bool) -> Iterator[_Line]:
    cut = _column_lines(page.blocks)
    rows = _rows(page)
    shown = None
    for at, block in enumerate(page.blocks):
        pieces = tuple(_piece(piece, block, chrome[at], revealed) for piece in block.pieces)
        if rows[at] is not None and rows[at] == shown:
            between: ExclusionReason | None = "web-chrome" if chrome[at] and chrome[at - 1] else None
            yield _Line((("\t", between), *pieces), "")
        else:
            yield _Line(pieces, "\n" if at in cut else _BETWEEN)
        shown = rows[at]


def _piece(piece: Piece, block: Block, chrome: bool, revealed: bool) -> tuple[str, ExclusionReason | None]:
    if hidden(piece, block) and (piece.faint or not revealed):
        return piece.text, "hidden"
    return piece.text, "web-chrome" if chrome else None


def _revealed(page: Page, chrome: list[bool]) -> bool:
    """True where more is hidden than seen, outside furniture: a page that a script is to show."""
    gone = seen = 0
    for block, aside in zip(page.blocks, chrome, strict=True):
        for piece in () if aside else block.pieces:
            han = len(_HAN.findall(piece.text))
            if not hidden(piece, block):
                seen += han
            elif not piece.faint:
                gone += han
    return gone > seen


def _rows(page: Page) -> list[int | None]:
    """By block: the row it is a cell of, where its table holds data; a table that lays a page out has no rows."""
    places = [_row_and_table(page, block.element) for block in page.blocks]
    nested: set[int] = {table for _, table, around in places if around for table in around}
    long: set[int] = {
        table for (_, table, _), block in zip(places, page.blocks, strict=True) if len(block.text) > _CELL_LENGTH
    }
    columns: dict[int, set[int]] = {}
    for row, table, _ in places:
        columns.setdefault(table, set()).add(row)
    return [
        row if table >= 0 and table not in nested and table not in long and len(columns[table]) > 1 else None
        for row, table, _ in places
    ]


#: A cell with more holds an article: the table is there for layout.
_CELL_LENGTH: Final = 400
#: How far above a block its row is looked for.
_REACH: Final = 40


def _row_and_table(page: Page, place: int) -> tuple[int, int, tuple[int, ...]]:
    """The row and the table a block is in, -1 where none, and the tables around that."""
    row = -1
    tables: list[int] = []
    for _ in range(_REACH):
        if place < 0:
            break
        tag = page.elements[place].tag
        if tag == "tr" and row < 0 and not tables:
            row = place
        if tag == "table":
            tables.append(place)
        place = page.elements[place].parent
    return row, tables[0] if tables and row >= 0 else -1, tuple(tables[1:])


def _column_lines(blocks: list[Block]) -> set[int]:
    """Places of blocks that may go on the one before: `<br>` at the end of every line of one width, no indents."""
    found: set[int] = set()
    first = 0
    while first < len(blocks):
        last = first
        while blocks[last].broken and last + 1 < len(blocks) and blocks[last + 1].element == blocks[last].element:
            last += 1
        lengths = [len(block.text) for block in blocks[first : last + 1]]
        width = max(lengths)
        full = [
            first + at
            for at, length in enumerate(lengths)
            if length >= width - _COLUMN_SLACK and not _ENDED.search(blocks[first + at].text)
        ]
        if _COLUMN_WIDTH[0] <= width <= _COLUMN_WIDTH[1] and len(full) >= max(_COLUMN, len(lengths) // 2):
            found.update(at + 1 for at in full if at < last)
        first = last + 1
    return found


def _title(page: Page, chrome: list[bool]) -> str:
    """The page's title without the site's name, where no block of the report holds it."""
    if not page.title:
        return ""
    parts = [part.strip() for part in _SITE_NAME.split(page.title) if part.strip()]
    titles = [part for part in parts if len(_HAN.findall(part)) >= _TITLE_HAN]
    if not titles:
        return ""
    shown = ["".join(block.text.split()) for block, aside in zip(page.blocks, chrome, strict=True) if not aside]
    if any("".join(title.split()) in text for title in titles for text in shown if len(text) <= 200):
        return ""
    return titles[0]


def _evasion(text: str, page: Page, chrome: list[bool], marked: list[Exclusion]) -> tuple[Reservation, ...]:
    """One reservation where hidden Hanzi stand amid a paragraph that is seen, or are many outside furniture."""
    covert = sum(
        len(_HAN.findall(piece.text))
        for block, aside in zip(page.blocks, chrome, strict=True)
        for piece in (() if aside else block.pieces)
        if hidden(piece, block)
    )
    spans = [one.span for one in marked if one.reason == "hidden" and _HAN.search(one.span.of(text))]
    amid = [span for span in spans if _touches_prose(text, span)]
    if not spans or not (amid or covert >= _EVASION_HAN):
        return ()
    han = sum(len(_HAN.findall(span.of(text))) for span in spans)
    message = f"{han:,} Hanzi in {len(spans):,} place{'s' * (len(spans) > 1)} that the page hides from its reader"
    return (Reservation("evasion-suspected", message, (amid or spans)[0]),)


def _touches_prose(text: str, span: Span) -> bool:
    """Hanzi on both sides, in the same line."""
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    return bool(before and after and before not in "\n\t" and after not in "\n\t") and (
        _HAN.search(text[max(span.start - 3, 0) : span.start]) is not None
        and _HAN.search(text[span.end : span.end + 3]) is not None
    )
