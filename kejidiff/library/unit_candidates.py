"""Packed pairs of units -> those worth verifying, with the places of what they share.

What speaks for two units is weighed: an anchor that few hold counts as several that very many do.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from kejidiff.kernel import join as compiled
from kejidiff.library.unit_join import SharedAnchors, UnitBits, shared_anchors, units_of_pairs
from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]


def candidates_of(pairs: "Keys", equal: "Keys", counts: Any, bits: UnitBits, options: BulkOptions) -> SharedAnchors:
    """Of packed pairs those worth verifying: they share enough anchors, or are among the `equal` ones, of one key.

    pairs    in any order, the equal ones among them; they are overwritten
    counts   anchors of every unit
    """
    pairs.sort()
    worth = compiled.Worth(options.shared, options.share, options.tied)
    kept = compiled.worth_verifying(pairs, np.sort(equal), counts, bits.unit, worth)
    if kept is not None:
        return shared_anchors(kept, bits)
    shared = shared_anchors(pairs, bits)
    fewer = np.minimum(counts[shared.left], counts[shared.right])
    enough = evidence_of(shared, options) >= options.tied * np.maximum(options.shared, options.share * fewer)
    lefts, rights = units_of_pairs(equal, bits)
    enough |= np.isin(shared.left << 32 | shared.right, lefts << 32 | rights)
    return shared.chosen(np.flatnonzero(enough))


def evidence_of(shared: SharedAnchors, options: BulkOptions) -> "NDArray[np.int64]":
    """What the anchors of each pair come to; one that few hold is `options.tied`."""
    return options.tied * shared.rare + shared.tied
