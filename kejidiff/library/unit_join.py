"""Anchors of all units of a large collection -> pairs of units that share some, by sorting.

Anchors come part by part: a part holds those whose hashes begin with the same bits, of all units. Inside a part, equal
hashes are a run. A run of up to `holders` units pairs them all; a longer one ties every unit to the run's first, so
that what very many hold costs as many pairs as it has holders; one of more than `common` of all units says nothing.

A pair is one integer too, so that sorting brings together what speaks for the same two units:

    left unit | right unit | left place | right place | tied        `UnitBits` says how many bits each has

Source.      Sort-merge join; a representative instead of all pairs as in Broder et al., Syntactic Clustering, 1997.
Limitations. With 2^24 units left places are exact to two characters and right ones to four; each doubling of the units
             makes one of them half as exact. Of paragraphs whose sentences stand in another order .996 are found with
             up to 2^25 units, .994 with 2^26, .985 with 2^27, .82 with 2^28; of verbatim and edited ones all the same.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.errors import UsageError
from kejidiff.kernel import join as compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

#: Bits of an anchor's hash, unit and place, and bits of an offset in a unit (units have up to 512 characters).
HASH_BITS, LOCAL_BITS, PLACE_BITS, OFFSET_BITS = 32, 24, 8, 9
_LEAST_UNIT_BITS: Final = 24
#: One more, and a left place would be exact to 64 characters.
_MOST_UNIT_BITS: Final = 28
#: Bits of a slot that keys which are met again have: with 8 times as many slots as keys a few others are among them.
_SPARSE, _MOST_SLOTS = 3, 26


class UnitBits(NamedTuple):
    """How many bits of a pair its units take; all else follows."""

    unit: int

    @classmethod
    def of(cls, units: int) -> "UnitBits":
        """For so many units. UsageError beyond 2^28, some seven million reports."""
        bits = max(_LEAST_UNIT_BITS, (max(units, 1) - 1).bit_length())
        if bits > _MOST_UNIT_BITS:
            told = f"{units:,} paragraphs are more than one machine joins: {1 << _MOST_UNIT_BITS:,}"
            raise UsageError("PATH...", told, "scan them in parts, or with --engine spark", "too-many-paragraphs")
        return cls(bits)

    @property
    def parting(self) -> int:
        """The bits by which parts must be told apart at least, so that hash and unit fit into one integer."""
        return self.unit - LOCAL_BITS

    @property
    def place(self) -> int:
        """Bits of both places and the mark of tied pairs together."""
        return 64 - 2 * self.unit

    @property
    def left_place(self) -> int:
        return self.place // 2


class SharedAnchors(NamedTuple):
    """Pairs of units with what speaks for each; `edges[i]:edges[i + 1]` of the places are pair i's.

    left, right   numbers of units, `left < right`, pairs ascending
    rare          anchors they share that few hold
    tied          anchors that tie the right to the left as the first of many
    """

    left: "NDArray[np.int64]"
    right: "NDArray[np.int64]"
    rare: "NDArray[np.int64]"
    tied: "NDArray[np.int64]"
    edges: "NDArray[np.int64]"
    left_places: "NDArray[np.int64]"
    right_places: "NDArray[np.int64]"

    def chosen(self, at: "NDArray[np.int64]") -> "SharedAnchors":
        """The pairs of these numbers alone, ascending."""
        sizes = (self.edges[1:] - self.edges[:-1])[at]
        edges = np.concatenate(([0], np.cumsum(sizes)))
        places = np.repeat(self.edges[at] - edges[:-1], sizes) + np.arange(int(edges[-1]))
        return SharedAnchors(
            self.left[at], self.right[at], self.rare[at], self.tied[at], edges,
            self.left_places[places], self.right_places[places],
        )  # fmt: skip

    def places(self) -> Iterator[list[tuple[int, int]]]:
        """For each pair, in order: left and right place of every anchor that it shares."""
        every = list(zip(self.left_places.tolist(), self.right_places.tolist(), strict=True))
        for start, end in pairwise(self.edges.tolist()):
            yield every[start:end]


def with_units(
    anchors: "Keys", first: int, bits: UnitBits, parting: int, stands: "NDArray[np.bool_] | None" = None
) -> "Keys":
    """Anchors whose units were counted from 0 within a shard, as a part's anchors: units counted from `first`, and the
    `parting` bits that all hashes of the part begin with shifted out. A view of `anchors`, which are overwritten.

    stands   where given: which units' anchors are wanted
    """
    found = compiled.with_units(anchors, first, bits.unit, parting, stands)
    if found is not None:
        return found
    shift = np.uint64(bits.unit + PLACE_BITS)
    hashes = (anchors >> np.uint64(HASH_BITS)) & np.uint64((1 << (HASH_BITS - parting)) - 1)
    held = (anchors & np.uint64((1 << HASH_BITS) - 1)) + np.uint64(first << PLACE_BITS)
    placed = (hashes << shift) | held
    if stands is not None:
        placed = placed[stands[held >> np.uint64(PLACE_BITS)]]
    anchors[: len(placed)] = placed
    return anchors[: len(placed)]


def join_part(anchors: "Keys", documents: "NDArray[np.uint32]", bits: UnitBits, holders: int, common: int) -> "Keys":
    """Pairs, in any order, one for every anchor two units of different documents share.

    anchors     those of one part as `with_units` gives them, in any order; they are overwritten
    documents   the document of every unit
    """
    anchors.sort()
    found = compiled.pairs_of(anchors, documents, bits.unit, holders, common)
    if found is not None:
        return found
    shift = np.uint64(PLACE_BITS)
    owned = anchors >> shift
    anchors = anchors[np.concatenate(([True], owned[1:] != owned[:-1]))] if len(anchors) else anchors
    hashes = anchors >> np.uint64(bits.unit + PLACE_BITS)
    follows = hashes[1:] == hashes[:-1]
    shared = np.zeros(len(hashes), dtype=bool)
    shared[1:] = follows
    shared[:-1] |= follows
    anchors, hashes = anchors[shared], hashes[shared]
    units = ((anchors >> shift) & np.uint64((1 << bits.unit) - 1)).astype(np.uint32)
    places = (anchors & np.uint64((1 << PLACE_BITS) - 1)).astype(np.uint8)
    return _pairs_of_runs(hashes, units, places, documents, bits, holders, common)


def join_keys(
    keys: "Keys", beside: "Keys", documents: "NDArray[np.uint32]", bits: UnitBits, holders: int
) -> "tuple[Keys, NDArray[np.bool_]]":
    """Pairs of units with one key, all of them up to `holders`, beyond that to the first; and which units stand for
    others: all but the later ones of more than `holders`.

    Among these, the same again by the keys in `beside` (`unit_keys.UnitKeys`): so copies of a whole document, whose
    every paragraph many others hold, are tied to each other and not to those others alone.
    A pair's places are 0, and it is marked as tied if it is to the first of many.
    """
    pairs, many = _of_one_key(keys, np.arange(len(keys)), documents, bits, holders)
    crowd = np.flatnonzero(many)
    more, _ = _of_one_key(beside[crowd], crowd, documents, bits, holders)
    firsts = np.unique(keys[crowd], return_index=True)[1]
    many[crowd[firsts]] = False
    return np.concatenate((pairs, more)), ~many


def _of_one_key(
    keys: "Keys", units: "NDArray[np.int64]", documents: "NDArray[np.uint32]", bits: UnitBits, holders: int
) -> "tuple[Keys, NDArray[np.bool_]]":
    """Pairs of `units`, ascending, with one key; and which of them have one with more than `holders` in all."""
    order = _met_again(keys)
    order = order[np.argsort(keys[order], kind="stable")]
    ascending = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1]))) if len(order) else order
    sizes = np.diff(np.concatenate((starts, [len(order)])))
    several = np.repeat(sizes > 1, sizes)
    many = np.zeros(len(keys), dtype=bool)
    many[order] = np.repeat(sizes > holders, sizes)
    order, ascending = order[several], ascending[several]
    places = np.zeros(len(order), dtype=np.uint8)
    return _pairs_of_runs(ascending, units[order].astype(np.uint32), places, documents, bits, holders, len(keys)), many


def _met_again(keys: "Keys") -> "NDArray[np.int64]":
    """Places, ascending, of the keys that stand there twice or more, and of a few others: most do not, and need not be
    put in order with their places, which takes ten times as long as to sort them alone."""
    ascending = np.sort(keys)
    again = ascending[1:][ascending[1:] == ascending[:-1]]
    shift = np.uint64(64 - min(len(keys).bit_length() + _SPARSE, _MOST_SLOTS))
    slots = np.zeros(1 << (64 - int(shift)), dtype=bool)
    slots[again >> shift] = True
    return np.flatnonzero(slots[keys >> shift])


def _pairs_of_runs(
    hashes: "Keys",
    units: "NDArray[np.uint32]",
    places: "NDArray[np.uint8]",
    documents: "NDArray[np.uint32]",
    bits: UnitBits,
    holders: int,
    common: int,
) -> "Keys":
    """Pairs of the members of every run of equal hashes; runs are ascending in their units."""
    if not len(hashes):
        return np.zeros(0, dtype=np.uint64)
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(hashes)])))
    left_in_run = np.repeat(starts + sizes, sizes) - np.arange(len(hashes))
    few = np.repeat(sizes <= holders, sizes)
    found = []
    for distance in range(1, holders):
        at = np.flatnonzero(few & (left_in_run > distance))
        found.append(_packed(at, at + distance, units, places, documents, bits, 0))
    first = np.repeat(starts, sizes)
    at = np.flatnonzero(np.repeat((sizes > holders) & (sizes <= common), sizes))
    at = at[at != first[at]]
    found.append(_packed(first[at], at, units, places, documents, bits, 1))
    return np.concatenate(found)


def _packed(
    left: "NDArray[np.int64]",
    right: "NDArray[np.int64]",
    units: "NDArray[np.uint32]",
    places: "NDArray[np.uint8]",
    documents: "NDArray[np.uint32]",
    bits: UnitBits,
    tied: int,
) -> "Keys":
    apart = documents[units[left]] != documents[units[right]]
    left, right = left[apart], right[apart]
    right_place = bits.place - bits.left_place - 1
    pairs = units[left].astype(np.uint64) << np.uint64(bits.unit)
    pairs |= units[right]
    pairs <<= np.uint64(bits.place)
    pairs |= (places[left] >> np.uint8(PLACE_BITS - bits.left_place)).astype(np.uint64) << np.uint64(right_place + 1)
    pairs |= (places[right] >> np.uint8(PLACE_BITS - right_place)).astype(np.uint64) << np.uint64(1)
    return pairs | np.uint64(tied)


def units_of_pairs(pairs: "Keys", bits: UnitBits) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Left and right units of packed pairs."""
    mask = np.uint64((1 << bits.unit) - 1)
    both = pairs >> np.uint64(bits.place)
    return (both >> np.uint64(bits.unit)).astype(np.int64), (both & mask).astype(np.int64)


