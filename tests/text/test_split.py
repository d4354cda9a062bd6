"""find_sections: one document or several, their titles, their ends, and what belongs to none."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Exclusion
from kejidiff.span import Span
from kejidiff.text.chrome import find_chrome
from kejidiff.text.pages import find_page_marks
from kejidiff.text.split import Sections, find_sections, series
from kejidiff.text.split.markers import Marker, markers_of, number_of

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"

PARAGRAPH = "今年以来,我局坚持以科技创新为引领,全面落实市委、市政府各项决策部署,各项工作取得明显成效。"
BODY = "\n".join([PARAGRAPH * 4] * 3)
OUTLINE = f"一、主要工作\n{PARAGRAPH * 6}\n二、下步打算\n{PARAGRAPH * 6}"
quick = settings(deadline=None, derandomize=True, max_examples=100)


def seed(number: str) -> str:
    return next((PROJECT / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def sections(text: str) -> Sections:
    return find_sections(text, sorted(find_chrome(text) + find_page_marks(text), key=lambda found: found.span))


def titles_of(text: str) -> list[str]:
    return [section.title for section in sections(text).sections]


@pytest.mark.parametrize(
    ("number", "titles", "starts", "end"),
    [
        ("000", ["全区科技创新工作报告"], [0], "支撑和引领作用。"),
        ("001", [f"科技创新工作总结{n}" for n in "一二三四五"], [137, 6404, 7260, 8770, 13633], "活动的热潮。"),
        ("002", ["【篇一】", "【篇二】", "【篇三】"], [0, 4540, 14039], "請指正。"),
        ("003", ["区科技局2024年工作总结及工作计划范文"], [24], "科普宣传工作。"),
        ("004", ["区科技局2021年平台建设工作总结及2023年工作思路"], [0], "“金融助推企业"),
    ],
)
def test_the_samples(number: str, titles: list[str], starts: list[int], end: str) -> None:
    """Two compilations and three ordinary files, each from its title to its last word before the furniture."""
    text = seed(number)
    found = sections(text).sections
    assert [section.title for section in found] == titles
    assert [section.span.start for section in found] == starts
    assert found[-1].span.of(text).endswith(end)
    assert all(section.title_span and section.title_span.of(text) == section.title for section in found)


def test_what_stands_before_the_first_text_is_preface() -> None:
    """Sample 001: the file's own title and the site's greeting belong to no document."""
    text = seed("001")
    (preface,) = sections(text).prefaces
    assert preface == Exclusion(Span(0, 136), "preface")
    assert sections(seed("002")).prefaces == ()


@pytest.mark.parametrize(
    "style",
    [
        "篇{han}", "篇{han}：科技", "【篇{han}】", "【篇{n}】标题", "第{han}篇:科技", "【第{n}篇】", "范文{han}",
        "范文{n}：", "区科技局工作总结{han}", "区科技局工作总结 {n}", "工作总结（{han}）", "工作总结篇{n}",
        "工作总结(篇{han})", "★ 篇{han} ★", "## 篇{han}", "**模板{n}**", "材料{n}:", "Part {n}", "第{han}份", "【{n}】",
        "工作總結篇{han}", "【篇(piān){han}】", "工作报告之{han}", "（{han}）",
    ],
)  # fmt: skip
def test_marker_styles(style: str) -> None:
    """Every way of numbering the texts of a compilation parts it at its markers and nowhere else."""
    lines = [style.format(n=number, han="一二三四"[number - 1]) for number in range(1, 5)]
    body = OUTLINE if style == "（{han}）" else BODY
    text = "工作总结范文精选\n" + "\n".join(f"{line}\n{body}" for line in lines)
    found = sections(text).sections
    assert [section.span.of(text).splitlines()[0] for section in found] == lines
    assert [section.title for section in found] == [line.strip("#* ") for line in lines]


def test_a_table_of_contents_is_preface() -> None:
    """The markers in a table of contents are too close to each other to be texts."""
    contents = "目录\n篇一\n篇二\n篇三\n"
    text = contents + "\n".join(f"篇{number}\n{BODY}" for number in "一二三")
    found = sections(text).sections
    assert len(found) == 3
    assert found[0].span.start == len(contents)


def test_years_in_titles_may_differ() -> None:
    """One series: 2021年…总结篇一, 2022年…总结篇二."""
    text = "\n".join(f"202{n}年工作总结篇{'一二三'[n]}\n{BODY}" for n in range(3))
    assert len(titles_of(text)) == 3


def test_texts_without_numbers() -> None:
    """Titles of one sort, each above an outline that begins anew, part a file; they need no greeting."""
    text = "\n".join(f"{place}科技局工作总结\n{OUTLINE}" for place in ("甲区", "乙县", "丙市"))
    assert titles_of(text) == ["甲区科技局工作总结", "乙县科技局工作总结", "丙市科技局工作总结"]


@pytest.mark.parametrize(
    "text",
    [
        f"工作总结\n一、2021年工作总结\n（一）平台\n{BODY}\n（二）人才\n{BODY}\n二、2022年工作计划\n（一）平台\n{BODY}\n（二）人才\n{BODY}",
        f"区科技局2021年工作总结\n{OUTLINE}\n2022年工作计划\n{OUTLINE}",
        f"科技进步条例\n第一篇 总则\n第一条 {BODY}\n第二条 {BODY}\n第二篇 分则\n第三条 {BODY}\n第四条 {BODY}",
        f"工作总结\n{BODY}\n附件1\n{BODY}\n附件2\n{BODY}",
        f"工作总结\n主要做法一\n{BODY}\n主要做法二\n{BODY}",
        f"典型案例汇编\n案例一\n{BODY}\n案例二\n{BODY}",
        f"工作总结\n{BODY * 8}\n【1】\n{BODY}\n【2】\n{BODY}",
        f"工作总结\n篇一\n{PARAGRAPH}\n篇三\n{BODY}",
        "目录\n篇一\n篇二\n篇三",
        f"工作总结\n篇一律\n{BODY}\n篇二律\n{BODY}",
    ],
    ids=["halves", "second half", "law", "annexes", "parts", "cases", "notes at the end", "gap", "contents", "words"],
)
def test_one_report_stays_whole(text: str) -> None:
    """Halves, running articles, annexes, headings and notes of one report are no texts of their own."""
    assert len(sections(text).sections) == 1


def test_a_text_ends_before_furniture_and_the_next_marker() -> None:
    """What is set aside between two texts belongs to neither."""
    text = f"篇一\n{BODY}\n相关文章:\n★ 科技工作总结\n篇二\n{BODY}\n( www.a.com 转载请注明 )\n微信扫码分享"
    one, two = sections(text).sections
    assert one.span.of(text) == f"篇一\n{BODY}"
    assert two.span.of(text) == f"篇二\n{BODY}"


def test_a_page_number_opens_no_line() -> None:
    """What follows a page mark goes on with the line above it, and its words are no marker."""
    text = f"工作总结\n篇一\n{BODY}见\n\n2、篇二\n{BODY}"
    at = text.index("\n\n2、")
    assert len(find_sections(text, [Exclusion(Span(at, at + 4), "page-mark")]).sections) == 1
    assert len(find_sections(text.replace("2、", ""), []).sections) == 2


def test_a_file_without_a_title() -> None:
    """The title is made of the first sentence, and no line is the title line."""
    (section,) = sections(PARAGRAPH * 3).sections
    assert (section.title, section.title_span) == ("今年以来,我局坚持以科技创新为引领…", None)


def test_markdown_and_indents_are_no_part_of_a_title() -> None:
    """The title line's span keeps its marks; the title does not. Blanks around the text are outside the section."""
    text = f"\n　　# **区科技局工作总结** \n\n{PARAGRAPH}\n \n"
    (section,) = sections(text).sections
    assert section.title == "区科技局工作总结"
    assert section.title_span is not None
    assert section.title_span.of(text) == "# **区科技局工作总结**"
    assert section.span.of(text) == f"# **区科技局工作总结** \n\n{PARAGRAPH}"


