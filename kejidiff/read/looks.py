"""What formats say of a run of text -> whether it can be seen: not hidden, not tiny, not paper-coloured."""

from typing import Final, NamedTuple

#: Half points. No printer sets type of a point; 初号 to 八号 are 84 to 10.
TINY: Final = 2
#: From here on each of red, green and blue is paper: nobody reads F8F8F8 on FFFFFF.
PALE: Final = 0xF8


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
