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
    keys = np.empty((len(signatures), params.bands), dtype=np.uint64)
    for band in range(params.bands):
        mixed = np.full(len(signatures), band + 1, dtype=np.uint64)
        for row in range(band * params.rows, (band + 1) * params.rows):
            mixed = (mixed ^ signatures[:, row]) * _MULTIPLIER
            mixed ^= mixed >> np.uint64(32)
        keys[:, band] = np.maximum(mixed, np.uint64(1))
    keys[(signatures == EMPTY).all(axis=1)] = 0
    return keys
