"""Two folded stretches -> the changes between them, as folded offsets: the edit script, at word level.

Runs that are in order on both sides are kept as they are (anchors); what lies between goes through rapidfuzz's exact
Levenshtein script. A replacement then grows to whole words, where the characters it grows over are equal on both
sides (通[过] -> 透[过] becomes 通过 -> 透过); an insertion or deletion grows only where that joins it to another change
(达到 -> 到达), so that a word left out stays a word left out. rapidfuzz's one door, with `similarity`.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from kejidiff.align.seeds import Runs
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.span import Span

if TYPE_CHECKING:
    from kejidiff.model.document import IntArray

#: Is there a word boundary before this folded offset?
Boundary = Callable[[int], bool]

#: A change grows over at most this many characters to reach a word's edge: 98 % of jieba's words have four or fewer.
_WORD = 4
#: A stretch put in is slid by no more than this to where it is whole words, and a phrase is no longer: two words.
_PHRASE = 8
#: What remains of a word whose beginning is left out is a word from two characters on.
_STEM = 2
#: Neighbouring words exchanged one by one; longer stretches that happen to have equally many words are rewritten.
_WORDS = 4
#: Cells of the largest gap whose exact script is computed; beyond it (5,000 by 5,000) a gap is one replacement.
_CELLS = 25_000_000
#: A gap this many times longer on one side holds text that came or went whole, not text that was reworded.
_UNEVEN = 2
#: What a single clause must share with one of several to be its counterpart: unrelated clauses keep .10 to .20.
_COUNTERPART = 0.4
#: What hides a name: 某县, 某某同志.
HIDES_A_NAME = "某"
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
    """A folded text and the part of it that is compared; `clauses`: ascending offsets at which a clause begins."""

    text: str
    span: Span
    boundary: Boundary
    clauses: "IntArray"


def find_changes(left: Stretch, right: Stretch, runs: Runs, members: Sequence[int]) -> list[Change]:
    """Changes, ascending; between two of them both sides are equal."""
    changes: list[Change] = []
    edges: set[tuple[int, int]] = set()
    i, j = left.span.start, right.span.start
    for a, b, length in [*_in_order(runs, members, left.span, right.span), (left.span.end, right.span.end, 0)]:
        for gap in _by_clause(left, right, Change(i, a, j, b)):
            changes += _gap(left.text, right.text, gap)
            edges.add((gap.i_end, gap.j_end))
        i, j = a + length, b + length
    return _whole_words(_slid(_touching_joined(changes, edges), left, right), left, right, edges)


def exact_changes(left: str, right: str, change: Change) -> list[Change]:
    """The change character by character, without words: Levenshtein's script, equal characters left out."""
    i, i_end, j, j_end = change
    if (i_end - i) * (j_end - j) > _CELLS:
        return [change]
    return [
        Change(i + opcode.src_start, i + opcode.src_end, j + opcode.dest_start, j + opcode.dest_end)
        for opcode in Levenshtein.opcodes(left[i:i_end], right[j:j_end])
        if opcode.tag != "equal"
    ]


def similarity(left: str, right: str, at_least: float | None = None) -> float:
    """Normalised indel similarity, 0 to 1: 2 x longest common subsequence over the sum of lengths; 0 below `at_least`,
    which is found out sooner."""
    return Indel.normalized_similarity(left, right, score_cutoff=at_least)


def script_of(left: str, right: str) -> list[tuple[str, int, int, int, int]]:
    """The whole script, character by character: `equal`, `replace`, `insert` or `delete`, and both half-open ranges."""
    # rapidfuzz's own types call them Opcode; what it gives here are tuples.
    steps: list[tuple[str, int, int, int, int]] = Levenshtein.opcodes(left, right).as_list()  # type: ignore[assignment]
    return steps


def _in_order(runs: Runs, members: Sequence[int], left: Span, right: Span) -> list[tuple[int, int, int]]:
    """The weightiest set of runs that ascend on both sides, cut to the spans and to each other."""
    inside = [
        (int(runs.left[run]), int(runs.right[run]), int(runs.length[run]))
        for run in members
        if left.start <= runs.left[run] and runs.left[run] + runs.length[run] <= left.end
        and right.start <= runs.right[run] and runs.right[run] + runs.length[run] <= right.end
    ]  # fmt: skip
    best: list[int] = []
    links: list[int] = []
    for at, (a, b, length) in enumerate(inside):
        score, link = length, -1
        for before in range(max(0, at - 200), at):
            a0, b0, length0 = inside[before]
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
    return _trimmed([inside[at] for at in reversed(chosen)])


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


def _by_clause(left: Stretch, right: Stretch, gap: Change) -> list[Change]:
    """A gap that is much longer on one side, parted so that the clauses that came or went stand by themselves.

    Where a gap begins within a clause on both sides, its first clauses belong together; where it ends within one, the
    last do; otherwise the single clause of one side goes with the clause of the other that is most like it.
    """
    i, i_end, j, j_end = gap
    shorter, longer = sorted((i_end - i, j_end - j))
    if shorter * longer > _CELLS:
        return [gap]
    lefts, rights = _cuts(left.clauses, i, i_end), _cuts(right.clauses, j, j_end)
    if not 0 < shorter * _UNEVEN < longer or len(lefts) == len(rights) == 2:
        return [gap]
    first, last = _within(left, right, i, j), _within(left, right, i_end, j_end)
    if min(len(lefts), len(rights)) > 2:
        cuts = [(lefts[1], rights[1])] * first + [(lefts[-2], rights[-2])] * last
    elif first != last:
        ours, theirs = (lefts[1], rights[1]) if first else (lefts[-2], rights[-2])
        cuts = [(ours, theirs)]
    else:
        cuts = _likeliest(left.text, right.text, lefts, rights)
    edges = [(i, j), *cuts, (i_end, j_end)]
    parts = [Change(a, b, c, d) for (a, c), (b, d) in pairwise(edges)]
    return [part for part in parts if part.i < part.i_end or part.j < part.j_end]


