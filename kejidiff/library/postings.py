"""Keys of many documents -> who shares which, as arrays: the join that every channel of candidates rests on.

A *posting* is one key of one document with the place it stands at and what it weighs. Postings of equal key are a
*group*; each two holders of a group make a *tie*.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

#: Holders of one key that are still tied with one another: 64 make 2,016 ties. Beyond, all are tied with the first.
HOT = 64


class Postings(NamedTuple):
    """One document's different keys (0 is nobody's), with the place and the weight of each."""

    keys: "NDArray[np.uint64]"
    places: "Places"
    weights: "NDArray[np.float64]"


class Ties(NamedTuple):
    """Two documents (`left < right`) that hold one key: where, what it weighs, and how many families hold it."""

    left: "Places"
    right: "Places"
    left_places: "Places"
    right_places: "Places"
    weights: "NDArray[np.float64]"
    families: "Places"

    def where(self, kept: "NDArray[np.bool_]") -> "Ties":
        return Ties(
            self.left[kept],
            self.right[kept],
            self.left_places[kept],
            self.right_places[kept],
            self.weights[kept],
            self.families[kept],
        )


def find_ties(postings: Sequence[Postings], families: "Places") -> Ties:
    """Every tie. `families`: shape (documents,), the family of each."""
    keys = np.concatenate([own.keys for own in postings])
    owners = np.repeat(np.arange(len(postings)), [len(own.keys) for own in postings])
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] != 0]
    keys, owners = keys[order], owners[order]
    places = np.concatenate([own.places for own in postings])[order]
    weights = np.concatenate([own.weights for own in postings])[order]
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))[: len(keys) + 1]
    starts, sizes = edges[:-1], np.diff(edges)
    one, other, group = _holders(starts, sizes)
    held_by = _families_by_group(starts, sizes, families[owners])
    return Ties(
        owners[one], owners[other], places[one], places[other], np.minimum(weights[one], weights[other]), held_by[group]
    )


def _holders(starts: "Places", sizes: "Places") -> "tuple[Places, Places, Places]":
    """Postings by index, two by two, and the group they are of."""
    ones: list[Places] = []
    others: list[Places] = []
    groups: list[Places] = []
    for size in range(2, int(sizes.max(initial=0)) + 1):
        at = np.flatnonzero(sizes == size)
        if not len(at):
            continue
        first, second = np.triu_indices(size if size <= HOT else 1, 1)
        if size > HOT:
            first, second = np.zeros(size - 1, dtype=np.int64), np.arange(1, size)
        ones.append((starts[at, None] + first).reshape(-1))
        others.append((starts[at, None] + second).reshape(-1))
        groups.append(np.repeat(at, len(first)))
    if not ones:
        return starts[:0], starts[:0], starts[:0]
    return np.concatenate(ones), np.concatenate(others), np.concatenate(groups)


def _families_by_group(starts: "Places", sizes: "Places", families: "Places") -> "Places":
    """Shape (groups,): different families among the holders of each."""
    group = np.repeat(np.arange(len(starts)), sizes)
    order = np.lexsort((families, group))
    group, families = group[order], families[order]
    fresh = np.ones(len(group), dtype=bool)
    fresh[1:] = (group[1:] != group[:-1]) | (families[1:] != families[:-1])
    return np.bincount(group[fresh], minlength=len(starts))
