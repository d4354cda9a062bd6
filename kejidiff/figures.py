"""Text -> where its figures and masks stand, and what they say: one symbol to folding, a value to everything else.

A *figure* is a run of digits, with its decimal point or thousands commas; a *mask* is what a careful copyist puts in
its place (xx, 20__, ××.×, **, ○○, _). Both are found by one pattern, so that `20__` stands where `2013` stood.
A numeral in Hanzi counts when it is one beyond doubt: written with 十, 百 or 千 (三十二), after 第 (第五条), or as the
digits of a year (二〇一三年). 一 alone is a word more often than a figure.

A *quantity* is a figure with all that belongs to its value (`kejidiff.quantities` finds and reads them).
"""

import re
from collections.abc import Iterator

from kejidiff.quantities import NUMERAL_DIGITS, read_quantity
from kejidiff.span import Span

_DIGIT = "0-9０-９"
_MASK = "xXｘＸ×✕_＿"
_STARS = "*＊"
#: Circles and boxes hide a name or a figure from two on: one alone is a list's bullet, or a box to tick.
_RINGS = "○〇◯□"
_ONES = "一二两三四五六七八九"
#: 十二, 三十, 一百零五, 三千五百: at least one of 十百千 and one digit, the units descending.
_BELOW_HUNDRED = f"(?:[{_ONES}]?十[{_ONES}]?|[{_ONES}])?"
_NUMERAL = (
    rf"(?:[{_ONES}]千零?(?:[{_ONES}]百零?)?{_BELOW_HUNDRED}"
    rf"|[{_ONES}]百零?{_BELOW_HUNDRED}|[{_ONES}]十[{_ONES}]?|十[{_ONES}])"
)
#: What a hidden figure or name is followed by: stars before anything else are emphasis or a footnote.
_HIDDEN_BEFORE = "%％‰万亿千百个家项人名件年月日元吨亩户省市县区旗镇乡村局厅"

#: Digits and masks joined by points and commas; a mask letter must not belong to a Latin word (xml, TeX). Stars count
#: beside a digit or another mask, or between a word and a unit; elsewhere they are Markdown emphasis or a bullet.
_FIGURE = re.compile(
    rf"(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[{_DIGIT}{_MASK}]|(?<![{_STARS}])[{_STARS}]++(?=[{_DIGIT}{_MASK}]))"
    rf"(?:[{_DIGIT}{_MASK}{_STARS}]|[.．,，](?=[{_DIGIT}{_MASK}]))*(?![A-Za-zＡ-Ｚａ-ｚ])"
    rf"|[{_DIGIT}]+(?:[.．][{_DIGIT}]+)*"
    rf"|[{NUMERAL_DIGITS}]{{4}}(?=年)"
    rf"|{_NUMERAL}|(?<=第)[{_ONES}十](?=[条條章节節款項项届屆次批期])"
    rf"|(?<![{NUMERAL_DIGITS}□◯])[{_RINGS}]{{2,8}}(?![{NUMERAL_DIGITS}□◯])"
    rf"|(?<=[\u4e00-\u9fff“”、，。,（(])[{_STARS}]{{1,4}}(?=[{_HIDDEN_BEFORE}])"
)
_IS_MASK = re.compile(
    rf"[{_MASK}{_STARS}□◯]|^[{_RINGS}]{{2,}}$|某|若干|^[数几](?=[十百千万亿个家项名人])|(?<=[{_DIGIT}{NUMERAL_DIGITS}十百千万亿])[余多]"
)
#: Emphasis is seldom longer; the stars that close it look like a mask where a unit follows.
_EMPHASIS = 40


def find_figures(text: str) -> Iterator[Span]:
    """Ascending, disjoint, never empty; offsets count code points of `text`."""
    for match in _FIGURE.finditer(text):
        if match.group()[0] not in _STARS or not _closes_emphasis(text, match):
            yield Span(*match.span())


def _closes_emphasis(text: str, stars: "re.Match[str]") -> bool:
    """True for the second `**` of `**重点**项目`: the same stars stand before it, with no unit behind them."""
    if stars.group().strip(_STARS):
        return False
    before = text.rfind(stars.group(), max(stars.start() - _EMPHASIS, 0), stars.start())
    if before < 0 or "\n" in text[before : stars.start()]:
        return False
    return text[before + len(stars.group())] not in _HIDDEN_BEFORE


def is_mask(figure: str) -> bool:
    """True where part of the figure or name is hidden: `xx`, `20__`, `1x.x`, `○○`, 某, 若干, 400余."""
    return _IS_MASK.search(figure) is not None


def value_of(figure: str) -> str:
    """A figure or quantity in one form, so that equal values compare equal: `1,485`, `１４８５` and 一千四百八十五 are
    "1485", 三成 and `30%` are "0.3"; what hides digits keeps its marks, in half width."""
    return read_quantity(figure).value
