"""Text -> where its figures and masks stand: what folding writes as one symbol and alignment compares exactly.

A *figure* is a run of digits, with its decimal point or thousands commas; a *mask* is what a careful copyist puts in
its place (xx, 20__, ××.×, *, _). Both are found by one pattern, so that `20__` stands where `2013` stood.
A numeral in Hanzi counts when it is one beyond doubt: written with 十, 百 or 千 (三十二), after 第 (第五条), or as the
digits of a year (二〇一三年). 一 alone is a word more often than a figure.
"""

import re
import unicodedata
from collections.abc import Iterator

from kejidiff.span import Span

_DIGIT = "0-9０-９"
_MASK = "xXｘＸ×✕_＿"
_STARS = "*＊"
_ONES = "一二两三四五六七八九"
#: 十二, 三十, 一百零五, 三千五百: at least one of 十百千 and one digit, the units descending.
_BELOW_HUNDRED = f"(?:[{_ONES}]?十[{_ONES}]?|[{_ONES}])?"
_NUMERAL = (
    rf"(?:[{_ONES}]千零?(?:[{_ONES}]百零?)?{_BELOW_HUNDRED}"
    rf"|[{_ONES}]百零?{_BELOW_HUNDRED}|[{_ONES}]十[{_ONES}]?|十[{_ONES}])"
)

#: Digits and masks joined by points and commas; a mask letter must not belong to a Latin word (xml, TeX). Stars count
#: only beside a digit or another mask: alone they are Markdown emphasis or a list's bullet.
_FIGURE = re.compile(
    rf"(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[{_DIGIT}{_MASK}]|[{_STARS}]+(?=[{_DIGIT}{_MASK}]))"
    rf"(?:[{_DIGIT}{_MASK}{_STARS}]|[.．,，](?=[{_DIGIT}{_MASK}]))*(?![A-Za-zＡ-Ｚａ-ｚ])"
    rf"|[{_DIGIT}]+(?:[.．][{_DIGIT}]+)*"
    r"|[〇○零一二三四五六七八九]{4}(?=年)"
    rf"|{_NUMERAL}|(?<=第)[{_ONES}十](?=[条條章节節款项項届屆次批期])"
)
_IS_MASK = re.compile(rf"[{_MASK}{_STARS}]")
_DIGITS = str.maketrans("〇○零一二两三四五六七八九", "0001223456789")
_UNITS = {"千": 1000, "百": 100, "十": 10}


def find_figures(text: str) -> Iterator[Span]:
    """Ascending, disjoint, never empty; offsets count code points of `text`."""
    return (Span(*match.span()) for match in _FIGURE.finditer(text))


def is_mask(figure: str) -> bool:
    """True where part of the figure is hidden: `xx`, `20__`, `1x.x`."""
    return _IS_MASK.search(figure) is not None


def value_of(figure: str) -> str:
    """A figure in one form, so that equal values compare equal: half-width digits, no thousands commas, no numerals."""
    if any(unit in figure for unit in _UNITS):
        return str(_numeral(figure))
    plain = unicodedata.normalize("NFKC", figure.translate(_DIGITS))
    return re.sub(r",(?=\d{3}(?!\d))", "", plain).lower()


def _numeral(figure: str) -> int:
    """三十二 -> 32; the figure is one that `_NUMERAL` matches."""
    total, digit = 0, 0
    for character in figure:
        if character in _UNITS:
            total += _UNITS[character] * (digit or 1)
            digit = 0
        else:
            digit = int(character.translate(_DIGITS))
    return total + digit
