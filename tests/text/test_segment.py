"""Paragraphs: lines, rejoined where a page or a line width cut them."""

import pytest

from kejidiff.model import Exclusion
from kejidiff.span import Span
from kejidiff.text.segment import find_paragraphs


def paragraphs(text: str, excluded: list[Exclusion] | None = None) -> list[str]:
    return [span.of(text) for span in find_paragraphs(text, Span(0, len(text)), excluded or [])]


def test_lines_are_paragraphs() -> None:
    """Blank lines and indents belong to none; Windows line ends and form feeds part lines too."""
    assert paragraphs("标题\r\n\r\n  一、基本情况\n全年完成。\x0c\n") == ["标题", "一、基本情况", "全年完成。"]


def test_a_line_cut_in_mid_sentence_goes_on() -> None:
    """A line near the longest that ends without a mark is joined to the next, unless that begins something new."""
    line = "为把我市的蔬菜马铃薯肉食品等主导产业做大做强" * 5
    assert paragraphs(f"{line}\n产技术转让。") == [f"{line}\n产技术转让。"]
    assert paragraphs(f"{line}\n（二）产业") == [line, "（二）产业"]
    assert paragraphs(f"{line}\n\n产技术转让。") == [line, "产技术转让。"]
    assert paragraphs(f"{line}。\n产技术转让。") == [f"{line}。", "产技术转让。"]


def test_narrow_text_is_joined_when_many_lines_show_it() -> None:
    """Mail and PDF text is cut at one width; two headings of like length are not."""
    lines = [
        "全市科技工作在市委市政府的领导下取得了很大的成绩和",
        "进步受到了上级部门的充分肯定和社会各界的一致好评也",
        "得到了广大人民群众的热情支持和积极参与现将有关的情",
        "况报告如下。",
    ]
    assert paragraphs("\n".join(lines)) == ["\n".join(lines)]
    assert paragraphs("关于加强科技创新平台建设工作情况的报告材料\n关于加强科技人才队伍建设工作情况的报告材料") == [
        "关于加强科技创新平台建设工作情况的报告材料",
        "关于加强科技人才队伍建设工作情况的报告材料",
    ]


def test_a_page_mark_does_not_part_a_paragraph() -> None:
    """An exclusion that swallows the line breaks joins what it cut; one beside a line break does not."""
    text = "推进全区经济高质量\n\n3、发展。\n下一段。"
    assert paragraphs(text, [Exclusion(Span(9, 13), "page-mark")]) == ["推进全区经济高质量\n\n3、发展。", "下一段。"]
    text = "第一段。\n点击下载\n第二段。"
    assert paragraphs(text, [Exclusion(Span(5, 9), "web-chrome")]) == ["第一段。", "第二段。"]


def test_a_long_paragraph_is_parted_at_its_headings() -> None:
    """A viewer that lost the line breaks leaves 4,800 characters in one; short ones are left whole."""
    sentence = "科技创新平台建设取得新的进展。" * 40
    text = f"{sentence}(二)培育主体{sentence}"
    assert paragraphs(text) == [sentence, f"(二)培育主体{sentence}"]
    assert paragraphs("一是抓平台。(二)抓主体。") == ["一是抓平台。(二)抓主体。"]


def test_a_column_of_cut_lines_amid_wider_text_is_joined() -> None:
    """A mail of 20 characters a line, pasted between paragraphs three times as wide; a table of that width stays."""
    wide = "库区移民安置点的供水管网已经全部改造完毕，每户按季缴纳水费，抄表员由村民小组推选并张榜公布，任期两年。"
    mail = (
        "我站收到来信以后立即派人前往上游三个村子逐户核对水表读数发现其中有十七只表芯因为泥沙淤塞而停转"
        "已当场更换新表并登记造册同时约请管材厂家前来会诊拿出防止淤塞的办法。"
    )
    cut = [mail[at : at + 20] for at in range(0, len(mail), 20)]
    assert paragraphs("\n".join([wide, wide, *cut, wide])) == [wide, wide, "\n".join(cut), wide]
    table = [f"| 第{at}号水表今年全年的读数 | 八百吨上下 |" for at in "一二三四五六"]
    assert paragraphs("\n".join([wide, *table, wide])) == [wide, *table, wide]


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\u3000"])
def test_nothing_but_blanks(text: str) -> None:
    """No paragraph, no exception."""
    assert paragraphs(text) == []
