"""The views of a check: what the writer is told, and what CI is."""

import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from checked_result import checked
from hypothesis import given
from hypothesis import strategies as st

from kejidiff.model import Reservation, SourceText
from kejidiff.model.check import CheckResult
from kejidiff.span import Span
from kejidiff.view.concerns import concerns, ranges
from kejidiff.view.headline import alarms
from kejidiff.view.html import report
from kejidiff.view.html.check import check_report
from kejidiff.view.json_text import dumps
from kejidiff.view.junit import check_junit
from kejidiff.view.lines import Lines
from kejidiff.view.markdown_check import check_markdown
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.records_check import check_jsonl, check_record
from kejidiff.view.sarif import RULES, check_sarif
from kejidiff.view.table_check import check_csv
from kejidiff.view.terminal.cells import text_width
from kejidiff.view.terminal.check import render_check
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.verdict import caveat

GOLDEN = Path(__file__).parent / "golden"


def page(width: int, lang: str = "zh", **wanted: Any) -> str:
    given = {"color": False, "seconds": 0.9, "reports": ("reports/check.html",)} | wanted
    return render_check(checked(), width=width, lang=lang, **given)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_the_page_is_as_it_was_looked_at(width: int, lang: str) -> None:
    """Verdict, figures with limits, sources, what to look at, exceptions: as kept in a file a person has read."""
    path = GOLDEN / f"check_{width}_{lang}.txt"
    if os.environ.get("KEJIDIFF_ACCEPT"):
        path.write_text(page(width, lang), encoding="utf-8")
    assert page(width, lang) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 27, 33, 59, 79, 100, 150])
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    """From 20 columns up; colour changes no character."""
    assert max(text_width(line) for line in page(width, lang, reports=()).splitlines()) <= width
    assert re.sub("\x1b\\[[0-9;]*m", "", page(width, lang, color=True)) == page(width, lang)


def test_the_graver_verdict_comes_first() -> None:
    """Drafts stand by verdict, concerns by how certain they are."""
    text = page(120)
    assert text.index("✗ 未通过") < text.index("⚠ 未查完") < text.index("✓ 通过")
    found = concerns(checked(), checked().draft("镇志.txt#1"))
    assert [one.kind for one in found] == ["evasion-suspected", "place", "year", "mistake", "mistake"]


def test_signs_of_evasion_behind_the_text_are_told() -> None:
    """What is hidden at a draft's end lies outside its span, and is to be looked at all the same."""
    result = checked()
    end = result.scan.document("镇志.txt#1").span.end
    hidden = Reservation("evasion-suspected", "200 characters cannot be seen", Span(end + 2, end + 202))
    files = tuple(
        replace(file, warnings=(hidden,)) if isinstance(file, SourceText) and file.path == "镇志.txt" else file
        for file in result.scan.files
    )
    result = replace(result, scan=replace(result.scan, files=files))
    assert concerns(result, result.draft("镇志.txt#1"))[0].own == hidden.message


def alarmed() -> CheckResult:
    """The draft with signs of evasion and pages not read, and its source with signs of evasion."""
    result = checked()
    seen = Reservation("evasion-suspected", "3 private characters amid Hanzi", Span(9, 12))
    unread = Reservation("pages-without-text", "1 of 4 pages have no text that can be read (page 2)")
    told = {"镇志.txt": (seen, unread), "mill.txt": (seen,)}
    files = tuple(
        replace(file, warnings=told.get(file.path, ())) if isinstance(file, SourceText) else file
        for file in result.scan.files
    )
    drafts = tuple(
        replace(draft, reasons=("pages-without-text",)) if draft.path == "镇志.txt" else draft
        for draft in result.drafts
    )
    return replace(result, scan=replace(result.scan, files=files), drafts=drafts)


