"""Run properties and styles of a Word document -> whether a run can be seen: not hidden, not tiny, not paper-coloured.

Source.      ECMA-376 part 1, 17.3.2 (run properties), 17.7 (styles): a run's own properties go before those of its
             character style, those before its paragraph's style, and every style's before those it is based on.
Limitations. A table's style counts only where it shades: white text on it is taken to be seen. A property that two
             styles switch on is on (Word would switch it off again).
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Final

from kejidiff.read.looks import NARROW, TINY, Look, is_pale
from kejidiff.read.xml import Element, below

_OFF: Final = {"0", "false", "off", "none"}


def look_of(properties: Element | None) -> Look:
    """What one `w:rPr` says."""
    if properties is None:
        return Look()
    found = {child.tag: child for child in properties}
    return Look(
        _switch(found.get("w:vanish")),
        _is_white(found),
        shading_of(properties),
        _is_tiny(found),
    )


def shading_of(properties: Element | None) -> bool | None:
    """Whether `w:shd` or `w:highlight` colours what is behind."""
    if properties is None:
        return None
    highlight = _value(below(properties, "w:highlight"))
    if highlight is not None:
        return highlight not in ("none", "white")
    shade = below(properties, "w:shd")
    if shade is None:
        return None
    pattern = shade.get("w:val", "clear")
    if pattern not in _NO_PATTERN and not is_pale(shade.get("w:color", "auto")):
        return True  # of dots or lines in another colour than the paper's; `auto` is black
    fill = shade.get("w:fill")
    if fill is None or fill == "auto":
        return True if shade.get("w:themeFill", "background1") not in _THEME_PAPER else None
    return None if pattern == "solid" else not is_pale(fill)


#: Patterns of which no ink is seen; below a seventh of black, white letters are not seen either.
_NO_PATTERN: Final = frozenset({"clear", "nil", "pct5", "pct10", "pct12"})
#: Colours of a theme that are the paper's; Word goes by a theme's colour, and writes what it stands for beside it.
_THEME_PAPER: Final = frozenset({"background1", "light1"})


def _is_white(found: Mapping[str, Element]) -> bool | None:
    """Word 2010's fillings and outlines of letters (of a namespace of its own) go before `w:color`."""
    outline = below(found.get("textOutline"), "solidFill")
    if (outline is not None and not is_pale(_solid(outline))) or _switch(found.get("w:outline")):
        return False
    filling = found.get("textFill")
    if below(filling, "noFill") is not None:
        return True
    if (solid := _solid(below(filling, "solidFill"))) is not None:
        return is_pale(solid)
    color = found.get("w:color")
    if color is not None and color.get("w:themeColor") in _THEME_PAPER:
        return "w:themeShade" not in color.attrib or bool(is_pale(color.get("w:val")))
    return is_pale(_value(color))


def _solid(filling: Element | None) -> str | None:
    color = below(filling, "srgbClr")
    return None if color is None else color.get("val")


#: Share of their size by which letters are drawn together. Titles have a tenth at most; at nine, all lie in one heap.
_CLOSED: Final = 0.9


def _is_tiny(found: Mapping[str, Element]) -> bool | None:
    """Too small to be seen, so narrow that letters are lines, or drawn so closely that they stand on one another."""
    width, size = _value(found.get("w:w")), _value(found.get("w:sz"))
    if width is not None and width.rstrip("%").isdecimal() and int(width.rstrip("%")) <= NARROW:
        return True
    if size is None or not size.isdecimal():
        return None
    spacing = _value(found.get("w:spacing")) or ""
    closed = spacing.startswith("-") and spacing[1:].isdecimal() and int(spacing[1:]) >= _CLOSED * 10 * int(size)
    return int(size) <= TINY or closed


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get("w:val")


def _switch(element: Element | None) -> bool | None:
    return None if element is None else element.get("w:val", "1").lower() not in _OFF


def _is_squeezed(spacing: Element | None) -> bool | None:
    """Lines of exactly two points or less: Word cuts off what stands out of them."""
    height = "" if spacing is None or spacing.get("w:lineRule") != "exact" else spacing.get("w:line", "")
    return True if height.isdecimal() and int(height) <= 20 * TINY else None


def is_flat(row: Element) -> bool:
    """Whether a table's row is of an exact height in which no letter is seen."""
    height = below(row, "w:trPr", "w:trHeight")
    if height is None or height.get("w:hRule") != "exact":
        return False
    value = height.get("w:val", "")
    return value.isdecimal() and 0 < int(value) <= 20 * TINY


class Styles:
    """`word/styles.xml`: the look of a style with all that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = ""
        self._base = Look()
        for style in () if root is None else root.iter("w:style"):
            name = style.get("w:styleId", "")
            self._styles[name] = style
            if style.get("w:type") == "paragraph" and style.get("w:default", "0").lower() not in _OFF:
                self._default = name
        if root is not None:
            self._base = look_of(below(root, "w:docDefaults", "w:rPrDefault", "w:rPr"))

    def paragraph(self, properties: Element | None) -> Look:
        """How a paragraph's runs look that say nothing themselves."""
        style = _value(below(properties, "w:pStyle"))
        shaded = Look(shaded=shading_of(properties), tiny=_is_squeezed(below(properties, "w:spacing")))
        return reduce(Look.over, (shaded, self._of(style or self._default), self._base))

    def run(self, properties: Element | None, paragraph: Look) -> Look:
        """How a run of such a paragraph looks."""
        style = _value(below(properties, "w:rStyle"))
        return reduce(Look.over, (look_of(properties), self._of(style or ""), paragraph))

    def shades(self, table_style: str | None) -> bool:
        """True where a table's style, or one it is based on, colours any cells."""
        return any(shading_of(cell) for style in self._chain(table_style or "") for cell in style.iter("w:tcPr"))

    def _of(self, name: str) -> Look:
        if name not in self._looks:
            own = [
                look_of(below(style, "w:rPr")).over(Look(shaded=shading_of(below(style, "w:pPr"))))
                for style in self._chain(name)
            ]
            self._looks[name] = reduce(Look.over, own, Look())
        return self._looks[name]

    def _chain(self, name: str) -> Iterable[Element]:
        """A style and those it is based on; a circle ends where it closes."""
        chain: dict[str, Element] = {}
        while name in self._styles and name not in chain:
            chain[name] = self._styles[name]
            name = _value(below(chain[name], "w:basedOn")) or ""
        return chain.values()
