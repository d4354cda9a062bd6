"""Changes in folded text -> edits in the originals, each with its kind.

The law that makes edits worth having: outside them both originals are equal, character for character, and inside they
tile both passages. So a pair of characters that only folds alike (创/創) is an edit too, of kind `script`, and so is a
mark that folding leaves out, of kind `punctuation`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kejidiff.align.amounts import Told, with_amounts
from kejidiff.align.kinds import PHRASE, is_broken, kind_of, same_fold_kind
from kejidiff.align.originals import Original
from kejidiff.align.script import Boundary, Change, exact_changes
from kejidiff.model import Edit, EditKind
from kejidiff.span import Span

#: What may stand, unfolded, where the other side has text: the one is damage, the other hides it.
_INSTEAD: Final[tuple[tuple[EditKind, Callable[[str], bool]], ...]] = (
    ("garble", is_broken),
    ("mask", "*＊○◯□■●▢".__contains__),
)


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
        damaged = self.left.damaged(self.i, i_end) or self.right.damaged(self.j, j_end)
        if damaged or any(map(is_broken, one)) != any(map(is_broken, other)):
            kind = "garble"
        elif _unnoted(self.left, self.i, i_end) == _unnoted(self.right, self.j, j_end):
            kind = "script"
        self.write(kind, i_end, j_end)

    def told(self, told: Told) -> None:
        """A change whose original spans are known."""
        self.joint(told.left.start, told.right.start)
        self.write(told.kind, told.left.end, told.right.end)

    def equal(self, i: int, j: int, length: int) -> None:
        """A run whose folded characters are equal."""
        left, right = self.left.folded, self.right.folded
        self.joint(int(left.starts[i]), int(right.starts[j]))
        i_end, j_end = self.left.end(i + length - 1), self.right.end(j + length - 1)
        if self.left.text[self.i : i_end] == self.right.text[self.j : j_end]:
            self.i, self.j = i_end, j_end
            return
        lefts = zip(left.starts[i : i + length].tolist(), self.left.ends(i, i + length), strict=True)
        rights = zip(right.starts[j : j + length].tolist(), self.right.ends(j, j + length), strict=True)
        for folded, (start, i_end), (other_start, j_end) in zip(left.text[i : i + length], lefts, rights, strict=True):
            if start > self.i or other_start > self.j:
                self.joint(start, other_start)
            one, other = self.left.text[self.i : i_end], self.right.text[self.j : j_end]
            if one == other:
                self.i, self.j = i_end, j_end
            else:
                self.write(same_fold_kind(folded, one, other), i_end, j_end)

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
    first, last = max(at, int(side.folded.starts[start])), side.end(end - 1)
    return (at, first), last, max(last, following)


def find_edits(
    left: Original,
    right: Original,
    passage: tuple[Span, Span],
    folded: tuple[Span, Span],
    changes: Sequence[Change],
    moved: frozenset[Change] = frozenset(),
    words: tuple[Boundary, Boundary] | None = None,
) -> tuple[Edit, ...]:
    """Edits of one passage. `passage` holds its original spans, `folded` its folded ones; `moved` are changes that are
    halves of a move; `words` tell whether a word begins before a folded offset, on either side."""
    tiler = _Tiler(left, right, *passage)
    i, j = folded[0].start, folded[1].start
    for change in _told(left, right, passage, _with_damage(left, right, folded, changes), moved):
        at = change.change if isinstance(change, Told) else change
        if at.i > i:
            tiler.equal(i, j, at.i - i)
        if isinstance(change, Told):
            tiler.told(change)
        else:
            tiler.change(change, "move" if change in moved else kind_of(left, right, change, words))
        i, j = at.i_end, at.j_end
    if i < folded[0].end:
        tiler.equal(i, j, folded[0].end - i)
    tiler.joint(passage[0].end, passage[1].end)
    return tuple(tiler.edits)


def _told(
    left: Original, right: Original, passage: tuple[Span, Span], changes: Sequence[Change], moved: frozenset[Change]
) -> Iterator[Change | Told]:
    """The changes, those of quantities whole; where one side has nothing but what folding leaves out, that it is."""

    def settled(change: Change) -> bool:
        return change in moved or left.damages(change.i, change.i_end) or right.damages(change.j, change.j_end)

    def lost(change: Change) -> bool:
        told = _in_place_of(left, right, passage, change)
        return told is not None and told.kind == "garble"

    plain = [
        part for change in changes for part in ([change] if settled(change) else _unmixed(left, right, change, lost))
    ]
    for change in with_amounts(left, right, passage, plain, lambda change: settled(change) or lost(change)):
        if isinstance(change, Told) or change in moved:
            yield change
        else:
            yield _in_place_of(left, right, passage, change) or change


def _unmixed(left: Original, right: Original, change: Change, lost: Callable[[Change], bool]) -> list[Change]:
    """The change; that of a word in which a character was lost, character by character."""
    i, i_end, j, j_end = change
    if i == i_end or j == j_end:
        return [change]
    if any(map(is_broken, left.piece(i, i_end) + right.piece(j, j_end))):
        return exact_changes(left.folded.text, right.folded.text, change)
    if i_end - i != j_end - j and max(i_end - i, j_end - j) <= PHRASE:
        parts = exact_changes(left.folded.text, right.folded.text, change)
        return parts if any(map(lost, parts)) else [change]
    return [change]


def _in_place_of(left: Original, right: Original, passage: tuple[Span, Span], change: Change) -> Told | None:
    """A deletion or insertion with broken characters or a mask where the other side folds to nothing: 公� for 公司."""
    if change.i < change.i_end and change.j < change.j_end:
        return None
    lost = change.j == change.j_end
    side, other, at = (left, right, change.j) if lost else (right, left, change.i)
    gap = other.gap(at).clipped(passage[1 if lost else 0])
    first, last = (change.i, change.i_end) if lost else (change.j, change.j_end)
    written = side.folded.span(first, last)
    for kind, wanted in _INSTEAD:
        marks = [offset for offset in range(*gap) if wanted(other.text[offset])]
        if marks:
            place = Span(marks[0], marks[-1] + 1)
            return Told(change, kind, *((written, place) if lost else (place, written)))
    return None


def _with_damage(left: Original, right: Original, folded: tuple[Span, Span], changes: Sequence[Change]) -> list[Change]:
    """The changes, and equal characters read out of a damaged run, which are no equal text: joined where they touch.

    A change that is damaged in part is taken apart: what the author did beside the damage is an edit of its own. Only a
    single character missing before a run goes with it: that is how shifted bytes begin.
    """
    if not (left.damages(*folded[0]) or right.damages(*folded[1])):
        return list(changes)
    joined: list[Change] = []
    was_damage = False
    for change, damage in _units(left, right, folded, changes):
        touches = bool(joined) and joined[-1].i_end == change.i and joined[-1].j_end == change.j
        if touches and damage and (was_damage or _single(joined[-1])):
            joined[-1] = Change(joined[-1].i, change.i_end, joined[-1].j, change.j_end)
        else:
            joined.append(change)
        was_damage = damage
    return joined


def _single(change: Change) -> bool:
    return change.i_end - change.i + change.j_end - change.j == 1


def _units(
    left: Original, right: Original, folded: tuple[Span, Span], changes: Sequence[Change]
) -> Iterator[tuple[Change, bool]]:
    """The changes and every equal character that is damaged on either side, in order; True for what is damaged."""
    i, j = folded[0].start, folded[1].start
    for change in [*_apart(left, right, changes), Change(folded[0].end, folded[0].end, folded[1].end, folded[1].end)]:
        while i < change.i:
            if left.garbled[i] or right.garbled[j]:
                yield Change(i, i + 1, j, j + 1), True
            i, j = i + 1, j + 1
        if change.i < change.i_end or change.j < change.j_end:
            yield change, left.damages(change.i, change.i_end) or right.damages(change.j, change.j_end)
        i, j = change.i_end, change.j_end


def _apart(left: Original, right: Original, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes; those that are damaged in part, character by character."""
    for change in changes:
        i, i_end, j, j_end = change
        damaged = left.garbled[i:i_end].any(), right.garbled[j:j_end].any()
        whole = left.garbled[i:i_end].all() if damaged[0] else right.garbled[j:j_end].all()
        if any(damaged) and not whole and i < i_end and j < j_end:
            yield from exact_changes(left.folded.text, right.folded.text, change)
        else:
            yield change


def _unnoted(side: Original, start: int, end: int) -> str:
    """The original `[start, end)` without the pinyin notes in it."""
    pieces = []
    for note in side.notes[bisect_left(side.notes, Span(start, start)) :]:
        if note.start >= end:
            break
        pieces.append(side.text[start : note.start])
        start = note.end
    return "".join((*pieces, side.text[start:end]))