@pytest.mark.parametrize("text", ["", " \n\u3000", "…—\n***", "微信扫码分享\n展开阅读全文", "\u200b\ufeff"])
def test_nothing_to_read_is_no_document(text: str) -> None:
    """Blanks, signs and furniture alone make no section."""
    assert sections(text) == Sections(())


def test_clean_texts_stay_whole() -> None:
    """None of 553 official texts is split, and each one's first line is taken for its title."""
    if not CORPUS.is_dir():
        pytest.skip("no texts at ../shared/corpus")
    for path in sorted(CORPUS.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        found = find_sections(text, ())
        assert len(found.sections) == 1, path.name
        assert found.sections[0].title_span == Span(0, len(text.split("\n", 1)[0].rstrip())), path.name


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("1", 1),
        ("12", 12),
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("⑦", 7),
        ("", 0),
        ("一二", 0),
    ],
)
def test_numbers(digits: str, value: int) -> None:
    """Arabic, Chinese and circled numbers; 0 for what is none."""
    assert number_of(digits) == value


def test_markers_read_from_the_closest_to_the_loosest() -> None:
    """With the words before the number in the key, then without; an ordinary line is none."""
    assert markers_of(["区科技局工作总结篇二", "现将情况报告如下。", "科技工作"]) == [
        Marker(0, 2, "named", "区科技局工作总结|篇"),
        Marker(0, 2, "named", "|篇"),
    ]


