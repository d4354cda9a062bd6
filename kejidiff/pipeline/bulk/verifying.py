"""A bucket of candidate pairs -> matches, each verified on the folded texts of its two units, in original offsets."""

from pathlib import Path

import numpy as np

from kejidiff.library.unit_candidates import candidates_of
from kejidiff.library.unit_join import SharedAnchors
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, pairs_of
from kejidiff.pipeline.bulk.locating import located
from kejidiff.pipeline.bulk.matches import Matches
from kejidiff.pipeline.bulk.matching import found_among
from kejidiff.pipeline.bulk.units_on_disk import Units, units_on_disk


def verify(bucket: int, layout: Layout, folder: Path, options: BulkOptions) -> None:
    """Write the matches of one bucket."""
    equal, pairs = pairs_of(bucket, layout, folder)
    counts = np.load(folder / "counts.npy", mmap_mode="r", allow_pickle=False)
    candidates = candidates_of(pairs, equal, counts, layout.bits, options)
    units = units_on_disk(folder, layout.first_units, layout.first_counted, layout.unit_documents)
    try:
        matches_of(candidates, units, options).write(folder / f"matches-{bucket}")
    finally:
        units.close()


def matches_of(candidates: SharedAnchors, units: Units, options: BulkOptions) -> Matches:
    """What candidates come to. All pairs of units of two documents must be among them, or none."""
    return located(found_among(candidates, units, options), units)
