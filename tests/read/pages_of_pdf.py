"""PDFs for the tests, made by reportlab, whose font of Hanzi needs no file; and by hand, what no program makes."""

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
MARGIN, BETWEEN = 70, 24

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def report(paragraphs: Sequence[str], columns: int = 1, running: str = "", indented: bool = True) -> bytes:
    """The first paragraph as a title, the others as text; with `running` a header and a page number on every page."""

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        if running:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 45, running)
            canvas.drawCentredString(WIDTH / 2, 40, f"- {document.page} -")

    out = io.BytesIO()
    width = (WIDTH - 2 * MARGIN - (columns - 1) * BETWEEN) / columns
    lefts = [MARGIN + at * (width + BETWEEN) for at in range(columns)]
    frames = [Frame(left, MARGIN, width, HEIGHT - 2 * MARGIN, 0, 0, 0, 0) for left in lefts]
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=18, wordWrap="CJK")
    body.firstLineIndent, body.spaceAfter = (21, 0) if indented else (0, 10)
    title = ParagraphStyle("title", fontName=FONT, fontSize=18, leading=28, alignment=1, wordWrap="CJK")
    document.build([Paragraph(escape(paragraphs[0]), title)] + [Paragraph(escape(one), body) for one in paragraphs[1:]])
    return out.getvalue()


def drawn(*pages: Callable[[Canvas], object], encrypt: str | None = None) -> bytes:
    """A PDF whose pages are drawn one after the other."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(canvas: Canvas) -> None:
    """A grey picture over the whole page: a scan."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 0, 0, WIDTH, HEIGHT)


def without_meanings(count: int) -> bytes:
    """Two-byte codes in a font that does not say which characters they are."""
    codes = "".join(f"{code:04X}" for code in range(0x0101, 0x0101 + count))
    content = f"BT /F1 12 Tf 70 700 Td <{codes}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/ABCDEF+X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 900/Descent -100"
        "/CapHeight 700/StemV 80>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
