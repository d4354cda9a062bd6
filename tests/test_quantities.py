"""Quantities: one value for every way of writing it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.figures import value_of
from kejidiff.quantities import find_quantities, read_quantity

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        ("32", ["32", "３２", "三十二", "32.0"]),
        ("2013", ["2013", "二〇一三", "二○一三", "２０１３", "2,013"]),
        ("105", ["105", "一百零五", "一百〇五"]),
        ("14", ["14", "1\u200b4", "十\U000e0041四", "十\u3164四", "1\ufff94"]),
        ("3500", ["3500", "3,500", "三千五百", "三千五"]),
        ("20000", ["2万", "两万", "二万", "20000", "20,000"]),
        ("120000000", ["1.2亿", "12000万", "一亿二千万", "1亿2000万", "120000000", "１．２亿"]),
        ("0.745", ["74.5%", "74.5％", "７４．５％", "百分之七十四点五", "百分之74.5"]),
        ("0.3", ["30%", "三成", "3成", "百分之三十"]),
        ("0.005", ["5‰", "千分之五", "0.5%"]),
        ("5000公斤", ["5吨", "5000公斤", "五千公斤", "5000千克"]),
        ("5000000000000", ["5万亿", "五万亿", "50000亿"]),
        ("400余", ["400余", "400多", "四百余", "四百多"]),
        ("100000余", ["10余万", "十余万", "10多万"]),
    ],
)
def test_the_forms_of_a_value(value: str, forms: list[str]) -> None:
    """Each form reads as the same value."""
    assert {form: value_of(form) for form in forms} == dict.fromkeys(forms, value)


@pytest.mark.parametrize(
    ("one", "other"),
    [("5万", "5亿"), ("5%", "5"), ("三成", "三"), ("1.5", "15"), ("400余", "400"), ("20xx", "2013"), ("5吨", "5公斤")],
)
def test_different_values(one: str, other: str) -> None:
    """A multiplier, a percent sign, 余 or a unit of another size makes another value."""
    assert value_of(one) != value_of(other)


def test_where_quantities_stand() -> None:
    """Found whole, with what belongs to their value; what hides a figure is marked."""
    text = "投资一亿二千万元，增长百分之七十四点五，占三成，400余家，××市投入×.×亿元，若干项目，某年，一批三成立"
    found = [(quantity.span.of(text), quantity.hidden) for quantity in find_quantities(text)]
    assert found == [
        ("一亿二千万", False),
        ("百分之七十四点五", False),
        ("三成", False),
        ("400余", True),
        ("××", True),
        ("×.×亿", True),
        ("若干", True),
        ("某", True),
        ("一", False),
        ("三", False),
    ]


def numeral(number: int) -> str:
    """In Hanzi, as it is read aloud: the slow, obviously right way, place by place."""
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return numeral(high) + "亿" + (("零" if low < 10**7 else "") + numeral(low) if low else "")
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return numeral(high) + "万" + (("零" if low < 10**3 else "") + numeral(low) if low else "")
    places = [(number // unit % 10, name) for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, ""))]
    written, zero = "", False
    for digit, name in places:
        if digit:
            written += ("零" if zero and written else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return written or "零"


@given(st.integers(0, 10**11))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_every_form_of_an_integer_has_one_value(number: int) -> None:
    """Plain, full-width, with commas, in Hanzi, in 万 and in 亿 (where that is exact)."""
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    in_wan = f"{Decimal(number) / 10**4:f}万"
    in_yi = f"{Decimal(number) / 10**8:f}亿"
    assert {value_of(form) for form in (str(number), wide, f"{number:,}", numeral(number), in_wan, in_yi)} == {
        str(number)
    }


@given(st.integers(0, 99_999), st.integers(1, 3))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_every_form_of_a_percentage_has_one_value(mantissa: int, places: int) -> None:
    """74.5%, 74.5％, 百分之74.5 and 百分之七十四点五 are one."""
    whole, decimals = divmod(mantissa, 10**places)
    spoken = f"百分之{numeral(whole)}点{''.join(DIGITS[int(digit)] for digit in f'{decimals:0{places}d}')}"
    plain = f"{whole}.{decimals:0{places}d}"
    assert len({value_of(form) for form in (f"{plain}%", f"{plain}％", f"百分之{plain}", spoken)}) == 1


@given(st.text(st.sampled_from("0１9,，.．%两一二十百千万亿零点〇○□×x*余多成某若干数几 家吨\ud800"), max_size=30))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_any_text_is_read(text: str) -> None:
    """Spans ascend, none is empty, values are never empty, whatever stands there."""
    at = 0
    for quantity in find_quantities(text):
        assert at <= quantity.span.start < quantity.span.end
        assert quantity.value
        at = quantity.span.end
    assert read_quantity(text).span == (0, len(text))
