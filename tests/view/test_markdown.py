"""The Markdown summary renders as what it is meant to be, whatever the documents hold."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_result import HOSTILE, compared, document, hostile, result
from sample_result import sample

from kejidiff.model import ScanResult
from kejidiff.view.markdown import ROWS, escaped, scan_markdown
from kejidiff.view.visible import visible_line

markdown_it = pytest.importorskip("markdown_it", reason="the renderer that rich brings along is not there")
PARSER = markdown_it.MarkdownIt("gfm-like", {"linkify": False})


def kinds(text: str) -> set[str]:
    """The kinds of tokens a renderer finds, inner ones included."""
    tokens = PARSER.parse(text)
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


def table_rows(text: str) -> list[list[str]]:
    """The cells' rendered text, by row of any table."""
    rows: list[list[str]] = []
    for token, inner in zip(tokens := PARSER.parse(text), tokens[1:], strict=False):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("th_open", "td_open"):
            rows[-1].append("".join(child.content for child in inner.children or ()))
    return rows


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("made", [sample, hostile])
def test_inert(made: "type[ScanResult]", lang: str) -> None:
    """Nothing but our own headings, tables, emphasis and the one command comes out, whatever went in."""
    text = scan_markdown(made(), lang)
    ours = {
        "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "table_open", "table_close",
        "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close",
        "td_open", "td_close", "text", "text_special", "em_open", "em_close", "strong_open", "strong_close",
        "code_inline",
    }  # fmt: skip
    assert kinds(text) <= ours
    assert not set("\x00\x1b\u202e\u200b\u2028\ud800\udc80") & set(text)
    assert all(len(row) in (4, 5) for row in table_rows(text))


def test_cells_say_what_was_there() -> None:
    """A name full of markup is rendered as that name."""
    cells = [cell for row in table_rows(scan_markdown(hostile(), "en")) for cell in row]
    title = visible_line(" ".join(HOSTILE))
    assert any(cell.endswith(title) for cell in cells)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(HOSTILE)), min_size=1, max_size=4).map("".join))
def test_escaped_text_renders_as_itself(text: str) -> None:
    """In a cell, escaped text comes out as the visible text and as nothing else."""
    row = f"| a |\n| --- |\n| .{escaped(text)}. |\n"
    assert kinds(row) <= kinds("| a |\n| --- |\n| b |\n") | {"text_special"}
    assert table_rows(row)[1] == [f".{visible_line(text)}."]


def test_says_the_verdict_and_its_limits() -> None:
    """Verdict, denominators, the caveat and what was not read are there; no word of judgement is."""
    text = scan_markdown(sample(), "zh")
    assert text.startswith("# 5 篇报告中有 4 篇文字雷同\n")
    for told in ("86.6% (259 / 299)", "非知网结果", "旧档/2019.doc", "kejidiff show 001#1 002#1", "另 1 篇无雷同"):
        assert told in text
    assert "抄袭" not in text
    assert "~$003.docx" not in text.replace("\\", "")


def test_nothing_found() -> None:
    """A scan without reuse, and one without documents, say so in one line and show no table of pairs."""
    assert scan_markdown(replace(sample(), comparisons=()), "zh").startswith("# 未发现雷同\n")
    assert scan_markdown(result([], []), "en").startswith("# There is no report to compare\n")
    assert table_rows(scan_markdown(result([], []), "en")) == []


def test_long_lists_say_what_they_leave_out() -> None:
    """Twenty-five pairs are a table of twenty and a line that counts the other five."""
    made = [document(f"{place:02}.txt", [f"题{place}", "正文"]) for place in range(26)]
    pairs = [compared(made[0][0], other) for other, _ in made[1:]]
    text = scan_markdown(result(made, pairs), "en")
    assert len(table_rows(text)) == 2 * (1 + ROWS)
    assert "5 more not listed" in text
    assert "6 more not listed" in text


def test_equal_results_give_equal_text() -> None:
    """The same result gives the same bytes."""
    assert scan_markdown(sample(), "zh") == scan_markdown(sample(), "zh")
