"""Stock phrases, formula and stock sources in every view: told, greyed where wanted, inert, and within the width."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from made_result import HOSTILE, compared, document, result
from page_reader import Page

from kejidiff.model import (
    Edit,
    FromStock,
    ParagraphPair,
    Passage,
    ScanResult,
    Skipped,
    SourceText,
    StockPhrase,
    StockSource,
)
from kejidiff.span import Span
from kejidiff.view.html import report
from kejidiff.view.markdown import scan_markdown
from kejidiff.view.records import dumps, jsonl, scan_record
from kejidiff.view.stock_spans import stock_spans
from kejidiff.view.terminal.cells import text_width
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.terminal.show import render_show

FORM = "本表由派驻单位组织填写一式三份逾期不予受理"
OWN = "全年驻点一百四十天把老茶园台刈更新了八十亩"
PHRASE = "在市委、市政府的正确领导下"


def made(form: str = FORM, path: str = "form.txt", **known: Any) -> ScanResult:
    """Two reports that share a sentence of their own and, two paragraphs below, the text of a form."""
    one = document("a.txt", ["甲站考核表", OWN, f"{PHRASE}，工作有了进展。", form])
    two = document("b.txt", ["乙站考核表", OWN, "别的事情。", form])
    stock, text = document(path, [form])
    here, there = one[0].paragraphs[3].span, two[0].paragraphs[3].span
    shared = Passage(here, there, 1.0, "verbatim", (), (3,), (3,), len(form), 4)
    pair = compared(one[0], two[0], formula=(shared,), formula_pairs=(ParagraphPair(3, 3, 1.0, "verbatim"),))
    held = Passage(here, Span(0, len(form)), 1.0, "verbatim", (), (3,), (0,), len(form))
    phrase = Span(one[0].paragraphs[2].span.start, one[0].paragraphs[2].span.start + len(PHRASE))
    settings: Mapping[str, Any] = {
        "stock_phrases": (StockPhrase(PHRASE, 2, ((one[0].id, phrase),)),),
        "stock_sources": (
            StockSource(SourceText(path, text), (stock,)),
            StockSource(Skipped("old.doc", "unsupported", "a kind of document that is not read", "skipped")),
        ),
        "from_stock": {one[0].id: (FromStock(stock.id, path, stock.title, 0.456, (held,)),)},
        "given_as_stock": (path,),
    }
    return result([one, two], [pair], **{**settings, **known})


def shown(phrases: str = "grey", color: bool = False, full: bool = False) -> str:
    value = made()
    return render_show(
        value, value.comparisons[0], width=120, lang="zh", color=color, phrases=phrases, context=0, full=full
    )


def test_the_summary_names_sources_shares_and_formula() -> None:
    """On the document's line the share and the file; the sources with their users and the one that was not read."""
    page = render_scan(made(), width=120, lang="zh", color=False)
    assert "2 个模板、上级文件（已读 1，跳过 1，出错 0）" in page
    assert "照抄上级/模板 45.6%（form.txt）" in page
    assert f"套话 1 段 {len(FORM)} 字，不计入" in page
    assert "form.txt  1 篇用其文字 · 最多 45.6%（a.txt#1）" in page
    assert "old.doc  unsupported 不支持的格式" in page and "结果不完整" in page


def test_stock_phrases_are_listed_as_asked() -> None:
    """grey lists a few, show every one, exclude only how many there are and how to see them."""
    phrases = tuple(StockPhrase(f"第{number}条套话", 2) for number in range(9))
    pages = {
        way: render_scan(made(stock_phrases=phrases), width=120, lang="zh", color=False, phrases=way)
        for way in ("show", "grey", "exclude")
    }
    counted = {way: sum(phrase.text in page for phrase in phrases) for way, page in pages.items()}
    assert counted == {"show": 9, "grey": 3, "exclude": 0}
    assert "9 条未列（--stock-phrases show 列出）" in pages["exclude"]


def test_formula_stands_side_by_side_and_in_a_list() -> None:
    """As 套话, never as text of one side only; folded where nothing is near it, unless it is to be shown."""
    assert "¶3  套话，1 段（--full 展开）" in shown()
    page = shown(full=True)
    assert "¶3  套话 " in page and page.count(FORM) == 3
    assert f"¶3 ⇄ ¶3  {FORM}  {len(FORM)} 字" in shown()
    assert "仅左有，1 段" in shown(), "the one paragraph that is the left's own"
    assert FORM not in shown("exclude") and "1 段未列（--stock-phrases show 列出）" in shown("exclude")


