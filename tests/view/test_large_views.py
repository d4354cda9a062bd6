"""What people see of a large scan, in readable goldens: it fits, hides nothing, stays small, tells what is left out."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from large_result import BEYOND, large
from made_result import HOSTILE, compared, document, hostile, result
from page_reader import sealed
from sample_result import sample

from kejidiff.model import Edit, ScanResult, SourceText
from kejidiff.model.bulk import BulkResult
from kejidiff.span import Span
from kejidiff.view.html.bulk import LAID_OUT, PAIRS, bulk_report
from kejidiff.view.html.strips import OF_PASSAGE
from kejidiff.view.json_text import escaped
from kejidiff.view.markdown_bulk import bulk_markdown
from kejidiff.view.table_bulk import passage_rows
from kejidiff.view.terminal.cells import text_width
from kejidiff.view.terminal.scan_bulk import render_bulk_scan

GOLDEN = Path(__file__).parent / "golden"
REPORTS = ["reports/report.html", "reports/report.json", "reports/passages.csv"]
UNSEEN = set("\x00\x1b\x07\u202e\u200b\u2028\ud800\udc80")
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def page(found: BulkResult, width: int = 120, lang: str = "zh", color: bool = False, everything: bool = False) -> str:
    return render_bulk_scan(
        found, width=width, lang=lang, color=color, seconds=12.3, everything=everything, reports=REPORTS
    )


def many(number: int, length: int) -> BulkResult:
    """So many pairs of documents that share one passage of so many characters, each changed in the middle."""
    documents, comparisons = [], []
    for at in range(number):
        both = [document(f"{at:04}{side}.txt", ["题", "科技创新" * (length // 4)]) for side in "ab"]
        middle = Span(length // 2, length // 2 + 2)
        comparisons.append(compared(both[0][0], both[1][0], [Edit("replacement", middle, middle)]))
        documents += both
    return large(result(documents, comparisons))


@pytest.mark.parametrize(("width", "lang"), [(60, "zh"), (100, "en"), (120, "zh")])
def test_the_page_is_what_was_accepted(width: int, lang: str) -> None:
    """Any change of what a reader meets is seen here, and accepted on purpose."""
    golden = GOLDEN / f"large-{width}-{lang}.txt"
    told = page(large(sample(), resumed=(12, 40)), width, lang)
    if os.environ.get("KEJIDIFF_ACCEPT"):
        golden.write_text(told, "utf-8")
    assert told == golden.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 33, 60, 80, 120, 200])
@pytest.mark.parametrize("made", [sample, hostile])
def test_no_line_is_wider_than_asked(made: "type[ScanResult]", width: int, lang: str) -> None:
    """From 20 columns up; the command to be typed may be longer, as a shell must read each of its words as one."""
    told = page(large(made()), width, lang).rpartition("kejidiff show")[0]
    assert max(map(text_width, told.split("\n"))) <= width
    assert not UNSEEN & set(told)


def test_colour_is_only_colour() -> None:
    """Without its escape sequences a coloured page is the plain one."""
    coloured = page(large(sample()), color=True)
    assert "\x1b[" in coloured
    assert _ESCAPE.sub("", coloured) == page(large(sample()))


def test_every_list_says_how_much_it_leaves_out() -> None:
    """Also of what the result does not hold, and where all of it is; `--all` lists all that it holds."""
    found = many(30, 40)
    told, whole = page(found, lang="en"), page(found, lang="en", everything=True)
    assert "… 1,020 more pairs (--all lists more, report.json all)" in told
    assert "… 1,000 more pairs (report.json has them all)" in whole
    assert whole.count("⇄") == 30
    assert told.count("⇄") == 10


def test_without_texts_there_is_no_evidence() -> None:
    """Where texts were not kept the pairs are listed all the same."""
    scan = sample()
    files = tuple(replace(file, text="") if isinstance(file, SourceText) else file for file in scan.files)
    told = page(large(replace(scan, files=files)))
    assert "⇄" in told
    assert " 例 " not in told


def test_names_are_those_that_show_understands() -> None:
    """Of a scan of one folder ids, looked up where it was; of any other, places."""
    found = large(sample())
    assert f"kejidiff show {found.leading[0].left}" in page(found)
    files = tuple(replace(file, location=f"/archive/{file.path}") for file in found.extract.files)
    lead = found.lead()._replace(extract=replace(found.extract, files=files))
    elsewhere = replace(found, one_folder=False, lead=lambda: lead)
    assert f"kejidiff show /archive/{found.leading[0].left}" in page(elsewhere, 200)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("made", [sample, hostile])
def test_the_html_page_is_sealed(made: "type[ScanResult]", lang: str) -> None:
    """As that of any scan: no script, no request, links to its own places only, nothing hidden."""
    html = bulk_report(large(made()), lang=lang)
    assert sealed(html).count("table", "facing") == len(made().comparisons)
    assert not UNSEEN & set(html)
    assert html == bulk_report(large(made()), lang=lang)


def test_the_html_page_stays_small() -> None:
    """However many pairs and however long their passages: so many are listed, so many laid out, and cut."""
    html = bulk_report(many(3 * PAIRS, 40_000), lang="zh")
    assert len(html.encode()) < 600_000
    assert sealed(html).count("table", "facing") == LAID_OUT
    assert f"…… 此段另有 {40_000 - OF_PASSAGE:,} 字" in html
    assert f"另 {2 * PAIRS + BEYOND:,} 项未列，见 report.json" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_is_short_and_inert(lang: str) -> None:
    """Twenty rows a table and the rest counted; nothing in it opens markup, a link or a cell."""
    told = bulk_markdown(large(hostile()), lang)
    assert not UNSEEN & set(told)
    assert "<script" not in told
    assert bulk_markdown(many(30, 40), "en").count("| 000") == 20 + 20
    assert "1,010 more not listed, see report.json" in bulk_markdown(many(30, 40), "en")


def test_lines_of_records_and_tables_hold_nothing_live() -> None:
    """In JSON whatever stands in an id or title stays on its line; a cell of the table starts no formula."""
    found = large(hostile()).leading[0]
    for evil in HOSTILE:
        named = found._replace(left=f"{evil}#1", left_title=evil)
        (written,) = escaped([evil])
        assert json.loads(b'"%b"' % written) == evil
        assert not (UNSEEN | {"\n", "\r"}) & set(written.decode())
        row = passage_rows(named, evil * 200, evil * 200).decode("utf-8-sig")
        assert not set("\x00\x1b\x07\u202e\u200b\u2028") & set(row)
        assert not re.search(r'(^|,|")[ \u200b]*[=+\-@＝＋－＠]', row)
