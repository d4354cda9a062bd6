"""Styles of an OpenDocument text -> whether text of a style can be seen.

Source. OpenDocument 1.2 part 1, 16 (styles) and 20 (formatting attributes): a style goes before the one it comes from.
"""

from collections.abc import Iterator
from functools import reduce
from typing import Final

from kejidiff.read.looks import NARROW, TINY, Look, is_pale
from kejidiff.read.xml import Element

#: Lengths in points.
_POINTS: Final = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75}


class Styles:
    """Every named style of `styles.xml` and `content.xml`, by family and name."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        for root in roots:
            for style in () if root is None else root.iter("style:style"):
                self._styles[style.get("style:family", ""), style.get("style:name", "")] = style

    def look(self, family: str, name: str | None) -> Look:
        """How text looks by a style and all that it comes from."""
        return reduce(Look.over, (_look_of(style) for style in self._chain(family, name or "")), Look())

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        known: set[str] = set()
        while (family, name) in self._styles and name not in known:
            known.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get("style:parent-style-name", "")


def _look_of(style: Element) -> Look:
    found: dict[str, str] = {}
    for properties in style:
        found |= properties.attrib
    fill = found.get("fo:background-color")
    return Look(
        None if "text:display" not in found else found["text:display"] == "none",
        is_pale(found["fo:color"].lstrip("#")) if "fo:color" in found else None,
        True if found.get("style:text-outline") == "true" else is_ground(fill),
        _is_narrow(found.get("style:text-scale", "")) or _is_tiny(found.get("fo:font-size", "")),
    )


def is_ground(fill: str | None) -> bool | None:
    """Whether what is behind text has a colour of its own; letters with an outline are seen on any."""
    return None if fill in (None, "transparent") else is_pale(fill.lstrip("#")) is False


def _is_narrow(scale: str) -> bool:
    """Whether letters are set at so little of their width that they are lines."""
    return scale.endswith("%") and scale[:-1].isdecimal() and int(scale[:-1]) <= NARROW


def _is_tiny(size: str) -> bool | None:
    try:
        return float(size[:-2]) * _POINTS[size[-2:]] <= TINY / 2
    except (ValueError, KeyError):
        return None
