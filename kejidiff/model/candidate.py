"""A suspicion: two documents that share band keys or fingerprints and are therefore worth aligning."""

from typing import NamedTuple


class CandidatePair(NamedTuple):
    """Documents by index in the scan, `left < right`, with how much evidence each channel gave.

    windows       pairs of windows that share a band key (MinHash-LSH)
    fingerprints  different winnowed fingerprints that both hold
    """

    left: int
    right: int
    windows: int
    fingerprints: int
