"""Rules, results -> a log of SARIF 2.1.0; spans -> the locations in it.

Equal results give equal bytes: no times, no machine, no absolute path. Regions count code points (`columnKind`). Of a
format that is no plain text they count in what was extracted, so there they bear offsets and no lines.
Source: SARIF 2.1.0 (OASIS standard, 2020-03-27).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from kejidiff.model import Document, ScanResult, SourceText
from kejidiff.span import Span
from kejidiff.view.json_text import Record
from kejidiff.view.lines import Lines
from kejidiff.view.visible import visible_line

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def log_of(version: str, rules: Mapping[str, tuple[str, str]], results: Sequence[Record], properties: Record) -> Record:
    """The log, with one run. `rules`: the level of their results, and a short English description, by id."""
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "kejidiff",
                "version": version,
                "rules": [
                    {"id": rule, "shortDescription": {"text": told}, "defaultConfiguration": {"level": level}}
                    for rule, (level, told) in rules.items()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n"],
        "results": list(results),
        "properties": properties,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


class Places:
    """Makes locations in the files of a scan; knows where the lines of every file begin, once asked."""

    def __init__(self, result: ScanResult) -> None:
        self.result = result
        self.lines: dict[str, Lines] = {}

    def location(self, path: str, span: Span | None, document: Document | None) -> Record:
        physical: Record = {"artifactLocation": {"uri": self._uri(path)}}
        if span is not None:
            physical["region"] = self._region(path, span)
        location: Record = {"physicalLocation": physical}
        if document is not None:
            location["logicalLocations"] = [{"name": visible_line(document.title or document.id), "kind": "document"}]
        return location

    def _region(self, path: str, span: Span) -> Record:
        source = self.result.source(path)
        region: Record = {"charOffset": int(span.start), "charLength": int(span.length)}
        if source.format != "text":
            return region
        lines = self.lines.setdefault(path, Lines(source.text))
        first, last = lines.ends(span)
        return {
            "startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column,
            **region,
        }  # fmt: skip

    def _uri(self, path: str) -> str:
        """Where a person would look: as it was given where that is relative, by its name in the record where not."""
        where = next(
            (file.location for file in self.result.files if file.path == path and isinstance(file, SourceText)), ""
        )
        member = where and not path.endswith(where.rpartition("/")[2])
        shown = path if not where or where.startswith("/") or where == "-" or member else where.removeprefix("./")
        try:
            encoded = shown.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:  # a row's id may hold any surrogate, a file's name only those of its bytes
            encoded = shown.encode("utf-8", "surrogatepass")
        return quote(encoded, safe="/~")
