"""Two units -> what they share: offsets and scripts that make one text of the other, nothing claimed that is not so."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kejidiff.align.unit_blocks import Block, find_blocks
from kejidiff.align.units import UnitMatch, match_units
from kejidiff.options import BulkOptions

OPTIONS = BulkOptions()
GRAM = OPTIONS.gram
HANZI = [chr(0x4E00 + number) for number in range(1500)]
Places = list[tuple[int, int]]


def prose(seed: int, length: int) -> str:
    """Characters that hardly ever repeat a run."""
    return "".join(random.Random(seed).choices(HANZI, k=length))


def edited(text: str, seed: int, share: float) -> str:
    """A share of the characters exchanged, left out or followed by another."""
    drawn = random.Random(seed)
    changes = [lambda c: drawn.choice(HANZI), lambda c: "", lambda c: c + drawn.choice(HANZI)]
    return "".join(drawn.choice(changes)(c) if drawn.random() < share else c for c in text)


def shared_places(left: str, right: str, every: int = 1) -> Places:
    """What anchors tell: where a gram that both hold first stands, to two and to four characters; one in `every`."""
    lefts, rights = first_places(left), first_places(right)
    grams = [gram for gram in lefts if gram in rights and sum(map(ord, gram)) % every == 0]
    return [(lefts[gram] // 2 * 2, rights[gram] // 4 * 4) for gram in grams]


def first_places(text: str) -> dict[str, int]:
    """Where each gram of a text first stands."""
    return {text[at : at + GRAM]: at for at in reversed(range(len(text) - GRAM + 1))}


def matched(left: str, right: str) -> list[UnitMatch]:
    """What is found with the anchors that the two really share."""
    return match_units(left, right, shared_places(left, right), OPTIONS)


def check(match: UnitMatch, left: str, right: str) -> None:
    """All that must hold of any match whatever the texts."""
    assert 0 <= match.left < match.left_end <= len(left)
    assert 0 <= match.right < match.right_end <= len(right)
    i, j, made, equal = match.left, match.right, [], []
    for kind, a, a_end, b, b_end in match.script:
        assert (a, b) == (i, j)
        assert (a_end > a) == (kind != "insert")
        assert (b_end > b) == (kind != "delete")
        if kind == "equal":
            assert left[a:a_end] == right[b:b_end]
            equal.append(a_end - a)
        made.append(left[a:a_end] if kind == "equal" else right[b:b_end])
        i, j = a_end, b_end
    assert (i, j) == (match.left_end, match.right_end)
    assert "".join(made) == right[match.right : match.right_end]
    for a, a_end, b, b_end in match.moved:
        assert match.left <= a < a_end <= match.left_end
        assert match.right <= b < b_end <= match.right_end
        assert similar(left[a:a_end], right[b:b_end]) >= 0.6
    if not match.moved:
        assert (match.matched, match.longest) == (sum(equal), max(equal))
    sizes = match.left_end - match.left + match.right_end - match.right
    if match.similarity != 2 * match.matched / sizes:  # put together from parts: as alike as the texts they stand in
        spans = left[match.left : match.left_end], right[match.right : match.right_end]
        assert match.similarity == pytest.approx(similar(*spans))
    assert match.longest <= match.matched <= min(match.left_end - match.left, match.right_end - match.right)


def similar(left: str, right: str) -> float:
    """Normalised indel similarity: twice the longest common subsequence, cell by cell, over both lengths."""
    before = [0] * (len(right) + 1)
    for one in left:
        row = [0]
        for j, other in enumerate(right):
            row.append(before[j] + 1 if one == other else max(before[j + 1], row[j]))
        before = row
    return 2 * before[-1] / (len(left) + len(right))


def disjoint(matches: list[UnitMatch]) -> bool:
    """No two overlap, on neither side."""
    return not any(
        (one.left < other.left_end and other.left < one.left_end)
        or (one.right < other.right_end and other.right < one.right_end)
        for at, one in enumerate(matches)
        for other in matches[:at]
    )


def test_equal_units_are_one_match() -> None:
    """No script to look for, and no place."""
    text = prose(1, 200)
    expected = UnitMatch(0, 200, 0, 200, 1.0, 200, 200, [("equal", 0, 200, 0, 200)])
    assert match_units(text, text, [], OPTIONS) == [expected]


def test_one_changed_word_is_in_the_script() -> None:
    """The whole units, with a word exchanged and one left out."""
    left, right = (
        "全市上下团结一心攻坚克难圆满完成了全年各项目标任务",
        "全市上下团结一心奋力拼搏圆满完成全年各项目标任务",
    )
    (match,) = match_units(left, right, [], OPTIONS)
    check(match, left, right)
    assert [step for step in match.script if step[0] != "equal"] == [
        ("replace", 8, 12, 8, 12),
        ("delete", 16, 17, 16, 16),
    ]


def test_a_sentence_among_fresh_ones_is_found_where_it_stands() -> None:
    """An embedded copy is one match with its bounds, give or take what happens to be equal beside it."""
    copy = prose(2, 120)
    left, right = prose(3, 150) + copy + prose(4, 100), prose(5, 80) + copy + prose(6, 200)
    (match,) = matched(left, right)
    check(match, left, right)
    assert (match.left, match.left_end, match.right, match.right_end) == (150, 270, 80, 200)


def test_sentences_in_another_order_are_moved() -> None:
    """One match for the paragraph: the longest stretch in its place, the others moved."""
    a, b, c = prose(7, 60), prose(8, 120), prose(9, 80)
    (match,) = matched(a + b + c, c + b + a)
    check(match, a + b + c, c + b + a)
    assert (match.left, match.left_end, match.matched, match.longest) == (0, 260, 260, 120)
    assert sorted(match.moved) == [(0, 60, 200, 260), (180, 260, 0, 80)]


def test_stretches_that_touch_are_not_lost() -> None:
    """Two blocks whose ends happen to agree in a character share it out."""
    a, b = prose(10, 100) + "的", "在" + prose(11, 90)
    left, right = a + b + prose(12, 200), "在" + prose(13, 150) + b + "全" + a + b[0] + prose(14, 40)
    matches = matched(left, right)
    assert sum(match.matched for match in matches) >= 190


@pytest.mark.parametrize("shared", [0, 12, 30])
def test_unrelated_units_have_nothing(shared: int) -> None:
    """Nor have those with a stock phrase in common."""
    phrase = prose(15, shared)
    assert not matched(prose(16, 200) + phrase + prose(17, 100), prose(18, 100) + phrase + prose(19, 150))


def test_titles_of_one_kind_of_report_are_no_copies() -> None:
    """Short units that agree in fewer characters than a unit must have share nothing; equal ones do."""
    left, right = "德安县人力资源社会保障局2015年工作总结", "长平县人力资源社会保障局2011年工作总结"
    assert not matched(left, right)
    assert matched(left, left)


@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.1, 0.2, 0.3]), st.integers(40, 511))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_an_edited_copy_is_found_nearly_whole(seed: int, share: float, length: int) -> None:
    """Up to three of ten characters changed: the match covers nine tenths of both sides."""
    left = prose(seed, length)
    right = edited(left, seed + 1, share)[:511]
    (match,) = matched(left, right)
    check(match, left, right)
    assert match.left_end - match.left >= 0.9 * min(len(left), len(right)) - 4


PIECES = st.lists(st.tuples(st.integers(0, 5), st.integers(5, 120), st.sampled_from([0.0, 0.0, 0.1, 0.3])), max_size=6)


def put_together(pieces: list[tuple[int, int, float]]) -> str:
    """Stretches of five texts, some edited, in any order, as long as a unit can be."""
    return "".join(edited(prose(number, length), number + length, share) for number, length, share in pieces)[:511]


@given(PIECES, PIECES, st.integers(1, 4))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_whatever_is_found_is_so(
    lefts: list[tuple[int, int, float]], rights: list[tuple[int, int, float]], every: int
) -> None:
    """Offsets, scripts, moved stretches and figures of every match hold; matches are by place, and disjoint."""
    left, right = put_together(lefts) or "科", put_together(rights) or "技"
    matches = match_units(left, right, shared_places(left, right, every), OPTIONS)
    for match in matches:
        check(match, left, right)
    assert disjoint(matches)
    assert [match.left for match in matches] == sorted(match.left for match in matches)


@given(PIECES, PIECES)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_either_side_finds_about_the_same(
    lefts: list[tuple[int, int, float]], rights: list[tuple[int, int, float]]
) -> None:
    """Left and right exchanged, as many characters are equal, but for ties that fall otherwise."""
    left, right = put_together(lefts) or "科", put_together(rights) or "技"
    one, other = matched(left, right), matched(right, left)
    assert abs(sum(match.matched for match in one) - sum(match.matched for match in other)) <= 0.2 * 511
    assert bool(one) == bool(other)


@given(st.text("ab科", min_size=1, max_size=511), st.text("ab科", min_size=1, max_size=511))
@example("a" * 511, "a" * 510)
@example("a" * 511, "b" + "a" * 510)
@example("甲乙丙" * 170, "乙丙甲" * 170)
@example("0123456789" * 51, "1234567890" * 51)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_hostile_texts_keep_the_law(left: str, right: str) -> None:
    """One character over and over, periods, three letters at random: what is found is so, and places are few."""
    places = shared_places(left, right)
    assert len(places) <= 511
    for match in match_units(left, right, places, OPTIONS):
        check(match, left, right)


@given(st.lists(st.tuples(st.integers(0, 511), st.integers(0, 511)), max_size=60))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_every_place_is_in_a_block(places: list[tuple[int, int]]) -> None:
    """Blocks count each place once, hold their bounds, and take neighbours along one diagonal."""
    blocks = find_blocks(sorted(places))
    assert sum(block.anchors for block in blocks) == len(places)
    for block in blocks:
        assert block.left <= block.left_end
        assert block.right <= block.right_end
        assert any(left == block.left for left, _ in places)
        assert any(right == block.right_end for _, right in places)
    for left, right in places:
        assert any(b.left <= left <= b.left_end and b.right <= right <= b.right_end for b in blocks)


def test_a_diagonal_is_one_block_and_a_jump_begins_another() -> None:
    """What was put in between moves the diagonal a little; a moved sentence, far."""
    places = [(0, 100), (30, 131), (60, 158), (90, 10), (110, 30), (300, 220)]
    assert find_blocks(sorted(places)) == [
        Block(0, 60, 100, 158, 3),
        Block(90, 110, 10, 30, 2),
        Block(300, 300, 220, 220, 1),
    ]
