"""Candidate pairs: documents that hold an equal key."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.library import find_candidates

KEYS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=7)


def arrays(keys: list[list[int]]) -> "list[np.ndarray]":
    return [np.array(own, dtype=np.uint64) for own in keys]


@given(KEYS, KEYS)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_every_shared_key_counts_once(bands: list[list[int]], fingerprints: list[list[int]]) -> None:
    """Judged by comparing all sets; 0 is nobody's key."""
    size = min(len(bands), len(fingerprints))
    bands, fingerprints = bands[:size], fingerprints[:size]
    found = {
        (pair.left, pair.right): (pair.windows, pair.fingerprints)
        for pair in find_candidates(arrays(bands), arrays(fingerprints))
    }
    expected = {}
    for left in range(size):
        for right in range(left + 1, size):
            counts = tuple(len((set(keys[left]) & set(keys[right])) - {0}) for keys in (bands, fingerprints))
            if any(counts):
                expected[left, right] = counts
    assert found == expected


def test_a_key_everyone_holds_links_and_does_not_multiply() -> None:
    """A thousand documents with one boilerplate page: 999 pairs with the first, not 499,500."""
    pairs = find_candidates(arrays([[7]] * 1000), arrays([[]] * 1000))
    assert [(pair.left, pair.right) for pair in pairs] == [(0, other) for other in range(1, 1000)]