def shared_anchors(pairs: "Keys", bits: UnitBits) -> SharedAnchors:
    """What packed pairs say, gathered by pair; `pairs` is sorted in place."""
    pairs.sort()
    found = compiled.columns_of(pairs, bits.unit)
    if found is not None:
        return SharedAnchors(*found)
    both = pairs >> np.uint64(bits.place)
    starts = np.flatnonzero(np.concatenate(([True], both[1:] != both[:-1]))) if len(pairs) else np.zeros(0, np.int64)
    edges = np.concatenate((starts, [len(pairs)]))
    tied = np.concatenate(([0], np.cumsum((pairs & np.uint64(1)).astype(np.int64))))
    ties = tied[edges[1:]] - tied[edges[:-1]]
    left, right = units_of_pairs(pairs[starts], bits)
    right_place = bits.place - bits.left_place - 1
    lefts = (pairs >> np.uint64(right_place + 1)) & np.uint64((1 << bits.left_place) - 1)
    rights = (pairs >> np.uint64(1)) & np.uint64((1 << right_place) - 1)
    return SharedAnchors(
        left=left,
        right=right,
        rare=np.diff(edges) - ties,
        tied=ties,
        edges=edges,
        left_places=lefts.astype(np.int64) << (OFFSET_BITS - bits.left_place),
        right_places=rights.astype(np.int64) << (OFFSET_BITS - right_place),
    )
