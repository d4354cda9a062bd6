"""A row and the two texts -> lines of pieces in which every difference is marked, and the short list of its changes.

Two ways: `side` gives one of the two texts with marks for what differs from the other; `inline` gives both in one
line, what they share once (as it stands on the left) and what differs as `[left→right]`; there `→¶7` says that a moved
stretch of the left stands in paragraph 7 of the right, `←¶7` the reverse.

Limitation: without colour, brackets of the text itself look like marks; the list of changes tells them apart.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from kejidiff.model import Document, Edit, EditKind, Exclusion
from kejidiff.span import Span
from kejidiff.view.messages import message
from kejidiff.view.segments import Segment, Side, segments
from kejidiff.view.terminal.cells import Line, Piece, cut_middle
from kejidiff.view.terminal.palette import (
    CARET,
    DELETED,
    EXCLUDED,
    INSERTED,
    MARKS,
    MOVED,
    REPLACED,
    UNMARKED,
    Mark,
)
from kejidiff.view.terminal.rows import Row, Subject
from kejidiff.view.visible import visible

_SPELLED_OUT: Final = re.compile(r"(⟦U\+[0-9A-F]+⟧)")

#: Cells of one side of a change in the list below a row: ten Hanzi, which few exchanged words exceed.
_CHANGE_CELLS: Final = 20

#: Changes of one row that are put into words: more than two lines of the widest terminal hold.
_CHANGES: Final = 30

#: Order in which changes are told: what was done to figures first, since it betrays most.
_TOLD: Final[tuple[EditKind, ...]] = (
    "mask", "figure", "synonym", "replacement", "insertion", "deletion", "garble", "move",
)  # fmt: skip


def shown(text: str) -> str:
    """Text of a document as it may stand inside a line: newlines as `↵`, a tab as two blanks, the rest `visible`."""
    return visible(text).replace("\n", "↵").replace("\t", "  ")


def plain(text: str, style: str = "") -> Iterator[Piece]:
    """`text` unmarked; what has no look stands out."""
    told = shown(text)
    if "⟦U+" not in told:
        if told:
            yield Piece(told, style)
        return
    for part in _SPELLED_OUT.split(told):
        if part:
            yield Piece(part, "garbled" if part.startswith("⟦U+") else style)


def side(row: Row, subject: Subject, which: Side, script: bool = False, style: str = "") -> Line:
    """The left or right window of `row` with its marks; `style` is that of unmarked text. Empty without a window."""
    window = row.left if which == "left" else row.right
    if window is None:
        return []
    text, document = _of(subject, which)
    edits = row.edits if script else [edit for edit in row.edits if edit.kind not in UNMARKED]
    line: Line = []
    position = window.start
    notes = _quiet(subject, which, window)
    for segment in segments(text, window, edits, which, _near(document.excluded, window)):
        if segment.edit or segment.excluded:
            line += _marked(segment, row, subject, which)
        else:
            line += _toned(segment.text, position, notes, style)
        position += len(segment.text)
    return line


def inline(row: Row, subject: Subject, script: bool = False, style: str = "") -> Line:
    """Both windows of `row` as one text; a row of one side only is shown as `side` shows it."""
    if row.left is None or row.right is None:
        return side(row, subject, "right" if row.left is None else "left", script, style)
    line: Line = []
    here = row.left.start
    for edit in row.edits:
        if script or edit.kind not in UNMARKED:
            line += _unmarked(subject, Span(here, edit.left.start), style)
            line += _merged(edit, row, subject)
            here = edit.left.end
    line += _unmarked(subject, Span(here, row.left.end), style)
    return line


def changes(row: Row, subject: Subject, lang: str) -> tuple[list[Line], int]:
    """What differs in `row`, kind by kind and in few words: `遮蔽 20__→2013`, `插入 鄧小平`; alike ones once.

    The second value counts those beyond the first `_CHANGES`, which are not in the list.
    """
    found: dict[EditKind, Counter[tuple[str, str, int]]] = {kind: Counter() for kind in _TOLD}
    for edit in row.edits:
        if edit.kind in found:
            left, right = edit.left.of(subject.left_text), edit.right.of(subject.right_text)
            if edit.kind == "move":  # both halves of it may stand in this row: told once
                found[edit.kind][left or right, "", row.elsewhere.get(edit, -1)] = 1
            else:
                found[edit.kind][left, right, -1] += 1
    flat = [(kind, change, times) for kind, told in found.items() for change, times in told.items()]
    lines: list[Line] = []
    for place, (kind, change, times) in enumerate(flat[:_CHANGES]):
        first = place == 0 or flat[place - 1][0] != kind
        name = [Piece(message(f"kind.{kind}", lang) + " ", "quiet")] if first else []
        lines.append([*name, Piece(in_words(*change) + (f" ×{times}" if times > 1 else ""))])
    return lines, max(0, len(flat) - _CHANGES)


def in_words(left: str, right: str, number: int = -1) -> str:
    """One change, each side cut to a few Hanzi: `通过→透過`; `number` is the paragraph a moved stretch is found in."""
    one, other = cut_middle(shown(left), _CHANGE_CELLS), cut_middle(shown(right), _CHANGE_CELLS)
    if number >= 0:
        return f"{one or other} ↷ ¶{number}"
    return f"{one}→{other}" if one and other else one or other


def quiet_counts(row: Row) -> tuple[int, int]:
    """Characters that differ in script only, places that differ in punctuation only (line breaks included)."""
    script = sum(max(1, min(edit.left.length, edit.right.length)) for edit in row.edits if edit.kind == "script")
    return script, sum(edit.kind == "punctuation" for edit in row.edits)


def garbled_on(subject: Subject, which: Side, span: Span) -> bool:
    """True where a damaged stretch of this side was read for comparison (a pinyin note is no damage)."""
    repaired = (subject.left if which == "left" else subject.right).repaired
    first = bisect_left(repaired, span.start, key=lambda repair: repair.span.end)
    last = bisect_left(repaired, span.end, key=lambda repair: repair.span.start)
    return any(repair.reason != "pinyin-note" and repair.span.overlaps(span) for repair in repaired[first:last])


def mark_of(edit: Edit, subject: Subject, which: Side) -> Mark:
    """The mark of an edit on one side: garble is marked as such where the damage is, as replaced where it is not."""
    if edit.kind == "garble":
        here, there = (edit.left, edit.right) if which == "left" else (edit.right, edit.left)
        other: Side = "right" if which == "left" else "left"
        if garbled_on(subject, other, there) and not garbled_on(subject, which, here):
            return REPLACED
    return MARKS[edit.kind]


def _marked(segment: Segment, row: Row, subject: Subject, which: Side) -> Iterator[Piece]:
    edit, text = segment.edit, segment.text
    if segment.excluded or edit is None:
        yield from _between(EXCLUDED, text)
    elif not text:
        if edit.kind not in UNMARKED and edit.kind != "move":
            yield Piece(CARET, "absent")
    else:
        mark = mark_of(edit, subject, which)
        yield from _between(mark, text, f"¶{row.elsewhere[edit]} " if edit in row.elsewhere else "")


def _merged(edit: Edit, row: Row, subject: Subject) -> Iterator[Piece]:
    left, right = edit.left.of(subject.left_text), edit.right.of(subject.right_text)
    if edit.kind == "move":
        arrow = "→" if left else "←"
        yield from _between(MOVED, left or right, f"{arrow}¶{row.elsewhere[edit]} " if edit in row.elsewhere else "")
    elif not right:
        yield from _between(DELETED if edit.kind == "deletion" else MARKS[edit.kind], left)
    elif not left:
        yield from _between(INSERTED if edit.kind == "insertion" else MARKS[edit.kind], right)
    else:
        yield from _between(MARKS[edit.kind], f"{left}→{right}")


def _between(mark: Mark, text: str, note: str = "") -> Iterator[Piece]:
    yield Piece(mark.open + note, mark.style, "open")
    yield Piece(shown(text), mark.style)
    yield Piece(mark.close, mark.style, "close")


def _unmarked(subject: Subject, window: Span, style: str) -> Iterator[Piece]:
    """A stretch of the left text in which nothing differs."""
    position = window.start
    notes = _quiet(subject, "left", window)
    for segment in segments(subject.left_text, window, (), "left", _near(subject.left.excluded, window)):
        if segment.excluded:
            yield from _between(EXCLUDED, segment.text)
        else:
            yield from _toned(segment.text, position, notes, style)
        position += len(segment.text)


def _toned(text: str, start: int, notes: Iterable[Span], style: str) -> Iterator[Piece]:
    """`text`, which stands at `start`, with pinyin notes and stock text in quiet tone: they hide what is said."""
    done = start
    for note in notes:
        inside = note.clipped(Span(done, start + len(text)))
        if inside.length:
            yield from plain(text[done - start : inside.start - start], style)
            yield from plain(text[inside.start - start : inside.end - start], "quiet")
            done = inside.end
    yield from plain(text[done - start :], style)


def _quiet(subject: Subject, which: Side, window: Span) -> list[Span]:
    """Pinyin notes and stock text that may reach into the window, ascending."""
    _, document = _of(subject, which)
    stock = subject.left_quiet if which == "left" else subject.right_quiet
    first = bisect_left(stock, window.start, key=lambda span: span.end)
    last = bisect_left(stock, window.end, key=lambda span: span.start)
    return sorted([*_notes(document, window), *stock[first:last]])


def _notes(document: Document, window: Span) -> list[Span]:
    repaired = document.repaired
    first = bisect_left(repaired, window.start, key=lambda repair: repair.span.end)
    last = bisect_left(repaired, window.end, key=lambda repair: repair.span.start)
    return [repair.span for repair in repaired[first:last] if repair.reason == "pinyin-note"]


def _of(subject: Subject, which: Side) -> tuple[str, Document]:
    if which == "left":
        return subject.left_text, subject.left
    return subject.right_text, subject.right


def _near(excluded: tuple[Exclusion, ...], window: Span) -> tuple[Exclusion, ...]:
    first = bisect_left(excluded, window.start, key=lambda exclusion: exclusion.span.end)
    last = bisect_left(excluded, window.end, key=lambda exclusion: exclusion.span.start)
    return excluded[first:last]
