"""Sketches of all shards -> candidate pairs of units, part by part, each pair in the bucket of its two documents."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.kernel import join as compiled
from kejidiff.library.unit_join import UnitBits, join_part, units_of_pairs, with_units
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.spill import read_raw, read_raw_into, write_raw

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Layout(NamedTuple):
    """How the collection lies on the disk, counted from its sketches.

    first_units     shape (S + 1,): the number of each shard's first unit, and of all
    first_counted   shape (S + 1,): the same of countable characters
    unit_documents  shape (U,) of uint32: the document of every unit
    stands          shape (U,): False for units that another, equal one stands for
    edges           shape (S, parts + 1): where each part begins among a shard's anchors
    parting         bits of a hash that say which part it is in
    buckets         of pairs of documents
    """

    first_units: "NDArray[np.int64]"
    first_counted: "NDArray[np.int64]"
    unit_documents: "NDArray[np.uint32]"
    stands: "NDArray[np.bool_]"
    edges: "NDArray[np.int64]"
    parting: int
    buckets: int

    @property
    def parts(self) -> int:
        return 1 << self.parting

    def pairs(self, part: int) -> str:
        """The file of the pairs that a part found; another division into parts has others."""
        return f"pairs-{part}-of-{self.parts}"

    @property
    def bits(self) -> UnitBits:
        return UnitBits.of(int(self.first_units[-1]))


def part_edges(anchors: Path, count: int, parting: int) -> "NDArray[np.int64]":
    """Where each of `2 ** parting` parts begins in a shard's sorted file of `count` anchors, and its end."""
    if not count:
        return np.zeros((1 << parting) + 1, dtype=np.int64)
    keys = np.memmap(anchors, dtype=np.uint64, mode="r")
    bounds = np.arange(1, 1 << parting, dtype=np.uint64) << np.uint64(64 - parting)
    return np.concatenate(([0], np.searchsorted(keys, bounds), [count]))


def join(part: int, layout: Layout, folder: Path, options: BulkOptions) -> None:
    """Write what the anchors of one part say about pairs."""
    common = max(int(options.common * len(layout.unit_documents)), options.common_least)
    anchors = _anchors_of(part, layout, folder)
    pairs = join_part(anchors, layout.unit_documents, layout.bits, options.holders, common)
    write_pairs(pairs, folder / layout.pairs(part), layout)


def _anchors_of(part: int, layout: Layout, folder: Path) -> "NDArray[np.uint64]":
    """The anchors of units that no other stands for, shard by shard; some that meet no other may be left out."""
    stands = None if layout.stands.all() else layout.stands
    starts, ends = layout.edges[:, part], layout.edges[:, part + 1]
    edges = np.concatenate(([0], np.cumsum(ends - starts)))
    anchors = np.empty(int(edges[-1]), dtype=np.uint64)
    for shard, (start, own, end) in enumerate(zip(starts.tolist(), edges.tolist(), edges[1:].tolist(), strict=False)):
        read_raw_into(anchors[own:end], folder / f"anchors-{shard}", start)
    kept = compiled.met_again(anchors, edges, part, layout.parting)
    filled = 0
    for shard, (own, end) in enumerate(
        zip(edges.tolist(), (edges[1:] if kept is None else kept).tolist(), strict=False)
    ):
        placed = with_units(anchors[own:end], int(layout.first_units[shard]), layout.bits, layout.parting, stands)
        anchors[filled : filled + len(placed)] = placed
        filled += len(placed)
    return anchors[:filled]


def write_pairs(pairs: "NDArray[np.uint64]", path: Path, layout: Layout) -> None:
    """Pairs bucket by bucket, and where each bucket begins."""
    write_raw(path, by_bucket(pairs, layout))


def by_bucket(pairs: "NDArray[np.uint64]", layout: Layout) -> "NDArray[np.uint64]":
    """Where each bucket begins, and their end; then the pairs in the order of their buckets."""
    found = compiled.by_bucket(pairs, layout.unit_documents, layout.bits.unit, layout.buckets)
    if found is not None:
        return found
    left, right = units_of_pairs(pairs, layout.bits)
    buckets = bucket_of(layout.unit_documents[left], layout.unit_documents[right], layout.buckets)
    order = np.argsort(buckets, kind="stable")
    edges = np.searchsorted(buckets[order], np.arange(layout.buckets + 1))
    return np.concatenate((edges.astype(np.uint64), pairs[order]))


def bucket_of(left: "NDArray[np.uint32]", right: "NDArray[np.uint32]", buckets: int) -> "NDArray[np.uint16]":
    """The bucket of each pair of documents: as good as random, so that all are about as full."""
    mixed = (left.astype(np.uint64) << np.uint64(32) | right) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * np.uint64(0xC2B2AE3D27D4EB4F) >> np.uint64(40)) % np.uint64(buckets)).astype(np.uint16)


def pairs_of(bucket: int, layout: Layout, folder: Path) -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """The pairs of units with one key that are in a bucket; and all that are, these among them."""
    paths = [folder / "pairs-equal", *(folder / layout.pairs(part) for part in range(layout.parts))]
    edges = [read_raw(path, np.int64, bucket, bucket + 2).tolist() for path in paths]
    sizes = [end - start for start, end in edges]
    pairs = np.empty(sum(sizes), dtype=np.uint64)
    filled = 0
    for path, size, (start, _) in zip(paths, sizes, edges, strict=True):
        read_raw_into(pairs[filled : filled + size], path, layout.buckets + 1 + start)
        filled += size
    return pairs[: sizes[0]].copy(), pairs
