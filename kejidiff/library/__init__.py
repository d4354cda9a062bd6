"""Keys -> candidate pairs. Computes no similarity."""

from kejidiff.library.candidates import find_candidates
from kejidiff.library.postings import Postings

__all__ = ["Postings", "find_candidates"]
