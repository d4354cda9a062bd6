"""The compiled matches of many pairs of units are those of `align.units`, edits and all, to the last bit."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_units import pairs_of, texts_of

from kejidiff.align.unit_edits import KINDS
from kejidiff.align.unit_pairs import Matched, UnitPairs, match_pairs, match_whole_pairs, rules_of
from kejidiff.kernel import is_compiled, without
from kejidiff.kernel import matches as kernel
from kejidiff.options import BulkOptions

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")
OPTIONS = BulkOptions()


def same(one: Matched, other: Matched) -> bool:
    """To the last bit, and of the same types."""
    both: Any = zip(one, other, strict=True)
    return all(a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in both)


@given(st.integers(0, 1 << 32), st.sampled_from([OPTIONS, BulkOptions(alike=0.3, least=1, matched=5)]))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_matches_are_those_of_the_plain_functions(seed: int, options: BulkOptions) -> None:
    """By blocks, cut where they meet, put in order, as wholes; with figures that differ or are hidden."""
    texts, pairs, places = pairs_of(seed, 12)
    found = match_pairs(texts, pairs, places, options)
    wholes = match_whole_pairs(texts, pairs, 0.4, options)
    with without():
        assert same(found, match_pairs(texts, pairs, places, options))
        assert same(wholes, match_whole_pairs(texts, pairs, 0.4, options))


def test_every_kind_of_match_and_edit_is_among_these() -> None:
    """Several of one pair, moved stretches, figures that differ or are hidden: what is compared is not nothing."""
    texts, pairs, places = pairs_of(1, 1_500)
    found = match_pairs(texts, pairs, places, OPTIONS)
    with without():
        assert same(found, match_pairs(texts, pairs, places, OPTIONS))
    assert set(np.unique(found.edits[:, 0]).tolist()) == set(range(len(KINDS)))
    assert np.bincount(found.rows[:, 0]).max() > 1


def test_a_cutoff_is_rounded_as_rapidfuzz_does() -> None:
    """Two of five symbols: .4 in doubles, and less than .4 as a float is."""
    (left, right), options = ([1] * 40 + [2] * 60, [1] * 40 + [3] * 60), BulkOptions(alike=0.4)
    texts, places = _two(left, right), kernel.Places(np.array([0, 0]), np.zeros(0, np.int64), np.zeros(0, np.int64))
    pairs = UnitPairs(np.array([0]), np.array([1]))
    found = match_pairs(texts, pairs, places, options)
    with without():
        assert same(found, match_pairs(texts, pairs, places, options))


def test_room_runs_out_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many calls as are needed give what one gives."""
    texts, pairs, places = pairs_of(2, 300)
    found = match_pairs(texts, pairs, places, OPTIONS)
    monkeypatch.setattr(kernel, "_ROOM", (600, 2_100))
    assert same(found, match_pairs(texts, pairs, places, OPTIONS))


def test_what_the_kernel_does_not_take_is_matched_all_the_same() -> None:
    """A unit of 600 symbols, places beyond 65,535: the plain functions take over."""
    left = list(range(600))
    texts, pairs = _two(left, left), UnitPairs(np.array([0]), np.array([1]))
    places = kernel.Places(np.array([0, 0]), np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert kernel.match_pairs(rules_of(OPTIONS), texts, *pairs, places) is None
    assert match_pairs(texts, pairs, places, OPTIONS).rows.tolist() == [[0, 0, 600, 0, 600, 600, 600, 0]]
    far = kernel.Places(np.array([0, 1]), np.array([1 << 16]), np.array([0]))
    assert kernel.match_pairs(rules_of(OPTIONS), _two([1], [2]), *pairs, far) is None


def test_numbers_of_no_unit_are_refused() -> None:
    """Nothing is read that is not there."""
    texts, places = _two([1], [2]), kernel.Places(np.array([0, 0]), np.zeros(0, np.int64), np.zeros(0, np.int64))
    for pairs in (UnitPairs(np.array([0]), np.array([2])), UnitPairs(np.array([-1]), np.array([1]))):
        with pytest.raises(ValueError, match="2 units"):
            kernel.match_pairs(rules_of(OPTIONS), texts, *pairs, places)


def _two(left: list[int], right: list[int]) -> Any:
    import random

    return texts_of([left, right], random.Random(0))
