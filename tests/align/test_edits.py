"""Edits: outside them both originals are equal, and each says truly what was done."""

import pytest
from aligning import changes, compared
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Comparison, Repair
from kejidiff.span import Span

SENTENCES = (
    "凤鸣纤维材料技术研究院成为我市首家省级重大创新平台，填补了桐乡县市区级空白。",
    "聘任十一名专家教授为大院名校首席顾问，全年签订产学研合作协议四十七份。",
    "新增国家火炬计划重点高新技术企业三家，完成工业新产品产值一百九十亿元。",
    "科创中心在孵企业六十三家，毕业企业十九家，吸纳大学生创业就业四百余人。",
    "龙翔街道濮院镇争创专利示范镇，授权专利二千一百零六件，居嘉兴首位。",
)
LEFT = "".join(SENTENCES)


def tiled(comparison: Comparison, left: str, right: str) -> bool:
    """True where edits and the equal stretches between them make up both spans of every passage."""
    for passage in comparison.passages:
        i, j = passage.left.start, passage.right.start
        for edit in passage.edits:
            if left[i : edit.left.start] != right[j : edit.right.start] or edit.left.start < i or edit.right.start < j:
                return False
            i, j = edit.left.end, edit.right.end
        if left[i : passage.left.end] != right[j : passage.right.end]:
            return False
    return True


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (LEFT, []),
        (LEFT.replace("成为", "变成"), [("synonym", "成为", "变成")]),
        (LEFT.replace("名校", ""), [("deletion", "名校", "")]),
        (LEFT.replace("专家教授", "知名专家教授"), [("insertion", "", "知名")]),
        (LEFT.replace("，居", "、居"), [("punctuation", "，", "、")]),
        (LEFT.replace("創", "创").replace("完成", "完 成"), [("punctuation", "", " ")]),
        (LEFT.replace("国家火炬", "國家火炬"), [("script", "国", "國")]),
    ],
)
def test_one_change_is_one_edit(right: str, expected: list[tuple[str, str, str]]) -> None:
    """Each change comes out alone, as whole words, with its kind."""
    assert changes(compared(LEFT, right), LEFT, right) == expected


def test_figures_are_compared_as_figures() -> None:
    """A changed figure is `figure`, a hidden one `mask`, one written otherwise `script`; none breaks the passage."""
    left = LEFT.replace("四十七", "47").replace("一百九十", "190.5").replace("六十三", "63")
    right = LEFT.replace("四十七", "52").replace("一百九十", "xx.x").replace("六十三", "６３")
    comparison = compared(left, right)
    assert changes(comparison, left, right) == [
        ("figure", "47", "52"),
        ("mask", "190.5", "xx.x"),
        ("script", "63", "６３"),
    ]
    # The same: 63, and 十一, 十九, 四百, 二千一百零六.
    assert [comparison.figures.same, comparison.figures.changed, comparison.figures.masked] == [5, 1, 1]


def test_a_turned_word_is_one_word() -> None:
    """达到 -> 到达 shares a character with itself; the change is the word, not two halves of it."""
    left, right = LEFT + "总数达到六十八家。", LEFT + "总数到达六十八家。"
    assert changes(compared(left, right), left, right) == [("synonym", "达到", "到达")]


def test_an_exchanged_word_leaves_its_neighbour_alone() -> None:
    """jieba knows 积极开展 as one word; the exchange is 积极 -> 用心 all the same."""
    left, right = (LEFT.replace("新增", f"全市{word}开展宣传活动。新增") for word in ("积极", "用心"))
    assert changes(compared(left, right), left, right) == [("synonym", "积极", "用心")]


def test_damage_is_one_edit_and_no_wording() -> None:
    """A run read out of shifted bytes is `garble`, whole, though its reading equals the other side."""
    left = LEFT
    right = LEFT.replace("省级重大创新平台", "た萍既瞬")
    start = right.index("た萍既瞬")
    repairs = (Repair(Span(start, start + 4), "gbk-shift", "省级重大创新平台"),)
    assert changes(compared(left, right, repairs), left, right) == [("garble", "省级重大创新平台", "た萍既瞬")]


def test_pinyin_notes_are_a_matter_of_script() -> None:
    """創(chuàng) against 创 is one quiet edit."""
    left, right = LEFT, LEFT.replace("创新平台", "創(chuàng)新平臺")
    start = right.index("(chuàng)")
    repairs = (Repair(Span(start, start + 8), "pinyin-note", ""),)
    assert changes(compared(left, right, repairs), left, right) == [
        ("script", "创", "創(chuàng)"),
        ("script", "台", "臺"),
    ]


def test_a_sentence_that_moved_is_a_move() -> None:
    """Taken out here, put in there: both halves say so."""
    right = "".join((*SENTENCES[1:4], SENTENCES[0], SENTENCES[4]))
    kinds = [kind for kind, _, _ in changes(compared(LEFT, right), LEFT, right)]
    assert kinds == ["move", "move"]


OPERATIONS = st.lists(
    st.tuples(
        st.integers(0, len(LEFT)),
        st.integers(0, 6),
        st.sampled_from(
            [
                "",
                "，",
                "増",
                "20xx",
                "7",
                "的",
                "全面推进",
                " \n",
                "_",
                "\ufffd",
                "\u200b",
                "○○",
                "**",
                "百分之",
                "万",
                "某",
                "Î",
                "末",
            ]
        ),
    ),
    max_size=14,
)


@given(OPERATIONS)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_edits_concatenate_to_both_passages(operations: list[tuple[int, int, str]]) -> None:
    """Whatever was cut out and put in, edits and equal stretches tile both sides, in order."""
    right = LEFT
    for at, cut, put in operations:
        right = right[:at] + put + right[at + cut :]
    assert tiled(compared(LEFT, right), LEFT, right)


@given(OPERATIONS, st.booleans())
@settings(deadline=None, derandomize=True, max_examples=60)
def test_tiling_holds_with_damage(operations: list[tuple[int, int, str]], doubled: bool) -> None:
    """The same where the right side carries notes and repaired runs."""
    right = LEFT
    for at, cut, put in operations:
        right = right[:at] + put + right[at + cut :]
    size = len(right)
    repairs = [Repair(Span(size // 2, size // 2 + 5), "gbk-shift", "创新平台海" if doubled else "海创")]
    if size > 60:
        repairs.insert(0, Repair(Span(20, 28), "pinyin-note", ""))
    kept = tuple(repair for repair in repairs if repair.span.end <= size)
    assert tiled(compared(LEFT, right, kept), LEFT, right)
