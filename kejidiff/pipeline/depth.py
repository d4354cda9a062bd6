"""Paths -> what is there, where it is so much that it is compared paragraph by paragraph."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kejidiff.read import Discovery, FoundFile, discover
from kejidiff.read.formats import HEAD, is_own_report

__all__ = ["LARGE_BYTES", "Discovery", "found_large", "inputs_called"]

#: Bytes from which a scan is a large one: some 600 reports, which take two cores a minute when compared in full.
LARGE_BYTES: Final = 16 << 20


def found_large(paths: Sequence[str], asked: bool) -> Discovery | None:
    """What lies below `paths` if it is large, or if that is `asked` for and anything is there at all; else None.
    UsageError where a path does not exist."""
    found = discover(paths)
    if asked:
        return found if found.found or found.skipped else None
    return found if sum(map(_size, found.found)) >= LARGE_BYTES else None


def inputs_called(path: str | None, found: Discovery) -> list[str]:
    """Where the files of this path lie that a scan would read: none where it is a result that kejidiff wrote, which a
    scan passes over."""
    if path is None:
        return []
    try:
        with Path(path).open("rb") as file:
            own = is_own_report(file.read(HEAD))
        same = [] if own else [one.location for one in found.found if Path(one.location).exists()]
        return [location for location in same if Path(location).samefile(path)]
    except OSError:
        return []


def _size(found: FoundFile) -> int:
    """Bytes; 0 for what is gone, and for stdin."""
    try:
        return Path(found.location).stat().st_size
    except OSError:
        return 0
