"""Two folded stretches -> the changes between them, as folded offsets: the edit script, at word level.

Runs that are in order on both sides are kept as they are (anchors); what lies between goes through rapidfuzz's exact
Levenshtein script. A replacement then grows to whole words, where the characters it grows over are equal on both
sides (通[过] -> 透[过] becomes 通过 -> 透过); an insertion or deletion grows only where that joins it to another change
(达到 -> 到达), so that a word left out stays a word left out. rapidfuzz's one door, with `similarity`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from kejidiff.align.seeds import Runs
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.span import Span

#: Is there a word boundary before this folded offset?
Boundary = Callable[[int], bool]

#: A change grows over at most this many characters to reach a word's edge: 98 % of jieba's words have four or fewer.
_WORD = 4
#: Neighbouring words exchanged one by one; longer stretches that happen to have equally many words are rewritten.
_WORDS = 4
#: Cells of the largest gap whose exact script is computed; beyond it (5,000 by 5,000) a gap is one replacement.
_CELLS = 25_000_000
#: Below this share of kept characters the equal ones in a gap are chance, and the gap is one replacement. Two unrelated
#: stretches of 20 to 60 characters of the corpus keep .10 to .20.
_CHANCE = 0.25


class Change(NamedTuple):
    """Left `[i, i_end)` became right `[j, j_end)`; either may be empty, not both."""

    i: int
    i_end: int
    j: int
    j_end: int


class Stretch(NamedTuple):
    """A folded text and the part of it that is compared."""

    text: str
    span: Span
    boundary: Boundary


def find_changes(left: Stretch, right: Stretch, runs: Runs, members: Sequence[int]) -> tuple[list[Change], list[int]]:
    """Changes, ascending; between two of them both sides are equal. Also the runs that were out of order."""
    anchors, moved = _in_order(runs, members, left.span, right.span)
    changes: list[Change] = []
    i, j = left.span.start, right.span.start
    for a, b, length in [*anchors, (left.span.end, right.span.end, 0)]:
        changes += _gap(left.text, right.text, Change(i, a, j, b))
        i, j = a + length, b + length
    return _whole_words(_touching_joined(changes), left, right), moved


def similarity(left: str, right: str) -> float:
    """Normalised indel similarity, 0 to 1: 2 x longest common subsequence over the sum of lengths."""
    return Indel.normalized_similarity(left, right)


def _in_order(
    runs: Runs, members: Sequence[int], left: Span, right: Span
) -> tuple[list[tuple[int, int, int]], list[int]]:
    """The weightiest set of runs that ascend on both sides, cut to the spans and to each other; and the rest."""
    inside = [
        (int(runs.left[run]), int(runs.right[run]), int(runs.length[run]), run)
        for run in members
        if left.start <= runs.left[run] and runs.left[run] + runs.length[run] <= left.end
        and right.start <= runs.right[run] and runs.right[run] + runs.length[run] <= right.end
    ]  # fmt: skip
    best: list[int] = []
    links: list[int] = []
    for at, (a, b, length, _) in enumerate(inside):
        score, link = length, -1
        for before in range(max(0, at - 200), at):
            a0, b0, length0, _ = inside[before]
            overlap = max(a0 + length0 - a, b0 + length0 - b, 0)
            if a0 < a and b0 < b and overlap < length and best[before] + length - overlap > score:
                score, link = best[before] + length - overlap, before
        best.append(score)
        links.append(link)
    chosen: list[int] = []
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        chosen.append(at)
        at = links[at]
    anchors = _trimmed([inside[at][:3] for at in reversed(chosen)])
    kept = set(chosen)
    return anchors, [run for at, (_, _, _, run) in enumerate(inside) if at not in kept]


def _trimmed(anchors: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Anchors that overlap the one before on either side, shortened at their beginning."""
    trimmed: list[tuple[int, int, int]] = []
    i = j = 0
    for a, b, length in anchors:
        overlap = max(i - a, j - b, 0) if trimmed else 0
        if overlap < length:
            trimmed.append((a + overlap, b + overlap, length - overlap))
            i, j = a + length, b + length
    return trimmed


