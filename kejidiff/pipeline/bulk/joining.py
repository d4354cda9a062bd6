"""Sketches of all shards -> candidate pairs of units, part by part, each pair in the bucket of its two documents."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.library.unit_join import PLACE_BITS, UnitBits, join_part, units_of_pairs, with_units
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.spill import read_raw, write_arrays

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
    pieces = []
    for shard, (start, end) in enumerate(layout.edges[:, part : part + 2].tolist()):
        anchors = read_raw(folder / f"anchors-{shard}", np.uint64, start, end)
        pieces.append(with_units(anchors, int(layout.first_units[shard]), layout.bits, layout.parting))
    anchors = np.concatenate(pieces)
    pieces.clear()
    if not layout.stands.all():
        mask = np.uint64((1 << layout.bits.unit) - 1)
        anchors = anchors[layout.stands[(anchors >> np.uint64(PLACE_BITS)) & mask]]
    common = max(int(options.common * len(layout.unit_documents)), options.common_least)
    pairs = join_part(anchors, layout.unit_documents, layout.bits, options.holders, common)
    write_pairs(pairs, folder / layout.pairs(part), layout)


def write_pairs(pairs: "NDArray[np.uint64]", path: Path, layout: Layout) -> None:
    """Pairs bucket by bucket, and where each bucket begins."""
    left, right = units_of_pairs(pairs, layout.bits)
    buckets = bucket_of(layout.unit_documents[left], layout.unit_documents[right], layout.buckets)
    order = np.argsort(buckets, kind="stable")
    edges = np.searchsorted(buckets[order], np.arange(layout.buckets + 1))
    write_arrays(path, (edges, pairs[order]))


def bucket_of(left: "NDArray[np.uint32]", right: "NDArray[np.uint32]", buckets: int) -> "NDArray[np.uint16]":
    """The bucket of each pair of documents: as good as random, so that all are about as full."""
    mixed = (left.astype(np.uint64) << np.uint64(32) | right) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * np.uint64(0xC2B2AE3D27D4EB4F) >> np.uint64(40)) % np.uint64(buckets)).astype(np.uint16)


def read_pairs(path: Path, bucket: int) -> "NDArray[np.uint64]":
    """The pairs that a part has in a bucket."""
    with path.open("rb") as file:
        edges = np.load(file, allow_pickle=False)
        np.lib.format.read_magic(file)
        np.lib.format.read_array_header_1_0(file)
        start, end = int(edges[bucket]), int(edges[bucket + 1])
        return np.fromfile(file, dtype=np.uint64, count=end - start, offset=start * 8)
