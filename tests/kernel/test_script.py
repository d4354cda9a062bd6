"""The compiled script of two texts is the one of `align.script`, whatever the texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_units import two_texts

from kejidiff.align.script import script_of, similarity
from kejidiff.align.unit_pairs import text_of
from kejidiff.kernel import is_compiled
from kejidiff.kernel.script import LONGEST, edit_script

pytestmark = pytest.mark.skipif(not is_compiled(), reason="nothing is compiled")
_STEPS = ("replace", "insert", "delete", "equal")


def _check(left: list[int], right: list[int]) -> None:
    sides = np.array(left, dtype=np.uint16), np.array(right, dtype=np.uint16)
    found = edit_script(*sides)
    assert found is not None
    steps, common = found
    one, other = map(text_of, sides)
    assert [(_STEPS[kind], *ranges) for kind, *ranges in steps.tolist()] == script_of(one, other)
    sizes = len(left) + len(right)
    assert not sizes or 1.0 - (sizes - 2 * common) / sizes == similarity(one, other)


@given(st.integers(0, 1 << 32))
@settings(deadline=None, derandomize=True, max_examples=800)
def test_scripts_are_those_of_rapidfuzz(seed: int) -> None:
    """Of many that are equally short the same one; and as much is in common."""
    left, right = two_texts(seed)
    _check(left, right)
    _check(right, left)


@given(st.lists(st.integers(0, 2), max_size=9), st.lists(st.integers(0, 2), max_size=9))
@settings(deadline=None, derandomize=True, max_examples=500)
def test_short_texts_of_three_symbols(left: list[int], right: list[int]) -> None:
    """Here nearly every script has others that are as short."""
    _check(left, right)


def test_longer_texts_are_refused() -> None:
    """There is no room for them."""
    with pytest.raises(ValueError, match="513"):
        edit_script(np.zeros(LONGEST + 1, np.uint16), np.zeros(1, np.uint16))
