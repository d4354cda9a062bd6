"""Folded stream, units -> sampled anchors and a key for each unit: what large collections are joined by.

A gram's hash depends on its characters alone, digits alike; one in `sample` is kept, by its hash, so that two texts
keep the same ones of what they share (Broder 1997, mod sampling). A unit's key is the sum of the hashes of all its
grams: units that are equal but for digits have the same.

An anchor is one integer: 32 bits of hash, 24 of unit, 8 of place (in steps of two characters). Sorting them sorts by
hash.
Limitations. 32 bits of hash: of 220 million anchors (100,000 reports) one in twenty meets a stranger, but not two
             that stand together.
"""

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel import anchors as kernel
from kejidiff.model import FIGURE_SYMBOL
from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Rows = NDArray[np.int64]

#: Odd multipliers with well mixed bits: the golden ratio (Knuth, TAOCP 3, 6.4) and one of xxHash's primes.
_GOLDEN, _PRIME = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_HASH_SHIFT: Final = np.uint64(32)
UNIT_SHIFT: Final = np.uint64(8)


class UnitAnchors(NamedTuple):
    """Anchors in any order, none of one hash twice in a unit; a key a unit; how many anchors each has."""

    anchors: "Keys"
    keys: "Keys"
    counts: "NDArray[np.uint16]"


def unit_anchors(folded: "NDArray[np.uint16]", units: "Rows", options: BulkOptions, first: int = 0) -> UnitAnchors:
    """The anchors of a batch's units; `units` as `units_of` gives them, numbered from `first`.

    Units have at least `options.gram` characters and at most 512; a shard has at most 2^24 of them.
    """
    if not len(units):
        return UnitAnchors(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    found = kernel.unit_anchors(folded, units, options.gram, options.sample, first, _characters())
    if found is not None:
        return UnitAnchors(*found)
    starts, ends = units[:, 2], units[:, 3]
    hashes = gram_hashes(folded, options.gram)
    lasts = np.maximum(ends - options.gram + 1, starts)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes, dtype=np.uint64)))
    keys = sums[lasts] - sums[starts]
    kept, owners = _sampled(hashes, starts, lasts, options)
    places = (kept - starts[owners]).astype(np.uint64) >> np.uint64(1)
    numbers = (owners + first).astype(np.uint64)
    anchors = without_repeats((hashes[kept] >> _HASH_SHIFT << _HASH_SHIFT) | (numbers << UNIT_SHIFT) | places)
    held = (anchors >> UNIT_SHIFT & np.uint64(0xFFFFFF)).astype(np.int64) - first
    return UnitAnchors(anchors, keys, np.bincount(held, minlength=len(units)).astype(np.uint16))


class LongAnchors(NamedTuple):
    """Anchors unit by unit, none twice in one; `counts`: how many each unit has."""

    hashes: "Keys"
    places: "NDArray[np.uint8]"
    counts: "NDArray[np.int64]"


def long_anchors(folded: "NDArray[np.uint16]", units: "Rows", options: BulkOptions) -> LongAnchors:
    """The anchors of `unit_anchors` with their whole hashes, for collections in which 32 bits meet too many strangers.

    units   shape (U, 2), ascending: folded start and end
    """
    if not len(units):
        return LongAnchors(np.zeros(0, np.uint64), np.zeros(0, np.uint8), np.zeros(0, np.int64))
    starts, hashes = units[:, 0], gram_hashes(folded, options.gram)
    kept, owners = _sampled(hashes, starts, np.maximum(units[:, 1] - options.gram + 1, starts), options)
    order = np.lexsort((kept, hashes[kept], owners))
    kept, owners = kept[order], owners[order]
    own = hashes[kept]
    first = np.ones(len(own), dtype=bool)
    first[1:] = (own[1:] != own[:-1]) | (owners[1:] != owners[:-1])
    places = (kept - starts[owners])[first] >> 1
    return LongAnchors(own[first], places.astype(np.uint8), np.bincount(owners[first], minlength=len(units)))


def _sampled(
    hashes: "Keys", starts: "NDArray[np.int64]", lasts: "NDArray[np.int64]", options: BulkOptions
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Which grams are anchors, and the unit of each; a unit's grams begin in `[start, last)`."""
    kept = np.flatnonzero((hashes & np.uint64(options.sample - 1)) == 0)
    owners = np.repeat(
        np.arange(-1, len(starts)), np.diff(np.concatenate(([0], starts, [max(len(hashes), starts[-1])])))
    )[kept]
    inside = (owners >= 0) & (kept < lasts[owners])
    return kept[inside], owners[inside]


def without_repeats(anchors: "Keys") -> "Keys":
    """Anchors sorted, with the first of those that one unit has of one hash: a table that says one thing over and over
    must not be asked to share each of them."""
    anchors.sort()
    held = anchors >> UNIT_SHIFT
    left: Keys = anchors[np.concatenate((np.ones(min(len(held), 1), bool), held[1:] != held[:-1]))]
    return left


def gram_hashes(folded: "NDArray[np.uint16]", gram: int) -> "Keys":
    """Shape (max(len(folded) - gram + 1, 0),): hashes of the grams; `gram` is 4 or more.

    Grams are put together from pairs, halves that overlap where `gram` is odd, so that six characters take three steps.
    """
    if len(folded) < gram:
        return np.zeros(0, dtype=np.uint64)
    single = _characters()[folded]
    hashes, width = single[:-1] * _GOLDEN + single[1:], 2
    while width < gram:
        step = min(width, gram - width)
        left, right = hashes[: len(hashes) - step], hashes[step:]
        hashes = left * (_PRIME if width == 2 else _GOLDEN)
        hashes ^= hashes >> np.uint64(29)
        hashes += right
        width += step
    hashes *= _PRIME
    hashes ^= hashes >> np.uint64(32)
    return hashes


@cache
def _characters() -> "Keys":
    """Shape (65536,): a random number for every character, one for all digits (splitmix64, Steele et al. 2014)."""
    state = np.arange(1, 65537, dtype=np.uint64) * _GOLDEN
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    state[ord("0") : ord("9") + 1] = state[ord(FIGURE_SYMBOL)]
    return state
