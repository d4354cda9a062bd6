"""Bytes of an OFD (GB/T 33190-2016, the national e-document format) -> `Extracted`: the text of its pages, reflowed.

A page is made of text objects, each with a boundary on the page and text at a place in it, mostly a line or a piece of
one. Lengths are millimetres, y grows downwards.

Source.      GB/T 33190-2016, 7 (document), 8.2 (page), 11 (text), 8.4 (transformations).
Limitations. Annotations, attachments and signatures are left out; a page that is a picture has no text. The characters
             are those of TextCode, whatever glyphs are drawn for them.
"""

import posixpath
from collections.abc import Iterator
from typing import Final

from kejidiff.model import Reservation
from kejidiff.read.blocks import Block, Run, chained, cleaned, joined
from kejidiff.read.containers import Container
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.lines import Fragment, reflow
from kejidiff.read.looks import PALE
from kejidiff.read.xml import Element, below, children, parsed

#: Smallest type that can be read, in millimetres: a point is .35.
_TINY: Final = 0.36
#: Fewer characters on a page with a picture are no page of text.
_FEW: Final = 20
#: Of a Hanzi's box what lies above the baseline.
_ABOVE: Final = 0.86


def extract(data: bytes) -> Extracted:
    """The text of the document. UnparsableError with a reason code where there is none to be had."""
    container = Container(data)
    container.refuse_twins()
    if any(name.endswith("Encryptions.xml") for name in container.names):
        raise UnparsableError("encrypted", "needs a password or a certificate")
    roots = [root.text or "" for root in parsed(container.read("OFD.xml")).iter("ofd:DocRoot")]
    return chained(part for root in roots for part in _document(container, _within("", root)))


def _document(container: Container, name: str) -> Iterator[Extracted]:
    """The text of one document, and behind it what nobody sees of it, page by page."""
    contents = list(_pages(container, name))
    pages = [list(_pieces(page)) for page in contents]
    shown = [[piece for piece, hidden in page if not hidden] for page in pages]
    text, marked, _ = reflow(shown)
    if any(map(str.isalnum, text)):
        yield Extracted(text, marked, tuple(_without_text(contents, pages)))
    unseen = ["".join(piece.text for piece, hidden in page if hidden) for page in pages]
    if any(map(str.isalnum, "".join(unseen))):
        yield joined(Block([Run(text, hidden=True)]) for text in unseen)


def _without_text(contents: list[list[Element]], pages: list[list[tuple[Fragment, bool]]]) -> Iterator[Reservation]:
    """Scans among the pages: a picture with a stamp or a number on it at most."""
    unread = [
        number
        for number, (parts, pieces) in enumerate(zip(contents, pages, strict=True), start=1)
        if any(next(part.iter("ofd:ImageObject"), None) is not None for part in parts)
        and sum(len(piece.text) for piece, _ in pieces) < _FEW
    ]
    if unread:
        first = ", ".join(map(str, unread[:10]))
        message = f"{len(unread):,} of {len(pages):,} pages are pictures without text (page {first})"
        yield Reservation("pages-without-text", message)


def _pages(container: Container, name: str) -> Iterator[list[Element]]:
    """For each page its content and that of the templates it is laid over."""
    document, folder = parsed(container.read(name)), posixpath.dirname(name)
    templates = {
        template.get("ID", ""): _within(folder, template.get("BaseLoc", ""))
        for template in document.iter("ofd:TemplatePage")
    }
    for page in document.iter("ofd:Page"):
        content = parsed(container.read(_within(folder, page.get("BaseLoc", ""))))
        used = [templates.get(template.get("TemplateID", ""), "") for template in content.iter("ofd:Template")]
        yield [content, *(parsed(part) for name in used if (part := container.find(name)) is not None)]


def _within(folder: str, location: str) -> str:
    """A location as the standard has it: from the folder of the file that says it, or from the root with `/`."""
    return posixpath.normpath(posixpath.join("/", folder, location.strip())).lstrip("/")


def _pieces(page: list[Element]) -> Iterator[tuple[Fragment, bool]]:
    """Stretches of text with their boxes, and whether each is hidden."""
    drawn = any(shape.get("Fill") == "true" for part in page for shape in part.iter("ofd:PathObject"))
    pictured = any(True for part in page for _ in part.iter("ofd:ImageObject"))
    for text in (text for part in page for text in part.iter("ofd:TextObject")):
        left, top, *_ = (*_numbers(text.get("Boundary", "")), 0.0, 0.0)
        a, b, c, d, e, f = _matrix(text.get("CTM", ""))
        own = _number(text.get("Size"), 1.0)
        size = abs(own * (d or b or 1.0))
        hidden = text.get("Visible") == "false" or (not pictured and _unseen(text, size, drawn))
        x = y = 0.0  # a TextCode that gives no place is where the one before it was
        for code in children(text, "ofd:TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            content = cleaned(code.text or "")
            steps = _steps(code.get("DeltaX", "")) or [own] * (len(content) - 1)
            start, base = left + a * x + c * y + e, top + b * x + d * y + f
            end = start + sum(steps[: len(content) - 1]) * abs(a or 1.0) + size
            yield Fragment(content, start, end, base - _ABOVE * size, base + (1 - _ABOVE) * size, size), hidden


def _unseen(text: Element, size: float, drawn: bool) -> bool:
    """Transparent, tiny; white unless shapes are drawn on the page that it may stand on.

    Not asked where the page has a picture: a scan with its recognised text put behind it is no hiding.
    """
    colour = below(text, "ofd:FillColor")
    values = _numbers("" if colour is None else colour.get("Value", ""))
    white = len(values) == 3 and min(values) >= PALE
    clear = text.get("Alpha") == "0" or (colour is not None and colour.get("Alpha") == "0")
    return clear or size <= _TINY or (white and not drawn)


def _steps(deltas: str) -> list[float]:
    """`DeltaX`: distances, of which `g 3 5.2` means three of 5.2."""
    words, steps = deltas.split(), list[float]()
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            steps += [_number(words[at + 2], 0.0)] * min(int(_number(words[at + 1], 0.0)), 10_000)
            at += 3
        else:
            steps.append(_number(words[at], 0.0))
            at += 1
    return steps


def _matrix(words: str) -> list[float]:
    values = _numbers(words)
    return values if len(values) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


def _numbers(words: str) -> list[float]:
    return [_number(word, 0.0) for word in words.split()]


def _number(word: str | None, default: float) -> float:
    """A number of a page's order of magnitude; whatever is none is the default."""
    try:
        value = float(word or "")
    except ValueError:
        return default
    return value if abs(value) < 1e6 else default