def _gap(left: str, right: str, gap: Change) -> list[Change]:
    i, i_end, j, j_end = gap
    if i == i_end and j == j_end:
        return []
    if i == i_end or j == j_end or (i_end - i) * (j_end - j) > _CELLS:
        return [gap]
    one, other = left[i:i_end], right[j:j_end]
    opcodes = Levenshtein.opcodes(one, other)
    kept = sum(opcode.src_end - opcode.src_start for opcode in opcodes if opcode.tag == "equal")
    if kept < _CHANCE * min(len(one), len(other)):
        return [gap]
    return [
        Change(i + opcode.src_start, i + opcode.src_end, j + opcode.dest_start, j + opcode.dest_end)
        for opcode in opcodes
        if opcode.tag != "equal"
    ]


def _touching_joined(changes: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].i_end >= change.i and joined[-1].j_end >= change.j:
            last = joined[-1]
            joined[-1] = Change(last.i, max(last.i_end, change.i_end), last.j, max(last.j_end, change.j_end))
        else:
            joined.append(change)
    return joined


def _whole_words(changes: list[Change], left: Stretch, right: Stretch) -> list[Change]:
    """Each change grown to word edges where that is possible; those that then touch are one."""
    grown = [_grown(changes, at, left, right) for at in range(len(changes))]
    words: list[Change] = []
    for at, change in enumerate(changes):
        wide = grown[at]
        replaced = change.i < change.i_end and change.j < change.j_end
        meets_before = at > 0 and (grown[at - 1].i_end > wide.i or grown[at - 1].j_end > wide.j)
        meets_after = at + 1 < len(changes) and (wide.i_end > grown[at + 1].i or wide.j_end > grown[at + 1].j)
        words.append(wide if replaced or meets_before or meets_after else change)
    return [word for change in _touching_joined(words) for word in _word_by_word(change, left, right)]


def _word_by_word(change: Change, left: Stretch, right: Stretch) -> list[Change]:
    """As many words on one side as on the other are that many changes (创建学校 -> 建立校园); equal ones are none."""
    lefts = [at for at in range(change.i, change.i_end + 1) if left.boundary(at)]
    rights = [at for at in range(change.j, change.j_end + 1) if right.boundary(at)]
    whole = lefts[:1] + lefts[-1:] + rights[:1] + rights[-1:] == [change.i, change.i_end, change.j, change.j_end]
    if not whole or len(lefts) != len(rights) or not 2 < len(lefts) <= _WORDS:
        return [change]
    pairs = [Change(*ends) for ends in zip(lefts, lefts[1:], rights, rights[1:], strict=False)]
    return [pair for pair in pairs if left.text[pair.i : pair.i_end] != right.text[pair.j : pair.j_end]]


def _grown(changes: list[Change], at: int, left: Stretch, right: Stretch) -> Change:
    """The change, grown outwards over equal characters: back to where both sides have a word edge, ahead to where one
    has, or both for an insertion or a deletion."""
    i, i_end, j, j_end = changes[at]
    if FIGURE_SYMBOL in (left.text[i:i_end], right.text[j:j_end]):
        return changes[at]  # a mask stands for just what it hides: _理论 -> 邓小平理论 is _ -> 邓小平
    before = changes[at - 1] if at else Change(0, left.span.start, 0, right.span.start)
    after = changes[at + 1] if at + 1 < len(changes) else Change(left.span.end, 0, right.span.end, 0)
    room_before = min(i - before.i_end, j - before.j_end, _WORD)
    room_after = min(after.i - i_end, after.j - j_end, _WORD)
    back = next((n for n in range(room_before + 1) if left.boundary(i - n) and right.boundary(j - n)), None)
    same_length = i_end - i == j_end - j and back is not None
    ahead = None
    for n in range(room_after + 1):
        edges = left.boundary(i_end + n), right.boundary(j_end + n)
        # One edge is enough behind a word for a word: 积极开展, one word to jieba, against 用心|开展 is 积极 -> 用心.
        if all(edges) or (any(edges) and same_length and i_end - i + (back or 0) + n > 1):
            ahead = n
            break
    # Beware: no common edge in reach means a neighbouring change splits the word; grow up to it, and they join.
    back = (room_before if room_before < _WORD else 0) if back is None else back
    ahead = (room_after if room_after < _WORD else 0) if ahead is None else ahead
    return Change(i - back, i_end + ahead, j - back, j_end + ahead)
