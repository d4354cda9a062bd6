"""DedupResult -> records: `kejidiff.dedup/1`, its lines of JSON, and a manifest of one row a document.

The rules are those of `records`: spans are code points of the original text, shares fractions with six places, fields
may join and are never renamed.
"""

from collections.abc import Iterator
from typing import Any, Final

from kejidiff.model import Document, SourceText
from kejidiff.model.dedup import Decision, DedupResult
from kejidiff.view.json_text import Record, dumps, line
from kejidiff.view.records import PLACES, file_record
from kejidiff.view.table import cell, table

#: What a manifest is known by, so that kejidiff passes over one that lies among texts.
MANIFEST: Final = "kejidiff.manifest/1"

COLUMNS: Final = (
    "id", "path", "ordinal", "title", "state", "family", "kept_id", "reason", "share", "similarity", "countable",
    "removed_characters", "removed", "sha256",
)  # fmt: skip


def dedup_json(result: DedupResult) -> str:
    """The whole result as one record."""
    return dumps(dedup_record(result))


def dedup_record(result: DedupResult) -> Record:
    """The whole result; `documents` are the rows of the manifest."""
    return {
        **_head(result),
        "files": [file_record(file) for file in result.files],
        "documents": list(_documents(result)),
        "families": [
            {"number": family.number, "kept": family.kept, "members": list(family.members)}
            for family in result.families
        ],
        "remaining": [
            {
                "left": one.left,
                "right": one.right,
                "left_share": _fraction(one.left_share),
                "right_share": _fraction(one.right_share),
            }
            for one in result.remaining
        ],
    }


def dedup_jsonl(result: DedupResult) -> Iterator[str]:
    """Lines with a `type`: `dedup` once, then `file`, `document`, `family` and `remaining`, one each."""
    whole = dedup_record(result)
    yield line({"type": "dedup", **_head(result)})
    for key, kind in (("files", "file"), ("documents", "document"), ("families", "family"), ("remaining", "remaining")):
        for record in whole[key]:
            yield line({"type": kind, **record})


def manifest_rows(result: DedupResult) -> list[Record]:
    """One row a document, in the order of documents."""
    return [{"schema": MANIFEST, **row} for row in _documents(result)]


def manifest_jsonl(result: DedupResult) -> str:
    """Lines of JSON."""
    return "".join(map(line, manifest_rows(result)))


def manifest_csv(result: DedupResult) -> str:
    """A table as `table` makes them; removed stretches as `START-END`, with blanks between."""
    return table(COLUMNS, map(_cells, _documents(result)))


def _cells(row: Record) -> list[Any]:
    removed = " ".join("{}-{}".format(*one["span"]) for one in row["removed"])
    return [_cell(removed if name == "removed" else row[name]) for name in COLUMNS]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return cell(value) if isinstance(value, str) else value


def _head(result: DedupResult) -> Record:
    rules, counts = result.rules, result.counts()
    return {
        "schema": "kejidiff.dedup/1",
        "tool": {"name": "kejidiff", "version": result.version},
        "complete": result.complete,
        "options": {"keep": rules.keep, "level": rules.level, "threshold": rules.threshold, "tier": rules.tier,
                    **result.kept.options.as_record()},
        "counts": {**counts, "documents": len(result.documents), "families": len(result.families),
                   "countable": sum(document.countable for document in result.documents),
                   "countable_removed": result.countable_removed()},
    }  # fmt: skip


def _documents(result: DedupResult) -> Iterator[Record]:
    digests = {file.path: file.sha256 for file in result.files if isinstance(file, SourceText)}
    for document, decision in zip(result.documents, result.decisions, strict=True):
        yield _row(document, decision, digests.get(document.path, ""))


def _row(document: Document, decision: Decision, digest: str) -> Record:
    dropped = decision.state == "dropped"
    removed = sum(document.countable_in(removal.span) for removal in decision.removed)
    return {
        "id": document.id,
        "path": document.path,
        "ordinal": document.ordinal,
        "title": document.title,
        "state": decision.state,
        "family": decision.family or None,
        "kept_id": decision.kept or None,
        "reason": decision.reason or None,
        "share": _fraction(decision.share) if dropped else None,
        "similarity": _fraction(decision.similarity) if dropped else None,
        "countable": document.countable,
        "removed_characters": document.countable if dropped else removed,
        "removed": [
            {"span": list(one.span), "holder": one.holder, "origin": list(one.origin),
             "similarity": _fraction(one.similarity), "tier": one.tier}
            for one in decision.removed
        ],
        "sha256": digest or None,
    }  # fmt: skip


def _fraction(share: float) -> float:
    return round(float(share), PLACES)
