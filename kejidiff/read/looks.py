"""What formats say of a run of text -> whether it can be seen: not hidden, not tiny, not paper-coloured."""

from typing import Final, NamedTuple

#: Half points. No printer sets type of a point; 初号 to 八号 are 84 to 10.
TINY: Final = 2
#: Percent of their width that letters are set at. Word's own list ends at 33.
NARROW: Final = 5
#: Contrast ratio (WCAG 2.1: lighter to darker luminance, each and .05) up to which nobody reads: F2F2F2 on FFFFFF, the
#: palest grey that Word offers, has 1.12; text is asked to have 4.5.
UNREADABLE: Final = 1.13
#: From here on each of red, green and blue is paper, by that bound. Not luminance alone: yellow has 1.07, and is seen.
PALE: Final = 0xF2


class Look(NamedTuple):
    """What is said of a run; None where nothing is. `shaded`: behind it is another colour than the paper's."""

    vanish: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    tiny: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This one where it says something, elsewhere the other."""
        return Look(*(mine if mine is not None else theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def unseen(self) -> bool:
        return bool(self.vanish or self.tiny or (self.white and not self.shaded))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    """WCAG's relative luminance."""
    linear = [(at / 255 / 12.92 if at <= 10 else ((at / 255 + 0.055) / 1.055) ** 2.4) for at in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def is_pale(color: str | None) -> bool | None:
    """True for a colour that cannot be told from paper; None where none is said."""
    if color is None:
        return None
    if color == "white":
        return True
    try:
        number = int(color, 16) if len(color) == 6 else 0
    except ValueError:
        return False
    return min(number >> 16, number >> 8 & 0xFF, number & 0xFF) >= PALE
