"""Units -> their anchors by part of the hashes -> pairs of units that share some: as workers do it.

Hashes are cut to the 32 bits that one machine joins by, so that both find the same, up to as many anchors as it is made
for. Beyond, a hash of 32 bits meets a stranger more often than not, and whole ones are joined.

Limitations. All anchors of a part are in one worker's memory; a gram that more than `common` units hold is, too.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from kejidiff.engine.columns import Columns
from kejidiff.library.unit_candidates import evidence_of
from kejidiff.library.unit_join import HASH_BITS, PLACE_BITS, UnitBits, join_part, shared_anchors
from kejidiff.options import BulkOptions
from kejidiff.pipeline.cluster.numbers import UNIT_BITS, joined_bytes, slices

#: Anchors put together for one row of each part, so that a row is large against what it costs to move one.
_GATHERED: Final = 4_000_000

PARTS: Final = "part int, units binary, hashes binary, places binary"
PAIRS: Final = "left long, right long, weight long, places binary"


def parted(batches: Iterator[Columns], parting: int, whole: bool) -> Iterator[Columns]:
    """Anchors of units, those whose hashes begin with the same `parting` bits (at least one) in one row; hashes `whole`
    or cut to 32 bits."""
    gathered: list[Columns] = []
    size = 0
    for batch in batches:
        gathered.append(batch)
        size += sum(map(len, batch["places"]))
        if size >= _GATHERED:
            yield _parts(gathered, parting, whole)
            gathered, size = [], 0
    if size:
        yield _parts(gathered, parting, whole)


def _parts(batches: list[Columns], parting: int, whole: bool) -> Columns:
    hashes = joined_bytes((each for batch in batches for each in batch["hashes"]), np.uint64)
    places = joined_bytes((each for batch in batches for each in batch["places"]), np.uint8)
    counts = [len(each) for batch in batches for each in batch["places"]]
    units = np.repeat(np.concatenate([batch["unit"] for batch in batches]), counts)
    parts = (hashes >> np.uint64(64 - parting)).astype(np.uint16)
    order = np.argsort(parts, kind="stable")
    edges = np.searchsorted(parts[order], np.arange((1 << parting) + 1))
    filled = np.flatnonzero(np.diff(edges))
    hashes = hashes if whole else (hashes >> np.uint64(HASH_BITS)).astype(np.uint32)
    columns = {"units": units, "hashes": hashes, "places": places}
    cut = {name: slices(items[order], edges[filled], edges[filled + 1]) for name, items in columns.items()}
    return {"part": filled, **cut}


def joined(part: Columns, options: BulkOptions, common: int, parting: int, whole: bool) -> Columns:
    """Pairs of units of different documents with the places of the anchors they share, from all anchors of a part.

    Within a part units are numbered anew, so that however many there are in all, they fit the bits of the join.
    """
    hashes = joined_bytes(part["hashes"], np.uint64 if whole else np.uint32)
    # Whole ones are numbered anew, too; all others begin with the same bits.
    hashes = np.unique(hashes, return_inverse=True)[1] if whole else hashes & np.uint32((1 << HASH_BITS - parting) - 1)
    places = joined_bytes(part["places"], np.uint8)
    units, own = np.unique(joined_bytes(part["units"], np.int64), return_inverse=True)
    bits = UnitBits.of(len(units))
    if bits.parting > parting:
        raise OverflowError(f"{len(units):,} units in one of {1 << parting} parts")
    anchors = hashes.astype(np.uint64) << np.uint64(bits.unit + PLACE_BITS)
    anchors |= own.astype(np.uint64) << np.uint64(PLACE_BITS)
    anchors |= places
    documents = np.unique(units >> UNIT_BITS, return_inverse=True)[1].astype(np.uint32)
    shared = shared_anchors(join_part(anchors, documents, bits, options.holders, common), bits)
    both = np.stack((shared.left_places, shared.right_places), axis=1).astype(np.uint16)
    cut = slices(both, shared.edges[:-1], shared.edges[1:])
    weight = evidence_of(shared, options)
    return {"left": units[shared.left], "right": units[shared.right], "weight": weight, "places": cut}
