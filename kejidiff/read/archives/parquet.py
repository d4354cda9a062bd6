"""A Parquet file -> its row groups, and of each the rows: a door to pyarrow, which is an extra.

Columns that repeat one value stay a dictionary until a row is taken, so that a small file cannot fill the memory.

Source.      The format of Apache Parquet; its row groups are what can be read apart from the rest.
Limitations. Fields are columns at the top. A column of lists or structs of texts is unpacked a batch at a time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from kejidiff.options import JsonLines
from kejidiff.read.archives.objects import id_of, metadata_of
from kejidiff.read.archives.opening import size_of
from kejidiff.read.archives.packed import RATIO, ROOM
from kejidiff.read.archives.shard import Row, UnreadableArchiveError

#: How a Parquet file begins and ends.
MAGIC: Final = b"PAR1"

#: Rows taken at a time, and what they may come to: reports of 26 KB make batches of a megabyte and a half.
_ROWS, _BATCH_BYTES = 64, 16 << 20


def row_groups(file: BinaryIO) -> Sequence[int]:
    """What each row group of a file unpacks to, in bytes. UnreadableArchiveError: `damaged`, `unsupported`."""
    with _understood(file) as parquet:
        metadata = parquet.metadata
        return [metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups)]


def table_rows(file: BinaryIO, start: int, end: int, fields: JsonLines, max_bytes: int) -> Iterator[Row]:
    """The rows of the row groups `[start, end)`. UnreadableArchiveError, also after some rows."""
    with _understood(file, fields) as parquet:
        metadata = parquet.metadata
        groups = range(start, min(end, metadata.num_row_groups))
        number = sum(metadata.row_group(at).num_rows for at in range(start))
        largest = max((_row_bytes(metadata.row_group(at)) for at in groups), default=1)
        room = max(ROOM * max_bytes, RATIO * size_of(file))
        rows = max(1, min(_ROWS, _BATCH_BYTES // largest))
        for batch in parquet.iter_batches(batch_size=rows, row_groups=list(groups), use_threads=False):
            for row in _rows(batch, number, fields, max_bytes):
                room -= len(row.text or "") + len(row.metadata or b"")
                if room < 0:
                    raise UnreadableArchiveError("expands-too-much", "unpacks to far more than it is")
                yield row
            number += batch.num_rows


def _row_bytes(group: Any) -> int:
    """What a row of the group takes on average, at least a byte."""
    return max(1, int(group.total_byte_size) // max(1, int(group.num_rows)))


def _rows(batch: Any, before: int, fields: JsonLines, max_bytes: int) -> Iterator[Row]:
    names = batch.schema.names
    columns = [batch.column(at) for at in range(len(names))]
    for at in range(batch.num_rows):
        value = {name: column[at].as_py() for name, column in zip(names, columns, strict=True)}
        text, given = value.pop(fields.text), id_of(value.pop(fields.id, None))
        rest = metadata_of({name: own for name, own in value.items() if own is not None})
        number = before + at + 1
        if not isinstance(text, str):
            yield Row(number, given, None, rest, "damaged")
        elif len(text) > max_bytes:
            yield Row(number, given, None, rest, "too-large")
        else:
            yield Row(number, given, text, rest, None if text.strip() else "empty")


@contextmanager
def _understood(file: BinaryIO, fields: JsonLines | None = None) -> Iterator[Any]:
    """The file as pyarrow opens it, with a column of texts where `fields` ask for one; its errors are ours."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        advice = "Parquet needs pyarrow (pip install 'kejidiff[parquet]')"
        raise UnreadableArchiveError("unsupported", advice) from error
    try:
        opened = parquet.ParquetFile(file)
        if fields is not None:
            schema = opened.schema_arrow
            _look_for_texts(schema, fields)
            repeated = (arrow.types.is_string, arrow.types.is_large_string, arrow.types.is_binary)
            texts = [one.name for one in schema if any(holds(one.type) for holds in repeated)]
            file.seek(0)
            opened = parquet.ParquetFile(file, read_dictionary=texts)
        yield opened
    except (arrow.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableArchiveError("damaged", "the Parquet file is damaged") from error
    except MemoryError as error:
        raise UnreadableArchiveError("memory", "does not fit into memory") from error


def _look_for_texts(schema: Any, fields: JsonLines) -> None:
    from pyarrow import types

    names = list(schema.names)
    if fields.text not in names:
        listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        raise UnreadableArchiveError("damaged", f"has no column {fields.text!r}; it has {listed} (--text-field NAME)")
    if len(set(names)) < len(names):
        raise UnreadableArchiveError("ambiguous-parts", "two of its columns bear one name")
    kind = schema.field(fields.text).type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    if not (types.is_string(kind) or types.is_large_string(kind)):
        raise UnreadableArchiveError("damaged", f"column {fields.text!r} holds no texts (--text-field NAME)")
