"""An archive, what was decided about its rows -> the archive with the rows that are kept.

Lines of JSON keep all their fields, one that is kept whole its bytes; what was packed comes packed. Of a Parquet file
the rows come as lines of JSON, under its name with `.jsonl` behind it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kejidiff.errors import NotReadError
from kejidiff.model import Skipped, SourceText
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.clean_text import Decided, holes, stays, text_without
from kejidiff.read import FoundFile
from kejidiff.read.archives import Row, RowNames, Shard, UnreadableArchiveError, shards_of
from kejidiff.read.archives.objects import object_of
from kejidiff.read.archives.packed import packed
from kejidiff.read.archives.rows import rows_as_they_stand
from kejidiff.read.discover import STDIN

#: What an archive given on stdin is called.
_FROM_STDIN: Final = "stdin.jsonl"
_WHOLE: Final = 1 << 62


def archive_kept(
    location: str, sources: Sequence[SourceText], by_path: Mapping[str, Decided], options: ScanOptions
) -> tuple[str, bytes]:
    """Path and content of the archive at `location`, of which `sources` were read; no content where no row is kept.

    NotReadError where it is gone or no longer what was read.
    """
    if location == STDIN:
        return _FROM_STDIN, b"".join(_made_anew(source, by_path[source.path], options.json_lines) for source in sources)
    first = min(source.path for source in sources)
    try:
        shards = shards_of(FoundFile(first, location), _WHOLE)
        if isinstance(shards, Skipped):
            raise NotReadError(first, shards.message, "run it again", shards.reason)
        rows = list(_named(shards, options))
    except UnreadableArchiveError as error:
        raise NotReadError(first, error.message, "run it again", error.reason) from error
    name = _container([source.path for source in sources], {own for own, _, _ in rows})
    by_row = {source.path: source for source in sources}
    kept = [
        _row(raw, row, source, by_path[source.path], options.json_lines)
        for own, raw, row in rows
        if (source := by_row.get(f"{name}/{own}")) is not None and stays(by_path[source.path])
    ]
    form = shards[0].form
    data = packed(b"".join(line + b"\n" for line in kept), form) if kept else b""
    return (f"{name}.jsonl" if form == "parquet" else name), data


def _named(shards: Sequence[Shard], options: ScanOptions) -> Iterator[tuple[str, bytes | None, Row]]:
    """Every row of an archive with the name it was read by, and its line; of one that breaks off those before that."""
    names = RowNames()
    try:
        for shard in shards:
            for raw, row in rows_as_they_stand(shard, options.json_lines, options.max_file_bytes):
                yield names.name(row)[0], raw, row
    except UnreadableArchiveError as error:
        if error.reason == "changed-while-reading":
            raise


def _container(paths: Sequence[str], names: set[str]) -> str:
    """The path of the archive that rows of these paths stand in: `PATH/NAME`, and a name may hold slashes."""
    first = min(paths)
    ends = [at for at, char in enumerate(first) if char == "/"]
    for end in ends:
        prefix = first[: end + 1]
        if all(path.startswith(prefix) and path[end + 1 :] in names for path in paths):
            return first[:end]
    raise NotReadError(first, "was changed after it was read", "run it again", "changed-while-reading")


def _row(raw: bytes | None, row: Row, source: SourceText, decided: Decided, fields: JsonLines) -> bytes:
    """A row that is kept, without the end of its line."""
    if row.text != source.text or (row.metadata or b"") != source.metadata:
        raise NotReadError(source.path, "was changed after it was read", "run it again", "changed-while-reading")
    gone = holes(decided)
    if raw is not None and not gone:
        return raw.removesuffix(b"\r")
    value = _fields(row, fields) if raw is None else object_of(raw)
    return _dumped({**(value or {}), fields.text: text_without(source.text, gone)})


def _made_anew(source: SourceText, decided: Decided, fields: JsonLines) -> bytes:
    """A line for a row of stdin, which cannot be read a second time; nothing where it goes."""
    if not stays(decided):
        return b""
    row = Row(0, source.path.partition("/")[2], source.text, source.metadata or None)
    return _dumped({**_fields(row, fields), fields.text: text_without(source.text, holes(decided))}) + b"\n"


def _fields(row: Row, fields: JsonLines) -> dict[str, Any]:
    """All fields of a row: id and text first."""
    own = {} if row.id is None else {fields.id: row.id}
    return {**own, fields.text: row.text, **(json.loads(row.metadata) if row.metadata else {})}


def _dumped(value: dict[str, Any]) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # lone surrogates, which only escapes can hold
        return json.dumps(value).encode()
