"""Spans: the union, what is left when holes are cut out, and which holes of many matter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.span import Span, merged, near, without

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda pair: Span(pair[0], sum(pair)))
QUICK = settings(deadline=None, derandomize=True, max_examples=200)


def places(spans: object) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}  # type: ignore[attr-defined]


@QUICK
@given(SPAN, st.lists(SPAN, max_size=6))
def test_what_is_left(window: Span, holes: list[Span]) -> None:
    """The window's characters that lie in no hole, in ascending pieces."""
    rest = without(window, holes)
    assert places(rest) == places([window]) - places(holes)
    assert list(rest) == sorted(rest)


@QUICK
@given(SPAN, st.lists(SPAN, max_size=6))
def test_holes_far_away_change_nothing(window: Span, holes: list[Span]) -> None:
    """What is left is left by those near the window alone."""
    assert without(window, near(merged(holes), window)) == without(window, holes)
