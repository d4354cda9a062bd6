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
    if not len(groups):
        return np.zeros(count, dtype=np.int64)
    order = np.lexsort((starts, groups))
    groups, starts, ends = groups[order], starts[order], ends[order]
    # Every group on a stretch of its own, so that what an earlier group reached never covers a later one.
    stretch = groups * (int(ends.max()) + 1)
    starts, ends = starts + stretch, ends + stretch
    reached = np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))
    added = np.maximum(ends - np.maximum(starts, reached), 0)
    return np.bincount(groups, weights=added, minlength=count).astype(np.int64)
