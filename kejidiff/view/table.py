"""ScanResult -> a table of passages for spreadsheets: RFC 4180 with a byte order mark, one row per passage.

A cell is data, never a formula: whatever a spreadsheet could take for the start of one gets an apostrophe before it.
Text and titles go through `visible`, so that a cell holds nothing that cannot be seen.

Limitation: Excel cuts a cell off after 32,767 characters; passages are written whole all the same.
Source: RFC 4180; OWASP, "CSV Injection".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kejidiff.model import Comparison, Document, Passage, ScanResult
from kejidiff.span import Span
from kejidiff.view.visible import visible, visible_line

COLUMNS: Final = (
    "left", "left_title", "left_start", "left_end", "left_characters",
    "right", "right_title", "right_start", "right_end", "right_characters",
    "similarity", "tier", "kinds", "commonness", "left_text", "right_text",
)  # fmt: skip

#: Excel reads UTF-8 as such only behind this mark; without it Hanzi come out as the system's old code page.
BYTE_ORDER_MARK: Final = "\ufeff"

# Signs that begin a formula in Excel, LibreOffice or WPS (the East Asian editions take the full-width ones, NFKC makes
# ASCII of the small ones), behind any blanks and characters without width, raw or spelled out by `visible`.
_FORMULA: Final = re.compile(
    r"(?:[\s\x00-\x20\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]|⟦U\+[0-9A-F]{4,6}⟧)*"
    r"[=+\-@＝＋－＠﹦﹢﹣﹫−]"
)


def passages_csv(result: ScanResult) -> str:
    """The table, its byte order mark and header included; lines end in CRLF, rows stand in the order of the record.

    Starts and ends are half-open code points of the original text, characters are countable ones.
    """
    documents = {document.id: document for document in result.documents}
    texts = {document.id: result.text_of(document) for document in result.documents}
    return table(COLUMNS, (one for comparison in result.comparisons for one in _rows(comparison, documents, texts)))


def table(columns: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Byte order mark, header, rows; texts have been through `cell`."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def cell(text: str) -> str:
    """`text` with nothing hidden in it and no way to become a formula."""
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(text) or _FORMULA.match(shown) else shown


def _rows(
    comparison: Comparison, documents: dict[str, Document], texts: dict[str, str]
) -> Iterator[list[str | int | float]]:
    left, right = documents[comparison.left], documents[comparison.right]
    for passage in comparison.passages:
        yield row(((left, passage.left), (right, passage.right)), passage, texts)


def row(
    sides: tuple[tuple[Document, Span], tuple[Document, Span]], passage: Passage, texts: dict[str, str]
) -> list[str | int | float]:
    """One passage in `COLUMNS`; `sides` says which document is on the left."""
    return [
        *(figure for document, span in sides for figure in _side(document, span)),
        round(float(passage.similarity), 6),
        passage.tier,
        " ".join(passage.kinds),
        passage.commonness,
        *(cell(span.of(texts[document.id])) for document, span in sides),
    ]


def _side(document: Document, span: Span) -> list[str | int | float]:
    return [
        cell(visible_line(document.id)),
        cell(visible_line(document.title)),
        int(span.start),
        int(span.end),
        document.countable_in(span),
    ]
