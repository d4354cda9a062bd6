"""Moves: what was taken out here and put in there, as it was or touched up."""

import pytest
from aligning import changes, compared

SENTENCES = (
    "凤鸣纤维材料技术研究院成为我市首家省级重大创新平台，填补了桐乡县市区级空白。",
    "聘任十一名专家教授为大院名校首席顾问，全年签订产学研合作协议四十七份。",
    "新增国家火炬计划重点高新技术企业三家，完成工业新产品产值一百九十亿元。",
    "科创中心在孵企业六十三家，毕业企业十九家，吸纳大学生创业就业四百余人。",
    "龙翔街道濮院镇争创专利示范镇，授权专利二千一百零六件，居嘉兴首位。",
)
LEFT = "".join(SENTENCES)


@pytest.mark.parametrize("order", [(1, 2, 3, 0, 4), (0, 1, 3, 2, 4), (4, 0, 1, 2, 3), (0, 3, 1, 2, 4)])
def test_a_moved_sentence_is_two_halves(order: tuple[int, ...]) -> None:
    """Nothing else is said of it; what went is what came, but for a mark at its edge."""
    right = "".join(SENTENCES[at] for at in order)
    found = changes(compared(LEFT, right), LEFT, right)
    assert [kind for kind, _, _ in found] == ["move", "move"]
    assert found[0][1].strip("。") + found[0][2].strip("。") == found[1][1].strip("。") + found[1][2].strip("。")


def test_a_moved_sentence_may_be_touched_up() -> None:
    """Two of its words exchanged, it is moved all the same."""
    touched = SENTENCES[0].replace("成为", "变成").replace("填补", "弥补")
    right = "".join((*SENTENCES[1:4], touched, SENTENCES[4]))
    assert [kind for kind, _, _ in changes(compared(LEFT, right), LEFT, right)] == ["move", "move"]


def test_an_edit_beside_a_move_is_its_own() -> None:
    """What was deleted next to where a sentence left is a deletion."""
    right = "".join((SENTENCES[0], SENTENCES[2].removeprefix("新增"), SENTENCES[3], SENTENCES[1], SENTENCES[4]))
    kinds = sorted(kind for kind, _, _ in changes(compared(LEFT, right), LEFT, right))
    assert kinds == ["deletion", "move", "move"]


def test_new_text_is_no_move() -> None:
    """A sentence left out here and another one put in there are a deletion and an insertion."""
    right = "".join((SENTENCES[0], *SENTENCES[2:4], "举办银企对接活动和科普宣传周，受到群众欢迎。", SENTENCES[4]))
    assert sorted(kind for kind, _, _ in changes(compared(LEFT, right), LEFT, right)) == ["deletion", "insertion"]
