"""Shown text -> runs of UTF-8 or GBK that were read as Latin-1 or Windows-1252: `å…¨å›½`, `È«¹ú`.

Terms.       Every byte became a character of its own: below 100 hex in Latin-1, 27 others in Windows-1252. Five bytes
             mean nothing there; some readers show them as U+FFFD, and these are *lost*.
Method.      UTF-8 by its grammar and by what comes out. GBK has hardly any grammar, so the model must agree as well.
Limitations. Two characters at least, within one line. A lost byte of GBK is not made good.
"""

import itertools
import re
from typing import Final

import numpy as np

from kejidiff.background.likelihood import codes_of
from kejidiff.text.repair.gaps import Gap, filled
from kejidiff.text.repair.shown import Rereading, Shown, text_of

#: Least share of Chinese characters and marks among what comes out, ASCII apart. French or Czech, misread, yields none.
CHINESE: Final = 0.8
#: Least number of such characters, in GBK of different ones: a single one comes out of ÃÃÃÃ and of ¡¡¡¡.
LEAST: Final = 2
#: Bits per Chinese character that GBK may cost. In French, letters with accents read as rare Hanzi at 13 and more,
#: stand among other letters, and hardly ever side by side.
MEAN_GBK: Final = 11.0
#: Bits it must gain, as in the other kinds.
NEED_GBK: Final = 14.0

#: Genuine quotation marks that are looked for before a run: “‘ at most.
MOST_QUOTES: Final = 2

_LOST: Final = "\ufffd"
#: Bytes that Windows-1252 leaves undefined.
_UNDEFINED: Final = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
#: Windows-1252 above 7F, where it differs from Latin-1.
_SPECIAL: Final = {
    bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in _UNDEFINED
}  # fmt: skip
_LATIN1: Final = str.maketrans({char: chr(byte) for char, byte in _SPECIAL.items()})

_CONTINUE: Final = f"[\x80-\xbf{''.join(_SPECIAL)}{_LOST}]"
_UTF8_UNIT: Final = f"(?:[\xe2-\xef]{_CONTINUE}{{2}}|[\xc2-\xdf]{_CONTINUE}|\xf0{_CONTINUE}{{3}})"
_UTF8: Final = re.compile(f"{_UTF8_UNIT}(?:[\t -~]{{0,80}}{_UTF8_UNIT})*")
_UTF8_LOST: Final = re.compile(f"[\xc2-\xf0][\x80-\xbf{_LOST}]*{_LOST}[\x80-\xbf{_LOST}]*")

_HIGH: Final = f"[\x81-\xfe{''.join(_SPECIAL)}]"
_GBK_UNIT: Final = f"{_HIGH}[@-~\x80-\xfe{''.join(_SPECIAL)}]"
_GBK: Final = re.compile(f"{_GBK_UNIT}(?:[\t -~]{{0,80}}{_GBK_UNIT})*")

_CHINESE: Final = "[\u00b7\u2014\u2018-\u201d\u2026\u2460-\u2473\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]"


def find_read_as_latin1(shown: Shown) -> list[Rereading]:
    """Ascending, disjoint."""
    if not np.any((shown.codes > 0xA0) & (shown.codes < 0xFF)):
        return []
    text = text_of(shown.codes)
    utf8 = [reading for match in _UTF8.finditer(text) if (reading := _utf8(shown, match))]
    rest = text_of(shown.without(utf8).codes)
    gbk = [reading for match in _GBK.finditer(rest) if (reading := _gbk(shown, match))]
    return sorted(utf8 + gbk, key=lambda reading: reading.start)


def _utf8(shown: Shown, match: re.Match[str]) -> Rereading | None:
    start, end = match.span()
    pieces: list[str | Gap] = []
    written, done = match[0].translate(_LATIN1), 0
    for damaged in _UTF8_LOST.finditer(written):
        pieces.append(_decoded(written[done : damaged.start()], "utf-8"))
        pieces.append(_gap(damaged[0]))
        done = damaged.end()
    pieces.append(_decoded(written[done:], "utf-8"))
    text, guessed = filled(pieces, shown.symbols[start - 1 : start], shown.symbols[end : end + 1], shown.model)
    text = text if _chinese(text) else _once_more(text)
    if not _chinese(text):
        return None
    return Rereading(start, end, "utf8-as-latin1", text, guessed)


def _once_more(text: str) -> str:
    """What a text that was misread twice says (databases do that); "" where it was not."""
    try:
        return text.translate(_LATIN1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _gap(unit: str) -> Gap:
    """The characters that a sequence of UTF-8 with lost bytes can have been."""
    choices = itertools.product(*(_UNDEFINED if char == _LOST else (ord(char),) for char in unit))
    read = {bytes(choice).decode("utf-8", "replace") for choice in choices}
    codes = sorted(ord(char) for char in read if len(char) == 1) or [ord(_LOST)]
    return Gap(np.array(codes, np.uint32), np.zeros(len(codes), np.float32))


def _gbk(shown: Shown, match: re.Match[str]) -> Rereading | None:
    """Quotation marks before a run may be genuine: then the pairs begin after them."""
    quotes = len(match[0]) - len(match[0].lstrip("".join(_SPECIAL)))
    readings = [_gbk_from(shown, match, match.start() + skipped) for skipped in range(min(quotes, MOST_QUOTES) + 1)]
    return min((found for found in readings if found), default=(0.0, None), key=lambda found: found[0])[1]


def _gbk_from(shown: Shown, match: re.Match[str], start: int) -> tuple[float, Rereading] | None:
    """Bits per Chinese character of what the run says from `start` on, and the run; None if it is not believed."""
    run = _GBK.match(match.string, start, match.end())
    if run is None:
        return None
    end = run.end()
    text = _decoded(run[0].translate(_LATIN1), "gb18030")
    codes = codes_of(text)
    symbols = np.concatenate(
        (shown.symbols[start - 1 : start], shown.model.symbols(codes), shown.symbols[end : end + 1])
    )
    bits = shown.model.bits(symbols[:-1], symbols[1:])
    chinese = codes > 0x7F
    gain, mean = float(np.sum(shown.bits[start : end + 1]) - np.sum(bits)), float(np.mean(bits[:-1][chinese]))
    together = int(np.sum(chinese[1:] & chinese[:-1]))
    letters = sum(char.isascii() and char.isalpha() for char in text)
    believed = (
        _chinese(text)
        and len(set(text)) >= LEAST
        and letters <= len(text) - letters
        and 2 * together >= int(np.sum(chinese))
        and gain >= NEED_GBK
        and mean <= MEAN_GBK
    )
    return (mean, Rereading(start, end, "gbk-as-latin1", text)) if believed else None


def _decoded(written: str, codec: str) -> str:
    return written.encode("latin-1").decode(codec, "replace")


def _chinese(text: str) -> bool:
    chinese = len(re.findall(_CHINESE, text))
    return chinese >= LEAST and chinese >= CHINESE * sum(not char.isascii() for char in text)
