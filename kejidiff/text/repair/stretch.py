"""Gain per character -> the stretches where another reading is the likelier one.

The maximal-scoring-segment problem, with a limit on how far the sum may fall inside a segment (the X-drop of BLAST:
Altschul and others 1990), so that two damaged runs are not joined over clean text between them.
"""

import numpy as np
from numpy.typing import NDArray


def stretches(gain: NDArray[np.float32], rise: float, fall: float) -> list[tuple[int, int]]:
    """Half-open index ranges over which `gain` sums to `rise` or more, ascending and disjoint.

    A stretch begins and ends with a positive gain; within it the sum never drops to zero nor falls `fall` below its
    peak. Linear; where no stretch exists only two passes of numpy are made.
    """
    if not len(gain):
        return []
    total = np.cumsum(gain, dtype=np.float64)
    lowest = np.minimum(np.minimum.accumulate(total), 0.0)
    if float(np.max(total - lowest)) < rise:
        return []
    positive = gain > 0
    starts = np.flatnonzero(np.concatenate(([True], positive[1:] != positive[:-1])))
    sums = np.add.reduceat(gain, starts, dtype=np.float64)
    return _segments(starts.tolist(), sums.tolist(), len(gain), rise, fall)


def _segments(starts: list[int], sums: list[float], length: int, rise: float, fall: float) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    height = peak = 0.0
    begin = end = 0
    for start, stop, change in zip(starts, [*starts[1:], length], sums, strict=True):
        if change > 0:
            if height == 0:
                begin, peak = start, 0.0
            height += change
            if height > peak:
                peak, end = height, stop
        elif height > 0 and (height + change <= 0 or height + change < peak - fall):
            if peak >= rise:
                found.append((begin, end))
            height = 0.0
        elif height > 0:
            height += change
    if height > 0 and peak >= rise:
        found.append((begin, end))
    return found
