"""Signatures -> band keys: equal keys of one band make two windows candidates (Leskovec, Rajaraman, Ullman, ch. 3)."""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.options import SketchParams
from kejidiff.sketch.minhash import EMPTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def band_keys(signatures: "NDArray[np.uint32]", params: SketchParams) -> "NDArray[np.uint64]":
    """Shape (len(signatures), bands): a hash of the rows of each band, with the band's number mixed in; rows of an
    empty signature get 0, which is nobody's key."""
    rows = signatures[:, : params.permutations].reshape(len(signatures), params.bands, params.rows)
    mixed = np.tile(np.arange(1, params.bands + 1, dtype=np.uint64), (len(signatures), 1))
    for row in range(params.rows):
        mixed = (mixed ^ rows[:, :, row]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(32)
    keys = np.maximum(mixed, np.uint64(1))
    keys[(signatures == EMPTY).all(axis=1)] = 0
    return keys
