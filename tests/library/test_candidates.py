"""Candidate pairs: documents that share enough at one place."""

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.library import Postings, find_candidates
from kejidiff.library.postings import find_ties
from kejidiff.model import CandidatePair

KEYS = st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=7)


def postings(keys: list[list[int]], weight: float = 1.0) -> list[Postings]:
    """Every key at the place it has in its list."""
    found = []
    for own in keys:
        different = list(dict.fromkeys(own))
        places = np.array([own.index(key) for key in different], dtype=np.int64)
        found.append(Postings(np.array(different, dtype=np.uint64), places, np.full(len(different), weight)))
    return found


def pairs_of(
    bands: list[list[int]], fingerprints: list[list[int]], anchors: list[list[int]], weight: float = 1.0
) -> tuple[CandidatePair, ...]:
    return find_candidates(postings(bands), postings(fingerprints), postings(anchors, weight))


@given(KEYS)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_ties_are_those_of_all_sets(keys: list[list[int]]) -> None:
    """Judged by comparing every two documents key by key; 0 is nobody's key, and each tie knows who else holds it."""
    families = np.arange(len(keys)) // 2
    expected = set()
    for key in set().union(*keys) - {0} if keys else ():
        holders = [at for at, own in enumerate(keys) if key in own]
        count = len({int(families[at]) for at in holders})
        for left in holders:
            for right in holders:
                if left < right:
                    expected.add((left, right, keys[left].index(key), keys[right].index(key), count))
    if not any(keys):
        return
    ties = find_ties(postings(keys), families)
    found = list(zip(ties.left, ties.right, ties.left_places, ties.right_places, ties.families, strict=True))
    assert len(found) == sum(1 for _ in expected)
    assert {tuple(int(value) for value in tie) for tie in found} == expected


def test_a_key_everyone_holds_links_and_does_not_multiply() -> None:
    """A thousand documents with one boilerplate page: 999 ties with the first, not 499,500."""
    ties = find_ties(postings([[7]] * 1000), np.arange(1000))
    assert set(zip(ties.left.tolist(), ties.right.tolist(), strict=True)) == {(0, other) for other in range(1, 1000)}


def test_each_channel_suffices() -> None:
    """Five fingerprints together, three bands of two windows, or rare anchors of enough bits make a pair."""
    none: list[list[int]] = [[], []]
    assert len(pairs_of(none, [[1, 2, 3, 4, 5]] * 2, none)) == 1
    strangers = [[*range(1, 5), *range(20, 40)], [*range(1, 5), *range(40, 60)]]
    assert pairs_of(none, strangers, none) == ()
    windows = Postings(np.array([1, 2, 3], dtype=np.uint64), np.zeros(3, dtype=np.int64), np.ones(3))
    assert len(find_candidates([windows] * 2, postings(none), postings(none))) == 1
    assert len(pairs_of(none, none, [[1, 2]] * 2, weight=14.0)) == 1
    assert pairs_of(none, none, [[1, 2]] * 2, weight=5.0) == ()


def test_what_stands_far_apart_does_not_add_up() -> None:
    """Two anchors side by side tell more than two at opposite ends of a report."""
    near = Postings(np.array([1, 2], dtype=np.uint64), np.array([0, 9], dtype=np.int64), np.full(2, 14.0))
    far = near._replace(places=np.array([0, 900], dtype=np.int64))
    empty = postings([[], []])
    assert len(find_candidates(empty, empty, [near, near])) == 1
    assert find_candidates(empty, empty, [near, far]) == ()


def test_formula_makes_no_candidates_and_copies_of_a_source_are_no_formula() -> None:
    """What eight strangers hold weighs a seventh; what ten copies of one text hold counts as held by one."""
    formula = [[1, 2, 3]] * 8
    empty: list[list[int]] = [[]] * 8
    assert pairs_of(empty, empty, formula, weight=14.0) == ()
    copies = [list(range(100, 160))] * 10
    borrowed = [[1, 2, 3]] * 10
    found = find_candidates(postings([[]] * 11), postings([*copies, [5]]), postings([*borrowed, [1, 2, 3]], 14.0))
    partners = defaultdict(set)
    for pair in found:
        partners[pair.right].add(pair.left)
    assert partners[10] == set(range(10))


def test_every_shared_fingerprint_is_a_pair_where_nothing_may_be_missed() -> None:
    """One common fingerprint is too little to align for a passage, and enough for a fragment."""
    shared = postings([[1, 5, 6, 7, 8], [1, 15, 16, 17, 18], [2]])
    empty = postings([[], [], []])
    assert find_candidates(empty, shared, empty) == ()
    (pair,) = find_candidates(empty, shared, empty, every=True)
    assert (pair.left, pair.right, pair.slight) == (0, 1, True)
