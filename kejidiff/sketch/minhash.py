"""Windows of folded text -> MinHash signatures, bit for bit those of datasketch 2's `affine32` scheme.

A signature keeps, for each of n permutations of the shingles' 32-bit hashes, the least value; the share of equal values
in two signatures estimates the Jaccard similarity of their shingle sets (Broder 1997). datasketch itself is not
imported: that alone costs half a second (it loads scipy); a test compares.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import run_hashes
from kejidiff.options import SketchParams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint32]

#: Shingles hashed at a time: 32,768 of 4 bytes stay in a core's second-level cache for all permutations.
_CHUNK = 32_768
EMPTY = np.uint32(0xFFFFFFFF)
#: The permutations (how many, from which seed) that are shipped: numpy.random takes longer to import than Python.
_SHIPPED = (126, 1)
_FILE = Path(__file__).parent.parent / "data" / "permutations.npy"


def shingle_hashes(codes: "NDArray[np.uint32]", shingle: int) -> "Hashes":
    """Shape (len(codes) - shingle + 1,), or (0,): the 32-bit hash of the shingle that begins at each position."""
    return (run_hashes(codes, shingle) >> np.uint64(32)).astype(np.uint32)


def signatures(hashes: "Hashes", windows: "NDArray[np.int64]", params: SketchParams) -> "Hashes":
    """Shape (len(windows), permutations). A window `[a, b)` of characters holds the shingles `[a, b - shingle + 1)`;
    one that holds none has `EMPTY` throughout, as an empty datasketch MinHash does."""
    multipliers, increments = permutations(params.permutations, params.hash_seed)
    result = np.full((len(windows), params.permutations), EMPTY, dtype=np.uint32)
    spans = np.stack((windows[:, 0], np.maximum(windows[:, 1] - params.shingle + 1, windows[:, 0])), axis=1)
    filled = np.flatnonzero(spans[:, 1] > spans[:, 0])
    mixed = _finalised(hashes)
    for chunk in _chunks(spans[filled]):
        rows = filled[chunk]
        lengths = spans[rows, 1] - spans[rows, 0]
        edges = np.cumsum(lengths) - lengths
        gathered = mixed[np.repeat(spans[rows, 0] - edges, lengths) + np.arange(int(lengths.sum()))]
        permuted = np.empty_like(gathered)
        least = np.empty((params.permutations, len(rows)), dtype=np.uint32)
        for at in range(params.permutations):
            np.multiply(gathered, multipliers[at], out=permuted)
            permuted += increments[at]
            np.minimum.reduceat(permuted, edges, out=least[at])
        result[rows] = least.T
    return result


@cache
def permutations(count: int, hash_seed: int) -> "tuple[Hashes, Hashes]":
    """Odd multipliers and increments of `h -> a h + b mod 2^32`, drawn as datasketch 2 draws them."""
    if (count, hash_seed) == _SHIPPED:
        shipped = np.load(_FILE, allow_pickle=False)
        return shipped[0], shipped[1]
    generator = np.random.RandomState(hash_seed)
    multipliers = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return multipliers, generator.randint(0, 1 << 32, count, dtype=np.uint32)


def _finalised(hashes: "Hashes") -> "Hashes":
    """MurmurHash3's 32-bit finaliser (Appleby), which datasketch puts before the permutations."""
    mixed = hashes ^ (hashes >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed = mixed * np.uint32(0xC2B2AE35)
    return np.asarray(mixed ^ (mixed >> np.uint32(16)), dtype=np.uint32)


def _chunks(spans: "NDArray[np.int64]") -> "list[slice]":
    """Slices of windows that hold about `_CHUNK` shingles each, at least one window."""
    slices: list[slice] = []
    start = held = 0
    for at, length in enumerate((spans[:, 1] - spans[:, 0]).tolist()):
        if held and held + length > _CHUNK:
            slices.append(slice(start, at))
            start, held = at, 0
        held += length
    if start < len(spans):
        slices.append(slice(start, len(spans)))
    return slices
