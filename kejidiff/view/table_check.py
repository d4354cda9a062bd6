"""CheckResult -> the table of passages of a scan, with how each stands to the verdict, and by whose word.

Same form and same guard as `table`; drafts are on the left.
"""

from collections.abc import Iterator
from typing import Final

from kejidiff.model.check import CheckResult
from kejidiff.view.table import COLUMNS, cell, row, table
from kejidiff.view.visible import visible_line

MORE: Final = ("standing", "known", "digest", "reason", "owner", "expires")


def check_csv(result: CheckResult) -> str:
    """Byte order mark and header included; drafts in order, their passages by place. A draft that was not read has a
    row without passage: whoever counts rows must not take it for clean."""
    return table(("verdict", *COLUMNS, *MORE), _rows(result))


def _rows(result: CheckResult) -> Iterator[list[str | int | float]]:
    documents = {document.id: document for document in result.scan.documents}
    texts = {document.id: result.scan.text_of(document) for document in result.scan.documents}
    for draft in result.drafts:
        for one in draft.passages:
            entry = result.ignore[one.entry] if one.entry >= 0 else None
            sides = (documents[draft.document], one.span), (documents[one.source], one.source_span)
            told = [cell(visible_line(part)) for part in (entry.reason, entry.owner)] if entry else ["", ""]
            yield [
                draft.verdict, *row(sides, one.passage, texts), one.standing, "yes" if one.known else "no",
                one.digest, *told, entry.expires if entry else "",
            ]  # fmt: skip
        if not draft.passages:
            named = [draft.verdict, cell(visible_line(draft.name)), *[""] * (len(COLUMNS) - 1)]
            yield [*named, "", "", "", " ".join(draft.reasons), "", ""]
