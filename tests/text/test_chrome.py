"""find_chrome: what is furniture, what is not, and that a clean text keeps every line."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text.chrome import find_chrome

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"

PARAGRAPH = "今年以来,我局坚持以科技创新为引领,全面落实市委、市政府各项决策部署,各项工作取得明显成效。"
TITLE = "区科技局2022年工作总结"

#: Lines of each sample that are furniture, counted from 1, marked by hand.
MARKED_LINES = {
    "000": [3, 4, *range(74, 95)],
    "001": [189, 190],
    "002": [],
    "003": [1, 5, 47, 48, 50, 52],
    "004": [*range(3, 19), *range(52, 64)],
}


def seed(number: str) -> str:
    return next((PROJECT / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def marked(text: str) -> list[str]:
    return [exclusion.span.of(text) for exclusion in find_chrome(text)]


def report(*lines: str, head: tuple[str, ...] = (), tail: tuple[str, ...] = ()) -> str:
    """A report with lines above its title, between two paragraphs, and below its end."""
    return "\n".join((*head, TITLE, PARAGRAPH, *lines, PARAGRAPH, *tail))


@pytest.mark.parametrize(("number", "solid"), [("000", 190), ("001", 27), ("002", 0), ("003", 80), ("004", 477)])
def test_a_sample_is_marked_as_by_hand(number: str, solid: int) -> None:
    """Of the five samples exactly the characters are marked that a person marked, none more and none less."""
    text = seed(number)
    by_hand: set[int] = set()
    start = 0
    for at, line in enumerate(text.split("\n"), start=1):
        if at in MARKED_LINES[number]:
            by_hand.update(range(start, start + len(line)))
        start += len(line) + 1
    if number == "003":
        at = text.index("( wWw")
        by_hand.update(range(at, text.index(")", at) + 1))
    found = {at for exclusion in find_chrome(text) for at in range(*exclusion.span)}
    assert {at for at in found if not text[at].isspace()} == {at for at in by_hand if not text[at].isspace()}
    assert sum(not text[at].isspace() for at in found) == solid


def test_a_repeated_title_within_a_report_stays() -> None:
    """The title that sample 000 prints twice more in its body is no furniture: a heading looks the same."""
    assert "全区科技创新工作报告" not in marked(seed("000"))


def test_the_bracket_at_a_paragraphs_end_is_marked_alone() -> None:
    """Sample 003 ends a paragraph with a site's address in brackets: the paragraph stays."""
    assert "( wWw.850500.cOm 转载请注明 )" in marked(seed("003"))


@pytest.mark.parametrize(
    "line",
    [
        "上传人:快**** 文档编号:243706909 页数:17 大小:24.74KB",
        "索 引 号: 11370000004502683A/2021-00123 主题分类: 科技",
        "来源:本站 作者:佚名 点击:12",
        "责任编辑:张三",
        "返回 下载 相关 举报",
        "首页 > 政务公开 > 工作报告",
        "【打印本页】 【关闭窗口】",
        "第3页 / 共17页",
        "区科技局2021年工作总结_第3页",
        "- 3 -",
        "蜀ICP备13022795号 | 川公网安备 51140202000112号",
        "Copyright © 2010-2024 某文库 版权所有",
        "《区科技局工作总结》由会员分享,可在线阅读,更多相关《区科技局工作总结(17页珍藏版)》请在某文库上搜索。",
        "转载请注明出处",
        "微信扫码领取福利",
        "展开阅读全文",
        "http://www.example.com/doc/8a7b.html",
        "上传人：快**** 页数：１７",
    ],
)
def test_a_line_that_only_sites_have_is_marked_anywhere(line: str) -> None:
    """Even between two paragraphs, where nothing but the line itself speaks."""
    assert marked(report(line)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "优化手机版服务平台",
        "推广微信扫一扫支付",
        "关注民生",
        "分享经验",
        "版权保护",
        "来源:市统计局",
        "时间:5月10日",
        "作者:张三",
        "2020/12",
        "附件:相关资料",
        "单位 时间 来源",
        "联系人:张三 电话:0571-1234567",
        "(三)推行扫码执法",
        "2.开通官方微信公众号",
        "报送以下相关信息:",
        "群众扫描二维码即可办理业务。",
        "活动中专家为大家分享了科普知识,发放资料300份。",
        "线索来自网络,已全部办结。",
        "请登录http://kjt.example.gov.cn申报。",
        "第三条 任何人有权举报、投诉,网站应当公布投诉举报方式;",
        "打击侵权必究行为。",
    ],
)
def test_a_reports_own_line_stays(line: str) -> None:
    """Headings, items and sentences that share words with furniture are no furniture."""
    assert marked(report(line)) == []


