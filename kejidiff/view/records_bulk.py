"""Documents and comparisons of a large scan -> lines of JSON, and from lines the whole record, piece by piece.

The record is that of an ordinary scan (`kejidiff.scan/1`); what a scan paragraph by paragraph does not look for
(direction, years, places, names left over, figures as a ledger) is empty there, and `options.depth` says so. One object
stands on one line, as JSON lines have it. Lines are made of columns, by templates: of half a million edits the encoder
would take a hundred times as long.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from kejidiff.model.bulk import BulkFile, BulkResult, LineForms
from kejidiff.model.document import Exclusion, Repair
from kejidiff.view.json_text import Record, escaped, line, quoted
from kejidiff.view.records import PLACES, exclusions, file_fields, repairs

_FILE: Final = (
    b'{"type": "file", "path": "%b", "state": "read", "reason": null, "message": null, "format": %b, "encoding": %b, '
    b'"replaced": %d, "characters": %d, "sha256": "%b", "warnings": []}\n'
)
_DOCUMENT: Final = (
    b'{"type": "document", "id": "%(id)b", "path": "%(path)b", "ordinal": %(ordinal)d, "title": "%(title)b", '
    b'"span": [%(start)d, %(end)d], "countable": %(countable)d, "script": "%(script)b", "years": [], "places": [], '
    b'"excluded": [%(excluded)b], "repaired": [%(repaired)b], "paragraphs": [%(paragraphs)b], '
    b'"paragraph_numbers": [%(numbers)b], "reuse": {"total": %(reused_share)a, "verbatim": %(verbatim_share)a, '
    b'"light": %(light_share)a, "rewritten": %(rewritten_share)a, "largest_single": %(largest_single_share)a, '
    b'"longest_run": %(longest_run)d, "stock": %(stock_share)a, "reused_characters": %(reused)d, '
    b'"stock_characters": %(stock)d}, "from_stock": []%(metadata)b}\n'
)
_COMPARISON: Final = (
    b'{"type": "comparison", "left": "%(left)b", "right": "%(right)b", "left_reuse": %(left_reuse)a, '
    b'"right_reuse": %(right_reuse)a, "resemblance": %(resemblance)a, '
    b'"direction": {"source": "unknown", "confidence": 0.0, "evidence": []}, "relation": [], "findings": [], '
    b'"left_overs": [], "mistakes": [], "passages": [%(passages)b], "formula": [%(formula)b], "pairs": [], '
    b'"fragments": [], "substitutions": [], "figures": {"same": 0, "changed": 0, "masked": 0, "changes": []}}\n'
)
_PASSAGE: Final = (
    b'{"left": [%(left)d, %(left_end)d], "right": [%(right)d, %(right_end)d], "similarity": %(similarity)a, '
    b'"tier": "%(tier)b", "left_paragraphs": [%(left_paragraphs)b], "right_paragraphs": [%(right_paragraphs)b], '
    b'"longest_run": %(longest_run)d, "commonness": %(commonness)d, "kinds": [%(kinds)b], "edits": [%(edits)b]}'
)
_EDIT: Final = b'{"kind": "%(kind)b", "left": [%(left)d, %(left_end)d], "right": [%(right)d, %(right_end)d]}'


def file_lines(files: Sequence[BulkFile]) -> bytes:
    """Files as JSON lines hold them."""
    paths = escaped([file.path for file in files])
    return b"".join(
        _plain_line(path, file) if file.state is None and not file.warnings and file.sha256 else file_line(file)
        for path, file in zip(paths, files, strict=True)
    )


def file_line(file: BulkFile) -> bytes:
    """One of them, whatever there is to tell of it."""
    first = file.warnings[0] if file.warnings else None
    read = file.state is None
    fields = file_fields(
        file.path,
        file.state or "read",
        (first.reason if first else None) if read else file.reason,
        (first.message if first else None) if read else file.message,
        file.format or None,
        file.encoding or None,
        file.replaced,
        file.characters,
        file.sha256 or None,
        file.warnings,
    )
    return line({"type": "file", **fields}).encode()


def _plain_line(path: bytes, file: BulkFile) -> bytes:
    """The same of one that was read without reservations, in a third of the time."""
    form, encoding = _quoted(file.format), _quoted(file.encoding)
    return _FILE % (path, form, encoding, file.replaced, file.characters, file.sha256.encode())


@cache
def _quoted(name: str) -> bytes:
    return quoted(name).encode() if name else b"null"


def _excluded(holes: tuple[Exclusion, ...]) -> bytes:
    return _items(exclusions(holes))


def _repaired(repaired: tuple[Repair, ...]) -> bytes:
    return _items(repairs(repaired))


def _items(records: list[Record]) -> bytes:
    return ", ".join(line(record)[:-1] for record in records).encode()


def _metadata(told: bytes) -> bytes:
    """The last field of a document that has any."""
    return b", " + line({"metadata": json.loads(told)}).encode()[1:-2]


#: How lines are written.
FORMS: Final = LineForms(
    places=PLACES,
    document=_DOCUMENT,
    comparison=_COMPARISON,
    passage=_PASSAGE,
    edit=_EDIT,
    kind=b'"%(kind)b"',
    span=b"[%(start)d, %(end)d]",
    files=file_lines,
    escaped=escaped,
    excluded=_excluded,
    repaired=_repaired,
    metadata=_metadata,
)


def lines_of(result: BulkResult) -> Iterator[bytes]:
    """JSON lines: `scan` once, then every `file`, `document` and `comparison`, as of `records.jsonl`."""
    yield line({"type": "scan", **_origin(result)}).encode()
    yield file_lines(result.unopened)
    for kind in ("file", "document", "comparison"):
        yield from result.lines[kind]


def record_of(result: BulkResult) -> Iterator[bytes]:
    """The whole record, piece by piece."""
    yield line(_origin(result)).encode()[:-2]
    yield from _array("file", [file_lines(result.unopened)] if result.unopened else (), result.lines["file"])
    yield from _array("document", result.lines["document"])
    yield from _array("comparison", result.lines["comparison"])
    clusters = [
        {"members": list(cluster.members), "representative": cluster.representative} for cluster in result.clusters
    ]
    rest = {"clusters": clusters, "substitutions": [], "figures": [], "stock_phrases": [], "stock_sources": []}
    yield b",\n" + line(rest).encode()[1:]


def _origin(result: BulkResult) -> Record:
    return {
        "schema": "kejidiff.scan/1",
        "tool": {"name": "kejidiff", "version": result.version},
        "complete": result.complete,
        "options": result.options.as_record(),
    }


def _array(kind: str, *parts: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of one kind as the items of an array, without their type. A line feed stands between lines only: inside
    JSON it is written as `\\n`."""
    yield f',\n"{kind}s": ['.encode()
    head = f'{{"type": "{kind}", '.encode()
    separator = b"\n"
    for part in parts:
        for block in part:
            yield separator + b"{" + block.removeprefix(head).removesuffix(b"\n").replace(b"\n" + head, b",\n{")
            separator = b",\n"
    yield b"\n]"
