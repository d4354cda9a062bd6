"""A found file -> the shards of an archive, or the reason why it is none; and where lines are, for those who count.

Its name says whether a file is an archive, its first bytes which form it has: a packed file may be called `.jsonl`.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import BinaryIO, Final

from kejidiff.model import Skipped
from kejidiff.read.archives.lines import blocks_of, first_line
from kejidiff.read.archives.opening import opened, size_of
from kejidiff.read.archives.packed import packed_form, unpacked
from kejidiff.read.archives.parquet import MAGIC, row_groups
from kejidiff.read.archives.shard import MAX_ROW_BYTES, Form, Shard, UnreadableArchiveError
from kejidiff.read.discover import FoundFile
from kejidiff.read.failures import skipped
from kejidiff.read.formats import HEAD, OWN_LIBRARY, OWN_REPORT, PARQUET, is_archive_name, is_own_library, is_own_report

#: What is said of an archive that holds nothing.
NO_ROW: Final = "holds no row"
#: And of one without a byte.
EMPTY: Final = "the file is empty"


def is_archive(found: FoundFile) -> bool:
    """True where the file's name says so."""
    return is_archive_name(found.path)


def shards_of(found: FoundFile, target_bytes: int) -> tuple[Shard, ...] | Skipped:
    """The archive in pieces of about `target_bytes` (of Parquet: unpacked), in its order; a packed file is one piece.

    `Skipped` where it cannot be read at all, is empty, or is kejidiff's own. Never raises for what the file is.
    """
    try:
        with opened(found.location) as file:
            return shards_in(file, found, target_bytes)
    except UnreadableArchiveError as error:
        return skipped(found.path, error.reason, error.message, found.location)


def shards_in(file: BinaryIO, found: FoundFile, target_bytes: int) -> tuple[Shard, ...] | Skipped:
    """`shards_of` for a file that is open already, or in memory. UnreadableArchiveError where it cannot be read."""
    form, reason, message = _looked_at(file, found.path)
    if reason:
        return skipped(found.path, reason, message, found.location)
    file.seek(0)
    bounds = [(0, -1)]
    if form == "lines":
        bounds = ranges(size_of(file), target_bytes)
    elif form == "parquet":
        bounds = _gathered(row_groups(file), target_bytes)
    if not bounds:
        return skipped(found.path, "empty", NO_ROW, found.location)
    return tuple(Shard(found.path, found.location, form, start, end) for start, end in bounds)


def lines_before(shards: Sequence[Shard]) -> tuple[int, ...]:
    """Of every shard of one file of plain lines, in order: how many lines begin before it. One pass over the file, at
    the speed of memory. UnreadableArchiveError as of `rows_of`.
    """
    with opened(shards[0].place) as file:
        own = [_lines_begun(file, shard) for shard in shards]
    return (0, *accumulate(own[:-1]))


def _lines_begun(file: BinaryIO, shard: Shard) -> int:
    """How many lines, blank ones too, begin in a range of bytes."""
    start = first_line(file, shard.start, shard.end)
    if start is None:
        return 0
    file.seek(start)
    number, left = 1, shard.end - 1 - start  # the line that an end in the last byte begins is the next shard's
    for block in blocks_of(file):
        number += block.count(b"\n", 0, max(left, 0))
        left -= len(block)
        if left <= 0:
            break
    return number


def _looked_at(file: BinaryIO, path: str) -> tuple[Form, str, str]:
    """Form, and the reason and message why it is not read; both empty where it is."""
    head = file.read(HEAD)
    if not head:
        return "lines", "empty", EMPTY
    if head.startswith(MAGIC):
        return "parquet", "", ""
    form = packed_form(head)
    if form is None and path.lower().endswith(PARQUET):
        return "parquet", "damaged", "is no Parquet file"
    if is_own_library(head):
        return "lines", "ignored", OWN_LIBRARY
    if form is not None:
        file.seek(0)
        head = next(unpacked(file, form, MAX_ROW_BYTES), b"")
    return form or "lines", *(("ignored", OWN_REPORT) if is_own_report(head) else ("", ""))


def ranges(size: int, target_bytes: int) -> list[tuple[int, int]]:
    """Equal parts, half-open, of a file of so many bytes; none of an empty one."""
    number = max(1, math.ceil(size / max(1, target_bytes)))
    borders = [size * at // number for at in range(number + 1)]
    return [(start, end) for start, end in pairwise(borders) if start < end]


def _gathered(sizes: Sequence[int], target_bytes: int) -> list[tuple[int, int]]:
    """Row groups in runs that come to `target_bytes`, but for the last."""
    bounds: list[tuple[int, int]] = []
    start = total = 0
    for at, size in enumerate(sizes, start=1):
        total += size
        if total >= target_bytes or at == len(sizes):
            bounds.append((start, at))
            start, total = at, 0
    return bounds
