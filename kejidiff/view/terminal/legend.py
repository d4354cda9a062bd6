"""The rows of a page -> the line that says what its marks mean, with those marks only that are used."""

from collections.abc import Iterable

from kejidiff.view.messages import message
from kejidiff.view.terminal import palette
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.layout import GAP, joined, wrapped
from kejidiff.view.terminal.marks import mark_of
from kejidiff.view.terminal.palette import Mark
from kejidiff.view.terminal.rows import Row, Subject

#: Mark, key of its meaning, sample beside each other, sample in one text.
_MEANINGS: tuple[tuple[Mark, str, str, str], ...] = (
    (palette.REPLACED, "mark.replaced", "…", "…→…"),
    (palette.DELETED, "mark.left", "…", "…"),
    (palette.INSERTED, "mark.right", "…", "…"),
    (palette.FIGURE, "mark.figure", "…", "…→…"),
    (palette.GARBLED, "mark.garble", "…", "…→…"),
    (palette.MOVED, "mark.move", "¶n …", "→¶n …"),
    (palette.QUIET, "mark.script", "…", "…→…"),
    (palette.EXCLUDED, "mark.excluded", "…", "…"),
)


def legend(rows: Iterable[Row], subject: Subject, width: int, lang: str, script: bool, merged: bool) -> list[Line]:
    """Nothing where no mark is used. `merged`: both texts stand in one, replaced text as `[left→right]`."""
    used = _used(rows, subject, script)
    entries: list[Line] = [
        [Piece(f"{mark.open}{inline if merged else beside}{mark.close}", mark.style), Piece(" " + message(key, lang))]
        for mark, key, beside, inline in _MEANINGS
        if mark in used
    ]
    if not merged and used & {palette.DELETED, palette.INSERTED}:
        entries.append([Piece(palette.CARET, "absent"), Piece(" " + message("mark.caret", lang))])
    if not entries:
        return []
    return wrapped([Piece(message("heading.legend", lang) + "  ", "quiet"), *joined(entries, GAP)], width, 1)


def _used(rows: Iterable[Row], subject: Subject, script: bool) -> set[Mark]:
    used: set[Mark] = set()
    for row in rows:
        for edit in row.edits:
            if script or edit.kind not in palette.UNMARKED:
                used |= {mark_of(edit, subject, "left"), mark_of(edit, subject, "right")}
        for window, document in ((row.left, subject.left), (row.right, subject.right)):
            if window and any(exclusion.span.overlaps(window) for exclusion in document.excluded):
                used.add(palette.EXCLUDED)
    return used
