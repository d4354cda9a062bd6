"""A page of a PDF -> `PageText`: its fragments with their places, what is hidden on it, and whether it shows pictures.

Source.      Hidden is what is drawn in white on the bare page, in no ink at all, smaller than anybody reads, or outside
             the page. Invisible letters over a picture are the text that a scanner recognised: they are read.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kejidiff.read.fragments import Fragment
from kejidiff.read.looks import PALE

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: Of 255; what lets so much through is not there.
_CLEAR: Final = 5
#: In points; the smallest print of a contract has 4.
_TINY: Final = 1.5
#: Share of a page that a picture covers where it is a scan.
_SCAN: Final = 0.4
#: Strokes of a page without text: letters drawn as outlines.
_STROKES: Final = 300
#: Objects of a page that are looked at.
_MOST_OBJECTS: Final = 20_000

#: Shapes that may lie behind letters; a page with more is a drawing, whose white letters are taken for seen.
_MOST_GROUNDS: Final = 1_000

#: How letters are drawn: not at all, by their outlines, filled with outlines.
_INVISIBLE_MODES: Final = (3, 7)
_OUTLINED, _FILLED_OUTLINED = (1, 5), (2, 6)
_BREAKS: Final = (0x0A, 0x0D)

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class PageText:
    """hidden      stretches that nobody sees
    characters  that are seen, blanks aside
    unmapped    those of them whose font does not say what they are
    pictured    it shows a picture, or letters drawn as outlines
    broken      it could not be read at all
    """

    fragments: list[Fragment] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    pictured: bool = False
    broken: bool = False


class _Glyph(NamedTuple):
    """A character with its box, left, bottom, right, top as PDF counts: upward."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    seen: bool


def page_text(document: "PdfDocument", number: int) -> PageText:
    """Raises `PdfiumError` for a page that does not open."""
    page = document[number]
    try:
        text = PageText()
        shapes = _Shapes(page)
        glyphs = _Reader(page, shapes).glyphs(text)
        height = page.get_height() if page.get_rotation() in (0, 180) else page.get_width()
        _fill(text, glyphs, height)
        text.pictured = shapes.scanned or (text.characters == 0 and shapes.drawn)
        return text
    finally:
        page.close()


def _fill(text: PageText, glyphs: list[_Glyph], height: float) -> None:
    """Runs of glyphs that follow one another on a line become fragments; what is not seen is put aside."""
    run: list[_Glyph] = []
    hidden: list[str] = []
    for glyph in glyphs:
        if not glyph.seen:
            hidden.append(glyph.char)
            continue
        if run and not _follows(run[-1], glyph):
            text.fragments.append(_fragment(run, height))
            run = []
        run.append(glyph)
    if run:
        text.fragments.append(_fragment(run, height))
    if covert := " ".join("".join(hidden).split()):
        text.hidden.append(covert)
    text.characters = sum(glyph.seen and not glyph.char.isspace() for glyph in glyphs)


