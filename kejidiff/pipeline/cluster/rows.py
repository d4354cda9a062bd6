"""Columns as Spark reads them -> rows of archives, by the reader of JSON lines, or from the columns of a table."""

from collections.abc import Callable, Iterator
from typing import Final

from kejidiff.engine.columns import Columns
from kejidiff.options import JsonLines
from kejidiff.read.archives import Row
from kejidiff.read.archives.lines import BYTE_ORDER_MARK, Line
from kejidiff.read.archives.objects import rows_in
from kejidiff.read.archives.shard import utf8_length

RowsOf = Callable[[Columns], Iterator[Row]]

#: What a blank line comes to: it is counted, and no row.
BLANK: Final = Row(0, None, None)


def rows_of_lines(columns: Columns, fields: JsonLines, max_bytes: int) -> Iterator[Row]:
    """A row for each line in `line`, bytes as they stand there."""
    for raw, at in zip(columns["line"], columns["at"].tolist(), strict=True):
        line = raw if at else raw.removeprefix(BYTE_ORDER_MARK)
        if not line or line.isspace():
            yield BLANK
            continue
        yield from rows_in([Line(0, 0, line if len(line) <= max_bytes else None)], fields, by_offset=False)


def rows_of_table(columns: Columns, max_bytes: int) -> Iterator[Row]:
    """A row for each `text`, with its `id` and its other fields as JSON in `rest`."""
    for text, given, rest in zip(columns["text"], columns["id"], columns["rest"], strict=True):
        metadata = rest.encode() if rest and rest != "{}" else None
        if text is None:
            yield Row(0, given or None, None, metadata, "damaged")
        elif utf8_length(text) > max_bytes:
            yield Row(0, given or None, None, metadata, "too-large")
        else:
            yield Row(0, given or None, text, metadata, None if text.strip() else "empty")
