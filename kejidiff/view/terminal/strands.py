"""A passage and two windows -> the strand of it that lies in both, with the edits that fall inside.

Terms: a *stretch* is an edit or the equal text between two edits; a *strand* is what a passage joins of two windows
(paragraphs, as a rule): an edit across a window's border is cut there, equal text is cut alike on both sides.
"""

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kejidiff.model import Edit, Paragraph, Passage
from kejidiff.span import Span


class Strand(NamedTuple):
    """The part of a passage that lies in both of two windows; `equal` characters of it are the same on both sides."""

    left: Span
    right: Span
    edits: tuple[Edit, ...]
    equal: int


def strand_between(passage: Passage, left: Span, right: Span) -> Strand | None:
    """What `passage` joins of the two windows; None where it joins nothing."""
    edits: list[Edit] = []
    equal = 0
    first: tuple[Span, Span] | None = None
    last = (left, right)
    for edit, here, there in _stretches(passage, left):
        within = left.contains(here) and right.contains(there)
        if edit is None:
            if not within:
                skip = max(0, left.start - here.start, right.start - there.start)
                stop = min(here.length, left.end - here.start, right.end - there.start)
                if skip >= stop:
                    continue
                here = Span(here.start + skip, here.start + stop)
                there = Span(there.start + skip, there.start + stop)
            equal += here.length
        elif within:
            edits.append(edit)
        elif _meets(here, left) and _meets(there, right):
            here, there = here.clipped(left), there.clipped(right)
            edits.append(Edit(edit.kind, here, there))
        else:
            continue
        first = first or (here, there)
        last = here, there
    if first is None:
        return None
    return Strand(Span(first[0].start, last[0].end), Span(first[1].start, last[1].end), tuple(edits), equal)


def in_order(strands: Iterable[Strand]) -> list[Strand]:
    """Of strands that are disjoint on either side, those that stand in one order on both and share the most characters.

    The others were moved. Source: heaviest increasing subsequence (Jacobson and Vo 1992), n log n.
    """
    ordered = sorted(strands, key=lambda one: (one.left, one.right))
    before = [-1] * len(ordered)
    ends: list[int] = []  # where chains end on the right, ascending; each heavier than those before it
    chains: list[tuple[int, int]] = []  # weight of that chain, index of its last strand
    for index, one in enumerate(ordered):
        place = bisect_right(ends, one.right.start)
        weight, before[index] = chains[place - 1] if place else (0, -1)
        weight += one.equal
        place = bisect_left(ends, one.right.end)
        if place and chains[place - 1][0] >= weight:
            continue
        stop = place
        while stop < len(ends) and chains[stop][0] <= weight:
            stop += 1
        ends[place:stop], chains[place:stop] = [one.right.end], [(weight, index)]
    index = chains[-1][1] if chains else -1
    chosen: list[Strand] = []
    while index >= 0:
        chosen.append(ordered[index])
        index = before[index]
    return chosen[::-1]


def joined_characters(
    passage: Passage, left: Sequence[Paragraph], right: Sequence[Paragraph]
) -> Counter[tuple[int, int]]:
    """How many equal characters of a passage lie in each pair of a left and a right paragraph (indexes)."""
    joined: Counter[tuple[int, int]] = Counter()
    for edit, here, there in _stretches(passage, passage.left):
        done = 0
        while edit is None and done < here.length:
            index, stop = lies_in(left, here.start + done)
            other, stop_there = lies_in(right, there.start + done)
            step = min(stop - here.start, stop_there - there.start, here.length) - done
            if index >= 0 and other >= 0:
                joined[index, other] += step
            done += step
    return joined


def lies_in(paragraphs: Sequence[Paragraph], offset: int) -> tuple[int, int]:
    """Index of the paragraph that holds `offset` (-1: none), and the offset from which that is no longer so."""
    index = bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.span.start) - 1
    if index >= 0 and offset < paragraphs[index].span.end:
        return index, paragraphs[index].span.end
    return -1, paragraphs[index + 1].span.start if index + 1 < len(paragraphs) else sys.maxsize


def _stretches(passage: Passage, window: Span) -> Iterator[tuple[Edit | None, Span, Span]]:
    """Edits and the equal stretches between them, in order, from the first that may reach into the left `window`."""
    first = bisect_left(passage.edits, window.start, key=lambda edit: edit.left.end)
    before = passage.edits[first - 1] if first else None
    here = before.left.end if before else passage.left.start
    there = before.right.end if before else passage.right.start
    for index in range(first, len(passage.edits)):
        edit = passage.edits[index]
        if here < edit.left.start:
            yield None, Span(here, edit.left.start), Span(there, edit.right.start)
        if edit.left.start > window.end:
            return
        yield edit, edit.left, edit.right
        here, there = edit.left.end, edit.right.end
    if here < passage.left.end:
        yield None, Span(here, passage.left.end), Span(there, passage.right.end)


def _meets(span: Span, window: Span) -> bool:
    """An empty span meets a window it lies in or on the border of."""
    if span.length:
        return span.overlaps(window)
    return window.start <= span.start <= window.end
