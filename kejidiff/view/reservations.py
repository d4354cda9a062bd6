"""What a file was read with reservations for, as the rooms before say it in English -> the reader's language.

Records and messages on stderr keep the English; pages say it in their own language. What is not in the table stays.
"""

import re
from functools import cache
from typing import Final

_CHINESE: Final[dict[str, str]] = {
    r"([\d,]+) characters that turn the direction of text": "{} 个改变文字方向的字符",
    r"([\d,]+) places between Hanzi with characters that nobody sees": "汉字之间有 {} 处看不见的字符",
    r"([\d,]+) marks laid over Hanzi": "{} 处汉字上叠加了符号",
    r"([\d,]+) words with letters of another alphabet that look Latin": "{} 个词里混有形似拉丁字母的他种字母",
    r"([\d,]+) radicals and compatibility forms in place of Hanzi": "{} 处用部首或兼容字代替汉字",
    r"([\d,]+) private characters amid Hanzi": "汉字之间有 {} 处自造字符",
    r"([\d,]+) stretches with a blank or mark between all Hanzi": "{} 处文字逐字夹有空格或符号",
    r"([\d,]+) characters in (?:one place|([\d,]+) places) cannot be seen in it: .+":
        "有 {} 字（{} 处）看不见：隐藏、极小，或与纸同色",
    r"([\d,]+) Hanzi in ([\d,]+) places? that the page hides from its reader": "网页隐藏了 {} 个汉字（{} 处）",
    r"([\d,]+) characters that the page hides from its reader \(white, tiny, or off the page\)":
        "页面隐藏了 {} 字（白色、极小或在页外）",
    r"([\d,]+) places? could not be read as (\S+), and stand as U\+FFFD": "{} 处无法按 {} 解码，以 U+FFFD 代替",
    r"([\d,]+) of ([\d,]+) pages have no text that can be read \(page (.+)\)": "{} / {} 页没有可读的文字（第 {} 页）",
    r"([\d,]+) of ([\d,]+) pages are pictures without text \(page (.+)\)": "{} / {} 页是没有文字的图片（第 {} 页）",
}  # fmt: skip


def reservation(told: str, lang: str) -> str:
    """The words of a reservation in `lang`."""
    if lang != "zh":
        return told
    for pattern, words in _patterns():
        if found := pattern.fullmatch(told):
            return words.format(*(group or "1" for group in found.groups()))
    return told


@cache
def _patterns() -> tuple[tuple["re.Pattern[str]", str], ...]:
    return tuple((re.compile(pattern), words) for pattern, words in _CHINESE.items())
