"""Text -> quantities and what they are worth: 5万 is 50000, 百分之七十四点五 is 74.5%, 三成 is 30%, 400余 is hidden.

Found generously (any 一 is a quantity here): meant for the places where two texts differ, to tell whether one quantity
was written in two forms, changed, or hidden. Values are exact decimals kept as strings.
Source of the forms: GB/T 15835-2011 (how figures are written in publications). Limitations: fractions (三分之一),
ordinals of the stems, and money in 角 and 分 are read as the figures in them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from kejidiff.span import Span

#: Digits as they stand one after another: 二〇一三, 二○一三.
NUMERAL_DIGITS = "〇○零一二三四五六七八九"
_DIGIT = "0-9０-９"
_HANZI = f"{NUMERAL_DIGITS}两十百千"
_ARABIC = rf"(?>[{_DIGIT}]{{1,3}}(?:[,，][{_DIGIT}]{{3}})+(?![{_DIGIT}])|[{_DIGIT}]+)(?:[.．][{_DIGIT}]+)?"
#: 千 that belongs to the unit behind it.
_KILO = "千[米克瓦]"
_NUMERAL = rf"(?:(?!{_KILO})[{_HANZI}])++(?:点[{NUMERAL_DIGITS}]++)?"
_MARKS = "xXｘＸ×✕_＿*＊□◯"
_HIDDEN = (
    rf"[{_MARKS}]++(?:[.．][{_MARKS}{_DIGIT}]++)?|○○++(?![{NUMERAL_DIGITS}])|某(?=[年月日个])|若干|[数几](?=[十百千万亿个家项名人年次种])"
    "|多(?=[个家项名次种批位所条])"
)
#: Units that say how much, by what they come to; the others (元, 家) are wording.
_UNITS: dict[str, tuple[str, int]] = {
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "吨": ("公斤", 1000),
    "公斤": ("公斤", 1),
    "千克": ("公斤", 1),
    "公顷": ("亩", 15),
    "亩": ("亩", 1),
}
#: 成 is tenths, but not in 三成立, 一成果.
_TENTHS = "成(?![立为功果员就绩效本长熟分都交品年人套])"
_QUANTITY = re.compile(
    r"(?:(?P<of>百分之|千分之|万分之))?"
    rf"(?P<body>(?:(?:{_ARABIC}|{_HIDDEN}|{_NUMERAL})(?:[余多](?![{_DIGIT}]))?(?:(?!{_KILO})[百千万亿])*+)++)"
    rf"(?P<sign>[%％‰]|{_TENTHS})?(?P<unit>{'|'.join(_UNITS)})?"
)
_PART = re.compile(rf"(?!○○)(?P<number>{_ARABIC}|{_NUMERAL})(?P<times>(?:(?!{_KILO})[百千万亿])*)")
#: 400余, 十多万: a figure that keeps back how much more.
_ABOUT = re.compile("[余多]")
#: What lays a figure out and is no part of it; radical signs for numerals (⼀, ⼆), as text copied from a PDF has them.
_LAYOUT = re.compile(
    "[\\s\u00ad\u0300-\u036f\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
_RADICAL = re.compile("[\u2f00-\u2fdf]")
#: A body is read as a number up to this length: the longest in the sample reports and the corpus has 16 characters.
_LONGEST = 40
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_OF = {"百分之": -2, "千分之": -3, "万分之": -4, "%": -2, "％": -2, "‰": -3, "成": -1}
_VALUES = str.maketrans("〇○零一二两三四五六七八九", "0001223456789")


class Quantity(NamedTuple):
    """`span` in code points of the text it was found in (of the whole string, from `read_quantity`).

    value   a plain decimal, with its unit where that says how much; equal quantities have equal values
    hidden  True where a mark or a word (xx, 若干, 某, 余) keeps back what it is
    """

    span: Span
    value: str
    hidden: bool


def find_quantities(text: str) -> Iterator[Quantity]:
    """Ascending, disjoint, never empty."""
    for match in _QUANTITY.finditer(text):
        yield _read(match)


def read_quantity(text: str) -> Quantity:
    """The whole of `text` as one quantity; where it is none, its value is its half-width form in small letters.

    Blanks, line breaks and invisible characters inside it (`6 1`, where letters are spaced) say nothing.
    """
    whole, text = Span(0, len(text)), _LAYOUT.sub("", text)
    if _RADICAL.search(text):
        text = unicodedata.normalize("NFKC", text)
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    if match is not None:
        return _read(match)._replace(span=whole)
    return Quantity(whole, _plain(text), hidden=False)


def _read(match: "re.Match[str]") -> Quantity:
    span, body = Span(*match.span()), match["body"]
    unit, factor = _UNITS.get(match["unit"] or "", ("", 1))
    number = _number(_ABOUT.sub("", body)) if len(body) <= _LONGEST else None
    if number is None:
        return Quantity(span, _plain(match.group()), hidden=len(body) <= _LONGEST)
    mantissa, exponent = number
    shift = _OF.get(match["of"] or "", 0) + _OF.get(match["sign"] or "", 0)
    about = "余" if _ABOUT.search(body) else ""
    return Quantity(span, _decimal(mantissa * factor, exponent + shift) + about + unit, hidden=bool(about))


def _number(body: str) -> tuple[int, int] | None:
    """(mantissa, exponent of ten) of 1亿2000万, 三千五百万, 1,485.5; None where part of it is hidden."""
    parts: list[tuple[int, int]] = []
    at, last = 0, 0
    while at < len(body):
        match = _PART.match(body, at)
        if match is None:
            return None
        mantissa, exponent = _plain_number(match["number"])
        power = sum(_POWERS[unit] for unit in match["times"])
        if not power and last and len(match["number"]) == 1 and match["number"] in NUMERAL_DIGITS:
            power = last - 1  # 一万二 is 12000
        parts.append((mantissa, exponent + power))
        at, last = match.end(), power
    if not parts:
        return None
    least = min(exponent for _, exponent in parts)
    return sum(mantissa * 10 ** (exponent - least) for mantissa, exponent in parts), least


def _plain_number(number: str) -> tuple[int, int]:
    """(mantissa, exponent) of digits or of a numeral without 万 and 亿: 74.5, 七十四点五, 二〇一三."""
    whole, _, decimals = _half_width(number).replace("点", ".").partition(".")
    decimals = decimals.translate(_VALUES)
    if any(unit in whole for unit in "十百千"):
        value = _numeral(whole)
    else:
        value = int(whole.replace(",", "").translate(_VALUES))
    return value * 10 ** len(decimals) + int(decimals or "0"), -len(decimals)


def _numeral(numeral: str) -> int:
    """三十二 -> 32, 三百五 -> 350; of Hanzi below 万."""
    total, digit, unit, after_zero = 0, 0, 1, False
    for character in numeral:
        if character in "十百千":
            unit = 10 ** _POWERS[character]
            total += unit * (digit or 1)
            digit, after_zero = 0, False
        else:
            value = int(character.translate(_VALUES))
            after_zero = after_zero or value == 0
            digit = value
    return total + digit * (unit // 10 if unit > 10 and not after_zero else 1)


def _decimal(mantissa: int, exponent: int) -> str:
    """12, -1 -> "1.2"; no zeros at the end of the decimals."""
    if exponent >= 0:
        return str(mantissa * 10**exponent)
    digits = str(mantissa).rjust(1 - exponent, "0")
    return f"{digits[:exponent]}.{digits[exponent:]}".rstrip("0").rstrip(".")


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _plain(text: str) -> str:
    """Half width, small letters, numerals' digits as digits, no thousands commas."""
    return re.sub(r",(?=\d{3}(?!\d))", "", _half_width(text.translate(_VALUES))).lower()
