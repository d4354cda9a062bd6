"""A suspicion: two documents that share enough at one place to be worth aligning."""

from typing import NamedTuple


class CandidatePair(NamedTuple):
    """Documents by index in the scan, `left < right`, with the most evidence each channel gave at one place of both.

    What several families of documents hold counts for less (see `library.candidates`).

    windows       bands in which two windows agree (MinHash-LSH)
    fingerprints  winnowed fingerprints
    anchors       bits of rare 4-grams
    slight        too little for a passage; aligned for its fragments only
    """

    left: int
    right: int
    windows: float
    fingerprints: float
    anchors: float
    slight: bool = False
