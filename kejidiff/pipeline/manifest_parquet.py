"""Rows of a manifest -> the bytes of a Parquet file, one column a field: the only door to pyarrow.

Limitation: lone surrogates, which names of files may hold and Parquet cannot, come as U+FFFD.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from kejidiff.errors import UsageError


def manifest_parquet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Columns stand in the order of the first row's fields. UsageError where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("--manifest", "Parquet needs pyarrow", "pip install 'kejidiff[parquet]'") from error
    integer, text, share = arrow.int64(), arrow.string(), arrow.float64()
    removed = arrow.list_(
        arrow.struct(
            [("start", integer), ("end", integer), ("holder", text), ("origin_start", integer),
             ("origin_end", integer), ("similarity", share), ("tier", text)]
        )
    )  # fmt: skip
    types = {"ordinal": integer, "family": integer, "countable": integer, "removed_characters": integer,
             "share": share, "similarity": share, "removed": removed}  # fmt: skip
    names = list(rows[0]) if rows else list(types)
    schema = arrow.schema([(name, types.get(name, text)) for name in names])
    columns = [[_value(row[name]) for row in rows] for name in names]
    table = arrow.table([arrow.array(own, schema.field(name).type) for own, name in zip(columns, names, strict=True)],
                        schema=schema)  # fmt: skip
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _value(value: Any) -> Any:
    """Spans as two columns, text that UTF-8 can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [
            {"start": one["span"][0], "end": one["span"][1], "holder": _value(one["holder"]),
             "origin_start": one["origin"][0], "origin_end": one["origin"][1], "similarity": one["similarity"],
             "tier": one["tier"]}
            for one in value
        ]  # fmt: skip
    return value
