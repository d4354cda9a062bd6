"""Bytes of a PDF -> its text, reflowed into paragraphs, with page headers, footers, numbers and hidden text marked.

pdfium's door. Beware: pdfium has one state for the whole process and knows no threads.

Terms.       A page is *without text* where it shows a picture, or hundreds of strokes, and has no text but page marks:
             a scan. A document of such pages has no text; where only some are, the rest is read and that is said.
Limitations. What fonts draw is not looked at: a font that lies about its letters is noticed only where they make no
             sense. Text from top to bottom, forms and notes are not read.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kejidiff.background.characters import table
from kejidiff.model import Exclusion, Reservation
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.lines import Reflowed, reflow
from kejidiff.read.pdf_page import PageText, page_text
from kejidiff.span import Span

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

#: A volume of statutes has 2,000.
MOST_PAGES: Final = 5_000
#: Characters of a document; some 30 million are the largest that fits into the memory a parser gets.
MOST_CHARACTERS: Final = 20_000_000

#: Share of characters without a meaning (private area, controls, no entry in the font's table) from which on the
#: whole is no text. Real documents have a bullet or a logo: below one in a hundred.
_GARBLED: Final = 0.2
#: Greatest mean cost in bits of the Hanzi of a text; real prose is below 11 (`read.decode`), Hanzi at random cost 17.
_MEAN_BITS: Final = 13.5
_LEAST_HAN: Final = 50
#: Hidden characters that are no accident.
_EVASION: Final = 4

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_MEANINGLESS: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\x00-\x08\x0e-\x1f]")

#: pdfium's own numbers for why a document does not open.
_PASSWORD, _SECURITY = 4, 5


def extract(data: bytes) -> Extracted:
    """The text of a PDF; raises `UnparsableError` where there is none."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise UnparsableError("encrypted", "a PDF that needs a password") from error
        raise UnparsableError("damaged", "no PDF that can be opened") from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise UnparsableError("too-large", f"{count:,} pages; at most {MOST_PAGES:,} are read")
        return _extracted(_pages(document, count))
    finally:
        document.close()


def _pages(document: "PdfDocument", count: int) -> list[PageText]:
    from pypdfium2 import PdfiumError

    pages: list[PageText] = []
    characters = 0
    for number in range(count):
        try:
            page = page_text(document, number)
        except PdfiumError:
            page = PageText(broken=True)
        characters += page.characters
        if characters > MOST_CHARACTERS:
            raise UnparsableError("too-large", f"more than {MOST_CHARACTERS:,} characters")
        pages.append(page)
    if not pages or all(page.broken for page in pages):
        raise UnparsableError("damaged", "a PDF without a page that can be read")
    return pages


def _extracted(pages: Sequence[PageText]) -> Extracted:
    _refuse_garbled(pages)
    reflowed = reflow([page.fragments for page in pages])
    body = [
        bool(has) and (page.characters >= _FEW or not page.pictured)
        for has, page in zip(reflowed.body, pages, strict=True)
    ]
    if not any(body):
        raise UnparsableError("no-text", "pages without text: scanned, or empty (recognise its text first)")
    text, hidden = _with_hidden(reflowed, [text for page in pages for text in page.hidden])
    warnings = (*_without_text(pages, body), *_evasion(text, hidden))
    return Extracted(text, (*reflowed.marked, *hidden), warnings)


#: A page with a picture and fewer characters is a scan with a stamp, a number or a line of its scanner on it.
_FEW: Final = 20


def _with_hidden(reflowed: Reflowed, hidden: Sequence[str]) -> tuple[str, tuple[Exclusion, ...]]:
    """The text, and after it what nobody sees of it, each page's a block."""
    pieces, marked, length = [reflowed.text], list[Exclusion](), len(reflowed.text)
    for text in hidden:
        pieces += ["\n\n", text]
        marked.append(Exclusion(Span(length + 2, length + 2 + len(text)), "hidden"))
        length += 2 + len(text)
    return "".join(pieces), tuple(marked)


def _without_text(pages: Sequence[PageText], body: Sequence[bool]) -> Iterator[Reservation]:
    unread = [
        number
        for number, (page, has) in enumerate(zip(pages, body, strict=True), start=1)
        if not has and (page.pictured or page.broken)
    ]
    if unread:
        named = ", ".join(map(str, unread[:10])) + (", …" if len(unread) > 10 else "")
        message = f"{len(unread):,} of {len(pages):,} pages have no text that can be read (page {named})"
        yield Reservation("pages-without-text", message)


def _evasion(text: str, hidden: Sequence[Exclusion]) -> Iterator[Reservation]:
    spans = [one.span for one in hidden]
    count = sum(sum(map(str.isalnum, span.of(text))) for span in spans)
    if count >= _EVASION:
        message = f"{count:,} characters that the page hides from its reader (white, tiny, or off the page)"
        yield Reservation("evasion-suspected", message, spans[0])


def _refuse_garbled(pages: Sequence[PageText]) -> None:
    """Raises where the fonts do not say what their letters are, or say it wrong."""
    text = "".join(fragment.text for page in pages for fragment in page.fragments)
    solid = sum(not char.isspace() for char in text)
    if solid and len(_MEANINGLESS.findall(text)) + sum(page.unmapped for page in pages) > _GARBLED * solid:
        raise UnparsableError("garbled-text", "its fonts do not say which characters they draw (print it anew)")
    han = "".join(_HAN.findall(text[:1_000_000]))
    if len(han) >= _LEAST_HAN and table().bits(han) > _MEAN_BITS * len(han):
        raise UnparsableError("garbled-text", "its fonts say wrongly which characters they draw (print it anew)")
