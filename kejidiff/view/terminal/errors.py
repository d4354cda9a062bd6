"""What went wrong, in one line -> that line as it may stand on a terminal."""

from kejidiff.view.terminal.cells import Piece
from kejidiff.view.terminal.paint import painted
from kejidiff.view.visible import visible_line


def render_error(line: str, color: bool) -> str:
    """`kejidiff: PATH: REASON: what happened (what to do)` as one line without its newline.

    The program's name is put before `line` where it is not there yet; names are made visible. Nothing is cut.
    """
    shown = visible_line(line)
    name, _, rest = shown.partition("kejidiff: ") if shown.startswith("kejidiff: ") else ("", "", shown)
    return painted([[Piece("kejidiff:", "warning"), Piece(f"{name} {rest}")]], color).rstrip("\n")