def test_signs_of_evasion_and_pages_not_read_come_first_under_the_verdict() -> None:
    """Before any figure, in the page and in the head of check.html; what is odd in a source is not the draft's."""
    lines = render_check(alarmed(), width=120, lang="zh", color=False).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("✗ 未通过"))
    assert lines[at + 1].strip() == "⚠ 疑似规避查重：汉字之间有 3 处自造字符"
    assert lines[at + 2].strip().startswith("⚠ 稿件未读全：")
    head = check_report(alarmed(), lang="zh").split("</header>")[0]
    assert "⚠ 疑似规避查重：镇志.txt（汉字之间有 3 处自造字符）</p>" in head
    assert "镇志.txt（1 / 4 页没有可读的文字（第 2 页））" in head and "mill" not in head


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scan_tells_of_evasion_in_its_head(lang: str) -> None:
    """On the terminal before the list of reports, on the page before the figures; every file by its name, or how many
    more there are."""
    scan = alarmed().scan
    page = render_scan(scan, width=80, lang=lang, color=False)
    html = report(scan, lang=lang).split('<ul class="tiles">')[0]
    for head in (page.split("\n\n")[0].replace("\n  ", ""), html):
        assert term("file", "evasion-suspected", lang) in head and term("file", "pages-without-text", lang) in head
        assert "镇志.txt" in head and "mill.txt" in head
    many = [replace(scan.source("mill.txt"), path=f"{number}.txt") for number in range(5)]
    (told,) = alarms(many, lang)
    assert "2.txt" in told and "3.txt" not in told and message("alarm.more", lang, n=2) in told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((), ""), ((0,), "题"), ((1,), "第 1 段"), ((0, 1, 2, 4), "题、第 1–2、4 段"), ((4, 5, 6, 9), "第 4–6、9 段")],
)
def test_paragraphs_are_told_in_ranges(numbers: tuple[int, ...], told: str) -> None:
    """The title line is no paragraph with a number."""
    assert ranges(numbers, "zh") == told


def sarif() -> dict[str, Any]:
    """The log as a consumer reads it."""
    log = json.loads(dumps(check_sarif(checked(), "en")))
    assert isinstance(log, dict)
    return log


def test_sarif_keeps_the_rules_of_its_standard() -> None:
    """Every property that 2.1.0 requires, every index that points somewhere, only values that it knows."""
    log = sarif()
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        assert all(isinstance(value, str) and value for value in result["partialFingerprints"].values())
        assert result["baselineState"] in {"new", "unchanged", "updated", "absent"}
        for suppression in result.get("suppressions", ()):
            assert suppression["kind"] in {"inSource", "external"} and suppression["justification"]
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) and not uri.startswith("/")
            region = location["physicalLocation"].get("region")
            assert region is None or min(region["startLine"], region["startColumn"], region["endColumn"]) >= 1


def test_sarif_points_at_the_text_it_means() -> None:
    """Lines and columns lead to the same characters as offsets do, and those are the passage's."""
    result = checked()
    draft = result.draft("镇志.txt#1")
    text = result.scan.text_of(result.scan.document(draft.document))
    lines = text.split("\n")
    regions = [
        found["locations"][0]["physicalLocation"]["region"]
        for found in sarif()["runs"][0]["results"]
        if found["ruleId"] == "reuse"
    ]
    assert [(region["charOffset"], region["charOffset"] + region["charLength"]) for region in regions] == [
        tuple(one.span) for one in draft.passages
    ]
    for region, one in zip(regions, draft.passages, strict=True):
        before = sum(len(line) + 1 for line in lines[: region["startLine"] - 1])
        until = sum(len(line) + 1 for line in lines[: region["endLine"] - 1])
        span = Span(before + region["startColumn"] - 1, until + region["endColumn"] - 1)
        assert span == one.span


@given(st.text(alphabet="中a\n\r\u2028𠀀", max_size=30), st.data())
def test_lines_and_offsets_agree(text: str, data: st.DataObject) -> None:
    """Whatever breaks lines elsewhere, here LF does, and columns count code points."""
    offset = data.draw(st.integers(0, len(text)))
    place = Lines(text).place(offset)
    rows = text.split("\n")
    assert sum(len(row) + 1 for row in rows[: place.line - 1]) + place.column - 1 == offset


