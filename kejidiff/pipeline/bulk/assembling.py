"""Matches of all buckets -> what holds for the whole scan: formula, ratios, clusters, the order of comparisons.

Holds one row of a hundred bytes for every match, and no text.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kejidiff.measure.bulk_reuse import DocumentReuse, PairReuse, commonness_of, kin_of, pairs_of, reuse_of
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.matches import rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Assembled(NamedTuple):
    """The scan as numbers.

    commonness  shape (M,): documents that hold each match, bucket after bucket
    formula     shape (M,): True for matches that are formula
    pairs       of documents that share more than formula, in the order of the matches
    documents   of every document
    buckets     shape (B + 1,): the first match of each bucket, and of all
    """

    commonness: "Ints"
    formula: "NDArray[np.bool_]"
    pairs: PairReuse
    documents: DocumentReuse
    buckets: "Ints"


def assemble(buckets: int, countable: "Ints", folder: Path, options: ScanOptions) -> Assembled:
    """`countable`: shape (D,), countable characters of every document."""
    parts = [rows_of(folder / f"matches-{bucket}") for bucket in range(buckets)]
    rows = np.concatenate(parts)
    every, alone = pairs_of(rows), np.arange(len(countable))
    commonness = commonness_of(rows, alone)
    kin = kin_of(every, countable, options.cluster)
    held = commonness if np.array_equal(kin, alone) else commonness_of(rows, kin)
    related = kin[rows["left_document"]] == kin[rows["right_document"]]
    formula = (held >= options.bulk.formula) & ~related
    pairs = pairs_of(rows[~formula]) if formula.any() else every
    return Assembled(
        commonness=commonness,
        formula=formula,
        pairs=pairs,
        documents=reuse_of(rows, tiers_of(rows, options), formula, pairs, len(countable)),
        buckets=np.concatenate(([0], np.cumsum([len(part) for part in parts]))),
    )


def tiers_of(rows: Any, options: ScanOptions) -> "Ints":
    """0 verbatim, 1 light, 2 rewritten for each match; one with another figure is not verbatim."""
    return np.where(
        (rows["similarity"] >= 1.0) & (rows["edits"] == 0), 0, np.where(rows["similarity"] >= options.light_from, 1, 2)
    )
