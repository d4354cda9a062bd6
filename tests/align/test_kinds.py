"""Kinds of edit: what was done to a text, told by what stands there. One table, to be read by eye."""

import pytest
from aligning import changes, compared

BEFORE = "凤鸣纤维材料技术研究院成为省级重大创新平台，填补了桐乡县市区级空白，聘任专家教授为大院名校首席顾问。"
AFTER = "龙翔街道濮院镇争创专利示范镇，科创中心在孵企业与毕业企业吸纳大学生创业就业，居嘉兴首位，受到省厅通报表扬。"


def edits(left: str, right: str) -> list[tuple[str, str, str]]:
    """The edits of two sentences that stand between equal ones."""
    one, other = BEFORE + left + AFTER, BEFORE + right + AFTER
    return changes(compared(one, other), one, other)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # one quantity in two forms
        ("新增企业3家。", "新增企业三家。", [("script", "3", "三")]),
        ("投资5万元。", "投资50000元。", [("script", "5万", "50000")]),
        ("投资1.2亿元。", "投资12000万元。", [("script", "1.2亿", "12000万")]),
        ("投资1.2亿元。", "投资一亿二千万元。", [("script", "1.2亿", "一亿二千万")]),
        ("增长74.5%。", "增长百分之七十四点五。", [("script", "74.5%", "百分之七十四点五")]),
        ("增长30%。", "增长三成。", [("script", "30%", "三成")]),
        ("培训400余人。", "培训四百多人。", [("script", "400余", "四百多")]),
        ("共1,485件。", "共１４８５件。", [("script", "1,485", "１４８５")]),
        # another one
        ("新增企业3家。", "新增企业五家。", [("figure", "3", "五")]),
        ("投资5万元。", "投资6亿元。", [("figure", "5万", "6亿")]),
        ("增长74.5%。", "增长百分之七。", [("figure", "74.5%", "百分之七")]),
        ("20__年完工。", "19__年完工。", [("figure", "20__", "19__")]),
        # hidden
        ("新增企业12家。", "新增企业若干家。", [("mask", "12", "若干")]),
        ("新增企业12家。", "新增企业**家。", [("mask", "12", "**")]),
        ("新增企业12家。", "新增企业○○家。", [("mask", "12", "○○")]),
        ("新增企业12家。", "新增企业○家。", [("mask", "12", "○")]),
        ("培训423人。", "培训400余人。", [("mask", "423", "400余")]),
        ("增长7.5%。", "增长x.x%。", [("mask", "7.5", "x.x")]),
        ("安化县科技局。", "某县科技局。", [("mask", "安化", "某")]),
        ("安化县科技局。", "某某县科技局。", [("mask", "安化", "某某")]),
        ("安化县科技局。", "××县科技局。", [("mask", "安化", "××")]),
        # damage
        ("开展宣传工作。", "开展宣传工�。", [("garble", "作", "�")]),
        ("开展宣传工作。", "开展宣\u200b传工作。", [("garble", "", "\u200b")]),
        ("开展宣传工作。", "开展宣传工口。", [("garble", "工作", "工口")]),
        ("年末完成任务。", "年未完成任务。", [("garble", "年末", "年未")]),
        ("三个人参加了。", "三个⼈参加了。", [("garble", "人", "⼈")]),
        # wording
        ("积极开展活动。", "用心开展活动。", [("synonym", "积极", "用心")]),
        ("加快推进工业发展。", "加快推进工业化发展。", [("synonym", "工业", "工业化")]),
        ("由省或者市批准。", "由省或市批准。", [("synonym", "或者", "或")]),
        ("在国家层面推广。", "推广。", [("deletion", "在国家层面", "")]),
        ("认真总结经验。", "认真总结经验，切实增强服务意识。", [("insertion", "", "，切实增强服务意识")]),
        (
            "认真总结经验。",
            "认真总结心得，切实增强服务意识。",
            [("synonym", "经验", "心得"), ("insertion", "", "，切实增强服务意识")],
        ),
        (
            "认真总结经验，切实增强服务意识。",
            "认真总结心得。",
            [("synonym", "经验", "心得"), ("deletion", "，切实增强服务意识", "")],
        ),
        ("认真总结、推广。", "认真总结，推广。", [("punctuation", "、", "，")]),
    ],
)  # fmt: skip
def test_the_kind_of_one_edit(left: str, right: str, expected: list[tuple[str, str, str]]) -> None:
    """One thing done, one edit, of that kind and no wider."""
    assert edits(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [("本市共同推进。", "本县共同推进。"), ("加强人员培训。", "加强人士培训。"), ("进一步提高。", "更加提高。")],
)
def test_another_word_is_no_damage(left: str, right: str) -> None:
    """Two words that differ in one character are wording, also where that character looks like a stroke."""
    assert [kind for kind, _, _ in edits(left, right)] == ["synonym"]


def test_a_word_put_in_before_its_like_is_whole() -> None:
    """大力 before 大规模: not 力大 after 大."""
    assert edits("我们全面大规模推广。", "我们全面大力大规模推广。") == [("insertion", "", "大力")]


def test_a_mark_of_emphasis_is_no_figure() -> None:
    """`**` around words comes and goes as punctuation does."""
    assert {kind for kind, _, _ in edits("这是重点工作之一。", "这是**重点**工作之一。")} == {"punctuation"}
