"""Figures and masks: where they stand, and when two of them say the same."""

import pytest

from kejidiff.figures import find_figures, is_mask, value_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2013年共40项", ["2013", "40"]),
        ("20__年与20xx年", ["20__", "20xx"]),
        ("增长xx.x%，达１２.５亿元", ["xx.x", "１２.５"]),
        ("以_理论为指导", ["_"]),
        ("××市投入×.×亿元", ["××", "×.×"]),
        ("发放1,485册，1、2、3", ["1,485", "1", "2", "3"]),
        ("二〇一三年和二○一四年", ["二〇一三", "二○一四"]),
        ("**重点**工作", []),
        ("编写xml和TeX文档", []),
        ("5G与GDP2", ["5", "2"]),
        ("一二三四五，一一对应，十百千行动", []),
        ("第三十二条、第五条、十五届一次", ["三十二", "五", "十五"]),
        ("一百零五人、三千五百万元", ["一百零五", "三千五百"]),
        ("○○市和□□公司", ["○○", "□□"]),
        ("○ 一是，□是□否", []),
        ("二○○九—二○一○年", ["二○一○"]),
        ("增长**%，**市投入*亿元", ["**", "**", "*"]),
        ("**加强**市场监管", []),
        ("某市某县", []),
        ("", []),
    ],
)
def test_where_figures_stand(text: str, found: list[str]) -> None:
    """Digits and the masks put in their place are figures; emphasis, words and plain numerals are not."""
    assert [figure.of(text) for figure in find_figures(text)] == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０１３", "2013"),
        ("1,485", "1485"),
        ("二○一三", "2013"),
        ("三十二", "32"),
        ("十五", "15"),
        ("一百零五", "105"),
        ("三千五百", "3500"),
        ("一千零五", "1005"),
        ("Xx", "xX"),
    ],
)
def test_equal_values_in_two_forms(one: str, other: str) -> None:
    """Width, thousands commas and the digits of a date do not make a figure another one."""
    assert value_of(one) == value_of(other)


@pytest.mark.parametrize(("one", "other"), [("2013", "2012"), ("1,48", "148"), ("20xx", "2013"), ("1.5", "15")])
def test_values_that_differ(one: str, other: str) -> None:
    """A changed digit, a decimal point and a mask do."""
    assert value_of(one) != value_of(other)


def test_masks() -> None:
    """A figure with any part hidden is a mask; 余 is one behind a figure, and a name's beginning elsewhere."""
    assert [is_mask(figure) for figure in ("○○", "□", "某", "若干", "400余")] == [True] * 5
    assert [is_mask(figure) for figure in ("二○一三", "余杭", "几何", "数学")] == [False] * 4
    assert [is_mask(figure) for figure in ("20__", "xx", "1×.5", "*3", "2013")] == [True, True, True, True, False]
