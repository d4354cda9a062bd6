"""Counts of a large scan, in arrays: judged by sets of characters, in whatever order matches come."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.measure.bulk_reuse import (
    DocumentReuse,
    PairReuse,
    clusters_of,
    commonness_of,
    kin_of,
    longest_runs,
    pairs_of,
    reuse_of,
)
from kejidiff.measure.coverage import covered

COUNTABLE = np.full(4, 100)
NEAR = ((0, 1), (1, 2), (0, 3), (2, 3))
INTERVALS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 10)), max_size=20)


#: What is looked at of a match (`pipeline.bulk.matches`).
_FIELDS = ("document", "unit", "counted", "counted_end")
MATCH = np.dtype([(f"{side}_{field}", "<i8") for side in ("left", "right") for field in _FIELDS] + [("longest", "<u4")])


def match(left: tuple[int, int, int, int], right: tuple[int, int, int, int], longest: int = 5) -> tuple[int, ...]:
    """A match of two sides: document, unit, first countable character of the collection and last one's end."""
    return (*left, *right, longest)


def rows(*matches: tuple[int, ...]) -> np.ndarray:
    return np.array(list(matches), dtype=MATCH)


def pairs_in(order: tuple[tuple[int, int], ...]) -> PairReuse:
    """Pairs that share 60 of 100 characters, as buckets may bring them."""
    left, right = np.array(order).T
    numbers = np.arange(len(order))
    return PairReuse(left, right, numbers, np.ones_like(numbers), np.full((len(order), 2), 60))


def test_a_run_goes_on_where_a_unit_was_cut() -> None:
    """Verbatim matches side by side are one run; not one beside a changed one, formula, a gap, or another document."""
    found = rows(
        match((0, 1, 0, 5), (1, 8, 50, 55)), match((0, 2, 5, 10), (1, 9, 55, 60)),
        match((0, 3, 10, 15), (1, 10, 60, 65)), match((0, 4, 15, 20), (1, 11, 66, 71)),
        match((0, 5, 20, 25), (2, 12, 71, 76)), match((0, 6, 25, 30), (2, 13, 76, 81)),
    )  # fmt: skip
    tiers, none = np.array([0, 0, 1, 0, 0, 0]), np.zeros(6, dtype=bool)
    assert longest_runs(found, tiers, none).tolist() == [10, 10, 5, 5, 10, 10]
    assert longest_runs(found, tiers, np.arange(6) == 5).tolist() == [10, 10, 5, 5, 5, 5]
    assert longest_runs(found[:0], tiers[:0], none[:0]).tolist() == []


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


def test_a_text_is_as_common_as_the_documents_it_was_matched_with() -> None:
    """Units 10, 20, 30, 40 of documents 0 to 3: the first was matched with all others, the last two with it alone."""
    first = (0, 10, 0, 9)
    found = rows(match(first, (1, 20, 100, 109)), match(first, (2, 30, 200, 209)), match(first, (3, 40, 300, 309)))
    assert commonness_of(found, np.arange(4)).tolist() == [4, 4, 4]
    assert commonness_of(found[1:], np.arange(4)).tolist() == [3, 3]
    assert commonness_of(found[2:], np.arange(4)).tolist() == [2]
    assert commonness_of(found[:0], np.arange(4)).tolist() == []


def test_kin_are_one_holder_and_the_two_of_a_match_are_two() -> None:
    """Documents 1 and 2 are versions of one; of 2 and 3, kin themselves, both hold what they share."""
    first = (0, 10, 0, 9)
    found = rows(match(first, (1, 20, 100, 109)), match(first, (2, 30, 200, 209)), match(first, (3, 40, 300, 309)))
    assert commonness_of(found, np.array([0, 1, 1, 3])).tolist() == [3, 3, 3]
    assert commonness_of(found, np.array([0, 1, 1, 1])).tolist() == [2, 2, 2]
    assert commonness_of(rows(match((2, 30, 0, 9), (3, 40, 100, 109))), np.array([0, 1, 2, 2])).tolist() == [2]


def test_another_unit_of_one_document_adds_nothing() -> None:
    """A document that holds a text twice holds it once."""
    first = (0, 10, 0, 9)
    found = rows(
        match(first, (1, 20, 100, 109)), match(first, (1, 21, 120, 129)), match((0, 11, 20, 29), (2, 30, 200, 209))
    )
    assert commonness_of(found, np.arange(3)).tolist() == [2, 2, 2]


def reuse(found: np.ndarray, tiers: list[int], formula: list[bool], documents: int) -> DocumentReuse:
    """The counts of every document, from what its pairs share without formula."""
    apart = np.array(formula, dtype=bool)
    return reuse_of(found, np.array(tiers), apart, pairs_of(found[~apart]), documents)


def test_every_character_counts_once_and_for_the_best_it_is() -> None:
    """Document 0 has 10 characters verbatim in 1, and 10, of which 4 are the same ones, reworded in 2."""
    found = rows(
        match((0, 10, 0, 10), (1, 20, 100, 110), longest=10), match((0, 10, 6, 16), (2, 30, 200, 212), longest=4)
    )
    told = reuse(found, [0, 2], [False, False], 4)
    assert told.verbatim.tolist() == [10, 10, 0, 0]
    assert told.light.tolist() == [0, 0, 0, 0]
    assert told.rewritten.tolist() == [6, 0, 12, 0]
    assert told.largest_single.tolist() == [10, 10, 12, 0]
    assert told.longest_run.tolist() == [10, 10, 4, 0]
    assert told.stock.tolist() == [0, 0, 0, 0]


def test_what_two_share_in_several_places_is_added_up() -> None:
    """Five and seven characters of one other document are twelve of a single one; light ones stand apart."""
    found = rows(match((0, 10, 0, 5), (1, 20, 100, 105), 5), match((0, 11, 50, 57), (1, 21, 150, 157), 6))
    told = reuse(found, [0, 1], [False, False], 2)
    assert (told.verbatim.tolist(), told.light.tolist()) == ([5, 5], [7, 7])
    assert (told.largest_single.tolist(), told.longest_run.tolist()) == ([12, 12], [6, 6])


def test_formula_is_in_no_ratio_but_counted_apart() -> None:
    """Of 10 characters of formula, 3 stand in a passage, too: those are reuse."""
    found = rows(
        match((0, 10, 0, 10), (1, 20, 100, 110), longest=10), match((0, 10, 7, 12), (2, 30, 200, 205), longest=5)
    )
    told = reuse(found, [0, 0], [True, False], 3)
    assert told.verbatim.tolist() == [5, 0, 5]
    assert told.stock.tolist() == [7, 10, 0]
    assert told.largest_single.tolist() == [5, 0, 5]
    assert told.longest_run.tolist() == [5, 0, 5]


def test_where_nothing_was_found_nothing_is_reused() -> None:
    """Every document is told of, all with zeros."""
    told = reuse(rows(), [], [], 3)
    assert all(column.tolist() == [0, 0, 0] for column in told)
