"""Anchors and pairs of a large collection's units -> what `library/unit_join` makes of them, compiled.

Each function says the same as the one that calls it, and gives None where nothing is compiled. Numbers of units that
there are none of are an IndexError, as they are to numpy.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Ints = NDArray[np.int64]


_HASH_BITS: Final = 32
#: Anchors of a block, and of a shard in it at least: of 19 million in 16 shards, blocks of 2,000 and of 4,000 took 36
#: ms, of 16,000 42; sorting all of them takes 110.
_BLOCK: Final = 4_096
_OF_A_SHARD: Final = 64
#: Slots for every anchor of a block, as bits: of 8 to 16 of them 33 % of the anchors are left, of half as many 35, and
#: 32 have another indeed.
_SPARSE: Final = 3
_LEAST_SLOTS: Final = 6


class Worth(NamedTuple):
    """What makes two units a candidate: fields as of `BulkOptions`."""

    shared: int
    share: float
    tied: int


def met_again(anchors: "Keys", edges: "Ints", part: int, parting: int) -> "Ints | None":
    """Shape (S,): where each shard's anchors end when those are left out whose hash no other has, or most of them.

    anchors   of one part, as shards have them, sorted shard by shard; they are overwritten
    edges     shape (S + 1,): where each shard's begin, and the end
    """
    called = function("join_met_again", "ppiiiiipppp")
    shards = len(edges) - 1
    block = max(_BLOCK, _OF_A_SHARD * shards)
    block_bits = max((len(anchors) // block).bit_length(), 1)
    slot_bits = min(block.bit_length() + _SPARSE, _HASH_BITS - parting - block_bits)
    if called is None or slot_bits < _LEAST_SLOTS:
        return None
    import numpy as np

    if edges[0] != 0 or edges[-1] != len(anchors) or (np.diff(edges) < 0).any():
        raise ValueError("edges are not those of the anchors")
    slots, at, ends, kept = np.empty(1 << slot_bits, np.uint8), *np.empty((3, shards), np.int64)
    told = shards, part, parting, block_bits, slot_bits
    room = address(slots, "|u1"), address(at, "<i8"), address(ends, "<i8"), address(kept, "<i8")
    if called(address(anchors, "<u8"), address(edges, "<i8"), *told, *room) < 0:
        raise ValueError("anchors are not sorted, or of another part")
    return kept


def with_units(
    anchors: "Keys", first: int, unit_bits: int, parting: int, stands: "NDArray[np.bool_] | None"
) -> "Keys | None":
    """`unit_join.with_units`: a view of `anchors`, which are overwritten."""
    called = function("join_with_units", "piiiipi")
    if called is None:
        return None
    where, units = (0, 0) if stands is None else (address(stands, "?"), len(stands))
    told = len(anchors), first, _checked(unit_bits), parting
    return anchors[: _known(called(address(anchors, "<u8"), *told, where, units))]


def pairs_of(
    anchors: "Keys", documents: "NDArray[np.uint32]", unit_bits: int, holders: int, common: int
) -> "Keys | None":
    """`unit_join.join_part` of sorted anchors, which are overwritten; run by run."""
    shared, pairs_in = function("join_shared", "piiiip"), function("join_pairs", "pipiiiip")
    if shared is None or pairs_in is None:
        return None
    import numpy as np

    most = np.zeros(1, dtype=np.int64)
    where = address(anchors, "<u8")
    kept = shared(where, len(anchors), _checked(unit_bits), holders, common, address(most, "<i8"))
    pairs = np.empty(int(most[0]) + 1, dtype=np.uint64)
    told = address(documents, "<u4"), len(documents)
    return pairs[: _known(pairs_in(where, kept, *told, unit_bits, holders, common, address(pairs, "<u8")))]


def by_bucket(pairs: "Keys", documents: "NDArray[np.uint32]", unit_bits: int, buckets: int) -> "Keys | None":
    """`joining.by_bucket`."""
    called = function("join_by_bucket", "pipiiippp")
    if called is None:
        return None
    import numpy as np

    if not 0 < buckets <= 1 << 16:
        raise ValueError(f"{buckets:,} buckets")
    own, table = np.empty(len(pairs), np.uint16), np.empty(buckets + 1 + len(pairs), np.uint64)
    told = address(documents, "<u4"), len(documents), _checked(unit_bits), buckets
    room = address(own, "<u2"), address(table, "<u8"), address(table[buckets + 1 :], "<u8")
    _known(called(address(pairs, "<u8"), len(pairs), *told, *room))
    return table


def worth_verifying(
    pairs: "Keys", equal: "Keys", counts: "NDArray[np.uint16]", unit_bits: int, worth: Worth
) -> "Keys | None":
    """Of sorted pairs those of units that are worth it or among the `equal` ones, sorted too: a view of `pairs`, which
    are overwritten."""
    called = function("join_worth", "pipiipiidi")
    if called is None:
        return None
    told = address(equal, "<u8"), len(equal), _checked(unit_bits), address(counts, "<u2"), len(counts)
    return pairs[: _known(called(address(pairs, "<u8"), len(pairs), *told, *worth))]


def columns_of(pairs: "Keys", unit_bits: int) -> "tuple[Ints, ...] | None":
    """The columns of `unit_join.SharedAnchors` of sorted pairs, in their order."""
    groups, columns = function("join_groups", "pii"), function("join_columns", "piippppppp")
    if groups is None or columns is None:
        return None
    import numpy as np

    where = address(pairs, "<u8"), len(pairs), _checked(unit_bits)
    count = groups(*where)
    found = tuple(np.empty(size, np.int64) for size in (count, count, count, count, count + 1, len(pairs), len(pairs)))
    columns(*where, *(address(column, "<i8") for column in found))
    return found


def _known(count: int) -> int:
    if count < 0:
        raise IndexError("an anchor's unit is beyond the last one")
    return count


def _checked(unit_bits: int) -> int:
    if not 24 <= unit_bits <= 28:
        raise ValueError(f"{unit_bits} bits for units")
    return unit_bits
