"""Keys -> candidate pairs. Computes no similarity."""

from kejidiff.library.candidates import find_candidates

__all__ = ["find_candidates"]
