"""Folding: characters that compare alike become one, character by character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text.fold import codes_of, fold_characters, fold_table, text_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("創新驅動發展", "创新驱动发展"),
        ("陜西", "陕西"),
        ("ＧＤＰ增长", "gdp增长"),
        ("２０１３年", "2013年"),
        ("一、二。三！（四）“五”", "一二三四五"),
        ("空 格\u3000和\u200b零宽", "空格和零宽"),
        ("⻓江⻋站", "长江车站"),
        ("囯家髙新区", "国家高新区"),
        ("ОЕМ与ΟΕΜ", "oem与oem"),
        ("5μm和5mm", "5μm和5mm"),
        ("対応する", "对应する"),
        ("著名、显着", "着名显着"),
        ("㎡", "㎡"[:0]),
        ("", ""),
    ],
)
def test_what_a_character_folds_to(text: str, folded: str) -> None:
    """Script, width, case and written variants fold; marks, blanks and invisible characters go."""
    assert fold_characters(text) == folded


@given(st.text(max_size=60))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_a_character_folds_alike_wherever_it_stands(text: str) -> None:
    """The fold of a text is the fold of its characters, one after the other."""
    assert fold_characters(text) == "".join(fold_characters(character) for character in text)


@given(st.text(max_size=60))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Folded text is a fixed point: repairs and dictionaries may be folded again."""
    once = fold_characters(text)
    assert fold_characters(once) == once


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_one_code_point_in_one_out(text: str) -> None:
    """The table keeps the shape of what it is given, lone surrogates and astral characters included."""
    assert text_of(codes_of(text)) == text
    assert fold_table().fold(codes_of(text)).shape == (len(text),)
