"""Keys -> candidate pairs. Computes no similarity."""

from kejidiff.library.candidates import find_candidacy, find_candidates, find_evidence
from kejidiff.library.families import find_kin
from kejidiff.library.postings import Postings

__all__ = ["Postings", "find_candidacy", "find_candidates", "find_evidence", "find_kin"]