def test_a_list_of_links_is_marked_to_its_end() -> None:
    """The head of the list and what is below it, titles of other reports included."""
    links = ("相关文章:", "科技局工作计划", "乡镇科技工作总结", "3、县科技局工作汇报")
    assert marked(report(tail=links)) == list(links)


def test_a_list_of_links_within_a_file_stops_before_the_next_text() -> None:
    """A heading above a paragraph, an item of an outline and the marker of the next text are no links."""
    links = ("相关文章:", "★ 科技局工作计划", "★ 乡镇科技工作总结")
    assert marked(report(*links, "二、存在问题")) == list(links)
    assert marked(report(*links, "篇二")) == list(links)
    assert marked(report("相关文章:", "科技局工作计划", "主要做法")) == ["相关文章:", "科技局工作计划"]


def test_above_the_body_a_list_takes_no_title() -> None:
    """Sites print 相关推荐 above a report, and the report's title follows."""
    assert marked(report(head=("相关推荐",))) == ["相关推荐"]


def test_weak_hints_count_only_outside_the_body() -> None:
    """A label such as 时间: is a site's above the text; a word of a menu alone is one below it."""
    head, tail = ("时间:2022-12-10",), ("返回",)
    assert marked("\n".join((TITLE, *head, PARAGRAPH, PARAGRAPH, *tail))) == [*head, *tail]
    assert marked(report(*head, *tail)) == []


def test_the_head_of_minutes_stays() -> None:
    """Minutes of a meeting begin with labels of their own."""
    assert marked("\n".join(("第三次局务会议纪要", "时间:3月5日", "地点:三楼会议室", "主持:张三", PARAGRAPH))) == []


def test_dense_hints_at_the_end_are_marked_together() -> None:
    """Where most lines are a site's, its unknown short lines and numbers are, too."""
    tail = ("221381", "领取福利", "微信扫码领取福利", "微信扫码分享", "会员专享价", "热门下载榜")
    assert marked(report(tail=tail)) == list(tail)


def test_a_reports_own_end_stays_among_furniture() -> None:
    """Signature, date and annexes are not taken along with the site's lines around them."""
    own = ("附件:1.项目清单", "区科技局", "2022年1月10日")
    site = ("【打印】 【关闭】", "上一篇:区科技局2021年工作总结", "下一篇:没有了")
    assert marked(report(tail=own + site)) == list(site)


def test_a_reports_own_head_stays_among_furniture() -> None:
    """Title, speaker, date and address are not taken along with the site's lines around them."""
    own = (TITLE, "区科技局局长 张三", "(2022年1月10日)", "各位代表:")
    site = ("首页 > 工作总结 > 正文", "浏览次数:123 字体:大 中 小")
    assert marked("\n".join((site[0], *own, site[1], PARAGRAPH, PARAGRAPH))) == list(site)


def test_the_only_title_stays_even_with_the_sites_name() -> None:
    """`title - site` is furniture where the title stands below once more, and the title where it does not."""
    line = f"{TITLE} - 某某范文网"
    assert marked("\n".join((line, PARAGRAPH))) == []
    assert marked("\n".join((line, TITLE, PARAGRAPH))) == [line]


def test_traditional_script_and_pinyin_notes_are_read_through() -> None:
    """Furniture in traditional script is found, also with notes of pinyin after its characters."""
    lines = ("相關(guān)文章:", "科技創(chuàng)新總結(jié)11-25", "轉(zhuǎn)載請注明出處")
    assert marked(report(tail=lines)) == list(lines)


def test_clean_texts_keep_every_line() -> None:
    """Nothing is marked in 553 official texts."""
    if not CORPUS.is_dir():
        pytest.skip("no texts at ../shared/corpus")
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/*.txt"))}
    assert [path.name for path, text in texts.items() if find_chrome(text)] == []


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                TITLE,
                PARAGRAPH,
                "相关文章:",
                "返回 下载",
                "页数:3",
                "(www.a.com)",
                "篇二",
                "一、",
                "\ud800\x00",
                "(lǐ)",
                ">>",
                "",
            ]
        )
        | st.text(max_size=12)
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\v"]),
)
def test_spans_are_lines_or_brackets(lines: list[str], line_break: str) -> None:
    """Whatever the text: spans ascend, do not touch each other's characters, hold no line break and are not empty."""
    text = line_break.join(lines)
    spans = [exclusion.span for exclusion in find_chrome(text)]
    assert all(span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not any(set(span.of(text)) & set("\n\r\v\f\u2028\u2029") for span in spans)


def test_a_long_file_of_furniture_is_marked_to_its_last_line() -> None:
    """Lists, menus and labels by the ten thousand: every line is found, none twice."""
    draw = random.Random(7)
    lines = [draw.choice(["返回 下载 举报", "页数:3 大小:5KB", "微信扫一扫", "第1页 / 共9页"]) for _ in range(20_000)]
    assert len(find_chrome("\n".join(lines))) == 20_000
