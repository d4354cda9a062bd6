"""An archive of texts -> a `SourceText` a row, all of them at once: as commands read one that compare in full.

A row is a document whole, never split like a compilation. Its path is the archive's, `/`, and its id, or where it has
none its number (of the line, blank ones counted, or of the row in the table). A row that holds no text is data like a
file that cannot be read, not the end of the archive; an archive that breaks off is told after what came before.

Limitations. All texts of the archive are in memory.
"""

import io
import json
from collections.abc import Iterator
from typing import BinaryIO, Final

from kejidiff.model import Reservation, Skipped, SourceText
from kejidiff.options import JsonLines
from kejidiff.read.archives.opening import opened
from kejidiff.read.archives.rows import rows_in_file
from kejidiff.read.archives.shard import Form, Row, RowNames, UnreadableArchiveError
from kejidiff.read.archives.sharding import NO_ROW, shards_in
from kejidiff.read.discover import STDIN, FoundFile
from kejidiff.read.evasion import suspected
from kejidiff.read.failures import failure_of, skipped
from kejidiff.read.files import content

#: The formats of a `SourceText` that is a row.
LINE: Final = "json-line"
TABLE_ROW: Final = "parquet-row"

#: Bytes that no archive has: it is read as one shard.
_WHOLE: Final = 1 << 62
#: Names of fields listed where none has the name that was asked for, and characters of each.
_LISTED, _NAME = 8, 40
UNDECODABLE: Final = Reservation("name-undecodable", "its name holds what is no character")
#: What is amiss, by reason. Nothing of a text is quoted.
_TOLD: Final = {
    "damaged": "is no JSON object with a string {field!r}",
    "empty": "has an empty text",
    "too-large": "is longer than {limit:,} bytes",
    "too-deep": "has fields nested more than 250 deep",
}


def read_archive(found: FoundFile, fields: JsonLines, max_bytes: int) -> tuple[SourceText | Skipped, ...]:
    """The archive itself, an empty text or why it breaks off, and behind it every row in its order; where it cannot be
    read at all, or no row has a text, why that is."""
    try:
        if found.location == STDIN:
            data = content(found, max_bytes)
            if not isinstance(data, bytes):
                return (skipped(found.path, data.reason, data.message, found.location),)
            return _read(io.BytesIO(data), found, fields, max_bytes)
        with opened(found.location) as file:
            return _read(file, found, fields, max_bytes)
    except OSError as error:
        return (skipped(found.path, *failure_of(error), found.location),)
    except UnreadableArchiveError as error:  # it was changed, or never opened: no row of it counts
        return (skipped(found.path, error.reason, error.message, found.location),)
    except MemoryError:
        return (skipped(found.path, "memory", "does not fit into memory", found.location),)


def _read(file: BinaryIO, found: FoundFile, fields: JsonLines, max_bytes: int) -> tuple[SourceText | Skipped, ...]:
    shards = shards_in(file, found, _WHOLE)
    if isinstance(shards, Skipped):
        return (shards,)
    read: list[SourceText | Skipped] = []
    rows = _Rows(found, fields, max_bytes, shards[0].form)
    whole: SourceText | Skipped = SourceText(found.path, "", "", location=found.location, format="archive")
    try:
        for shard in shards:
            read.extend(map(rows.read, rows_in_file(file, shard, fields, max_bytes)))
    except UnreadableArchiveError as error:
        whole = skipped(found.path, error.reason, error.message + rows_before(len(read)), found.location)
    if read and all(isinstance(one, Skipped) and one.reason == "damaged" for one in read):
        told = none_read(len(read), fields, rows.hint)
        return (whole if isinstance(whole, Skipped) else skipped(found.path, "damaged", told, found.location),)
    if not read and isinstance(whole, SourceText):
        return (skipped(found.path, "empty", NO_ROW, found.location),)
    return (whole, *read)


def amiss(reason: str, fields: JsonLines, max_bytes: int) -> str:
    """What is said of a row that is not read, after its number."""
    return _TOLD[reason].format(field=fields.text, limit=max_bytes)


def none_read(rows: int, fields: JsonLines, hint: str) -> str:
    """What is said of an archive of so many rows without a text; `hint` as of `hint_of`."""
    return f"none of its rows ({rows:,}) is an object with a string {fields.text!r}{hint}"


def rows_before(rows: int) -> str:
    """What is added where an archive breaks off after so many rows."""
    return f"; {rows:,} rows before that were read" if rows else ""


def is_undecodable(path: str) -> bool:
    """True where a name holds what is no character."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return True
    return False


class _Rows:
    """Turns the rows of one archive, in their order, into what a scan takes.

    hint   what fields the first row has that has no text, to be told where none has
    """

    def __init__(self, found: FoundFile, fields: JsonLines, max_bytes: int, form: Form) -> None:
        self._found, self._fields, self._max_bytes = found, fields, max_bytes
        self._format, self._row = (TABLE_ROW, "row") if form == "parquet" else (LINE, "line")
        self._names = RowNames()
        self.hint = ""

    def read(self, row: Row) -> SourceText | Skipped:
        name, repeats = self._names.name(row)
        path = f"{self._found.path}/{name}"
        if row.problem is None and row.text is not None:
            return self._source(row.text, row, path, repeats)
        reason = row.problem or "damaged"
        if row.metadata is not None and not self.hint:
            self.hint = hint_of(row.metadata)
        told = f"{self._row} {row.number} {amiss(reason, self._fields, self._max_bytes)}"
        return skipped(path, reason, told, self._found.location)

    def _source(self, text: str, row: Row, path: str, repeats: bool) -> SourceText:
        import hashlib

        return SourceText(
            path=path,
            text=text,
            encoding="utf-8",
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            warnings=tuple(self._reservations(text, row, path, repeats)),
            location=self._found.location,
            format=self._format,
            metadata=row.metadata or b"",
        )

    def _reservations(self, text: str, row: Row, path: str, repeats: bool) -> Iterator[Reservation]:
        if repeats:
            yield Reservation("duplicate-id", f"{self._row} {row.number} has an id that an earlier one has")
        yield from suspected(text, self._format)
        if is_undecodable(path):
            yield UNDECODABLE


def hint_of(metadata: bytes) -> str:
    """The names of the fields that hold text, for who has to choose among them."""
    names = [name[:_NAME] for name, value in json.loads(metadata).items() if isinstance(value, str) and value]
    listed = ", ".join(map(repr, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")
    return f"; there are texts in {listed} (--text-field NAME)" if names else ""
