"""Run properties and styles of a Word document -> whether a run can be seen: not hidden, not tiny, not paper-coloured.

Source.      ECMA-376 part 1, 17.3.2 (run properties), 17.7 (styles): a run's own properties go before those of its
             character style, those before its paragraph's style, and every style's before those it is based on.
Limitations. A table's style counts only where it shades: white text on it is taken to be seen. A property that two
             styles switch on is on (Word would switch it off again).
"""

from collections.abc import Iterable
from functools import reduce
from typing import Final

from kejidiff.read.looks import TINY, Look, is_pale
from kejidiff.read.xml import Element, below

_OFF: Final = {"0", "false", "off", "none"}


def look_of(properties: Element | None) -> Look:
    """What one `w:rPr` says."""
    if properties is None:
        return Look()
    found = {child.tag: child for child in properties}
    size = _value(found.get("w:sz"))
    return Look(
        _switch(found.get("w:vanish")),
        is_pale(_value(found.get("w:color"))),
        shading_of(properties),
        None if size is None or not size.isdecimal() else int(size) <= TINY,
    )


def shading_of(properties: Element | None) -> bool | None:
    """Whether `w:shd` or `w:highlight` colours what is behind."""
    if properties is None:
        return None
    shade = below(properties, "w:shd")
    fill = None if shade is None else shade.get("w:fill")
    if shade is not None and shade.get("w:val") == "solid":
        fill = shade.get("w:color", fill)
    highlight = _value(below(properties, "w:highlight"))
    if highlight is not None:
        return highlight not in ("none", "white")
    return None if fill is None or fill == "auto" else not is_pale(fill)


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get("w:val")


def _switch(element: Element | None) -> bool | None:
    return None if element is None else element.get("w:val", "1").lower() not in _OFF


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
        shaded = Look(shaded=shading_of(properties))
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
