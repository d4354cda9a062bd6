"""titles: which first lines are titles, and what a title is made of where none is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text import titles


@pytest.mark.parametrize(
    "line",
    [
        "全区科技创新工作报告",
        "区科技局2024年工作总结及工作计划范文",
        "2016年中华人民共和国国务院政府工作报告",
        "关于报送2022年科技工作总结的函",
        "凝心聚力,开拓创新",
        "创新驱动,转型发展,奋力谱写新篇章——区科技局工作汇报",
        "# **区科技局2021年工作总结**",
        "科技创新促进条例(2021年修订)",
        "Annual report 2021",
        "第一篇",
        "总",
    ],
)
def test_titles(line: str) -> None:
    """Short lines that name something, with Markdown's marks, years, brackets or a motto before them."""
    assert titles.is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "***",
        "各位代表:",
        "今年以来,我局坚持以科技创新为引领",
        "在区委、区政府的正确领导下,区科技局扎实工作",
        "现将有关情况报告如下。",
        "一、基本情况",
        "(一)基本情况",
        "1、落实各项科技扶持政策",
        "第一条 为了促进科技进步",
        "全年完成投资。其中工业投资占比过半",
        "科" * 61,
    ],
)
def test_no_titles(line: str) -> None:
    """Addresses, sentences, items of an outline, and what is longer than any title."""
    assert not titles.is_title(line)


def test_markdown_is_taken_off() -> None:
    """Only around the title: a mark within stays."""
    assert titles.title_text("  ## **C# 与科技*工作*总结** ") == "C# 与科技*工作*总结"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("今年以来,我局坚持以创新为引领,全面落实市委、市政府各项决策部署。", "今年以来,我局坚持以创新为引领…"),
        ("全年工作顺利完成。其他情况如下。", "全年工作顺利完成"),
        ("一、基本情况\n全年工作", "一、基本情况"),
        ("科" * 50, "科" * 29 + "…"),
    ],
)
def test_a_title_is_made_of_the_first_clause(text: str, title: str) -> None:
    """A short first sentence whole; of a long one as many clauses as say something."""
    assert titles.title_from_sentence(text) == title


@pytest.mark.parametrize(
    ("line", "sort", "document"), [("工作总结", True, True), ("主要做法(三)", True, False), ("科技局", False, False)]
)
def test_sorts_of_documents_and_of_parts(line: str, sort: bool, document: bool) -> None:
    """总结 names a document; 做法 ends titles, too, but mostly headings."""
    assert (titles.ends_in_genre(line), titles.names_document(line)) == (sort, document)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=200))
def test_any_text_passes(text: str) -> None:
    """A made title has at most 30 characters and no line break."""
    titles.is_title(text)
    made = titles.title_from_sentence(text)
    assert len(made) <= 30
    assert "\n" not in made
