"""Counts of a large scan, in arrays: judged by sets of characters, in whatever order matches come."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.measure.bulk_reuse import PairReuse, clusters_of, kin_of
from kejidiff.measure.coverage import covered

COUNTABLE = np.full(4, 100)
NEAR = ((0, 1), (1, 2), (0, 3), (2, 3))
INTERVALS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 10)), max_size=20)


def pairs_in(order: tuple[tuple[int, int], ...]) -> PairReuse:
    """Pairs that share 60 of 100 characters, as buckets may bring them."""
    left, right = np.array(order).T
    numbers = np.arange(len(order))
    return PairReuse(left, right, numbers, np.ones_like(numbers), np.full((len(order), 2), 60))


def test_kin_and_clusters_do_not_depend_on_the_order_of_pairs() -> None:
    """A cluster has other buckets than one machine, and must say the same."""
    orders = [pairs_in(order) for order in permutations(NEAR)]
    assert {tuple(kin_of(pairs, COUNTABLE, 0.5).tolist()) for pairs in orders} == {(0, 0, 0, 0)}
    assert len({str(clusters_of(pairs, COUNTABLE, 0.5)) for pairs in orders}) == 1


def test_who_shares_less_is_no_kin() -> None:
    """60 of 100 are not .7 of them."""
    assert kin_of(pairs_in(NEAR), COUNTABLE, 0.7).tolist() == [0, 1, 2, 3]


@given(INTERVALS)
@settings(deadline=None, derandomize=True)
def test_a_union_counts_every_character_once(intervals: list[tuple[int, int, int]]) -> None:
    """Group by group, whatever overlaps."""
    held: list[set[int]] = [set() for _ in range(4)]
    for group, start, length in intervals:
        held[group] |= set(range(start, start + length))
    columns = np.array(intervals, dtype=np.int64).reshape(-1, 3)
    found = covered(columns[:, 0], columns[:, 1], columns[:, 1] + columns[:, 2], 4)
    assert found.tolist() == [len(own) for own in held]
