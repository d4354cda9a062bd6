"""Layout: what lays a text out is gone before figures are looked for, and nothing else is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.span import Span
from kejidiff.text.layout import without_layout
from kejidiff.text.reading import read_as


def laid_plain(text: str, *paragraphs: int) -> str:
    """The text without layout; paragraphs begin at 0 and at the offsets given."""
    starts = np.array([0, *paragraphs], dtype=np.int32)
    return without_layout(read_as(text, Span(0, len(text)), (), ()), starts).text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("共有2\u200b019人", "共有2019人"),
        ("总\u0336额\u03361\u20602\ufe0f", "总额12"),
        ("合 计 完 成 6 1 % ， 同 比 增 长", "合计完成61%，同比增长"),
        ("合\u3000计\u3000完\u3000成\u30006\u30001\u3000%\u3000，\u3000同\u3000比", "合计完成61%，同比"),
        ("共\U000e01002\U000e00410\u31641\ufff99人", "共2019人"),
        ("合\u2009计\u2009完\u2009成\u20096\u20091\u2009%\u2009，\u2009同\u2009比", "合计完成61%，同比"),
        ("科_技_创_新_工_作_总_结_报", "科技创新工作总结报"),
        ("张*李*王*赵*", "张*李*王*赵*"),
        ("总 结", "总 结"),
        ("甲 乙 丙 丁 戊 己 庚", "甲 乙 丙 丁 戊 己 庚"),
        ("a b c d e f g h i j k", "a b c d e f g h i j k"),
        ("1 2 3 4 5 6 7 8 9 0 1 2", "1 2 3 4 5 6 7 8 9 0 1 2"),
        ("指标 12 34 56 78 90 12 34", "指标 12 34 56 78 90 12 34"),
        ("", ""),
    ],
)
def test_what_lays_text_out(text: str, plain: str) -> None:
    """Invisible characters go, blanks only where eight Hanzi or more are spaced; cells of a table stay apart."""
    assert laid_plain(text) == plain


def test_only_breaks_inside_a_paragraph_go() -> None:
    """A line that was cut within 1.86 is whole again; the break before the next paragraph stays, with its blanks."""
    text = "登记额达到1.8\n6亿元\n\n  二、农业\n"
    assert laid_plain(text, text.index("二")) == "登记额达到1.86亿元\n\n  二、农业\n"


@given(st.text(alphabet="科技12. \n\u200b\u3000%，", max_size=60))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_each_character_keeps_its_place(text: str) -> None:
    """What is left is part of the original, in order, and every character knows where it stands there."""
    reading = without_layout(read_as(text, Span(0, len(text)), (), ()), np.zeros(1, dtype=np.int32))
    assert "".join(text[start:end] for start, end in zip(reading.starts, reading.ends, strict=True)) == reading.text
    assert [c for c in reading.text if c.isalnum()] == [c for c in text if c.isalnum()]
