"""Alignment: what belongs together is one passage, in the right place on both sides, and nothing else is."""

import pytest
from aligning import compared
from hypothesis import given, settings
from hypothesis import strategies as st
from test_edits import LEFT, SENTENCES

from kejidiff.span import Span

#: A stretch of another genre, written for these tests: shares no run of note with `LEFT`.
OTHER = (
    "清晨的码头还笼着薄雾，老船工把缆绳一圈圈盘好，孩子们追着海鸥跑过栈桥。\n"
    "祖母在灶台前熬粥，米香漫过窗棂，墙角那只花猫打了个长长的哈欠又睡去。\n"
    "山路弯弯绕绕，货郎的铃铛声时近时远，松针落了一地，踩上去软软的没有声响。\n"
)


def test_a_copied_stretch_is_found_where_it_stands() -> None:
    """One passage, whole sentences, exact on both sides."""
    left, right = LEFT + "\n" + OTHER, OTHER[::-1] + "。\n" + LEFT
    comparison = compared(left, right)
    assert [(passage.left, passage.right) for passage in comparison.passages] == [
        (Span(0, len(LEFT)), Span(len(OTHER) + 2, len(OTHER) + 2 + len(LEFT)))
    ]
    assert comparison.passages[0].tier == "verbatim"
    assert comparison.passages[0].similarity == 1.0


def test_unrelated_texts_share_nothing() -> None:
    """No passage, no fragment."""
    comparison = compared(LEFT, OTHER)
    assert comparison.passages == ()
    assert comparison.alignment.fragments == ()


def test_three_stock_phrases_side_by_side_are_no_passage() -> None:
    """Strength is demanded beyond what three capped phrases can give."""
    left = "在市委市政府的正确领导下，在上级业务部门的精心指导下，圆满完成了全年各项目标任务。" + OTHER
    right = SENTENCES[0] + "在市委市政府的正确领导下，在上级业务部门的精心指导下，圆满完成了全年各项目标任务。"
    assert compared(left, right).left_reuse < 0.5


def test_blocks_that_changed_places_are_two_passages_in_left_order() -> None:
    """Far from each other they are found apart, and do not overlap on either side."""
    one, two = "".join(SENTENCES[:3]), "".join(SENTENCES[3:]) + SENTENCES[0][::-1]
    left, right = one + "\n" + OTHER * 3 + two, two + "\n" + OTHER[::-1] * 3 + one
    passages = compared(left, right).passages
    assert [left[passage.left.start :][:6] for passage in passages] == [one[:6], two[:6]]
    assert passages[0].right.start > passages[1].right.start


def test_paragraphs_pair_one_to_one_and_moves_are_marked() -> None:
    """Each paragraph has one partner; the one that changed places says so."""
    left = "\n".join(SENTENCES)
    right = "\n".join((*SENTENCES[1:], SENTENCES[0]))
    pairs = compared(left, right).pairs
    assert [(pair.left, pair.right, pair.moved) for pair in pairs] == [
        (0, 4, True),
        (1, 0, False),
        (2, 1, False),
        (3, 2, False),
        (4, 3, False),
    ]
    assert {pair.tier for pair in pairs} == {"verbatim"}


def test_a_short_verbatim_run_is_a_fragment() -> None:
    """Thirteen characters and more outside passages are listed with their place; twelve are not."""
    thirteen, twelve = "凤鸣纤维材料技术研究院成为", "龙翔街道濮院镇争创专利示"
    left, right = (
        OTHER + thirteen + "啊。" + twelve + "呀。",
        "哦，" + twelve + "嗯。" + OTHER[::-1] + thirteen + "嘛。",
    )
    fragments = compared(left, right).alignment.fragments
    assert [(fragment.left.of(left), fragment.right.of(right), fragment.length) for fragment in fragments] == [
        (thirteen, thirteen, 13)
    ]


def shared_runs(left: str, right: str, length: int) -> set[int]:
    return {at for at in range(len(left) - length + 1) if left[at : at + length] in right}


@given(st.text(alphabet="甲乙丙", max_size=60), st.text(alphabet="甲乙丙", max_size=60))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_no_verbatim_run_of_13_is_missed(left: str, right: str) -> None:
    """Judged by brute force on both sides: 13 characters that stand in the other text lie in a fragment, or more than
    half of them in passages."""
    comparison = compared(left, right)
    parts = [*comparison.passages, *comparison.alignment.fragments]
    for text, other, found in (
        (left, right, [part.left for part in parts]),
        (right, left, [part.right for part in parts]),
    ):
        covered = {at for span in found for at in range(span.start, span.end)}
        for at in shared_runs(text, other, 13):
            assert 2 * len(covered & set(range(at, at + 13))) > 13


@pytest.mark.parametrize("text", ["的" * 300, "县科技局举办了一次培训活动。", "甲乙丙" * 200, "关于表彰的通知"])
def test_equal_texts_are_one_passage(text: str) -> None:
    """However short, however repetitive: a text is a copy of its copy."""
    (passage,) = compared(text, text).passages
    assert (passage.tier, passage.similarity, passage.left.start, passage.right.start) == ("verbatim", 1.0, 0, 0)


def test_a_page_is_found_in_a_text_that_repeats_it() -> None:
    """Five hundred copies of a page against the page: too many equal grams to pair them all, and yet a passage."""
    page = "\n".join(SENTENCES) + "\n"
    (passage,) = compared(page, page * 500).passages
    assert passage.left.length >= 0.9 * len(page)


@given(st.permutations(range(len(SENTENCES))), st.integers(0, 4))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_passages_never_overlap_on_either_side(order: list[int], kept: int) -> None:
    """However sentences are shuffled and repeated, no character is part of two passages."""
    left = "\n".join(SENTENCES) + "\n" + OTHER
    right = "\n".join([SENTENCES[at] for at in order] + [SENTENCES[at] for at in order[:kept]])
    passages = compared(left, right).passages
    for one in passages:
        for other in passages:
            assert one is other or not (one.left.overlaps(other.left) or one.right.overlaps(other.right))


def test_alignment_has_a_mirror() -> None:
    """Left against right finds what right against left finds."""
    left, right = LEFT + OTHER, OTHER[:40] + LEFT.replace("成为", "变成").replace("名校", "")
    there, back = compared(left, right), compared(right, left)
    assert [(passage.left, passage.right) for passage in there.passages] == [
        (passage.right, passage.left) for passage in back.passages
    ]