def test_stock_text_is_greyed_only_when_asked() -> None:
    """With grey the form's paragraph has the quiet tone, with show that of any other text; the words are the same."""
    value = made()
    greyed = [span.of(value.text_of(value.documents[0])) for span in stock_spans(value, "grey")["a.txt#1"]]
    assert greyed == [PHRASE, FORM]
    assert stock_spans(value, "show") == stock_spans(value, "exclude") == {}
    quiet, plain = (shown(way, color=True, full=True) for way in ("grey", "show"))
    assert f"\x1b[38;5;244m{FORM}" in quiet.split("套话段落")[0]
    assert f" {FORM}" in plain.split("套话段落")[0] and f"\x1b[38;5;244m{FORM}" not in plain.split("套话段落")[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
def test_no_line_is_too_wide(width: int, lang: str) -> None:
    """Summary and side-by-side view keep to the width, the command to be typed excepted."""
    value = made(path="很长的文件名/" * 9 + "form.txt")
    pages = [render_scan(value, width=width, lang=lang, color=False, phrases=way) for way in ("show", "exclude")]
    pages += [
        render_show(value, value.comparisons[0], width=width, lang=lang, color=False, phrases=way)
        for way in ("show", "grey", "exclude")
    ]
    for line in "\n".join(pages).splitlines():
        assert text_width(line) <= width or "--stock" in line or "很长的文件名" in line, line


def test_the_page_lists_greys_and_lays_out() -> None:
    """Sources with users and states, the pair's formula as a table, its paragraphs as grey rows, grey in full text."""
    html = report(made(), lang="zh")
    page = Page(html)
    assert "form.txt" in page.texts["stock-sources"] and "45.6%" in page.texts["stock-sources"]
    assert "unsupported" in page.texts["stock-sources"]
    assert '<table class="formula">' in html and '<tr class="formula">' in html
    assert f'<span class="k" title="套话">{FORM}' in html or f'<span class="k">{FORM}' in html
    assert "上级/模板" in page.texts["texts"] and PHRASE in page.texts["stock"]
    excluded = report(made(), lang="zh", phrases="exclude")
    assert '<table class="formula">' not in excluded and f'<span class="k">{FORM}' not in excluded
    assert PHRASE not in Page(excluded).texts["stock"] and "1 条未列" in Page(excluded).texts["stock"]
    assert f'<span class="k">{FORM}' not in report(made(), lang="zh", phrases="show")


def test_a_strangers_stock_is_inert() -> None:
    """Markup, escapes and hidden characters in a form's text and name come out as text, in every view."""
    everything = " ".join(HOSTILE).replace("\n", " ").replace("\r", " ")
    value = made(form=everything, path="<b>\x1b[31m\u202e.txt")
    html = report(value, lang="en")
    assert "<script>alert" not in html and "<b>\x1b" not in html and "\u202e" not in html
    for text in (
        render_scan(value, width=80, lang="en", color=False),
        render_show(value, value.comparisons[0], width=80, lang="en", color=False, full=True),
        scan_markdown(value, "en"),
        dumps(scan_record(value)),
        *jsonl(value),
    ):
        assert not {"\x1b", "\u202e", "\u200b"} & set(text)


def test_lines_of_json_hold_the_sources() -> None:
    """One line each, with its type."""
    kinds = [re.match(r'\{"type": "(\w+)"', line) for line in jsonl(made())]
    assert [kind and kind[1] for kind in kinds][-2:] == ["stock_source", "stock_source"]


def test_what_was_filled_in_is_not_greyed() -> None:
    """Of a passage shared with a form, an insertion keeps its tone."""
    value = made()
    (held,) = value.from_stock["a.txt#1"]
    start = held.passages[0].left.start
    edit = Edit("insertion", Span(start + 3, start + 6), Span(3, 3))
    filled = held._replace(passages=(held.passages[0]._replace(edits=(edit,)),))
    value = replace(value, from_stock={"a.txt#1": (filled,)}, comparisons=(), stock_phrases=())
    grey = stock_spans(value, "grey")
    assert grey["a.txt#1"] == (Span(start, start + 3), Span(start + 6, start + len(FORM)))
