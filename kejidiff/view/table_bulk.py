"""Comparisons of a large scan -> rows of passages.csv, comparison by comparison; columns as of `table.passages_csv`."""

import csv
import io
from collections.abc import Iterable, Sequence

from kejidiff.model.bulk import BulkComparison, BulkPassage
from kejidiff.view.table import BYTE_ORDER_MARK, COLUMNS, cell
from kejidiff.view.visible import visible_line


def header() -> bytes:
    """Byte order mark and names of columns."""
    return BYTE_ORDER_MARK.encode() + _written([COLUMNS])


def passage_rows(comparison: BulkComparison, left: str, right: str) -> bytes:
    """One row a passage; `left` and `right` are the whole texts of the two documents' files."""
    return _written(_row(comparison, passage, left, right) for passage in comparison.passages)


def _row(comparison: BulkComparison, passage: BulkPassage, left: str, right: str) -> list[str | int | float]:
    return [
        cell(visible_line(comparison.left)), cell(visible_line(comparison.left_title)),
        passage.left.start, passage.left.end, passage.characters[0],
        cell(visible_line(comparison.right)), cell(visible_line(comparison.right_title)),
        passage.right.start, passage.right.end, passage.characters[1],
        round(passage.similarity, 6), passage.tier, " ".join(sorted({edit[0] for edit in passage.edits})),
        passage.commonness, cell(passage.left.of(left)), cell(passage.right.of(right)),
    ]  # fmt: skip


def _written(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")
