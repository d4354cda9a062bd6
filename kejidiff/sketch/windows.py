"""Folded text -> windows: stretches of whole sentences, so that a recycled sentence inside a long paragraph is found.

Windows overlap by half: whatever stands in one sentence or in two neighbouring ones lies whole in some window.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_windows(breaks: "NDArray[np.int32]", size: int) -> "NDArray[np.int64]":
    """Shape (n, 2): half-open folded spans that begin and end at sentence breaks, ascending.

    Each begins where a step of at least `size / 2` characters has been made since the last, and ends at the first break
    `size` characters on (the text's end for the last); a sentence longer than `size` is one window.
    """
    if len(breaks) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    starts = [int(breaks[0])]
    end = int(breaks[-1])
    while True:
        after = int(np.searchsorted(breaks, starts[-1] + size // 2))
        if after >= len(breaks) - 1 or starts[-1] + size >= end:
            break
        starts.append(int(breaks[after]))
    begins = np.array(starts, dtype=np.int64)
    ends = breaks[np.minimum(np.searchsorted(breaks, begins + size), len(breaks) - 1)]
    return np.stack((begins, ends.astype(np.int64)), axis=1)
