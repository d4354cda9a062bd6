"""Keys of a document's units -> keys by which equal units of several documents are paired.

A unit that stands in its document for the third time is paired with what is there for the third time elsewhere: so two
tables whose rows are equal share each row once, and not one row with all. And beside its own key a unit has one with
its neighbour's: of what very many hold, that tells those that hold it in the same place.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel import units as kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Ints = NDArray[np.int64]

#: As of `unit_anchors`.
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_PRIME: Final = np.uint64(0xC2B2AE3D27D4EB4F)


class UnitKeys(NamedTuple):
    """Shape (U,) each.

    own       equal for units that are equal but for figures and stand for the same time in their documents
    beside    equal for those of which the next unit is equal, too; of a last unit, the one before
    repeated  True for units that stand in their document for the second time or more
    """

    own: "Keys"
    beside: "Keys"
    repeated: "NDArray[np.bool_]"


def unit_keys(keys: "Keys", texts: "Ints") -> UnitKeys:
    """`keys` of the units of some texts, in order, as of `unit_anchors`; `texts`, ascending, says which each is of."""
    found = kernel.unit_keys(keys, texts)
    if found is not None:
        return UnitKeys(*found)
    if not len(keys):
        return UnitKeys(keys, keys, np.zeros(0, dtype=bool))
    order = np.lexsort((keys, texts))  # stable: equal ones stay in the order of the text
    ascending, owners = keys[order], texts[order]
    starts = np.flatnonzero(np.concatenate(([True], (ascending[1:] != ascending[:-1]) | (owners[1:] != owners[:-1]))))
    sizes = np.diff(np.concatenate((starts, [len(keys)])))
    time = np.empty(len(keys), dtype=np.uint64)
    time[order] = np.arange(len(keys)) - np.repeat(starts, sizes)
    own = _mixed(keys, time)
    same = texts[1:] == texts[:-1]
    followed, preceded = np.concatenate((same, [False])), np.concatenate(([False], same))
    after, before = np.concatenate((own[1:], own[:1])), np.concatenate((own[-1:], own[:-1]))
    beside = np.where(followed, _mixed(own, after), np.where(preceded, _mixed(own, ~before), own))
    return UnitKeys(own, beside, time > 0)


def _mixed(keys: "Keys", others: "Keys") -> "Keys":
    mixed = (keys ^ ((others + np.uint64(1)) * _GOLDEN)) * _PRIME
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)
