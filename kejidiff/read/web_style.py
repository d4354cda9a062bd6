"""Style rules and an element's attributes -> `Look`: whether what stands in it can be seen.

Known are inline styles, `hidden`, `color`, `bgcolor`, and rules of `<style>` (`web_rules`). Everything else of CSS
leaves an element as visible as its parent: when in doubt text is taken for seen.

Limitations. Style sheets in other files are not loaded. Where a page has some, its backgrounds are not known, and
             white text is `DOUBTFUL`: hidden only if it stands amid text of another colour.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from kejidiff.read.looks import PALE, UNREADABLE, contrast
from kejidiff.read.web_rules import BACKGROUNDS, Declarations, Keys, Rules, declarations, is_ground

SEEN, DOUBTFUL, HIDDEN = 0, 1, 2

Colour = tuple[int, int, int]
WHITE, BLACK = (255, 255, 255), (0, 0, 0)

#: Colours whose channels differ by no more, and whose contrast is none, cannot be told apart (#f2f2f2 on white).
_ALIKE: Final = 255 - PALE
#: Letters smaller than this are no text to a reader; browsers' own least size is 6 to 12.
_TINY_PX: Final = 2.0
#: Of 1; what lets so much through is not there.
_CLEAR: Final = 0.02
#: Nobody scrolls so far to the left.
_OFF_SCREEN_PX: Final = -500.0

_NAMES: Final[dict[str, Colour]] = {
    "white": WHITE, "black": BLACK, "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "snow": (255, 250, 250),
    "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255),
}  # fmt: skip
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "%": 0.16,
    "cm": 37.8,
    "in": 96.0,
}

_LENGTH: Final = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*([a-z]*|%)", re.IGNORECASE)
_HEX: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2}|[0-9a-f])?", re.IGNORECASE)
_RGB: Final = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+))?\s*\)", re.IGNORECASE)

_NOTHING_LEFT: Final = re.compile(r"inset\(\s*(?:50|100)%\s*\)|circle\(\s*0[a-z%]*\s*\)")
_NO_SIZE: Final = re.compile(r"scale\(\s*0(?:\.0+)?\s*(?:,\s*0(?:\.0+)?\s*)?\)")


class Look(NamedTuple):
    """What an element's text inherits.

    gone         nothing below it is seen, whatever it says (`display:none`, off the screen, no height)
    invisible    `visibility:hidden`; what is below may come back
    background   None where it is a picture or cannot be known
    """

    gone: bool = False
    invisible: bool = False
    tiny: bool = False
    colour: Colour | None = BLACK
    background: Colour | None = WHITE
    certain: bool = True

    @property
    def state(self) -> int:
        """`SEEN`, `DOUBTFUL` or `HIDDEN`."""
        if self.gone or self.invisible or self.tiny or self.colour is None:
            return HIDDEN
        if self.background is None or not _alike(self.colour, self.background):
            return SEEN
        return HIDDEN if self.certain else DOUBTFUL

    @property
    def faint(self) -> bool:
        """Hidden by its colour or size, which no script of a page ever undoes."""
        return self.state != SEEN and not self.gone and not self.invisible


class Styles:
    """The rules of a page, and what its elements say themselves; `external`: there are sheets that are not read."""

    def __init__(self, external: bool = False) -> None:
        self.external = external
        self._rules = Rules()

    def add(self, sheet: str) -> None:
        """Takes in one `<style>`."""
        self._rules.add(sheet)

    def look(self, keys: Keys, attributes: Mapping[str, str], above: Look, around: Sequence[Keys]) -> Look:
        """The look of an element below one that looks like `above`; `around`: keys of those that it stands in."""
        if not attributes and not self._rules:
            return above
        declared = self._rules.declared(keys, around) if self._rules else {}
        ruled = "color" in declared
        if inline := attributes.get("style"):
            declared.update(declarations(inline))
            ruled = ruled and "color" not in declarations(inline)
        for attribute, name in (("color", "color"), ("bgcolor", "background-color"), ("background", "background")):
            if value := attributes.get(attribute):
                declared.setdefault(name, value if attribute != "background" else "url()")
        doubtful = (self.external and (ruled or len(keys) > 1)) or (ruled and self._rules.unsure)
        below = above._replace(certain=above.certain and not doubtful)
        if "hidden" in attributes and "display" not in declared:
            return below._replace(gone=True)
        return _changed(below, declared) if declared else below


def keys_of(tag: str, attributes: Mapping[str, str]) -> Keys:
    """What rules can select an element by."""
    if not attributes:
        return frozenset((tag,))
    names = [f".{name}" for name in attributes.get("class", "").lower().split()[:20]]
    if identity := attributes.get("id", "").strip().lower():
        names.append(f"#{identity}")
    return frozenset((tag, *names))


def _changed(look: Look, declared: Declarations) -> Look:
    if _takes_away(declared):
        look = look._replace(gone=True)
    if visibility := declared.get("visibility"):
        look = look._replace(invisible=visibility in ("hidden", "collapse"))
    size = pixels(declared.get("font-size", ""))
    if size is not None:
        look = look._replace(tiny=size < _TINY_PX)
    if "color" in declared:
        look = look._replace(colour=_colour(declared["color"], look.colour))
    for name in BACKGROUNDS:
        if is_ground(declared.get(name, "")):
            look = look._replace(background=_background(declared[name]), certain=True)
    return look


def _takes_away(declared: Declarations) -> bool:
    if declared.get("display") == "none":
        return True
    opacity = pixels(declared.get("opacity", ""))
    if opacity is not None and opacity <= _CLEAR:
        return True
    if any((pixels(declared.get(name, "")) or 0) <= _OFF_SCREEN_PX for name in ("text-indent", "margin-left")):
        return True
    if _NOTHING_LEFT.fullmatch(declared.get("clip-path", "")) or _NO_SIZE.fullmatch(declared.get("transform", "")):
        return True
    placed = declared.get("position") in ("absolute", "fixed")
    if placed and any((pixels(declared.get(side, "")) or 0) <= _OFF_SCREEN_PX for side in ("left", "top")):
        return True
    closed = declared.get("overflow", "").startswith("hidden")
    sizes = [pixels(declared.get(name, "")) for name in ("height", "max-height", "width")]
    return closed and any(size is not None and size <= 1 for size in sizes)


def pixels(value: str) -> float | None:
    """A length in pixels; None for anything else."""
    match = _LENGTH.fullmatch(value.strip())
    if not match or match[2].lower() not in _PIXELS:
        return None
    return float(match[1]) * _PIXELS[match[2].lower()]


def _colour(value: str, inherited: Colour | None) -> Colour | None:
    """None for no colour at all (transparent); unknown words change nothing."""
    value = value.strip().lower()
    if value == "transparent":
        return None
    if value in _NAMES:
        return _NAMES[value]
    if match := _HEX.fullmatch(value):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.fullmatch(value):
        if match[4] and float(match[4]) <= _CLEAR:
            return None
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    # A colour that is not known is taken for one that is seen.
    return BLACK if inherited is None else (128, 64, 64)


def _background(value: str) -> Colour | None:
    """None where it holds a picture, or no colour that is known."""
    if "(" in value and "rgb" not in value:
        return None
    for word in [value, *value.split()]:
        if word in _NAMES or _RGB.fullmatch(word) or (word.startswith("#") and _HEX.fullmatch(word)):
            return _colour(word, BLACK)
        if _HEX.fullmatch(word) and len(word) == 6:
            return _colour(word, BLACK)
    return None


def _alike(one: Colour, other: Colour) -> bool:
    near = all(abs(mine - theirs) <= _ALIKE for mine, theirs in zip(one, other, strict=True))
    return near and contrast(one, other) <= UNREADABLE
