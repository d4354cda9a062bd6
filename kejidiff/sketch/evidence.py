"""Two sketches -> whether they may hold a passage: what a shared key or fingerprint is worth, before aligning.

One band of three rows agrees by chance in many a pair of windows that are hardly alike, and one fingerprint in a stock
phrase. So windows that share a key are compared by their whole signatures, and fingerprints must stand together.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.sketch.sketch import Sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indexes = NDArray[np.int64]

#: Share of equal values, which estimates Jaccard similarity, from which two windows may hold a passage. Of the pairs of
#: seed documents that copy nothing the most like reaches .15, the next .08; of 162 labelled pairs with reuse the least
#: like windows reach .12 wherever fingerprints do not tell already.
_LIKE = 0.10
#: Fingerprints within this many characters of each other, on both sides, and how many of them tell. A lone verbatim run
#: of 38 characters, the shortest that is a passage, holds five; each of the 162 pairs has three such or like windows.
_TOGETHER, _REACH = 3, 100
#: Windows compared for one key: copies of one boilerplate window need not all be compared with one another.
_HOLDERS = 8


def worth_aligning(left: Sketch, right: Sketch) -> bool:
    """True where windows are alike enough or fingerprints stand together."""
    return _fingerprints_together(left, right) >= _TOGETHER or _likeness(left, right) >= _LIKE


def _likeness(left: Sketch, right: Sketch) -> float:
    """The greatest estimated similarity of two windows that share a band key; 0 where none do."""
    bands = left.keys.shape[1]
    keys = right.keys.reshape(-1)
    order = np.argsort(keys, kind="stable")
    wanted = left.keys.reshape(-1)
    low = np.searchsorted(keys[order], wanted, side="left")
    high = np.minimum(np.searchsorted(keys[order], wanted, side="right"), low + _HOLDERS)
    high[wanted == 0] = low[wanted == 0]
    counts = high - low
    ours = np.repeat(np.arange(len(wanted)), counts) // bands
    within = np.arange(len(ours)) - np.repeat(np.cumsum(counts) - counts, counts)
    theirs = order[np.repeat(low, counts) + within] // bands
    pairs = distinct(ours * (len(right.keys) + 1) + theirs)
    one, other = pairs // (len(right.keys) + 1), pairs % (len(right.keys) + 1)
    equal = left.signatures[one] == right.signatures[other]
    return float(equal.mean(axis=1).max(initial=0.0))


def _fingerprints_together(left: Sketch, right: Sketch) -> int:
    """The most shared fingerprints within reach of one of them, on both sides."""
    _, ours, theirs = np.intersect1d(left.fingerprints, right.fingerprints, return_indices=True)
    if not len(ours):
        return 0
    order = np.argsort(left.places[ours], kind="stable")
    one, other = left.places[ours][order], right.places[theirs][order]
    together = np.ones(len(one), dtype=np.int64)
    for offset in range(1, min(2 * _TOGETHER, len(one))):
        near = (one[offset:] - one[:-offset] <= _REACH) & (np.abs(other[offset:] - other[:-offset]) <= _REACH)
        together[:-offset] += near
    return int(together.max())
