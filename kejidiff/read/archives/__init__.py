"""Archives of texts (JSON lines, plain or packed, and Parquet) -> rows, as a stream, by pieces that workers can share.

`shards_of` cuts an archive into pieces, `rows_of` reads one of them, each row with its text, its id and its metadata.
"""

from kejidiff.read.archives.rows import rows_of
from kejidiff.read.archives.shard import MAX_ROW_BYTES, Row, RowNames, Shard, UnreadableArchiveError
from kejidiff.read.archives.sharding import is_archive, lines_before, shards_of

__all__ = [
    "MAX_ROW_BYTES", "Row", "RowNames", "Shard", "UnreadableArchiveError", "is_archive", "lines_before",
    "rows_of", "shards_of",
]  # fmt: skip
