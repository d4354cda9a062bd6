"""A library -> JSON lines that another one takes in, and back: texts, metadata, and a digest of each line.

The first line says what it is and how many files follow; each further one is a file. Keys are not in it: whoever takes
it in makes them anew.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, cast, get_args

from kejidiff.errors import NotReadError, UsageError
from kejidiff.library.documents import files, sources
from kejidiff.library.store import Store
from kejidiff.model import Exclusion, Metadata, Reservation, Skipped, SourceText
from kejidiff.model.document import ExclusionReason
from kejidiff.span import Span

SCHEMA: Final = "kejidiff.library-export/1"


class Exported(NamedTuple):
    """A file of an export: its text, what was said of it, when it was added."""

    source: SourceText
    metadata: Metadata
    added: str


def lines(store: Store) -> Iterator[str]:
    """Each with its newline, ASCII only. LibraryError `library-damaged` where a row is."""
    every = list(files(store))
    yield json.dumps({"schema": SCHEMA, "files": len(every)}) + "\n"
    for file in every:
        ((source, metadata),) = sources(store, [file.number])
        record = {
            "path": file.path,
            "location": file.location,
            "sha256": file.sha256,
            "encoding": file.encoding,
            "format": file.format,
            "replaced": file.replaced,
            "warnings": [[one.reason, one.message, list(one.span) if one.span else None] for one in file.warnings],
            "marked": [[*one.span, one.reason] for one in file.marked],
            "metadata": metadata._asdict(),
            "added": file.added,
            "text": source.text,
        }
        yield json.dumps({**record, "digest": _digest(record)}) + "\n"


def read_lines(path: str) -> list[Exported | Skipped]:
    """Every file of an export; `-` is stdin. UsageError where there is none, NotReadError where it cannot be read, or
    is no export."""
    try:
        rows = _content(path).splitlines()
    except FileNotFoundError as error:
        raise UsageError(path, "there is no such file", "check its spelling", "no-such-path") from error
    except OSError as error:
        told = (error.strerror or "cannot be read").lower()
        raise NotReadError(path, told, "check its name", "permission") from error
    head = _object(rows[0]) if rows else {}
    if head.get("schema") != SCHEMA:
        advice = "name a file that `kejidiff library export` wrote"
        raise NotReadError(path, "is no export of a library", advice, "unsupported")
    found = [_exported(path, number, _object(row)) for number, row in enumerate(rows[1:], start=2)]
    count = head.get("files")
    if isinstance(count, int) and len(found) < count:
        found.append(Skipped(path, "damaged", f"it breaks off: {len(found):,} of {count:,} files are in it", "error"))
    return found


def _content(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:
        return file.read()


def _exported(path: str, number: int, record: dict[str, Any]) -> Exported | Skipped:
    try:
        if _digest({name: value for name, value in record.items() if name != "digest"}) != record["digest"]:
            raise ValueError
        text = _text(record["text"])
        source = SourceText(
            path=_text(record["path"]),
            text=text,
            encoding=_plain(record["encoding"]),
            replaced=_number(record["replaced"]),
            sha256=_plain(record["sha256"]),
            warnings=tuple(
                Reservation(_text(why), _text(told), _span(at, text) if at else None)
                for why, told, at in record["warnings"]
            ),
            location=_text(record["location"]),
            format=_plain(record["format"]),
            marked=tuple(Exclusion(_span(at, text), _excluded(why)) for *at, why in record["marked"]),
        )
        said = {name: _text(value) for name, value in record["metadata"].items() if name != "tags"}
        metadata = Metadata(**said, tags=tuple(map(_text, record["metadata"]["tags"])))
        return Exported(source, metadata, _plain(record["added"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Skipped(f"{path}:{number}", "damaged", "the line is not what was written", "error")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _plain(value: object) -> str:
    """A name or a figure of kejidiff's own, which SQLite takes as text."""
    if not _text(value).isascii():
        raise ValueError
    return _text(value)


def _number(value: object) -> int:
    """A count of characters or a place among them."""
    if not isinstance(value, int) or not 0 <= value < 1 << 48:
        raise ValueError
    return value


def _span(places: list[object], text: str) -> Span:
    start, end = map(_number, places)
    if not start <= end <= len(text):
        raise ValueError
    return Span(start, end)


def _excluded(why: object) -> ExclusionReason:
    if why not in get_args(ExclusionReason):
        raise ValueError
    return cast("ExclusionReason", why)


def _object(row: bytes) -> dict[str, Any]:
    try:
        value = json.loads(row)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _digest(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
