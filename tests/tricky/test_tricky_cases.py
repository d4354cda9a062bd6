"""docs/TRICKY_CASES.md is true: every hard input it lists is built, scanned and comes out as the document says.

A result that changed, for better or worse, is a line of the document to change: KEJIDIFF_ACCEPT=1 writes the new
figures into it (`make accept`); read the difference before keeping it.
"""

import os
from pathlib import Path

import pytest
from tricky_cases import CASES
from tricky_document import DOCUMENT, Row, judged, opening, rewrite, rows, told
from tricky_measure import figures_of, files_of

import kejidiff

ROWS = rows()
#: What showing the two files finds and a scan does not: no channel proposes the pair. The document says so.
NO_CANDIDATE = {"taiwan-wording"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_hard_input_comes_out_as_documented(row: Row, tmp_path: Path) -> None:
    """The columns "actual" and "as wished" of its line."""
    figures = figures_of(CASES[row.name], tmp_path)
    now = row._replace(actual=told(figures), verdict=judged(row.wished, figures))
    if os.environ.get("KEJIDIFF_ACCEPT"):
        rewrite({row.name: now})
        return
    assert now == row, f"change line {row.line} of docs/{DOCUMENT.name} (or make accept) to\n{now}"


def test_every_case_has_its_line() -> None:
    """Nothing is tried that the document does not say, nothing said that is not tried, and nothing twice."""
    assert sorted(row.name for row in ROWS) == sorted(CASES)


def test_the_document_counts_its_failures() -> None:
    """Its opening says how many cases there are and how many do not come out as wished."""
    assert opening(rows()) in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.others])
def test_scan_leaves_out_no_pair_that_show_finds_something_in(name: str, tmp_path: Path) -> None:
    """Of two files alone, a scan has the same passages as showing the two: no candidate is lost, but those known."""
    files_of(CASES[name], tmp_path)
    scanned = kejidiff.scan([tmp_path])
    if len(scanned.documents) != 2:
        pytest.skip("not two documents")
    shown = kejidiff.show(*(document.id for document in scanned.documents), within=tmp_path)
    found = scanned.comparisons[0].passages if scanned.comparisons else ()
    assert (found != shown.comparisons[0].passages) == (name in NO_CANDIDATE)
