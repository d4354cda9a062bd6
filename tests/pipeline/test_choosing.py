"""Of matches that want the same text the best is kept: as taking one after the other would."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.pipeline.bulk.choosing import choose
from kejidiff.pipeline.bulk.matches import FOUND

#: Units of two left documents and of two right ones.
OWNERS = np.array([0, 0, 1, 2, 2, 3], dtype=np.uint32)
SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20))
MATCHES = st.tuples(st.integers(0, 2), st.integers(3, 5), SPANS, SPANS, st.integers(1, 5))


def rows_of(matches: list[tuple[int, int, tuple[int, int], tuple[int, int], int]]) -> np.ndarray:
    """Matches by unit, begin and length on either side, characters in common."""
    rows = np.zeros(len(matches), dtype=FOUND)
    for row, (left, right, ours, theirs, matched) in zip(rows, matches, strict=True):
        row["left_unit"], row["right_unit"], row["matched"] = left, right, matched
        row["left"], row["left_end"] = ours[0], sum(ours)
        row["right"], row["right_end"] = theirs[0], sum(theirs)
    return rows


@given(st.lists(MATCHES, max_size=12))
@settings(deadline=None, derandomize=True, max_examples=500)
def test_one_after_the_other_gives_the_same(
    matches: list[tuple[int, int, tuple[int, int], tuple[int, int], int]],
) -> None:
    """The most in common first, then by units; each that overlaps one between the same documents is left out."""
    rows = rows_of(matches)
    kept: list[int] = []
    order = sorted(range(len(rows)), key=lambda at: (-int(rows[at]["matched"]), *rows[at].tolist()[:2]))
    for at in order:
        if not any(rivals(rows[at], rows[other]) for other in kept):
            kept.append(at)
    places = [(OWNERS[row["left_unit"]], OWNERS[row["right_unit"]], row["left_unit"], row["left"]) for row in rows]
    assert choose(rows, OWNERS).tolist() == sorted(kept, key=lambda at: places[at])


def rivals(one: np.void, other: np.void) -> bool:
    """They are of the same two documents and overlap on a side."""
    if any(OWNERS[one[side]] != OWNERS[other[side]] for side in ("left_unit", "right_unit")):
        return False
    return any(
        one[side + "_unit"] == other[side + "_unit"]
        and one[side] < other[side + "_end"]
        and other[side] < one[side + "_end"]
        for side in ("left", "right")
    )
