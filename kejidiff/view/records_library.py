"""What a library keeps -> records for other programs: JSON values, and rows of a table."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kejidiff.model.stored import LibraryInfo, StoredDocument
from kejidiff.view.table import cell, table
from kejidiff.view.visible import visible_line

Record = dict[str, Any]

COLUMNS: Final = (
    "id", "title", "place", "unit", "year", "url", "tags", "countable", "encoding", "format", "sha256", "added",
)  # fmt: skip


def added_record(path: str, ids: Sequence[str], state: str) -> Record:
    """A file that is in the library now; `id` is that of its first document."""
    return {"path": path, "id": ids[0] if ids else None, "state": state, "ids": list(ids)}


def list_record(documents: Iterable[StoredDocument]) -> Record:
    """`library list --format json`."""
    return {"schema": "kejidiff.library/1", "documents": [_document(one) for one in documents]}


def info_record(info: LibraryInfo) -> Record:
    """`library info --format json`."""
    return {
        "schema": "kejidiff.library-info/1",
        "path": info.path,
        "files": info.files,
        "documents": info.documents,
        "characters": info.characters,
        "countable": info.countable,
        "bytes": info.bytes,
        "layout": info.layout,
        "sealed": info.sealed,
        "parameters": info.parameters,
        "history": [{"layout": version, "at": at, "by": tool} for version, at, tool in info.history],
        "index": {name: {"runs": runs, "parts": parts} for name, (runs, parts) in info.runs.items()},
    }


def verify_record(path: str, problems: Sequence[str]) -> Record:
    """`library verify --format json`."""
    return {"schema": "kejidiff.library-verify/1", "path": path, "sound": not problems, "problems": list(problems)}


def list_csv(documents: Iterable[StoredDocument]) -> str:
    """`library list --format csv`: as `table.passages_csv`, a row a document."""
    return table(COLUMNS, map(_cells, map(_document, documents)))


def _cells(record: Record) -> list[str | int]:
    told = {**record, "tags": " ".join(record["tags"])}
    return [told[name] if name == "countable" else cell(visible_line(str(told[name]))) for name in COLUMNS]


def _document(document: StoredDocument) -> Record:
    file, part = document.file, document.part
    return {
        "id": document.id,
        "path": file.path,
        "ordinal": part.ordinal,
        "title": document.title,
        "place": file.metadata.place,
        "unit": file.metadata.unit,
        "year": file.metadata.year,
        "url": file.metadata.url,
        "tags": list(file.metadata.tags),
        "span": list(part.span),
        "countable": part.countable,
        "years": list(part.years),
        "places": list(part.places),
        "encoding": file.encoding,
        "format": file.format,
        "sha256": file.sha256,
        "characters": file.characters,
        "added": file.added,
        "location": file.location,
    }
