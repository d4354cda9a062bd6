"""Ties -> families: documents that copy one another throughout, as far as their fingerprints tell.

They count as one holder where commonness is judged: ten copies of a source do not make its text common.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library.postings import Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Share of the shorter document's fingerprints from which two are of one family: two unrelated laws share up to .15 of
#: theirs, versions of one text with every fifth word exchanged still .3.
KIN = 0.3


def find_families(ties: Ties, sizes: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Shape (documents,): the first document of each one's family. `sizes`: how many fingerprints each has.

    Every member is verified against the first one, so chains of half-alike texts do not grow into one family.
    """
    count = len(sizes)
    pairs, shared = np.unique(ties.left * count + ties.right, return_counts=True)
    left, right = pairs // count, pairs % count
    kin = shared >= KIN * np.minimum(sizes[left], sizes[right])
    heads = np.arange(count)
    free = np.ones(count, dtype=bool)
    for one, other in zip(left[kin].tolist(), right[kin].tolist(), strict=True):
        if free[other] and heads[one] == one:
            heads[other] = one
            free[other] = False
    return heads


def fingerprints_shared(ties: Ties, sizes: "NDArray[np.int64]", left: int, right: int) -> float:
    """Share of the smaller document's fingerprints that the other holds, 0 to 1; `left < right`."""
    shared = int(((ties.left == left) & (ties.right == right)).sum())
    return shared / max(int(min(sizes[left], sizes[right])), 1)
