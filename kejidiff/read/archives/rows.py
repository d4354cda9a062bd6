"""A shard of an archive -> its rows, one after the other: whichever form it has, no more than a piece is in memory."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from kejidiff.options import JsonLines
from kejidiff.read.archives.lines import Line, Stretch, blocks_of, first_line, lines_of, stretches_of
from kejidiff.read.archives.objects import rows_in, rows_written
from kejidiff.read.archives.opening import opened, size_of
from kejidiff.read.archives.packed import unpacked
from kejidiff.read.archives.parquet import table_rows
from kejidiff.read.archives.shard import MAX_ROW_BYTES, Row, Shard, UnreadableArchiveError

#: Bytes that no line has: those of a table's rows are ours, and their texts have been measured.
_ANY: Final = 1 << 62


def rows_of(
    shard: Shard, fields: JsonLines, *, max_bytes: int = MAX_ROW_BYTES, first_number: int | None = None
) -> Iterator[Row]:
    """Every row of the shard in its order; blank lines are none.

    max_bytes      of a row that is read; a longer one is `too-large`, and never held
    first_number   of plain lines: the number of the shard's first line, by which its rows are numbered then, and not
                   by their offsets (`lines_before` counts; 1 for a whole file)

    UnreadableArchiveError where the archive cannot be read, or not further; rows given before it are good, except
    after `changed-while-reading`.
    """
    with opened(shard.place) as file:
        yield from rows_in_file(file, shard, fields, max_bytes, first_number)
    if shard.torn is not None:
        raise UnreadableArchiveError(*shard.torn)


def rows_in_file(
    file: BinaryIO, shard: Shard, fields: JsonLines, max_bytes: int, first_number: int | None = 1
) -> Iterator[Row]:
    """`rows_of` for a file that is open already, or in memory."""
    if shard.form == "parquet" and shard.unpacked:
        yield from rows_written(line.raw for line in lines_of(*_plain_blocks(file, shard, _ANY)))
        return
    if shard.form == "parquet":
        yield from table_rows(file, shard.start, shard.end, fields, max_bytes)
        return
    lines = lines_in(file, shard, max_bytes)
    if shard.form != "lines":
        yield from rows_in(lines, fields, by_offset=False)
    elif first_number is None:
        yield from rows_in(lines, fields, by_offset=True)
    else:
        counted = (line._replace(number=line.number + first_number - 1) for line in lines)
        yield from rows_in(counted, fields, by_offset=False)


def rows_as_they_stand(shard: Shard, fields: JsonLines, max_bytes: int) -> Iterator[tuple[bytes | None, Row]]:
    """The rows of a whole archive, numbered from 1, each with its line's bytes; with None where it is no line.

    UnreadableArchiveError as of `rows_of`.
    """
    with opened(shard.location) as file:
        if shard.form == "parquet":
            yield from ((None, row) for row in table_rows(file, shard.start, shard.end, fields, max_bytes))
            return
        for line in lines_in(file, shard, max_bytes):
            yield from ((line.raw, row) for row in rows_in((line,), fields, by_offset=False))


def lines_in(file: BinaryIO, shard: Shard, max_bytes: int) -> Iterator[Line]:
    """Every line of a shard that is no table's, as it stands there. UnreadableArchiveError as of `rows_of`."""
    return lines_of(*_blocks(file, shard, max_bytes))


def stretches_in(file: BinaryIO, shard: Shard, max_bytes: int) -> Iterator[Line | Stretch]:
    """`lines_in`, by stretches."""
    return stretches_of(*_blocks(file, shard, max_bytes))


def _blocks(file: BinaryIO, shard: Shard, max_bytes: int) -> tuple[Iterable[bytes], int, int, int | None]:
    """What `lines_of` takes."""
    if shard.form != "lines":
        return unpacked(file, shard.form, max_bytes), max_bytes, 0, None
    return _plain_blocks(file, shard, max_bytes)


def _plain_blocks(file: BinaryIO, shard: Shard, max_bytes: int) -> tuple[Iterable[bytes], int, int, int | None]:
    """`_blocks` for the lines that begin in a range of bytes."""
    if size_of(file) < shard.end:
        raise UnreadableArchiveError("changed-while-reading", "became shorter while it was being read")
    start = first_line(file, shard.start, shard.end)
    if start is None:
        return (), max_bytes, 0, None
    file.seek(start)
    return blocks_of(file), max_bytes, start, shard.end
