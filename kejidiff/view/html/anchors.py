"""Document ids -> the names of places in a page, the same in every report that shows these documents.

An anchor depends on the ids of the documents it is about and on nothing else, so that the link to a passage still
leads there when other files join the scan or leave it.
"""

from hashlib import blake2s
from typing import Final

from kejidiff.view.segments import Side

#: 5 bytes, 10 hex digits: among the 5,000 documents of a large scan two would share a name once in 90,000 scans.
_DIGEST_BYTES: Final = 5


def document_anchor(document_id: str) -> str:
    """Where the full text of a document stands."""
    return f"d-{_digest(document_id)}"


def comparison_anchor(left: str, right: str) -> str:
    """Where two documents stand side by side."""
    return f"c-{_digest(left, right)}"


def paragraph_anchor(left: str, right: str, side: Side, number: int) -> str:
    """Where the left or right document's paragraph `number`, as people see it, stands in a comparison."""
    return f"c-{_digest(left, right)}-{side[0]}{number}"


def passage_anchor(left: str, right: str, number: int) -> str:
    """Where passage `number` (from 1, in the order of the record) of a comparison begins."""
    return f"p-{_digest(left, right)}-{number}"


def _digest(*ids: str) -> str:
    return blake2s("\0".join(ids).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
