"""A suspicion: two documents that share band keys or fingerprints and are therefore worth aligning."""

from dataclasses import dataclass
from typing import Final

#: Fingerprints that make a pair worth aligning on their own. A lone verbatim run must have 38 characters to be a
#: passage, and 38 characters hold at least five of them (one in every six of 31 runs of eight characters); three leaves
#: room for a change inside. Of the 55 pairs of the seeds 21 share something, 15 of them this much.
PROMISING: Final = 3


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Documents by index in the scan, `left < right`, with how much evidence each channel gave.

    windows       pairs of windows that share a band key (MinHash-LSH)
    fingerprints  different winnowed fingerprints that both hold
    """

    left: int
    right: int
    windows: int
    fingerprints: int

    @property
    def promising(self) -> bool:
        """True where the pair may hold a passage, not only a fragment."""
        return self.windows > 0 or self.fingerprints >= PROMISING
