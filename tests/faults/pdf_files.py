"""Lines of text with their places -> a PDF, as reportlab (a dependency of the tests) writes it."""

import io
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

FONT: Final = "STSong-Light"

#: Hanzi on a line of the text block, so that paragraphs are broken as a word processor breaks them.
MEASURE: Final = 34
Draw = Callable[[Any], None]


@cache
def _reportlab() -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return canvas


def drawn(*pages: Draw, password: str | None = None, owner: str = "owner", compressed: bool = True) -> bytes:
    """One page for each function, which is given the canvas."""
    out = io.BytesIO()
    protection: Any = None
    if password is not None:
        from reportlab.lib.pdfencrypt import StandardEncryption

        protection = StandardEncryption(password, ownerPassword=owner, strength=128)
    canvas = _reportlab().Canvas(out, pagesize=(595, 842), invariant=1, encrypt=protection, pageCompression=compressed)
    for draw in pages:
        canvas.setFont(FONT, 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines_of(paragraphs: Iterable[str], measure: int = MEASURE) -> list[str]:
    """Paragraphs broken into lines, the first of each indented by two Hanzi."""
    lines = []
    for paragraph in paragraphs:
        indented = "\u3000\u3000" + paragraph
        lines += [indented[at : at + measure] for at in range(0, len(indented), measure)]
    return lines


def page(paragraphs: Iterable[str], head: str = "", foot: str = "", left: int = 72, measure: int = MEASURE) -> Draw:
    """A page of running text with a header and a footer."""

    def draw(canvas: Any) -> None:
        if head:
            canvas.drawString(200, 810, head)
        for at, line in enumerate(lines_of(paragraphs, measure)):
            canvas.drawString(left, 760 - 22 * at, line)
        if foot:
            canvas.drawString(290, 30, foot)

    return draw


def pdf(*paragraphs: str) -> bytes:
    """One page."""
    return drawn(page(paragraphs))
