"""Documents and comparisons of a large scan -> lines of JSON, and from lines the whole record, piece by piece.

The record is that of an ordinary scan (`kejidiff.scan/1`); what a scan paragraph by paragraph does not look for
(direction, years, places, names left over, figures as a ledger) is empty there, and `options.depth` says so. One object
stands on one line. Passages are put together by hand: of a million edits the encoder would take four times as long.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kejidiff.model.bulk import BulkComparison, BulkDocument, BulkFile, BulkPassage, BulkResult
from kejidiff.model.result import ReuseStats
from kejidiff.view.json_text import Record, line, quoted
from kejidiff.view.records import PLACES

#: Ids kept in JSON: a document is in several comparisons.
_IDS: Final = 1 << 14


def file_line(file: BulkFile) -> bytes:
    """A file as every record holds it."""
    first = file.warnings[0] if file.warnings else None
    read = file.state is None
    return _encoded(
        {
            "path": file.path,
            "state": file.state or "read",
            "reason": (first.reason if first else None) if read else file.reason,
            "message": (first.message if first else None) if read else file.message,
            "format": file.format or None,
            "encoding": file.encoding or None,
            "replaced": file.replaced,
            "characters": file.characters,
            "sha256": file.sha256 or None,
            "warnings": [
                {"reason": warning.reason, "message": warning.message}
                | ({"span": list(warning.span)} if warning.span else {})
                for warning in file.warnings
            ],
        }
    )


def document_line(document: BulkDocument) -> bytes:
    """A document as the record of a scan holds it; `metadata` where it has any."""
    import json

    record: Record = {
        "id": document.id,
        "path": document.path,
        "ordinal": document.ordinal,
        "title": document.title,
        "span": list(document.span),
        "countable": document.countable,
        "script": document.script,
        "years": [],
        "places": [],
        "excluded": [{"span": list(hole.span), "reason": hole.reason} for hole in document.excluded],
        "repaired": [
            {
                "span": list(one.span),
                "reason": one.reason,
                "text": one.text,
                "guessed": [list(at) for at in one.guessed],
            }
            for one in document.repaired
        ],
        "paragraphs": document.paragraphs,
        "paragraph_numbers": list(range(document.first_number, document.first_number + len(document.paragraphs))),
        "reuse": _reuse(document.stats),
        "from_stock": [],
    }
    if document.metadata:
        record["metadata"] = json.loads(document.metadata)
    return _encoded(record)


def comparison_line(comparison: BulkComparison) -> bytes:
    """A comparison as the record of a scan holds it."""
    passages = ", ".join(map(_passage, comparison.passages))
    formula = ", ".join(map(_passage, comparison.formula))
    return (
        f'{{"left": {_quoted(comparison.left)}, "right": {_quoted(comparison.right)}, '
        f'"left_reuse": {round(comparison.left_reuse, PLACES)}, '
        f'"right_reuse": {round(comparison.right_reuse, PLACES)}, '
        f'"resemblance": {round(comparison.resemblance, PLACES)}, '
        '"direction": {"source": "unknown", "confidence": 0.0, "evidence": []}, "relation": [], "findings": [], '
        f'"left_overs": [], "mistakes": [], "passages": [{passages}], "formula": [{formula}], "pairs": [], '
        '"fragments": [], "substitutions": [], "figures": {"same": 0, "changed": 0, "masked": 0, "changes": []}}\n'
    ).encode()


@lru_cache(maxsize=_IDS)
def _quoted(name: str) -> str:
    """A string in JSON."""
    return quoted(name)


def lines_of(result: BulkResult) -> Iterator[bytes]:
    """JSON lines: `scan` once, then every `file`, `document` and `comparison`, as of `records.jsonl`."""
    yield line({"type": "scan", **_origin(result)}).encode()
    for file in result.unopened:
        yield _typed("file", file_line(file))
    for kind in ("file", "document", "comparison"):
        for block in result.lines[kind]:
            yield _typed(kind, block)


def record_of(result: BulkResult) -> Iterator[bytes]:
    """The whole record, piece by piece."""
    yield line(_origin(result)).encode()[:-2]
    files = (file_line(file) for file in result.unopened)
    yield from _array("files", files, result.lines["file"])
    yield from _array("documents", result.lines["document"])
    yield from _array("comparisons", result.lines["comparison"])
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


def _array(name: str, *parts: Iterable[bytes]) -> Iterator[bytes]:
    yield f',\n"{name}": ['.encode()
    separator = b"\n"
    for part in parts:
        for block in part:
            yield separator + block.rstrip(b"\n").replace(b"\n", b",\n")
            separator = b",\n"
    yield b"\n]"


def _typed(kind: str, lines: bytes) -> bytes:
    """Each line with its type in front. A line feed stands between lines only: inside JSON it is written as `\\n`."""
    head = b'{"type": "%s", ' % kind.encode()
    return head + lines[1:].replace(b"\n{", b"\n" + head) if lines else b""


def _encoded(record: Record) -> bytes:
    return line(record).encode()


def _passage(passage: BulkPassage) -> str:
    kinds = ", ".join(f'"{kind}"' for kind in sorted({edit[0] for edit in passage.edits}))
    edits = ", ".join(
        [
            f'{{"kind": "{kind}", "left": [{left}, {left_end}], "right": [{right}, {right_end}]}}'
            for kind, left, left_end, right, right_end in passage.edits
        ]
    )
    one, other = passage.left, passage.right
    return (
        f'{{"left": [{one.start}, {one.end}], "right": [{other.start}, {other.end}], '
        f'"similarity": {round(passage.similarity, PLACES)}, "tier": "{passage.tier}", '
        f'"left_paragraphs": {passage.left_paragraphs}, "right_paragraphs": {passage.right_paragraphs}, '
        f'"longest_run": {passage.longest_run}, "commonness": {passage.commonness}, "kinds": [{kinds}], '
        f'"edits": [{edits}]}}'
    )


def _reuse(stats: ReuseStats) -> Record:
    return {
        "total": round(stats.total, PLACES),
        "verbatim": round(stats.share(stats.verbatim), PLACES),
        "light": round(stats.share(stats.light), PLACES),
        "rewritten": round(stats.share(stats.rewritten), PLACES),
        "largest_single": round(stats.single, PLACES),
        "longest_run": stats.longest_run,
        "stock": round(stats.stock_share, PLACES),
        "reused_characters": stats.reused,
        "stock_characters": stats.stock,
    }
