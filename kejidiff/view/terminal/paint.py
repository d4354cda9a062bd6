"""Lines of styled pieces -> one string: plain, or with the escape sequences of `palette.STYLES`.

The only door to rich's styles. Without colour rich is not even imported, and the string holds no escape sequence at
all; with it, the same characters stand in the same cells. Text is never read as markup.
"""

from collections.abc import Callable, Iterable, Sequence

from kejidiff.view.terminal.cells import Piece
from kejidiff.view.terminal.palette import STYLES

#: Stands for the text while the escape sequences around it are made, once for each style.
_TEXT = "text"


def painted(lines: Iterable[Sequence[Piece]], color: bool) -> str:
    """`lines` joined and ended by newlines; blanks at a line's end are left out."""
    brush = _brush() if color else _plain
    return "".join(f"{''.join(brush(text, style) for text, style in _trimmed(line))}\n" for line in lines)


def _plain(text: str, _style: str) -> str:
    return text


def _brush() -> Callable[[str, str], str]:
    from rich.color import ColorSystem
    from rich.style import Style

    around = {
        name: tuple(Style.parse(definition).render(_TEXT, color_system=ColorSystem.EIGHT_BIT).split(_TEXT))
        for name, definition in STYLES.items()
    }

    def brush(text: str, style: str) -> str:
        return text.join(around[style]) if style and text else text

    return brush


def _trimmed(line: Sequence[Piece]) -> list[tuple[str, str]]:
    pieces = [(piece.text, piece.style) for piece in line]
    while pieces:
        text, style = pieces.pop()
        if kept := text.rstrip(" "):
            return [*pieces, (kept, style)]
    return []
