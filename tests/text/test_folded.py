"""The folded text and its way back: every folded character leads to the original stretch it stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Exclusion, FoldedText, Repair
from kejidiff.span import Span
from kejidiff.text.fold import fold_characters
from kejidiff.text.folded import fold_reading
from kejidiff.text.reading import read_as

NOTHING = np.zeros(0, dtype=np.int32)
PIECES = st.lists(
    st.sampled_from(
        ["創新", "2013", "，", "。", "xx.x%", " ", "\n", "x", "科技", "_", "《", "Ａ", "\u200b", "𠮷", "，\n"]
    ),
    max_size=20,
)


def folded(text: str, repairs: list[Repair] | None = None, excluded: list[Exclusion] | None = None) -> FoldedText:
    return fold_reading(read_as(text, Span(0, len(text)), repairs or [], excluded or []), NOTHING)


def test_a_sentence() -> None:
    """Figures become one symbol that leads back to all of the figure; marks are left out and part clauses."""
    result = folded("20__年，實現増加值12.5億元。二是創新")
    assert result.text == "#年实现增加值#亿元二是创新"
    assert result.span(0, 2) == Span(0, 5)
    assert result.span(7, 8).of("20__年，實現増加值12.5億元。二是創新") == "12.5"
    assert result.breaks.tolist() == [0, 10, 14]
    assert result.clauses.tolist() == [0, 2, 10, 14]


def test_repairs_are_read_and_exclusions_are_not() -> None:
    """A note vanishes, a damaged run is read as repaired and leads back to itself, a page mark joins what it cut."""
    text = "創(chuàng)新た萍既发展\n2、目标"
    repairs = [Repair(Span(1, 9), "pinyin-note", ""), Repair(Span(10, 13), "gbk-shift", "海科技人")]
    result = folded(text, repairs, [Exclusion(Span(15, 18), "page-mark")])
    assert result.text == "创新海科技人发展目标"
    assert result.span(2, 6).of(text) == "た萍既"
    assert result.span(6, 10).of(text) == "发展\n2、目标"


def test_a_figure_torn_by_a_page_mark_is_one_figure() -> None:
    """`x` at a page's end and `x.x亿元` on the next page are the mask xx.x (as they stand in seed 004)."""
    text = "支出x\n\n2、x.x亿元"
    result = folded(text, excluded=[Exclusion(Span(3, 7), "page-mark")])
    assert result.text == "支出#亿元"
    assert result.span(2, 3).of(text) == "x\n\n2、x.x"


@given(PIECES)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_the_way_back_is_valid(pieces: list[str]) -> None:
    """Starts and ends ascend inside the text, and the original stretch of a character folds to that character."""
    text = "".join(pieces)
    result = folded(text)
    assert len(result.starts) == len(result.ends) == len(result.text)
    assert (np.diff(result.starts) > 0).all()
    assert (result.starts < result.ends).all()
    assert (result.ends[:-1] <= result.starts[1:]).all()
    for at, character in enumerate(result.text):
        original = result.span(at, at + 1).of(text)
        assert character == "#" or fold_characters(original) == character


@given(PIECES)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_breaks_and_clauses_are_ordered_and_whole(pieces: list[str]) -> None:
    """Both run from 0 to the end without repeats, and every sentence break is a clause break."""
    result = folded("".join(pieces))
    for offsets in (result.breaks, result.clauses):
        assert offsets[0] == 0
        assert offsets[-1] == len(result.text)
        assert (np.diff(offsets) > 0).all()
    assert set(result.breaks.tolist()) <= set(result.clauses.tolist())


@pytest.mark.parametrize("text", ["", "。。", "\ud800", "a" * 3, "２"])
def test_odd_texts_fold(text: str) -> None:
    """Nothing to fold, marks alone, a lone surrogate: never an exception."""
    assert len(folded(text).text) <= len(text)
