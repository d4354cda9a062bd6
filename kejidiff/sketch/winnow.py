"""Folded text -> winnowed fingerprints: few, and yet every long enough common run shares one.

Of the hashes of all `gram`-character runs, each window of `window` neighbouring ones keeps its least (the rightmost of
equals). Two texts with a common run of gram + window - 1 characters keep the same fingerprint in it (Schleimer,
Wilkerson, Aiken: Winnowing, SIGMOD 2003, Theorem 1); a property test holds us to it.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray


def winnowed(hashes: "NDArray[np.uint64]", window: int) -> "NDArray[np.int64]":
    """Ascending positions of the hashes that are kept; of fewer than `window` hashes, the least alone."""
    if not len(hashes):
        return np.zeros(0, dtype=np.int64)
    window = min(window, len(hashes))
    size = len(hashes) - window + 1
    least, at = hashes[:size].copy(), np.arange(size, dtype=np.int64)
    for offset in range(1, window):
        later = hashes[offset : offset + size]
        lower = later <= least
        least[lower] = later[lower]
        at[lower] = np.flatnonzero(lower) + offset
    return distinct(at)
