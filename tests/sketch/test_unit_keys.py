"""Keys of units in their documents: what is paired with what where texts repeat themselves."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.sketch.unit_keys import UnitKeys, unit_keys


def keys_of(*texts: list[int]) -> UnitKeys:
    """The keys of some texts' units."""
    owners = [at for at, text in enumerate(texts) for _ in text]
    keys = np.array([key for text in texts for key in text], dtype=np.uint64)
    return unit_keys(keys, np.array(owners, dtype=np.int64))


def slow(texts: list[list[int]]) -> list[tuple[object, object, bool]]:
    """By loops: each unit's key and the time it stands there, the same with its neighbour's, and whether it repeats."""
    found = []
    for text in texts:
        seen: Counter[int] = Counter()
        own = []
        for key in text:
            own.append((key, seen[key]))
            seen[key] += 1
        for at, one in enumerate(own):
            beside: object = (one, own[at + 1]) if at + 1 < len(own) else (one, "after", own[at - 1]) if at else one
            found.append((one, beside, one[1] > 0))
    return found


def test_the_second_row_is_paired_with_the_second_row() -> None:
    """Of equal rows the first has another key than the second, the same in every text."""
    own = keys_of([7, 7, 8], [7, 7]).own.tolist()
    assert own[0] == own[3] != own[1] == own[4]


@given(st.lists(st.lists(st.integers(0, 3), max_size=7), max_size=5))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_keys_are_equal_where_loops_say_so(texts: list[list[int]]) -> None:
    """Two units have one key, or one key beside it, if and only if a loop over both texts gives them the same."""
    expected, keys = slow(texts), keys_of(*texts)
    for column, values in enumerate((keys.own.tolist(), keys.beside.tolist())):
        told = {one[column]: value for one, value in zip(expected, values, strict=True)}
        assert [told[one[column]] for one in expected] == values
        assert len(set(told.values())) == len(told)
    assert keys.repeated.tolist() == [repeated for *_, repeated in expected]
