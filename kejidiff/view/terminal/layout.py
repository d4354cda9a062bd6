"""Lines and entries -> lines side by side, indented, flowing in a few lines: the joints between pieces and pages.

Everything here keeps to a width in cells; what does not fit goes to the next line or is counted.
"""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from kejidiff.view.terminal.cells import Line, Piece, line_width, padded, wrap

#: Cells below which text beside a label would be a ribbon of a few Hanzi.
_LEAST_ROOM = 20

SEPARATOR = Piece(" · ", "quiet")
GAP = Piece("  ")


def columns(left: Sequence[Line], right: Sequence[Line], cells: int) -> list[Line]:
    """Two stacks of lines beside each other, `cells` cells each, with a rule between them."""
    bar = Piece(" │ ", "rule")
    return [[Piece(" "), *padded(one or [], cells), bar, *(other or [])] for one, other in zip_longest(left, right)]


def crossed_rule(cells: int, stroke: str, crossing: str) -> Line:
    """The rule across both columns of `columns`."""
    return [Piece(stroke * (cells + 2) + crossing + stroke * (cells + 1), "rule")]


def indented(lines: Sequence[Line], cells: int) -> list[Line]:
    """`lines` moved to the right."""
    return [[Piece(" " * cells), *line] for line in lines]


def wrapped(line: Line, width: int, indent: int = 0, hanging: int = 0) -> list[Line]:
    """`line` broken to `width`, every line `indent` cells in, those after the first `hanging` cells more.

    Where that would leave less than half the width, there is no indent at all.
    """
    if indent + hanging > width // 2:
        indent = hanging = 0
    first, *rest = wrap(line, width - indent - hanging)
    return indented([first], indent) + indented(rest, indent + hanging)


def joined(parts: Sequence[Line], separator: Piece = SEPARATOR) -> Line:
    """Parts in one line; empty ones are passed over."""
    line: Line = []
    for part in parts:
        if part:
            line += [separator, *part] if line else part
    return line


def flow(
    entries: Sequence[Line],
    width: int,
    most_lines: int = 0,
    more: Callable[[int], Line] | None = None,
    separator: Piece = GAP,
) -> list[Line]:
    """Entries one after another, broken between entries only, unless one is wider than a line.

    With `more`, at most `most_lines` lines, and `more(n)` ends the last where `n` entries did not fit; the first entry
    is always told.
    """
    if more is None:
        lines: list[Line] = []
        for entry in entries:
            lines[-1:] = _with(lines[-1:], entry, width, separator)
        return lines
    states: list[list[Line]] = [[]]
    for entry in entries:
        lines = _with(states[-1], entry, width, separator)
        if len(lines) > most_lines and len(states) > 1:
            break
        states.append(lines)
    while len(states) <= len(entries):
        lines = _with(states[-1], more(len(entries) + 1 - len(states)), width, separator)
        if len(lines) <= most_lines or len(states) == 2:
            return lines
        states.pop()
    return states[-1]


def _with(lines: list[Line], entry: Line, width: int, separator: Piece) -> list[Line]:
    """`lines` and one more entry, on the last line if it fits there."""
    if lines and line_width(lines[-1]) + line_width([separator, *entry]) <= width:
        return [*lines[:-1], [*lines[-1], separator, *entry]]
    return [*lines, *wrap(entry, width)]


def labelled(label: str, cells: int, width: int, fill: Callable[[int], list[Line]], indent: int) -> list[Line]:
    """`label` in a column of `cells`, beside it what `fill(room)` makes of the room left; below where that is little.

    Nothing at all where `fill` makes nothing.
    """
    room = width - indent - cells
    head = [Piece(label, "heading")]
    if room < _LEAST_ROOM:
        body = fill(width - indent - 2)
        return indented([head, *indented(body, 2)], indent) if body else []
    body = fill(room)
    return indented([[*padded(head, cells), *body[0]], *indented(body[1:], cells)], indent) if body else []


def spread(left: Line, right: Line, width: int) -> list[Line]:
    """One line with `left` at its beginning and `right` at its end, or two where it is too short for both."""
    free = width - line_width(left) - line_width(right)
    if not right:
        return [left]
    if left and free >= 2:
        return [[*left, Piece(" " * free), *right]]
    return [*([left] if left else []), *wrap(right, width)]
