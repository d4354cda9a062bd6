"""Neighbours of matches: reworded paragraphs between copies are found, beside one chance match nothing is."""

import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.align.unit_neighbours import Found, match_neighbours
from kejidiff.align.units import UnitMatch, match_units
from kejidiff.options import BulkOptions

OPTIONS = BulkOptions()
HANZI = [chr(0x4E00 + number) for number in range(1500)]


def paragraph(seed: int, length: int = 120) -> str:
    """Characters at random."""
    return "".join(random.Random(seed).choices(HANZI, k=length))


def reworded(text: str, seed: int) -> str:
    """Every other pair of characters exchanged: no run of three is left, and similarity is a half."""
    drawn = random.Random(seed)
    return "".join(text[at : at + 2] if at % 4 else "".join(drawn.choices(HANZI, k=2)) for at in range(0, len(text), 2))


def neighbours(left: list[str], right: list[str]) -> tuple[list[Found], list[Found]]:
    """Equal paragraphs that are matched at once, and what is found beside them; the right document's units follow."""
    texts = [*left, *right]
    split = len(left)
    pairs = product(range(split), range(split, len(texts)))
    found = [(a, b, m) for a, b in pairs if texts[a] == texts[b] for m in match_units(texts[a], texts[b], [], OPTIONS)]
    sides = range(split), range(split, len(texts))
    return found, match_neighbours(found, *sides, lambda unit: len(texts[unit]), texts.__getitem__, OPTIONS)


def test_a_reworded_paragraph_between_two_copies_is_found() -> None:
    """Too far reworded for anchors, but in the same place."""
    left = [paragraph(number) for number in range(5)]
    right = [left[0], reworded(left[1], 7), reworded(left[2], 8), left[3], paragraph(9)]
    _, more = neighbours(left, right)
    assert [(a, b) for a, b, _ in more] == [(1, 6), (2, 7)]
    assert all(match.similarity >= 0.4 and match.left_end - match.left > 100 for _, _, match in more)


def test_one_put_in_does_not_hide_the_next() -> None:
    """A paragraph of the copier's own between the copies is stepped over."""
    left = [paragraph(number) for number in range(4)]
    right = [left[0], paragraph(20), reworded(left[1], 7), left[3]]
    assert [(a, b) for a, b, _ in neighbours(left, right)[1]] == [(1, 6)]


def test_beside_a_single_match_nothing_is_looked_for() -> None:
    """One paragraph in common is no copied document."""
    left = [paragraph(number) for number in range(3)]
    assert neighbours(left, [reworded(left[0], 7), left[1], reworded(left[2], 8)])[1] == []


UNITS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["as it is", "reworded", "short"])), max_size=9)


@given(UNITS, UNITS)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_neighbours_are_new_alike_and_disjoint(lefts: list[tuple[int, str]], rights: list[tuple[int, str]]) -> None:
    """Whatever repeats on either side: nothing is claimed twice, all lies in the two documents, and is alike."""
    left, right = ([shaped(number, how) for number, how in side] for side in (lefts, rights))
    found, more = neighbours(left, right)
    texts = [*left, *right]
    for at, (a, b, match) in enumerate(more):
        assert a in range(len(left))
        assert b in range(len(left), len(texts))
        assert 0 <= match.left < match.left_end <= len(texts[a])
        assert match.similarity >= 0.4
        for c, d, other in [*found, *more[:at]]:
            assert a != c or not overlap(match, other, "left")
            assert b != d or not overlap(match, other, "right")


def shaped(number: int, how: str) -> str:
    """One of eight paragraphs, in one of three shapes."""
    text = paragraph(number)
    return {"as it is": text, "reworded": reworded(text, number), "short": text[:50]}[how]


def overlap(one: UnitMatch, other: UnitMatch, side: str) -> bool:
    """The two share a character on this side."""
    return bool(
        getattr(one, side) < getattr(other, side + "_end") and getattr(other, side) < getattr(one, side + "_end")
    )
