"""Archives as tests make them: lines, packed lines, Parquet files with row groups; and what is read from them."""

import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kejidiff.model import Skipped
from kejidiff.options import JsonLines
from kejidiff.read.archives import Row, rows_of, shards_of
from kejidiff.read.discover import FoundFile

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FIELDS = JsonLines()


def line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def found(path: Path) -> FoundFile:
    return FoundFile(path.name, str(path))


def rows(path: Path, target_bytes: int = 64 << 20, fields: JsonLines = FIELDS, **how: Any) -> list[Row]:
    shards = shards_of(found(path), target_bytes)
    assert not isinstance(shards, Skipped), shards
    return [row for shard in shards for row in rows_of(shard, fields, **how)]


def texts(given: Iterable[Row]) -> list[str | None]:
    return [row.text for row in given]


def refusal(path: Path) -> str:
    """The reason for which a file is not cut into shards."""
    shards = shards_of(found(path), 1 << 20)
    assert isinstance(shards, Skipped), shards
    return shards.reason


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def zstandard(data: bytes) -> bytes:
    return zstd.compress(data)


def write_parquet(path: Path, columns: Mapping[str, Any], group: int = 1 << 20) -> Path:
    """A table in row groups of `group` rows."""
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(dict(columns)), path, row_group_size=group)
    return path