def slow_run(group: list[Marker], before: list[int], least: int) -> list[Marker]:
    """Every start tried, each step taking the next number far enough on; the longest, then the latest."""
    runs = []
    for first in (marker for marker in group if marker.number == 1):
        run = [first]
        while step := [
            other
            for other in group
            if other.number == run[-1].number + 1 and before[other.line] >= before[run[-1].line] + least
        ]:
            run.append(step[0])
        runs.append(run)
    return max(runs, key=lambda run: (len(run), run[0].line), default=[])


@quick
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 120)), max_size=14))
def test_the_longest_run_is_the_one_a_slow_search_finds(steps: list[tuple[int, int]]) -> None:
    """Numbers in any order and at any distance: the fast search picks the same lines as trying all starts."""
    before = [sum(length for _, length in steps[:at]) for at in range(len(steps))]
    group = [Marker(at, number, "named", "|篇") for at, (number, _) in enumerate(steps)]
    assert series._longest_run(group, before, 80) == slow_run(group, before, 80)


@quick
@given(
    st.lists(
        st.sampled_from(
            ["篇一", "篇二", "范文3:", "一、工作总结", "二、", BODY, OUTLINE, "相关文章:", "\ud800", "", "1、"]
        )
        | st.text(max_size=8)
    ),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=4),
)
def test_sections_and_prefaces_lie_apart(lines: list[str], holes: list[tuple[int, int]]) -> None:
    """Whatever the text and whatever is set aside: ascending, disjoint, and every section begins and ends in text."""
    text = "\n".join(lines)
    spans = [Span(at, at + length) for at, length in holes if at + length <= len(text)]
    excluded = [Exclusion(span, "page-mark") for span in sorted(spans)]
    found = find_sections(text, excluded)
    pieces = [preface.span for preface in found.prefaces] + [section.span for section in found.sections]
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    for section in found.sections:
        assert section.span.of(text) == section.span.of(text).strip()
        assert section.title_span is None or section.title_span.start == section.span.start
        assert not any(section.span.start == span.start for span in spans)
    assert not any(preface.span.overlaps(span) for preface in found.prefaces for span in spans)
