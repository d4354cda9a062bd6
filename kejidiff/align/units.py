"""Two units and the places of their shared anchors -> what they have in common, verified, with its edit script.

Units that are alike as wholes are aligned as wholes. Others are aligned block by block: a recycled sentence among fresh
ones, sentences in another order. Of every script the best stretch is kept: equal characters count for it, changed ones
against it, so that what merely stands beside a copy stays outside.

Limitations. Scripts are of folded characters, character by character: they know figures, but neither words nor marks.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import le
from typing import Final, NamedTuple

from kejidiff.align.script import script_of, similarity
from kejidiff.align.unit_blocks import Block, find_blocks
from kejidiff.options import BulkOptions

#: What a changed character costs, where an equal one earns 1, in units that are alike as wholes and in blocks. A text
#: with three of ten characters exchanged comes to +.46 and +.34 a character, unrelated ones (which keep .1 to .2) to
#: less than -.4. With .4 instead of .6 three of a hundred characters more are found of passages whose words were
#: exchanged, where units are wholes; where they are not, false ones are, too.
PRICE: Final = 0.4
BLOCK_PRICE: Final = 0.6
#: Characters around a block's anchors in which its ends are looked for: one stretch of 40 in 18,000 has no anchor.
MARGIN: Final = 40
#: Anchors of a block, and how alike its two sides must be: two unrelated stretches that share a stock phrase of 12
#: characters reach .4.
ANCHORS: Final = 2
#: Anchors of all blocks of long units that are not alike as wholes, where a part must be of 40 characters: that has
#: eight anchors as a rule, and three or fewer once in 40 times.
ANCHORS_OF_LONG: Final = 4
BLOCK_ALIKE: Final = 0.6
#: From here on a unit is one copy whatever its order; below, sentences may have changed places.
IN_ORDER: Final = 0.9
#: So many times what one match needs, several need together: of a paragraph whose sentences were put into another order
#: and which is longer than a unit, each pair of units holds some.
TOGETHER: Final = 2
#: Share of the shorter unit that a match covers to be one of the unit as a whole, if as much agrees as a unit must
#: have: titles of one kind of report (县人力资源社会保障局2015年工作总结) are alike, too.
COVERED: Final = 0.6

Step = tuple[str, int, int, int, int]
Script = list[Step]


class UnitMatch(NamedTuple):
    """Half-open folded offsets in both units; `script` covers both ranges, equal steps included.

    matched   folded characters that are equal
    longest   of them, the longest run
    moved     stretches that stand elsewhere, (left, left_end, right, right_end), outside the script's order
    """

    left: int
    left_end: int
    right: int
    right_end: int
    similarity: float
    matched: int
    longest: int
    script: Script
    moved: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def score(self) -> float:
        """Equal characters less what the changed ones cost in a part of a unit."""
        changed = self.left_end - self.left + self.right_end - self.right - 2 * self.matched
        return self.matched - BLOCK_PRICE * changed


def match_units(left: str, right: str, places: Iterable[tuple[int, int]], options: BulkOptions) -> list[UnitMatch]:
    """What two units share, by left offset, disjoint on the left; nothing where it is less than `options` ask for.

    `places`: (left, right) offsets of their shared anchors, give or take three characters.
    """
    if left == right:
        return [
            UnitMatch(0, len(left), 0, len(right), 1.0, len(left), len(left), [("equal", 0, len(left), 0, len(left))])
        ]
    alike = similarity(left, right, options.alike)
    if alike >= IN_ORDER:
        return _whole(left, right, options.alike, options)
    shared = sorted(places)
    if alike and _in_order(shared):
        return _whole(left, right, options.alike, options)
    blocks = [block for block in find_blocks(shared) if block.anchors >= ANCHORS]
    if alike and not _out_of_order(blocks):
        return _whole(left, right, options.alike, options)
    if not alike and min(len(left), len(right)) >= TOGETHER * options.matched:
        blocks = blocks if sum(block.anchors for block in blocks) >= ANCHORS_OF_LONG else []
    return _by_block(left, right, blocks, options) or (_whole(left, right, options.alike, options) if alike else [])


def match_wholes(left: str, right: str, alike: float, options: BulkOptions) -> list[UnitMatch]:
    """What two units share that are alike as wholes, without looking for blocks; at most one match."""
    return _whole(left, right, alike, options) if similarity(left, right, alike) else []


def _whole(left: str, right: str, alike: float, options: BulkOptions) -> list[UnitMatch]:
    match = _best(script_of(left, right), PRICE)
    return [match] if match is not None and _enough(match, len(left), len(right), alike, options) else []


def _in_order(places: Sequence[tuple[int, int]]) -> bool:
    """Anchors in the order of the left unit are in that of the right one: a quick no to what blocks would say."""
    rights = [right for _, right in places]
    return all(map(le, rights, rights[1:]))


def _out_of_order(blocks: list[Block]) -> bool:
    return any(later.right < earlier.right for earlier, later in pairwise(blocks))


def _by_block(left: str, right: str, blocks: list[Block], options: BulkOptions) -> list[UnitMatch]:
    matches: list[UnitMatch] = []
    for block in sorted(blocks, key=lambda block: -block.anchors):
        before = min(MARGIN, block.left, block.right)
        start, other = block.left - before, block.right - before
        script = script_of(left[start : block.left_end + MARGIN], right[other : block.right_end + MARGIN])
        match = _best(script, BLOCK_PRICE)
        if match is None or match.similarity < BLOCK_ALIKE:
            continue
        cleared = _clear_of(_shifted(match, start, other), matches)
        if cleared is not None:
            matches.append(cleared)
    matches.sort()
    whole = _reordered(left, right, matches) if len(matches) > 1 else None
    if whole is not None:
        return [whole]
    if sum(match.matched for match in matches) >= TOGETHER * options.matched:
        return matches
    return [match for match in matches if _enough(match, len(left), len(right), BLOCK_ALIKE, options)]


def _reordered(left: str, right: str, matches: list[UnitMatch]) -> UnitMatch | None:
    """The matches as one, where together they are most of the shorter unit: the longest is in its place, what does not
    follow from it moved."""
    matched = sum(match.matched for match in matches)
    if matched < COVERED * min(len(left), len(right)):
        return None
    kept = _heaviest_in_order(matches)
    script: Script = []
    i, j = matches[0].left, min(match.right for match in matches)
    i_end, j_end = max(match.left_end for match in matches), max(match.right_end for match in matches)
    start, other = i, j
    for match in [*kept, None]:
        to_i, to_j = (match.left, match.right) if match else (i_end, j_end)
        if (i, j) != (to_i, to_j):
            script.append(
                ("replace" if i < to_i and j < to_j else "insert" if i == to_i else "delete", i, to_i, j, to_j)
            )
        if match:
            script += match.script
            i, j = match.left_end, match.right_end
    moved = tuple((match.left, match.left_end, match.right, match.right_end) for match in matches if match not in kept)
    similar = similarity(left[start:i_end], right[other:j_end])
    longest = max(match.longest for match in matches)
    return UnitMatch(start, i_end, other, j_end, similar, matched, longest, script, moved)


def _heaviest_in_order(matches: list[UnitMatch]) -> list[UnitMatch]:
    """The matches of the heaviest chain that ascends on both sides."""
    best: list[tuple[int, list[UnitMatch]]] = []
    for match in matches:
        before = [one for one in best if one[1][-1].left_end <= match.left and one[1][-1].right_end <= match.right]
        weight, chain = max(before, key=lambda one: one[0], default=(0, []))
        best.append((weight + match.matched, [*chain, match]))
    return max(best, key=lambda one: one[0])[1]


def _enough(match: UnitMatch, left: int, right: int, alike: float, options: BulkOptions) -> bool:
    covered = min(match.left_end - match.left, match.right_end - match.right) >= COVERED * min(left, right)
    enough = match.matched >= options.least if covered else match.score >= options.matched
    return match.similarity >= alike and enough


def _clear_of(match: UnitMatch, earlier: list[UnitMatch]) -> UnitMatch | None:
    """The match without what the earlier ones hold of either side; None where that is half of it, or more.

    Stretches that stand beside each other often seem to share a character: what follows both happens to be equal.
    """
    cleared: UnitMatch | None = match
    for other in earlier:
        if cleared is not None and _overlap(cleared, other):
            cleared = _best(_clipped(cleared, other), BLOCK_PRICE)
    return cleared if cleared is not None and 2 * cleared.matched > match.matched else None


def _overlap(one: UnitMatch, other: UnitMatch) -> bool:
    return (one.left < other.left_end and other.left < one.left_end) or (
        one.right < other.right_end and other.right < one.right_end
    )


def _clipped(match: UnitMatch, other: UnitMatch) -> Script:
    """The part of a match's script that stands outside the other on both sides."""
    first, last = _outside((match.left, match.left_end), (other.left, other.left_end))
    right_first, right_last = _outside((match.right, match.right_end), (other.right, other.right_end))
    script: Script = []
    for kind, i, i_end, j, j_end in match.script:
        lost, lost_behind = max(first - i, right_first - j, 0), max(i_end - last, j_end - right_last, 0)
        if not lost and not lost_behind:
            script.append((kind, i, i_end, j, j_end))
        elif kind == "equal" and lost + lost_behind < i_end - i:
            script.append((kind, i + lost, i_end - lost_behind, j + lost, j_end - lost_behind))
    return script