def test_sarif_says_what_does_not_count() -> None:
    """Own and ignored passages are there, suppressed, with who says so; known ones are unchanged."""
    found = [one for one in sarif()["runs"][0]["results"] if one["ruleId"] == "reuse"]
    told = {one["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]: one for one in found}
    assert "王芳" in told["orchard.txt"]["suppressions"][0]["justification"]
    assert told["canal.txt"]["suppressions"][0]["justification"].startswith("one’s own")
    assert "suppressions" not in told["mill.txt"]
    assert {uri: one["baselineState"] for uri, one in told.items()} == {
        "mill.txt": "unchanged", "canal.txt": "new", "orchard.txt": "new",
    }  # fmt: skip


def test_junit_fails_what_does_not_pass() -> None:
    """A suite a draft, a case for each limit and for completeness; the counts are those of the elements."""
    root = ElementTree.fromstring(check_junit(checked(), "zh"))
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"镇志.txt#1", "honest.txt#1", "blank.txt"}
    for element in (root, *root):
        assert int(element.get("tests", "0")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "0")) == len(list(element.iter("failure")))
        assert int(element.get("errors", "0")) == len(list(element.iter("error")))
    failed = {
        name: [case.get("name") for case in suite.iter("testcase") if len(case)] for name, suite in suites.items()
    }
    assert failed == {"镇志.txt#1": ["max-total", "max-single"], "blank.txt": ["complete"], "honest.txt#1": []}


def test_the_table_has_a_row_for_every_passage_and_every_unread_draft() -> None:
    """Rows say how each passage stands; a draft without passages is not missing."""
    rows = list(csv.DictReader(io.StringIO(check_csv(checked()).removeprefix("\ufeff"))))
    assert [(row["left"], row["right"], row["standing"], row["known"]) for row in rows] == [
        ("honest.txt#1", "", "", ""),
        ("镇志.txt#1", "mill.txt#1", "judged", "yes"),
        ("镇志.txt#1", "canal.txt#1", "own", "no"),
        ("镇志.txt#1", "orchard.txt#1", "ignored", "no"),
        ("blank.txt", "", "", ""),
    ]
    assert [row["owner"] for row in rows if row["standing"] == "ignored"] == ["王芳"]
    assert [(row["verdict"], row["reason"]) for row in rows if row["left"] == "blank.txt"] == [("incomplete", "empty")]


def test_lines_of_json_hold_what_the_record_holds() -> None:
    """`check` first, then one line for each file, draft, document, comparison."""
    lines = [json.loads(line) for line in check_jsonl(checked())]
    record = check_record(checked())
    assert lines[0]["type"] == "check"
    assert lines[0]["verdict"] == record["verdict"] == "over-limit"
    for kind in ("file", "draft", "document", "comparison"):
        assert [{**line, "type": None} for line in lines if line["type"] == kind] == [
            {"type": None, **json.loads(json.dumps(one))} for one in record[f"{kind}s"]
        ]


def test_the_summary_says_of_each_figure_what_the_page_says() -> None:
    """单篇最大 is the largest there is, whoever it is left out for, and no figure stands for a draft not read."""
    result = checked()
    less = tuple(replace(one, judged=replace(one.judged, largest_single=0, longest_run=0)) for one in result.drafts)
    table = check_markdown(replace(result, drafts=less), "zh").splitlines()[:10]
    read, unread = (next(line for line in table if name in line) for name in ("镇志", "blank"))
    assert "| 41.4%（判定按 0.0%）, 上限 20% | 109（判定按 0）, 上限 200 字 |" in read
    assert "| — | — | — | — |" in unread


def judged_less() -> CheckResult:
    """Two drafts of which the one has the greater judged share, the other the longer judged run."""
    result = checked()
    draft, honest = result.draft("镇志.txt#1"), result.draft("honest.txt#1")
    less = replace(draft, judged=replace(draft.judged, longest_run=7, verbatim=3, rewritten=0), exceeded=("single",))
    more = replace(honest, judged=replace(honest.judged, longest_run=40))
    return replace(result, drafts=(less, more))


