"""Half-open intervals by the ten thousand -> how much they cover together, in numpy: unions and nothing else."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def covered(groups: "Ints", starts: "Ints", ends: "Ints", count: int) -> "Ints":
    """Shape (count,): for each group the size of the union of its intervals; starts are 0 or more.

    groups   the group of each interval, from 0 up to `count`
    """
    order = by_group(groups, starts, ends)
    return covered_in_order(groups[order], starts[order], ends[order], count)


def by_group(groups: "Ints", starts: "Ints", ends: "Ints") -> "Ints":
    """The order in which `covered_in_order` takes intervals: by group, then by start; of equal ones any."""
    return np.argsort(groups * _stretch(ends) + starts)  # in one number: a third of the time of two that rank


def covered_in_order(groups: "Ints", starts: "Ints", ends: "Ints", count: int) -> "Ints":
    """`covered` of intervals that come by group and start."""
    if not len(groups):
        return np.zeros(count, dtype=np.int64)
    # Every group on a stretch of its own, so that what an earlier group reached never covers a later one.
    stretch = groups * _stretch(ends)
    starts, ends = starts + stretch, ends + stretch
    reached = np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))
    added = np.maximum(ends - np.maximum(starts, reached), 0)
    return np.bincount(groups, weights=added, minlength=count).astype(np.int64)


def _stretch(ends: "Ints") -> int:
    return int(ends.max()) + 1 if len(ends) else 1