def _cuts(clauses: "IntArray", start: int, end: int) -> list[int]:
    """`start`, the offsets between it and `end` at which a clause begins, and `end`."""
    return [start, *map(int, clauses[bisect_right(clauses, start) : bisect_right(clauses, end - 1)]), end]


def _within(left: Stretch, right: Stretch, i: int, j: int) -> bool:
    """True where both offsets lie within a clause."""
    return not _begins(left.clauses, i) and not _begins(right.clauses, j)


def _begins(clauses: "IntArray", offset: int) -> bool:
    at = bisect_right(clauses, offset)
    return at > 0 and int(clauses[at - 1]) == offset


def _likeliest(left: str, right: str, lefts: list[int], rights: list[int]) -> list[tuple[int, int]]:
    """The cuts before and after the clause that the other side's only clause is most like; none where none is."""
    pairs = [
        (similarity(left[a:b], right[c:d]), (a, c), (b, d)) for a, b in pairwise(lefts) for c, d in pairwise(rights)
    ]
    best, start, end = max(pairs)
    return [start, end] if best >= _COUNTERPART else []


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


def _touching_joined(changes: list[Change], edges: Collection[tuple[int, int]]) -> list[Change]:
    """Changes that touch or overlap as one, but where a clause ends (`edges`)."""
    joined: list[Change] = []
    for change in changes:
        touch = joined and joined[-1].i_end >= change.i and joined[-1].j_end >= change.j
        if touch and (joined[-1].i_end, joined[-1].j_end) not in edges:
            last = joined[-1]
            joined[-1] = Change(last.i, max(last.i_end, change.i_end), last.j, max(last.j_end, change.j_end))
        else:
            joined.append(change)
    return joined


def _whole_words(
    changes: list[Change], left: Stretch, right: Stretch, edges: Collection[tuple[int, int]]
) -> list[Change]:
    """Each change grown to word edges where that is possible; those that then touch are one."""
    grown = [_grown(changes, at, left, right) for at in range(len(changes))]
    words: list[Change] = []
    for at, change in enumerate(changes):
        wide = grown[at]
        replaced = change.i < change.i_end and change.j < change.j_end
        meets_before = at > 0 and (grown[at - 1].i_end > wide.i or grown[at - 1].j_end > wide.j)
        meets_after = at + 1 < len(changes) and (wide.i_end > grown[at + 1].i or wide.j_end > grown[at + 1].j)
        grows = replaced or meets_before or meets_after or _is_part(change, wide, left, right)
        words.append(wide if grows else change)
    return [word for change in _touching_joined(words, edges) for word in _word_by_word(change, left, right)]


def _slid(changes: list[Change], left: Stretch, right: Stretch) -> list[Change]:
    """Insertions and deletions where they are whole words, if the same text put in a little earlier or later is.

    全面[大力]大规模 and 全面大[力大]规模 make one text; an edit script knows no difference.
    """
    slid: list[Change] = []
    for at, change in enumerate(changes):
        if change.i < change.i_end and change.j < change.j_end:
            slid.append(change)
            continue
        side, start, end = (
            (left, change.i, change.i_end) if change.j == change.j_end else (right, change.j, change.j_end)
        )
        before = slid[-1] if slid else Change(0, left.span.start, 0, right.span.start)
        after = changes[at + 1] if at + 1 < len(changes) else Change(left.span.end, 0, right.span.end, 0)
        back, ahead = 0, 0
        # Beware: slid as far as its neighbour it would join it.
        room = min(change.i - before.i_end - 1, change.j - before.j_end - 1, _PHRASE)
        while back < room and side.text[start - back - 1] == side.text[end - back - 1]:
            back += 1
        room = min(after.i - change.i_end - 1, after.j - change.j_end - 1, _PHRASE)
        while ahead < room and side.text[start + ahead] == side.text[end + ahead]:
            ahead += 1
        whole = [by for by in range(-back, ahead + 1) if side.boundary(start + by) and side.boundary(end + by)]
        by = min(whole, key=lambda by: (not _begins(side.clauses, start + by), abs(by)), default=0)
        slid.append(Change(*(offset + by for offset in change)))
    return slid


def _is_part(change: Change, wide: Change, left: Stretch, right: Stretch) -> bool:
    """True for an insertion or deletion that makes one word another (发展 -> 发展战略), and for none of whole words.

    Beware: 最新 -> 新 is 最 left out, though jieba knows 最新 as one word; 或者 -> 或 is the same word, shorter.
    """
    lost = change.j == change.j_end
    side, start, end = (left, change.i, change.i_end) if lost else (right, change.j, change.j_end)
    first, last = (wide.i, wide.i_end) if lost else (wide.j, wide.j_end)
    if last - first > _PHRASE or any(map(side.boundary, range(first + 1, last))):
        return False
    return last - first - (end - start) >= (1 if start > first else _STEM)


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
    if any(
        side == FIGURE_SYMBOL or not side.strip(HIDES_A_NAME)
        for side in (left.text[i:i_end], right.text[j:j_end])
        if side
    ):
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
