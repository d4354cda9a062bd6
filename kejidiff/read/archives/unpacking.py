"""A packed file, row groups of a table -> their rows as lines, as a stream: what can be cut anywhere and read in parts.

Lines of a packed file are as they stand there. A table's row becomes a line of our own (`objects.line_of_row`), which
holds what reading it found out: its number, and what is amiss with it.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kejidiff.options import JsonLines
from kejidiff.read.archives.objects import line_of_row
from kejidiff.read.archives.opening import opened
from kejidiff.read.archives.packed import unpacked
from kejidiff.read.archives.parquet import table_rows
from kejidiff.read.archives.shard import Form, Shard
from kejidiff.read.archives.sharding import ranges


def unpacked_blocks(shard: Shard, fields: JsonLines, max_bytes: int) -> Iterator[bytes]:
    """What the shard comes to, block by block; a line may end in a later block than it begins in.

    UnreadableArchiveError as of `rows_of`, and for nothing that happens to whoever takes the blocks.
    """
    with opened(shard.location) as file:
        if shard.form == "parquet":
            yield from map(line_of_row, table_rows(file, shard.start, shard.end, fields, max_bytes))
        else:
            yield from unpacked(file, shard.form, max_bytes)


def shards_unpacked(shard: Shard, place: Path, torn: tuple[str, str] | None, target_bytes: int) -> tuple[Shard, ...]:
    """The shard, of which what `unpacked_blocks` gave lies in the file `place`, in pieces of about `target_bytes`; at
    least one, which tells that it is `torn`."""
    form: Form = "parquet" if shard.form == "parquet" else "lines"
    bounds = ranges(place.stat().st_size, target_bytes) or [(0, 0)]
    *shards, last = [Shard(shard.path, shard.location, form, start, end, str(place)) for start, end in bounds]
    return (*shards, replace(last, torn=torn))
