"""What was found and asked for -> how deep a scan goes: whole documents, or paragraph by paragraph."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kejidiff.options import Depth
from kejidiff.read import FoundFile

#: Bytes from which a scan is a large one: some 600 reports, which take two cores a minute when compared in full.
LARGE_BYTES: Final = 16 << 20


def depth_of(found: Iterable[FoundFile]) -> Depth:
    """`paragraphs` where the files come to so much that a full scan is not done in good time."""
    return "paragraphs" if sum(map(_size, found)) >= LARGE_BYTES else "full"


def _size(found: FoundFile) -> int:
    """Bytes; 0 for what is gone, and for stdin."""
    try:
        return Path(found.location).stat().st_size
    except OSError:
        return 0