def _outside(span: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """What is left of a span, at its beginning rather than at its end, without another that overlaps it."""
    if span[0] < other[0]:
        return span[0], min(span[1], other[0])
    return max(span[0], other[1]), span[1]


def _shifted(match: UnitMatch, left: int, right: int) -> UnitMatch:
    script = [(kind, i + left, i_end + left, j + right, j_end + right) for kind, i, i_end, j, j_end in match.script]
    return match._replace(
        left=match.left + left, left_end=match.left_end + left,
        right=match.right + right, right_end=match.right_end + right, script=script,
    )  # fmt: skip


def _best(script: Script, price: float) -> UnitMatch | None:
    """The stretch of a script with the highest score (Kadane): it begins and ends with equal characters."""
    score = best = 0.0
    start = first = last = -1
    for at, (kind, i, i_end, j, j_end) in enumerate(script):
        if kind == "equal":
            if score <= 0:
                score, start = 0.0, at
            score += i_end - i
            if score > best:
                best, first, last = score, start, at
        else:
            score -= price * (i_end - i + j_end - j)
    if first < 0:
        return None
    kept = script[first : last + 1]
    equal = [step[2] - step[1] for step in kept if step[0] == "equal"]
    i, j, i_end, j_end = kept[0][1], kept[0][3], kept[-1][2], kept[-1][4]
    matched = sum(equal)
    return UnitMatch(i, i_end, j, j_end, 2 * matched / (i_end - i + j_end - j), matched, max(equal), kept)
