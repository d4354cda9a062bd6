"""Keys -> candidate pairs, in memory; files and keys -> a file that lasts, and back. Computes no similarity.

`store` opens that file, `documents` and `index` are what is in it, `seals` and `verify` hold it to what was written,
`choice` finds what is worth comparing with a draft.
"""

from kejidiff.library.candidates import find_candidacy, find_candidates, find_evidence
from kejidiff.library.families import find_kin
from kejidiff.library.postings import Postings

__all__ = ["Postings", "find_candidacy", "find_candidates", "find_evidence", "find_kin"]
