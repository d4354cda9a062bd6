"""Ties -> families: documents that copy one another throughout, as far as their fingerprints tell.

They count as one holder where commonness is judged: ten copies of a source do not make its text common.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library.postings import Postings, Ties, find_ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Share of the shorter document's fingerprints from which two are of one family: two unrelated laws share up to .15 of
#: theirs, versions of one text with every fifth word exchanged still .3.
_KIN = 0.3


def find_families(ties: Ties, sizes: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Shape (documents,): the first document of each one's family. `sizes`: how many fingerprints each has.

    Every member is verified against the first one, so chains of half-alike texts do not grow into one family.
    """
    count = len(sizes)
    pairs, shared = np.unique(ties.left * count + ties.right, return_counts=True)
    left, right = pairs // count, pairs % count
    kin = shared >= _KIN * np.minimum(sizes[left], sizes[right])
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


#: Shares of the smaller document's fingerprints and of its different 3-grams that two share of which one may hold .7 of
#: the other unchanged. Changes all over a text spare .7 ** 8 of its 8-grams and .7 ** 3 of its 3-grams, and more where
#: they stand together; copies with 20 % of their characters changed come to .51 of the 3-grams.
_NEAR, _NEAR_GRAMS = 0.05, 0.4


def find_kin(fingerprints: Sequence[Postings], grams: "Sequence[NDArray[np.generic]]") -> dict[int, set[int]]:
    """Both ways: documents of which one may hold the other. `grams`: the different 3-grams of each, as any numbers.

    Of more than 64 holders of one text only those with the first may be here (see `find_ties`).
    """
    kin: dict[int, set[int]] = {at: set() for at in range(len(fingerprints))}
    if not fingerprints:
        return kin
    ties = find_ties(fingerprints, np.arange(len(fingerprints)))
    sizes = np.array([len(own.keys) for own in fingerprints])
    pairs, shared = np.unique(ties.left * len(sizes) + ties.right, return_counts=True)
    left, right = pairs // len(sizes), pairs % len(sizes)
    near = shared >= _NEAR * np.minimum(sizes[left], sizes[right])
    for one, other in zip(left[near].tolist(), right[near].tolist(), strict=True):
        both = len(np.intersect1d(grams[one], grams[other], assume_unique=True))
        if both >= _NEAR_GRAMS * min(len(grams[one]), len(grams[other])):
            kin[one].add(other)
            kin[other].add(one)
    return kin
