"""A Parquet file -> its row groups, and of each the rows: a door to pyarrow, which is an extra.

Rows are unpacked a few at a time, page by page: a row group, which may hold all of a file, is never in memory whole.

Source.      The format of Apache Parquet; its row groups are what can be read apart from the rest.
Limitations. Fields are columns at the top. A page, a megabyte as a rule, is in memory as a whole, however large the
             writer made it; so is what a column of Arrow's own dictionary type repeats.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from kejidiff.options import JsonLines
from kejidiff.read.archives.objects import id_of, metadata_of
from kejidiff.read.archives.opening import size_of
from kejidiff.read.archives.packed import RATIO, ROOM
from kejidiff.read.archives.shard import Row, UnreadableArchiveError, utf8_length

#: How a Parquet file begins and ends.
MAGIC: Final = b"PAR1"

#: Rows unpacked at a time. A small file may repeat one long text without end, and a batch holds each of its rows by
#: itself: so few that they fit the memory whatever they are. One by one rows take 8 us more each, by eight 1 us.
_ROWS: Final = 8
#: Bytes read at a time. 266 MB in one row group take 218 MB of memory so, read at once as pyarrow does by itself 350.
_READ: Final = 1 << 16


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
        room = max(ROOM * max_bytes, RATIO * size_of(file))
        for batch in parquet.iter_batches(batch_size=_ROWS, row_groups=list(groups), use_threads=False):
            for row, size in _rows(batch, number, fields, max_bytes):
                room -= size
                if room < 0:
                    raise UnreadableArchiveError("expands-too-much", "unpacks to far more than it is")
                yield row
            number += batch.num_rows


def _rows(batch: Any, before: int, fields: JsonLines, max_bytes: int) -> Iterator[tuple[Row, int]]:
    """Each row with what it comes to, in bytes."""
    names = batch.schema.names
    columns = [batch.column(at) for at in range(len(names))]
    for at in range(batch.num_rows):
        value = {name: column[at].as_py() for name, column in zip(names, columns, strict=True)}
        text, given = value.pop(fields.text), id_of(value.pop(fields.id, None))
        rest = metadata_of({name: own for name, own in value.items() if own is not None})
        number = before + at + 1
        if not isinstance(text, str):
            yield Row(number, given, None, rest, "damaged"), len(rest or b"")
            continue
        size = utf8_length(text)
        if size > max_bytes:
            row = Row(number, given, None, rest, "too-large")
        else:
            row = Row(number, given, text, rest, "empty" if not text or text.isspace() else None)
        yield row, size + len(rest or b"")


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
        opened = parquet.ParquetFile(file, buffer_size=_READ, pre_buffer=False)
        if fields is not None:
            _look_for_texts(opened.schema_arrow, fields)
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
