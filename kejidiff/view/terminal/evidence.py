"""A comparison -> a few lines of both texts, where they show best how one was made from the other.

That is where, within a few lines, most differences stand; where nothing differs, the longest row.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from kejidiff.model import Edit
from kejidiff.span import Span
from kejidiff.view.segments import Side
from kejidiff.view.terminal import marks
from kejidiff.view.terminal.cells import Line, Piece, cut_line, line_width, padded, wrap
from kejidiff.view.terminal.palette import UNMARKED
from kejidiff.view.terminal.rows import Row, Subject, rows

#: Characters within which differences are counted: three lines of a column at 120 cells.
_REACH = 80

#: Characters kept before the first difference, back to where its clause begins.
_LEAD = 24

#: Characters an excerpt runs on, on either side: more than any width shows of it in its few lines.
_LENGTH = 400

#: Least similarity of a row to be shown, if there is one: below, two texts side by side look unrelated.
_ALIKE = 0.6

#: Rows looked at: a pair of documents that has more shows its manner well before.
_ROWS = 200

#: Lines of evidence on either side.
_LINES = 3

_CLAUSE_ENDS = frozenset("。；！？，：、;!?,:")


def evidence(subject: Subject, cells: int, beside: bool) -> list[Line]:
    """At most `_LINES` lines of `cells` cells: the texts side by side, or in one; none where no row has both sides."""
    found = excerpt([row for row in rows(subject) if not row.formula], subject)
    if found is None:
        return []
    if not beside:
        return _clipped(found, subject, "left", marks.inline(found, subject), cells)
    column = (cells - 3) // 2
    sides: tuple[Side, Side] = ("left", "right")
    left, right = (_clipped(found, subject, which, marks.side(found, subject, which), column) for which in sides)
    bar = Piece(" │ ", "rule")
    return [[*padded(one or [], column), bar, *(other or [])] for one, other in zip_longest(left, right)]


def _clipped(row: Row, subject: Subject, which: Side, line: Line, cells: int) -> list[Line]:
    """The first lines of an excerpt, with its paragraph's number; `…` where the paragraph begins or ends outside."""
    document = subject.left if which == "left" else subject.right
    window = row.left if which == "left" else row.right
    paragraph = document.paragraphs[row.left_at if which == "left" else row.right_at]
    if window is None:
        return []
    begun = "…" if window.start > paragraph.span.start else ""
    lines = wrap([Piece(f"¶{paragraph.number}", "heading"), Piece(f"  {begun}"), *line], cells)
    if len(lines) > _LINES or window.end < paragraph.span.end:
        *above, last = lines[:_LINES]
        lines = [*above, cut_line([*last, Piece("……")], cells) if line_width(last) >= cells else [*last, Piece("…")]]
    return lines


def excerpt(every: Sequence[Row], subject: Subject) -> Row | None:
    """A row whose windows begin at the stretch to show; None where no row has both sides."""
    both = [row for row in every if row.left is not None and row.right is not None]
    alike = [row for row in both if row.pair is None or row.pair.similarity >= _ALIKE] or both
    if not alike:
        return None
    best, first = max(
        ((row, _densest(row, subject)) for row in alike[:_ROWS]), key=lambda one: (one[1][0], _length(one[0]))
    )
    return _cut(best, first[1], subject)


def _length(row: Row) -> int:
    return row.left.length if row.left else 0


def _densest(row: Row, subject: Subject) -> tuple[int, int]:
    """The most unlike differences within `_REACH` characters of the left text, and the index of the edit they begin at.

    Differences that are alike (six masked figures in one sentence) count once: variety tells more.
    """
    loud = [(edit, index) for index, edit in enumerate(row.edits) if edit.kind not in UNMARKED]
    words = [(edit.left.of(subject.left_text), edit.right.of(subject.right_text)) for edit, _ in loud]
    near: Counter[tuple[str, str]] = Counter()
    most, first, end = 0, 0, 0
    for begin, (edit, index) in enumerate(loud):
        while end < len(loud) and loud[end][0].left.start - edit.left.start <= _REACH:
            near[words[end]] += 1
            end += 1
        if len(near) > most:
            most, first = len(near), index
        near[words[begin]] -= 1
        if not near[words[begin]]:
            del near[words[begin]]
    return most, first


def _cut(row: Row, first: int, subject: Subject) -> Row:
    """`row` from the beginning of the clause of its edit `first`, for at most `_LENGTH` characters."""
    if row.left is None or row.right is None:
        return row
    here, there, first = _clause(row, first, subject)
    last = first
    while last < len(row.edits) and (last == first or _near(row.edits[last], here, there)):
        last += 1
    end = row.edits[last].left.start if last < len(row.edits) else row.left.end
    if last > first:
        here_end, there_end = row.edits[last - 1].left.end, row.edits[last - 1].right.end
    else:
        here_end, there_end = here, there
    tail = min(end - here_end, _LENGTH)
    left, right = Span(here, here_end + tail), Span(there, there_end + tail)
    return row._replace(left=left, right=right, edits=row.edits[first:last])


def _near(edit: Edit, left: int, right: int) -> bool:
    return edit.left.end <= left + _LENGTH and edit.right.end <= right + _LENGTH


def _clause(row: Row, first: int, subject: Subject) -> tuple[int, int, int]:
    """Where the clause of edit `first` begins on either side, and the index of the first edit from there on."""
    if row.left is None or row.right is None or not row.edits:
        return (row.left or Span(0, 0)).start, (row.right or Span(0, 0)).start, 0
    end = row.edits[first].left.start
    while first and row.edits[first - 1].kind in UNMARKED and end - row.edits[first - 1].left.end <= _LEAD:
        first -= 1
    start = max(row.edits[first - 1].left.end if first else row.left.start, end - _LEAD)
    text = subject.left_text[start:end]
    start += next((k for k in range(len(text), 0, -1) if text[k - 1] in _CLAUSE_ENDS), 0)
    while row.edits[first].left.start < start:
        start = max(start, row.edits[first].left.end)
        first += 1
    return start, row.edits[first].right.start - (row.edits[first].left.start - start), first
