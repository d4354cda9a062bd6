"""Changes -> those that are one quantity on either side, whole: 5万 against 50000, 三成 against 30%, 12 against 若干.

Folding knows plain figures only, so a quantity written in another form comes out of the edit script in pieces
(百分之 put in, 74.5 equal, 点五 put in). Where a change touches a quantity on both sides, it grows to cover both.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kejidiff.align.originals import Original
from kejidiff.align.script import Change
from kejidiff.model import EditKind
from kejidiff.quantities import NUMERAL_DIGITS, Quantity, find_quantities
from kejidiff.span import Span

_WORDS = NUMERAL_DIGITS + "两十百千"


class Told(NamedTuple):
    """A change whose kind and original spans are known already."""

    change: Change
    kind: EditKind
    left: Span
    right: Span


class _Amount(NamedTuple):
    """A quantity by its folded offsets; of a mask that folding leaves out both are equal."""

    start: int
    end: int
    quantity: Quantity


class _Side:
    """One side and the quantities of its passage, by folded offset."""

    def __init__(self, side: Original, passage: Span) -> None:
        self.original = side
        starts = side.folded.starts
        found = list(find_quantities(passage.of(side.text)))
        spans = [Span(one.span.start + passage.start, one.span.end + passage.start) for one in found]
        edges = starts.searchsorted(spans).tolist() if spans else []
        self._amounts = [
            _Amount(start, end, quantity._replace(span=span))
            for (start, end), quantity, span in zip(edges, found, spans, strict=True)
            if start < end or quantity.hidden
        ]
        self._starts = [amount.start for amount in self._amounts]
        self._ends = [amount.end for amount in self._amounts]

    def touching(self, start: int, end: int) -> list[_Amount]:
        """Those that overlap `[start, end)` or border on it."""
        return self._amounts[bisect_left(self._ends, start) : bisect_right(self._starts, end)]

    def written(self, amount: _Amount) -> str:
        """The quantity as it stands in the file."""
        return amount.quantity.span.of(self.original.text)

    def is_word(self, amount: _Amount) -> bool:
        """True for 一 and its like, which are parts of words more often than quantities."""
        return amount.quantity.span.length == 1 and self.written(amount) in _WORDS


def with_amounts(
    left: Original,
    right: Original,
    passages: tuple[Span, Span],
    changes: Sequence[Change],
    settled: Callable[[Change], bool],
) -> list[Change | Told]:
    """The changes, in order; what turned one quantity into another is told whole. `settled` ones stay as they are."""
    if all(map(settled, changes)):
        return list(changes)
    reader = _Reader(left, right, passages, settled)
    done: list[Change | Told] = []
    rest = list(reversed(changes))
    while rest:
        change = rest.pop()
        if not settled(change):
            for one, other in reader.candidates(change):
                parts = reader.told(change, one, other, done, rest)
                if parts:
                    done += parts
                    break
            else:
                done.append(change)
        else:
            done.append(change)
    return done


class _Reader:
    """Two sides, and what their passages count and measure."""

    def __init__(
        self, left: Original, right: Original, passages: tuple[Span, Span], settled: Callable[[Change], bool]
    ) -> None:
        self._left, self._right = _Side(left, passages[0]), _Side(right, passages[1])
        self._settled = settled

    def candidates(self, change: Change) -> list[tuple[_Amount, _Amount]]:
        """Pairs of differing quantities that the change touches, the ones it goes through first."""
        i, i_end, j, j_end = change
        pairs = [
            (-(_inside(one, i, i_end) + _inside(other, j, j_end)), one, other)
            for one in self._left.touching(i, i_end)
            for other in self._right.touching(j, j_end)
        ]
        return [
            (one, other)
            for through, one, other in sorted(pairs, key=lambda pair: (pair[0], pair[1].start, pair[2].start))
            if through and self._left.written(one) != self._right.written(other)
        ]

    def told(
        self, change: Change, one: _Amount, other: _Amount, done: list[Change | Told], rest: list[Change]
    ) -> list[Change | Told]:
        """The change as this pair of quantities and what it holds besides; changes next to it that the quantities
        reach into are taken out of `done` and `rest` (which is in descending order). [] where they are no pair."""
        before, after = len(done), len(rest)
        while (short := max(change.i - one.start, change.j - other.start)) > 0:
            last = done[before - 1] if before else Change(0, 0, 0, 0)
            if isinstance(last, Told):
                last = last.change
            if short <= min(change.i - last.i_end, change.j - last.j_end):
                change = Change(change.i - short, change.i_end, change.j - short, change.j_end)
            elif before and isinstance(done[before - 1], Change) and not self._settled(last):
                change, before = Change(last.i, change.i_end, last.j, change.j_end), before - 1
            else:
                return []
        while (short := max(one.end - change.i_end, other.end - change.j_end)) > 0:
            following = rest[after - 1] if after else None
            if following is None or short <= min(following.i - change.i_end, following.j - change.j_end):
                change = Change(change.i, change.i_end + short, change.j, change.j_end + short)
            elif not self._settled(following):
                change, after = Change(change.i, following.i_end, change.j, following.j_end), after - 1
            else:
                return []
        before_it = self._differing(Change(change.i, one.start, change.j, other.start))
        after_it = self._differing(Change(one.end, change.i_end, other.end, change.j_end))
        if (before_it or after_it) and (self._left.is_word(one) or self._right.is_word(other)):
            return []
        del done[before:], rest[after:]
        return [*before_it, self._tell(one, other), *after_it]

    def _differing(self, part: Change) -> list[Change]:
        one = self._left.original.folded.text[part.i : part.i_end]
        return [] if one == self._right.original.folded.text[part.j : part.j_end] else [part]

    def _tell(self, one: _Amount, other: _Amount) -> Told:
        ours, theirs = one.quantity, other.quantity
        kind: EditKind = "figure"
        if ours.value == theirs.value:
            kind = "script"
        elif ours.hidden or theirs.hidden:
            kind = "mask"
        return Told(Change(one.start, one.end, other.start, other.end), kind, ours.span, theirs.span)


def _inside(amount: _Amount, start: int, end: int) -> int:
    """How much of a change lies in the quantity; a mask that folding leaves out counts as one."""
    return min(amount.end, end) - max(amount.start, start) if amount.start < amount.end else 1
