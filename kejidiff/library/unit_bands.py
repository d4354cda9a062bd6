"""Band keys of all units of a large collection -> pairs of units that agree in a band, by sorting one band at a time.

A second source of pairs beside anchors (`unit_join`), in the same form: pairs have no places, and are marked as tied
where a key has more than `holders` units, each of which is then a pair with the first of them only.

Source.      Banding as in Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4; key and unit are sorted as one
             integer.
Limitations. A key has 64 bits less those of a unit's number: of 4 million units some seven pairs of strangers meet in
             each band, and verifying parts them. MinHash of character 3-grams alone finds .90 of what is recycled among
             10,000 reports (.42 of what is embedded), and adds next to nothing to anchors. Grams that more than .3 % of
             units hold must be left out of the signatures: with them seven times as many candidates come to nothing.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library.unit_join import UnitBits, pairs_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]


def join_bands(bands: "Iterable[Keys]", documents: "NDArray[np.uint32]", bits: UnitBits, holders: int) -> "Keys":
    """Packed pairs, ascending, each once though it may agree in many bands.

    bands       one at a time, shape (U,): the key of every unit in it; 0 is nobody's key
    documents   shape (U,): the document of every unit
    """
    found = np.zeros(0, dtype=np.uint64)
    for keys in bands:
        found = np.union1d(found, _join_band(keys, documents, bits, holders))
    left_and_right = found >> np.uint64(bits.place)
    first = np.concatenate(([True], left_and_right[1:] != left_and_right[:-1])) if len(found) else found.astype(bool)
    return found[first]


def _join_band(keys: "Keys", documents: "NDArray[np.uint32]", bits: UnitBits, holders: int) -> "Keys":
    held = np.flatnonzero(keys).astype(np.uint64)
    both = (keys[held] >> np.uint64(bits.unit) << np.uint64(bits.unit)) | held
    both.sort()
    units = (both & np.uint64((1 << bits.unit) - 1)).astype(np.uint32)
    places = np.zeros(len(units), dtype=np.uint8)
    return pairs_of_runs(both >> np.uint64(bits.unit), units, places, documents, bits, holders, len(keys))
