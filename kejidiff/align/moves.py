"""Changes -> the same with moved stretches parted off: deleted here and inserted there, rather than written anew.

What one side lost and the other gained is compared: as a whole where it is the same, then sentence by sentence, as a
whole again, and clause by clause. Pieces that are alike are the two halves of a move, also where the moved text was
touched up.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kejidiff.align.script import Change, similarity

if TYPE_CHECKING:
    from kejidiff.model import FoldedText

#: Shorter clauses (一是, 要大力) stand in many places; none of them was carried from one to the other.
_LEAST = 6
#: Longer pieces are not compared whole: that takes the square of their length.
_MOST = 5_000
#: A piece is compared with those that share most of its 3-grams: the right one is never lower than third in the seeds.
_GRAM, _TRIED = 3, 3
#: A 3-gram that stands in more pieces than this tells nothing about which of them moved.
_HOLDERS = 50
#: Halves of a move are this much alike: a moved sentence with every fifth word exchanged keeps .65 and more; two
#: unrelated sentences keep .10 to .20, two that open alike up to .5.
_ALIKE = 0.6
#: A clause alone says less: nearly the same, or it was not moved.
_ALIKE_CLAUSE, _CLAUSE = 0.8, 12


class _Piece(NamedTuple):
    """Part of one side of a change: folded offsets, and which change it is part of."""

    start: int
    end: int
    change: int


def find_moves(
    left: "FoldedText", right: "FoldedText", changes: Sequence[Change]
) -> tuple[list[Change], frozenset[Change]]:
    """The changes, parted where a moved stretch begins or ends, and those of them that are halves of a move."""
    lost = [_Piece(change.i, change.i_end, at) for at, change in enumerate(changes)]
    gained = [_Piece(change.j, change.j_end, at) for at, change in enumerate(changes)]
    moved: tuple[list[_Piece], list[_Piece]] = ([], [])
    for cuts, floor in ((None, 1.0), ("breaks", _ALIKE), (None, _ALIKE), ("clauses", _ALIKE)):
        ours, theirs = (
            _free(side if cuts is None else _parted(side, getattr(folded, cuts)), taken)
            for side, folded, taken in ((lost, left, moved[0]), (gained, right, moved[1]))
        )
        for one, other in _alike(left.text, right.text, ours, theirs, floor):
            moved[0].append(one)
            moved[1].append(other)
    if not moved[0]:
        return list(changes), frozenset()
    ours_of, theirs_of = _by_change(moved[0]), _by_change(moved[1])
    parted = [
        part for at, change in enumerate(changes) for part in _split(change, ours_of.get(at, []), theirs_of.get(at, []))
    ]
    return [change for change, _ in parted], frozenset(change for change, is_move in parted if is_move)


def _parted(pieces: Iterable[_Piece], cuts: Sequence[int]) -> list[_Piece]:
    """The pieces, cut where a sentence or a clause begins."""
    parted: list[_Piece] = []
    for start, end, change in pieces:
        inside = map(int, cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]) if start < end else ()
        edges = [start, *inside, end]
        parted += [_Piece(a, b, change) for a, b in pairwise(edges)]
    return parted


def _free(pieces: Iterable[_Piece], taken: Sequence[_Piece]) -> list[_Piece]:
    """Those of a length that tells, of which nothing is known to have moved."""
    by_change = _by_change(taken)
    return [
        piece
        for piece in pieces
        if _LEAST <= piece.end - piece.start <= _MOST
        and not any(piece.start < other.end and other.start < piece.end for other in by_change.get(piece.change, ()))
    ]


def _alike(
    left: str, right: str, ours: Sequence[_Piece], theirs: Sequence[_Piece], floor: float
) -> list[tuple[_Piece, _Piece]]:
    """Pairs of pieces of different changes that are alike to at least `floor`, each piece in one, the longest first."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, piece in enumerate(theirs):
        for gram in _grams(right, piece):
            holders[gram].append(at)
    found: list[tuple[_Piece, _Piece]] = []
    used: set[int] = set()
    for piece in sorted(ours, key=lambda piece: (piece.start - piece.end, piece.start)):
        shared = Counter(at for gram in _grams(left, piece) for at in holders.get(gram, ())[:_HOLDERS])
        best, partner = 0.0, -1
        for at, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_TRIED]:
            other = theirs[at]
            if at in used or other.change == piece.change:
                continue
            alike = similarity(left[piece.start : piece.end], right[other.start : other.end])
            short = min(piece.end - piece.start, other.end - other.start) < _CLAUSE
            if alike > best and alike >= max(floor, _ALIKE_CLAUSE if short else 0):
                best, partner = alike, at
        if partner >= 0:
            used.add(partner)
            found.append((piece, theirs[partner]))
    return found


def _grams(text: str, piece: _Piece) -> set[str]:
    return {text[at : at + _GRAM] for at in range(piece.start, piece.end - _GRAM + 1)}


def _by_change(pieces: Iterable[_Piece]) -> dict[int, list[_Piece]]:
    """By change, ascending."""
    grouped: defaultdict[int, list[_Piece]] = defaultdict(list)
    for piece in sorted(pieces):
        grouped[piece.change].append(piece)
    return grouped


def _split(change: Change, ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> list[tuple[Change, bool]]:
    """The change as moved pieces and what lies between them, in order on both sides; True for what moved."""
    i, j = change.i, change.j
    parts: list[tuple[Change, bool]] = []
    for at in range(max(len(ours), len(theirs)) + 1):
        i_end = ours[at].start if at < len(ours) else change.i_end if at == len(ours) else i
        j_end = theirs[at].start if at < len(theirs) else change.j_end if at == len(theirs) else j
        parts.append((Change(i, i_end, j, j_end), False))
        i, j = i_end, j_end
        if at < len(ours):
            parts.append((Change(i, ours[at].end, j, j), True))
            i = ours[at].end
        if at < len(theirs):
            parts.append((Change(i, i, j, theirs[at].end), True))
            j = theirs[at].end
    return _joined([part for part in parts if part[0].i < part[0].i_end or part[0].j < part[0].j_end])


def _joined(parts: Sequence[tuple[Change, bool]]) -> list[tuple[Change, bool]]:
    """Moved pieces that follow each other on one side are one move."""
    joined: list[tuple[Change, bool]] = []
    for part, is_move in parts:
        last, was_move = joined[-1] if joined else (part, False)
        same_side = (last.i == last.i_end) == (part.i == part.i_end) and (last.j == last.j_end) == (
            part.j == part.j_end
        )
        if is_move and was_move and same_side:
            joined[-1] = Change(last.i, part.i_end, last.j, part.j_end), True
        else:
            joined.append((part, is_move))
    return joined