def test_the_mark_of_a_limit_stands_at_the_judged_figure() -> None:
    """Where less is judged than was found, every limit stands beside the figure it is held against, and that figure
    beside the source it comes from; what was found bears no limit."""
    page = render_check(judged_less(), width=200, lang="zh", color=False).split("✓ 通过")[0]
    found, judged = page.split("判定（去除本人、忽略 1 段）\n")
    assert "总文字复制比 100.0%（292 / 292 字）\n" in found and "上限" not in found
    assert "总文字复制比 1.0%（3 / 292 字）  上限 30%" in judged
    assert "单篇最大 41.4%（mill#1）  ✗ 上限 20% · 最长连续 7 字（mill#1）  上限 200 字" in judged


def test_the_head_figures_say_that_they_are_judged_and_whose_they_are() -> None:
    """Each tile is the greatest of all drafts, with its draft; what was left out of it stands in its label."""
    html = check_report(judged_less(), lang="zh")
    tiles = re.findall(r"<li><span>(.*?)</span><strong>(.*?)</strong><small>(.*?)</small></li>", html)
    assert tiles == [
        ("总文字复制比（判定：去除本人、忽略 1 段）", "1.0%", "上限 30% · 镇志.txt#1"),
        ("单篇最大（判定：去除本人、忽略 1 段）", "41.4%", "✗ 上限 20% · 镇志.txt#1"),
        ("最长连续", "40 字", "上限 200 字 · honest.txt#1"),
    ]
    assert "判定（去除本人、忽略 1 段）：总文字复制比 1.0%（3 / 292 字） 上限 30% · 单篇最大 41.4%（" in html


@pytest.mark.parametrize(
    ("share", "limit", "told"),
    [
        (0.2996, 0.3, "29.96%"), (0.299996, 0.3, "29.9996%"), (0.3, 0.3, "30.0%"), (0.3004, 0.3, "30.0%"),
        (0.29, 0.29, "29.0%"), (0.28999, 0.29, "28.999%"), (0.3002, 0.3001, "30.02%"), (0.123, 0.3, "12.3%"),
        (0.9999, 1.0, ">99.9%"), (1.0, 1.0, "100.0%"), (0.0, 0.001, "0.0%"), (0.00096, 0.001, "0.096%"),
    ],
)  # fmt: skip
def test_no_figure_is_rounded_to_its_limit(share: float, limit: float, told: str) -> None:
    """What passes is printed below the limit, what does not is printed at it or above, with as few decimals as do."""
    assert percent(share, limit) == told


@given(st.integers(1, 20000), st.data())
def test_a_figure_stands_on_its_own_side_of_the_limit(whole: int, data: st.DataObject) -> None:
    """Of whatever counts a share is made."""
    share = data.draw(st.integers(0, whole)) / whole
    limit = data.draw(st.integers(1, 1000)) / 1000
    told = percent(share, limit)
    if told[0] not in "<>":
        assert (float(told.rstrip("%")) >= round(limit * 100, 8)) == (share >= limit)


@pytest.mark.parametrize(
    ("in_library", "given", "told"),
    [
        (None, True, ("与给出的 3 篇比对，非知网结果", "compared with the 3 reports given; not a CNKI result")),
        (3, False, ("与本库 3 篇比对，非知网结果", "compared with the 3 reports of this library; not a CNKI result")),
        (2, True, ("与给出的及本库共 3 篇比对，非知网结果",
                   "compared with 3 reports given or in this library; not a CNKI result")),
    ],
)  # fmt: skip
def test_the_caveat_names_what_was_compared_with(in_library: int | None, given: bool, told: tuple[str, str]) -> None:
    """Reports that were given, those of the library, or both."""
    result = replace(checked(), in_library=in_library, given=given)
    assert tuple(caveat(result, lang) for lang in ("zh", "en")) == told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_summary_name_every_exception(lang: str) -> None:
    """The entry that took a passage out, the one that expired, the office's own source."""
    for text in (check_report(checked(), lang=lang), check_markdown(checked(), lang)):
        for told in ("王芳", "转载，已获同意", "2999-01-01", "旧稿", "2020-01-01", "orchard", "canal"):
            assert told in text
    html = check_report(checked(), lang=lang)
    assert html.count("default-src &#39;none&#39;") == 1 and "<script" not in html
    assert html == check_report(checked(), lang=lang)
