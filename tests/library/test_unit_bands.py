"""Banding by sorting: every pair of units with one key in some band, and no other; judged by dicts."""

from collections import defaultdict
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.library.unit_bands import join_bands
from kejidiff.library.unit_join import UnitBits, units_of_pairs

BITS, HOLDERS, UNITS = UnitBits(24), 3, 10
#: Keys as a hash gives them, some that differ in a bit that is kept; 0 is nobody's.
KEYS = st.sampled_from([0, 1 << 24, 1 << 25, 1 << 63, (1 << 64) - 1, (1 << 64) - 1 - (1 << 24)])
BANDS = st.lists(st.lists(KEYS, min_size=UNITS, max_size=UNITS), max_size=5)
DOCUMENTS = st.lists(st.booleans(), min_size=UNITS, max_size=UNITS).map(lambda steps: np.cumsum(steps, dtype=np.uint32))


def slow_join(bands: list[list[int]], documents: list[int]) -> dict[tuple[int, int], int]:
    """Every pair, and whether nothing but a key of many speaks for it."""
    found: dict[tuple[int, int], int] = {}
    for keys in bands:
        runs: defaultdict[int, list[int]] = defaultdict(list)
        for unit, key in enumerate(keys):
            if key:
                runs[key].append(unit)
        for units in runs.values():
            few = len(units) <= HOLDERS
            for pair in combinations(units, 2) if few else [(units[0], unit) for unit in units[1:]]:
                if documents[pair[0]] != documents[pair[1]]:
                    found[pair] = min(found.get(pair, 1), int(not few))
    return found


@given(BANDS, DOCUMENTS)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_units_that_agree_in_a_band_are_pairs(bands: list[list[int]], documents: np.ndarray) -> None:
    """All of a few, many with the first; each pair once, in order."""
    keys = [np.array(band, dtype=np.uint64) for band in bands]
    pairs = join_bands(keys, documents, BITS, HOLDERS)
    left, right = units_of_pairs(pairs, BITS)
    rest = (pairs & np.uint64(0xFFFF)).tolist()
    expected = slow_join(bands, documents.tolist())
    assert list(zip(left.tolist(), right.tolist(), rest, strict=True)) == [
        (*pair, expected[pair]) for pair in sorted(expected)
    ]


def test_equal_paragraphs_cost_one_pair_each() -> None:
    """A thousand units with the same keys in all bands are 999 pairs."""
    keys = np.full(1000, 7 << 40, dtype=np.uint64)
    assert len(join_bands([keys] * 42, np.arange(1000, dtype=np.uint32), BITS, 8)) == 999
