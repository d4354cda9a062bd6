"""Arrow batches <-> columns of a batch: what Spark hands to Python, and what our functions take and give.

A column is an array of numbers, or a list of texts, of bytes, of lists of bytes. A schema is written as Spark writes
it: `unit long, text binary`.

Limitations. Numbers are never null; the types of `_TYPES` are all there are.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Columns = Mapping[str, Any]
#: Batches of columns -> batches of columns, of any lengths.
OverBatches = Callable[[Iterator[Columns]], Iterator[Columns]]
#: All rows with one key -> rows.
OverGroup = Callable[[Columns], Columns]

_TYPES: Final = {"long": "int64", "int": "int32", "double": "float64", "boolean": "bool_", "string": "string",
                 "binary": "binary"}  # fmt: skip
_NUMBERS: Final = frozenset({"long", "int", "double", "boolean"})


def map_batches(batches: Iterator[Any], function: OverBatches, schema: str) -> Iterator[Any]:
    """Run `function` over Arrow record batches."""
    for columns in function(map(columns_of, batches)):
        yield from _table(columns, schema).to_batches()


def map_group(rows: Any, function: OverGroup, schema: str) -> Any:
    """Run `function` over an Arrow table."""
    return _table(function(columns_of(rows)), schema)


def columns_of(rows: Any) -> Columns:
    """The columns of an Arrow table or record batch."""
    return {field.name: _values(rows.column(at), field.type) for at, field in enumerate(rows.schema)}


def _values(column: Any, kind: Any) -> Any:
    from pyarrow import types

    if types.is_integer(kind) or types.is_floating(kind) or types.is_boolean(kind):
        return column.to_numpy(zero_copy_only=False) if not hasattr(column, "chunks") else column.to_numpy()
    return column.to_pylist()


def _table(columns: Columns, schema: str) -> Any:
    import pyarrow as arrow

    fields = [field.strip().split() for field in schema.split(",")]
    types = [getattr(arrow, _TYPES[kind])() for _, kind in fields]
    arrays = [arrow.array(columns[name], kind) for (name, _), kind in zip(fields, types, strict=True)]
    return arrow.Table.from_arrays(arrays, names=[name for name, _ in fields])
