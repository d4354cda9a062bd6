"""A file of JSON lines -> one `SourceText` a line, as corpora are kept: `{"id": …, "text": …, …}`.

A line is a document whole, never split like a compilation. Its path is the file's, `/`, and its id: the value of the
id field, else the line's number; where two lines have one id, the later is called `ID@LINE`, and it is told. A line
that holds no text is data like a file that cannot be read, not the end of the file.

Source.      jsonlines.org: UTF-8, one value a line, lines end in `\\n`; blank lines are passed over.
Limitations. The whole file is read into memory; of a gzip file no more is unpacked than a plain file may have.
"""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from kejidiff.model import Reservation, Skipped, SourceText
from kejidiff.options import JsonLines
from kejidiff.read.discover import FoundFile
from kejidiff.read.failures import failure_of, skipped
from kejidiff.read.files import content
from kejidiff.read.formats import is_own_report

SUFFIXES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

#: The format of a `SourceText` that is a line: its text is one document.
LINE: Final = "json-line"

#: How a gzip file begins.
GZIP: Final = b"\x1f\x8b"


class JsonLine(NamedTuple):
    """One line as it stands in the file, without its end. `value` is None where it is no object with a text.

    number   from 1
    name     what its id makes of it, unique in the file
    repeats  True where an earlier line has its id
    """

    number: int
    raw: bytes
    name: str
    value: dict[str, Any] | None
    repeats: bool = False


def holds_json_lines(found: FoundFile) -> bool:
    """True where the file's name says so."""
    return found.path.lower().endswith(SUFFIXES)


def read_json_lines(found: FoundFile, fields: JsonLines, max_bytes: int = 64 << 20) -> tuple[SourceText | Skipped, ...]:
    """Every line in its order; one `Skipped` for the file where it cannot be read at all."""
    try:
        data = unpacked(content(found, max_bytes), max_bytes)
        if is_own_report(data):
            return (skipped(found.path, "ignored", "a manifest that kejidiff wrote", found.location),)
    except OSError as error:
        return (skipped(found.path, *failure_of(error), found.location),)
    except UnreadableLinesError as error:
        return (skipped(found.path, error.reason, error.message, found.location),)
    except MemoryError:
        return (skipped(found.path, "memory", "does not fit into memory", found.location),)
    read = tuple(_source(found, line, fields) for line in lines_of(data, fields))
    return read or (skipped(found.path, "empty", "holds no line", found.location),)


class UnreadableLinesError(Exception):
    """The file as a whole cannot be read: `reason` is a slug of `errors.REASONS`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason, self.message = reason, message


def unpacked(data: object, max_bytes: int) -> bytes:
    """Bytes of lines, unpacked where they are a gzip file's. Raises UnreadableLinesError."""
    if not isinstance(data, bytes):
        raise UnreadableLinesError(getattr(data, "reason", "damaged"), getattr(data, "message", ""))
    if not data.startswith(GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:  # several members, one after the other, are one file
            text = file.read(max_bytes + 1)
    except EOFError as error:
        raise UnreadableLinesError("damaged", "the gzip file ends before its end") from error
    except (OSError, zlib.error) as error:
        raise UnreadableLinesError("damaged", "the gzip file is damaged") from error
    if len(text) > max_bytes:
        raise UnreadableLinesError("expands-too-much", f"unpacks to more than {max_bytes >> 20} MB")
    return text


def lines_of(data: bytes, fields: JsonLines) -> Iterator[JsonLine]:
    """Every line that is not blank."""
    seen: set[str] = set()
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        raw = raw.removesuffix(b"\r")
        if not raw.strip():
            continue
        value = _object(raw, fields)
        given = value.get(fields.id) if value is not None else None
        name = str(given) if isinstance(given, (str, int)) and not isinstance(given, bool) and given != "" else ""
        name = name or str(number)
        repeats = name in seen
        name = f"{name}@{number}" if repeats else name
        while name in seen:
            name += "@"
        seen.add(name)
        yield JsonLine(number, raw, name, value, repeats)


def _object(raw: bytes, fields: JsonLines) -> dict[str, Any] | None:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get(fields.text), str) else None


def _source(found: FoundFile, line: JsonLine, fields: JsonLines) -> SourceText | Skipped:
    path = f"{found.path}/{line.name}"
    if line.value is None:
        what = f"line {line.number} is no JSON object with a string {fields.text!r}"
        return skipped(path, "damaged", what, found.location)
    text = line.value[fields.text]
    if not text.strip():
        return skipped(path, "empty", f"line {line.number} has an empty text", found.location)
    import hashlib

    warnings = (Reservation("duplicate-id", f"line {line.number} has an id that an earlier line has"),)
    return SourceText(
        path=path,
        text=text,
        encoding="utf-8",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        warnings=warnings if line.repeats else (),
        location=found.location,
        format=LINE,
    )
