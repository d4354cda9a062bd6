"""Changes in folded text -> edits in the originals, each with its kind.

The law that makes edits worth having: outside them both originals are equal, character for character, and inside they
tile both passages. So a pair of characters that only folds alike (创/創) is an edit too, of kind `script`, and so is a
mark that folding leaves out, of kind `punctuation`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kejidiff.align.originals import Original
from kejidiff.align.script import Change
from kejidiff.figures import is_mask, value_of
from kejidiff.model import FIGURE_SYMBOL, Edit, EditKind
from kejidiff.span import Span

#: A word for a word: neither side longer than this. 98 % of jieba's words have four characters or fewer; two of them in
#: a row are still a phrase for a phrase.
_PHRASE = 8


class _Tiler:
    """Walks both originals from passage start to passage end and writes down every difference it meets."""

    def __init__(self, left: Original, right: Original, left_span: Span, right_span: Span) -> None:
        self.left, self.right = left, right
        self.i, self.j = left_span.start, right_span.start
        self.i_limit, self.j_limit = left_span.end, right_span.end
        self.edits: list[Edit] = []

    def write(self, kind: EditKind, i_end: int, j_end: int) -> None:
        """An edit from where the walk stands up to these original offsets, joined to an equal kind it touches."""
        edit = Edit(kind, Span(self.i, max(self.i, i_end)), Span(self.j, max(self.j, j_end)))
        self.i, self.j = edit.left.end, edit.right.end
        if edit.left.length == 0 and edit.right.length == 0:
            return
        last = self.edits[-1] if self.edits else None
        if (
            last is not None
            and last.kind == kind
            and kind in ("script", "punctuation", "garble")
            and last.left.end == edit.left.start
            and last.right.end == edit.right.start
        ):
            self.edits[-1] = Edit(kind, Span(last.left.start, edit.left.end), Span(last.right.start, edit.right.end))
        else:
            self.edits.append(edit)

    def joint(self, i_end: int, j_end: int) -> None:
        """What lies between two folded characters: marks, blanks, notes."""
        i_end, j_end = max(i_end, self.i), max(j_end, self.j)
        one, other = self.left.text[self.i : i_end], self.right.text[self.j : j_end]
        if one == other:
            self.i, self.j = i_end, j_end
            return
        kind: EditKind = "punctuation"
        if self.left.damaged(self.i, i_end) or self.right.damaged(self.j, j_end):
            kind = "garble"
        elif _unnoted(self.left, self.i, i_end) == _unnoted(self.right, self.j, j_end):
            kind = "script"
        self.write(kind, i_end, j_end)

    def equal(self, i: int, j: int, length: int) -> None:
        """A run whose folded characters are equal."""
        left, right = self.left.folded, self.right.folded
        self.joint(int(left.starts[i]), int(right.starts[j]))
        i_end, j_end = int(left.ends[i + length - 1]), int(right.ends[j + length - 1])
        if self.left.text[self.i : i_end] == self.right.text[self.j : j_end]:
            self.i, self.j = i_end, j_end
            return
        for k in range(length):
            self.joint(int(left.starts[i + k]), int(right.starts[j + k]))
            i_end, j_end = int(left.ends[i + k]), int(right.ends[j + k])
            one, other = self.left.text[self.i : i_end], self.right.text[self.j : j_end]
            if one == other:
                self.i, self.j = i_end, j_end
            else:
                self.write(_same_fold_kind(left.text[i + k], one, other), i_end, j_end)

    def change(self, change: Change, kind: EditKind) -> None:
        """A change; an insertion or deletion takes along the mark that came or went with it."""
        left_gap, left_end, left_tail = _around(self.left, change.i, change.i_end, self.i, self.i_limit)
        right_gap, right_end, right_tail = _around(self.right, change.j, change.j_end, self.j, self.j_limit)
        if change.j == change.j_end:
            if self._same(left_gap, right_gap) or not self._same((left_end, left_tail), right_gap, crossed=True):
                self.joint(left_gap[1], right_gap[1])
                left_end = left_tail
            self.write(kind, left_end, self.j)
        elif change.i == change.i_end:
            if self._same(left_gap, right_gap) or not self._same(left_gap, (right_end, right_tail), crossed=True):
                self.joint(left_gap[1], right_gap[1])
                right_end = right_tail
            self.write(kind, self.i, right_end)
        else:
            self.joint(left_gap[1], right_gap[1])
            self.write(kind, left_end, right_end)

    def _same(self, left: tuple[int, int], right: tuple[int, int], *, crossed: bool = False) -> bool:
        """Are these two stretches equal? `crossed`: and is there anything in them?"""
        one, other = self.left.text[slice(*left)], self.right.text[slice(*right)]
        return one == other and (bool(one) or not crossed)


def _around(side: Original, start: int, end: int, at: int, limit: int) -> tuple[tuple[int, int], int, int]:
    """For folded `[start, end)`: the gap before it from `at` on, where its original ends, and where the gap after it
    does. For an empty run: the gap it stands in, and its end twice."""
    size = len(side.folded.text)
    following = min(int(side.folded.starts[end]), limit) if end < size else limit
    if start == end:
        return (at, max(at, following)), max(at, following), max(at, following)
    first, last = max(at, int(side.folded.starts[start])), int(side.folded.ends[end - 1])
    return (at, first), last, max(last, following)


def find_edits(
    left: Original,
    right: Original,
    passage: tuple[Span, Span],
    folded: tuple[Span, Span],
    changes: Sequence[Change],
    moved: frozenset[Change] = frozenset(),
) -> tuple[Edit, ...]:
    """Edits of one passage. `passage` holds its original spans, `folded` its folded ones; `moved` are changes that are
    halves of a move."""
    tiler = _Tiler(left, right, *passage)
    i, j = folded[0].start, folded[1].start
    for change in _with_damage(left, right, folded, changes):
        if change.i > i:
            tiler.equal(i, j, change.i - i)
        tiler.change(change, "move" if change in moved else _kind_of(left, right, change))
        i, j = change.i_end, change.j_end
    if i < folded[0].end:
        tiler.equal(i, j, folded[0].end - i)
    tiler.joint(passage[0].end, passage[1].end)
    return tuple(tiler.edits)


def _with_damage(left: Original, right: Original, folded: tuple[Span, Span], changes: Sequence[Change]) -> list[Change]:
    """The changes, and equal characters read out of a damaged run, which are no equal text: joined where they touch."""
    if not (
        left.garbled[folded[0].start : folded[0].end].any() or right.garbled[folded[1].start : folded[1].end].any()
    ):
        return list(changes)
    joined: list[Change] = []
    was_damage = False
    for change, damage in _units(left, right, folded, changes):
        touches = bool(joined) and joined[-1].i_end == change.i and joined[-1].j_end == change.j
        if touches and (damage or was_damage):
            joined[-1] = Change(joined[-1].i, change.i_end, joined[-1].j, change.j_end)
        else:
            joined.append(change)
        was_damage = damage
    return joined


def _units(
    left: Original, right: Original, folded: tuple[Span, Span], changes: Sequence[Change]
) -> Iterator[tuple[Change, bool]]:
    """The changes and every equal character that is damaged on either side, in order; True for what is damaged."""
    i, j = folded[0].start, folded[1].start
    for change in [*changes, Change(folded[0].end, folded[0].end, folded[1].end, folded[1].end)]:
        while i < change.i:
            if left.garbled[i] or right.garbled[j]:
                yield Change(i, i + 1, j, j + 1), True
            i, j = i + 1, j + 1
        if change.i < change.i_end or change.j < change.j_end:
            damaged = left.garbled[change.i : change.i_end].any() or right.garbled[change.j : change.j_end].any()
            yield change, bool(damaged)
        i, j = change.i_end, change.j_end


def _kind_of(left: Original, right: Original, change: Change) -> EditKind:
    if left.garbled[change.i : change.i_end].any() or right.garbled[change.j : change.j_end].any():
        return "garble"
    one, other = left.folded.text[change.i : change.i_end], right.folded.text[change.j : change.j_end]
    if one and other and FIGURE_SYMBOL in (one, other):
        figure = left.piece(change.i, change.i_end) if one == FIGURE_SYMBOL else right.piece(change.j, change.j_end)
        if is_mask(figure):
            return "mask"
    if not one:
        return "insertion"
    if not other:
        return "deletion"
    if FIGURE_SYMBOL in one and FIGURE_SYMBOL in other and _without_figures(one) == _without_figures(other):
        return "figure"
    return "synonym" if max(len(one), len(other)) <= _PHRASE else "replacement"


def _same_fold_kind(folded: str, left: str, right: str) -> EditKind:
    """Why two originals that fold alike differ. `value_of` tells 2013 from 2012, and 2013 from 20__."""
    if folded != FIGURE_SYMBOL or value_of(left) == value_of(right):
        return "script"
    return "mask" if is_mask(left) or is_mask(right) else "figure"


def _without_figures(text: str) -> str:
    return text.replace(FIGURE_SYMBOL, "")


def _unnoted(side: Original, start: int, end: int) -> str:
    """The original `[start, end)` without the pinyin notes in it."""
    pieces = []
    for note in side.notes[bisect_left(side.notes, Span(start, start)) :]:
        if note.start >= end:
            break
        pieces.append(side.text[start : note.start])
        start = note.end
    return "".join((*pieces, side.text[start:end]))