def _follows(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(before.size, glyph.size)
    if before.char == " " and before.left == before.right:
        return abs(before.bottom - glyph.bottom) < 0.25 * size and 0 <= glyph.left - before.right < size
    level = abs(before.bottom - glyph.bottom) < 0.25 * size and abs(before.size - glyph.size) < 0.2 * size
    return level and -0.5 * size < glyph.left - before.right < 0.25 * size


def _fragment(run: list[_Glyph], height: float) -> Fragment:
    top, bottom = max(glyph.top for glyph in run), min(glyph.bottom for glyph in run)
    size = sorted(glyph.size for glyph in run)[len(run) // 2]
    solid = [glyph for glyph in run if not glyph.char.isspace()] or run
    left, right = min(glyph.left for glyph in solid), max(glyph.right for glyph in solid)
    text = "".join(glyph.char for glyph in run)
    return Fragment(text, left, right, height - top, height - bottom, size)


class _Shapes:
    """What a page shows besides text, looked at once."""

    def __init__(self, page: "PdfPage") -> None:
        import pypdfium2.raw as pdfium

        left, bottom, right, top = page.get_bbox()
        area = max((right - left) * (top - bottom), 1.0)
        self.filled: list[Box] = []
        strokes = pictures = 0
        covered = 0.0
        for number, shape in enumerate(page.get_objects(max_depth=3)):
            if number >= _MOST_OBJECTS:
                break
            if shape.type == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            try:
                box = shape.get_bounds()
            except RuntimeError:
                continue
            inside = _area_within(box, (left, bottom, right, top))
            if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures += inside > 0.02 * area
                covered += inside
            strokes += shape.type == pdfium.FPDF_PAGEOBJ_PATH
            if len(self.filled) < _MOST_GROUNDS and (shape.type != pdfium.FPDF_PAGEOBJ_PATH or _is_coloured(shape.raw)):
                self.filled.append(box)
        self.scanned = covered >= _SCAN * area
        self.drawn = bool(pictures) or strokes >= _STROKES

    def behind(self, x: float, y: float) -> bool:
        """Is there anything but the bare page?"""
        return len(self.filled) >= _MOST_GROUNDS or any(
            left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.filled
        )


def _area_within(box: Box, page: Box) -> float:
    width = min(box[2], page[2]) - max(box[0], page[0])
    height = min(box[3], page[3]) - max(box[1], page[1])
    return max(width, 0.0) * max(height, 0.0)


def _is_coloured(raw: Any) -> bool:
    """Whether a path is filled, and with a colour; a frame that is only drawn has nothing behind its letters."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    if pdfium.FPDFPath_GetDrawMode(raw, fill, stroke) and fill.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    return _ink(pdfium.FPDFPageObj_GetFillColor, raw) in (_Ink.SEEN, None)


class _Ink(Enum):
    """What a colour is to the eye, on paper."""

    SEEN, WHITE, CLEAR = range(3)


def _ink(ask: Callable[..., int], *of: Any) -> _Ink | None:
    """None where nothing is said."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(*of, red, green, blue, alpha):
        return None
    if alpha.value <= _CLEAR:
        return _Ink.CLEAR
    return _Ink.WHITE if min(red.value, green.value, blue.value) >= PALE else _Ink.SEEN


class _Reader:
    """The glyphs of a page, in the order in which it draws them."""

    def __init__(self, page: "PdfPage", shapes: _Shapes) -> None:
        self.page, self.shapes = page, shapes
        self.bounds: Box = page.get_bbox()
        self.modes: dict[int, int] = {}

    def glyphs(self, text: PageText) -> list[_Glyph]:
        """All of them that are no line ends of pdfium's making; counts the unmapped."""
        import pypdfium2.raw as pdfium

        textpage = self.page.get_textpage()
        try:
            raw = textpage.raw
            found: list[_Glyph] = []
            high = 0
            for at in range(max(pdfium.FPDFText_CountChars(raw), 0)):
                code = pdfium.FPDFText_GetUnicode(raw, at)
                if code in _BREAKS:
                    continue
                if code == 0x20 and pdfium.FPDFText_IsGenerated(raw, at) == 1:
                    # A blank that the page does not hold, but shows.
                    found += [found[-1]._replace(char=" ", left=found[-1].right)] if found else []
                    continue
                if 0xD800 <= code < 0xDC00:
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000:
                    code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
                high = 0
                if code > 0x10FFFF:
                    continue
                text.unmapped += code == 0 or (
                    pdfium.FPDFText_HasUnicodeMapError(raw, at) == 1 and not 0xE000 <= code < 0xF900
                )
                if (glyph := self._glyph(pdfium, raw, at, chr(code or 0xFFFD))) is not None:
                    found.append(self._on_page(glyph, found[-1] if found else None))
            return found
        finally:
            textpage.close()

    def _on_page(self, glyph: _Glyph, before: _Glyph | None) -> _Glyph:
        """The glyph; not seen where it stands beyond the right edge, and its line did not begin on the page."""
        if glyph.left <= self.bounds[2] + 1 or not glyph.seen:
            return glyph
        level = before is not None and before.seen and abs(before.bottom - glyph.bottom) < 0.25 * glyph.size
        return glyph._replace(seen=level and before is not None and glyph.left - before.right < 2 * glyph.size)

    def _glyph(self, pdfium: Any, raw: Any, at: int, char: str) -> "_Glyph | None":
        box = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(raw, at, box):
            return None
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        size = pdfium.FPDFText_GetFontSize(raw, at)
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(raw, at, matrix):
            size *= max((matrix.c**2 + matrix.d**2) ** 0.5, 1e-6)
        size = size if 0 < size < 10_000 else max(top - bottom, 0.1)
        x, y = (left + right) / 2, (bottom + top) / 2
        # Boxes differ by font; letters of one line have their baseline in common.
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        if pdfium.FPDFText_GetCharOrigin(raw, at, origin_x, origin_y):
            bottom = origin_y.value
            top = bottom + size
        seen = char.isspace() or not self._is_hidden(pdfium, raw, at, x, y, size)
        return _Glyph(char, left, bottom, right, top, size, seen)

    def _is_hidden(self, pdfium: Any, raw: Any, at: int, x: float, y: float, size: float) -> bool:
        left, bottom, right, top = self.bounds
        # A line that is too long runs over the right edge without anybody's meaning it.
        off = not (left - 1 <= x <= 2 * right - left and bottom - 1 <= y <= top + 1)
        if off or size < _TINY:
            return True
        mode = self._mode(pdfium, raw, at)
        if mode in _INVISIBLE_MODES:
            return not self.shapes.scanned
        ink = None if mode in _OUTLINED else _ink(pdfium.FPDFText_GetFillColor, raw, at)
        if mode in _OUTLINED or (mode in _FILLED_OUTLINED and ink != _Ink.SEEN):
            ink = _ink(pdfium.FPDFText_GetStrokeColor, raw, at)
        if ink == _Ink.CLEAR:
            return not self.shapes.scanned
        return ink == _Ink.WHITE and not self.shapes.behind(x, y)

    def _mode(self, pdfium: Any, raw: Any, at: int) -> int:
        shape = pdfium.FPDFText_GetTextObject(raw, at)
        if not shape:
            return 0
        address = ctypes.addressof(shape.contents)
        if address not in self.modes:
            self.modes[address] = pdfium.FPDFTextObj_GetTextRenderMode(shape)
        return self.modes[address]
