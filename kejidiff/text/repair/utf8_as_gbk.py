"""Shown text -> runs of UTF-8 that were read as GBK: `鍏ㄥ浗` is 全国.

Terms.       A three-byte character of UTF-8 is one pair and a half of GBK. A *lost* byte is one that made no pair: 80
             hex anywhere, any byte before an ASCII character. Readers show it as U+FFFD or as €, or drop it.
Method.      Grammar first: the bytes behind the shown characters must be UTF-8 from a character's border on. Then the
             model: the run must be cheaper than what is shown, and it chooses among the values of a lost byte.
Limitations. Two characters at least, within one line. Of dropped bytes, one in a character can be made good.
"""

import re
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import codes_of
from kejidiff.text.repair.code_pages import gbk, lead_of, trail_of
from kejidiff.text.repair.gaps import Gap, filled
from kejidiff.text.repair.shown import Rereading, Shown

#: Bits a run must gain, what it may cost per character, and three-byte characters it must have: with these, nothing in
#: 4 million characters of clean reports and 13 million of foreign manual pages is touched, and .97 of the runs of two
#: Hanzi are found.
NEED: Final = 14.0
MEAN: Final = 10.5
LEAST: Final = 2

#: What a lost byte inside a run costs if it is not 80 hex: readers that know fewer pairs than GB 18030 also lose A1 to
#: AF. A choice; with it, runs of either kind come back.
RARE_LOSS: Final = 3.0

_REPLACEMENT: Final = 0xFFFD
#: Windows shows 80 hex as €, which also is the pair A2 E3: that where the reader shows lost bytes as U+FFFD.
_EURO: Final = 0x20AC

#: Stand for a lost byte and for a character that GBK does not have; neither occurs in UTF-8.
_LOST: Final = 0xFF
_OTHER: Final = 0xFE

_WHOLE: Final = rb"[\xe2-\xef][\x80-\xbf\xff]{2}"
_SHORT: Final = rb"[\xe2-\xef][\x80-\xbf](?![\x80-\xbf\xff])"
#: Two bytes make · and ×, but clean Hanzi look like that too: only between others.
_BETWEEN: Final = rb"[\t -~]|[\xc2\xc3][\x80-\xbf]"
#: What passes through unharmed is limited, so that two runs far apart are judged each by itself.
_RUN: Final = re.compile(rb"(?:%b)(?:(?:%b){0,80}(?:%b|%b))*" % (_WHOLE, _BETWEEN, _WHOLE, _SHORT))
_DAMAGED: Final = re.compile(rb"[\xe2-\xef](?:\xff[\x80-\xbf\xff]|[\x80-\xbf]\xff|[\x80-\xbf](?![\x80-\xbf]))")

_UNIT: Final = re.compile(rb"%b|%b" % (_WHOLE, _SHORT))
_SHORT_END: Final = re.compile(rb"[\xe2-\xef][\x80-\xbf]")

_CONTINUING: Final = np.arange(0x80, 0xC0)
_INSIDE: Final = np.concatenate(([0x80], np.arange(0xA1, 0xB0)))


class Bytes(NamedTuple):
    """What a shown text was before it was read as GBK.

    data    its bytes, with `_LOST` and `_OTHER`
    starts  where each shown character's bytes begin, and where the last one's end
    place   by byte: the shown character that begins there, -1 inside of one; one more for the end
    """

    data: bytes
    starts: NDArray[np.int64]
    place: NDArray[np.int64]


def find_utf8_as_gbk(shown: Shown) -> list[Rereading]:
    """Ascending, disjoint."""
    pairs = gbk().pairs(shown.codes)
    lead, trail = lead_of(pairs), trail_of(pairs)
    if not np.any((lead[:-1] >= 0xE2) & (lead[:-1] < 0xF0) & (trail[:-1] < 0xC0) & (lead[1:] < 0xC0)):
        return []
    written = _bytes(shown, pairs)
    found: list[Rereading] = []
    done = 0
    for start in _beginnings(written):
        if start < done:
            continue
        match = _RUN.match(written.data, start)
        if match is None:
            continue
        done = match.end()
        reading = _reread(shown, written, start, done)
        if reading is not None:
            found.append(reading)
    return found


def _bytes(shown: Shown, pairs: NDArray[np.uint16]) -> Bytes:
    lost, euro = shown.codes == _REPLACEMENT, shown.codes == _EURO
    euro &= not np.any(lost)
    single = np.where(shown.codes < 0x80, shown.codes, _OTHER)
    single[lost], single[euro] = _LOST, 0x80
    double = (pairs > 0) & ~euro
    starts = np.concatenate(([0], np.cumsum(1 + double)))
    data = np.empty(int(starts[-1]), np.uint8)
    data[starts[:-1]] = np.where(double, lead_of(pairs), single)
    data[starts[:-1][double] + 1] = trail_of(pairs[double])
    place = np.full(len(data) + 1, -1)
    place[starts] = np.arange(len(starts))
    return Bytes(data.tobytes(), starts, place)


def _beginnings(written: Bytes) -> list[int]:
    """Where a character of UTF-8 begins together with a shown one."""
    data = np.frombuffer(written.data, np.uint8)
    at = written.starts[:-1]
    at = at[(data[at] >= 0xE2) & (data[at] < 0xF0)]
    follows = data[np.minimum(at + 1, len(data) - 1)]
    places: list[int] = at[((follows >= 0x80) & (follows < 0xC0)) | (follows == _LOST)].tolist()
    return places


def _reread(shown: Shown, written: Bytes, start: int, end: int) -> Rereading | None:
    """The bytes `[start, end)`, as far as they end together with a shown character; None if they are not believed.

    One more shown character can be the beginning of a last character whose third byte was dropped.
    """
    borders = [unit.end() for unit in _UNIT.finditer(written.data, start, end)]
    end = next((border for border in reversed(borders) if written.place[border] >= 0), start)
    if end == start:
        return None
    readings = [_read(shown, written, start, end)]
    if _SHORT_END.match(written.data, end) and written.place[end + 2] >= 0:
        readings.append(_read(shown, written, start, end + 2))
    gain, reading = max(readings, key=lambda each: each[0])
    return reading if gain >= NEED else None


def _read(shown: Shown, written: Bytes, start: int, end: int) -> tuple[float, Rereading]:
    """What the bytes say, and how many bits that gains; nothing, where it is too short or too dear itself."""
    first, last = int(written.place[start]), int(written.place[end])
    before, after = shown.symbols[first - 1 : first], shown.symbols[last : last + 1]
    text, guessed = filled(_pieces(written, start, end), before, after, shown.model)
    symbols = np.concatenate((before, shown.model.symbols(codes_of(text)), after))
    bits = shown.model.bits(symbols[:-1], symbols[1:])
    gain = float(np.sum(shown.bits[first : last + 1])) - float(np.sum(bits))
    if sum(char > "\u07ff" for char in text) < LEAST or float(np.mean(bits)) > MEAN:
        gain = 0.0
    return gain, Rereading(first, last, "utf8-as-gbk", text, guessed)


def _pieces(written: Bytes, start: int, end: int) -> list[str | Gap]:
    """What the bytes `[start, end)` say; a gap for each character with a lost byte."""
    pieces: list[str | Gap] = []
    done = start
    for match in _DAMAGED.finditer(written.data, start, end):
        pieces.append(written.data[done : match.start()].decode("utf-8", "replace"))
        pieces.append(_gap(written, match.start(), match.end(), match.end() == end))
        done = match.end()
    pieces.append(written.data[done:end].decode("utf-8", "replace"))
    return pieces


def _gap(written: Bytes, start: int, end: int, is_last: bool) -> Gap:
    """The characters that the bytes `[start, end)` can have been, one or two of them lost."""
    unit = list(written.data[start:end])
    if len(unit) == 2:
        unit.insert(1 if written.place[start + 1] >= 0 else 2, _LOST)
    codes, price = np.array([unit[0] & 0x0F]), np.zeros(1, np.float32)
    before_ascii = is_last or written.data[end] < 0x80
    for index, byte in enumerate(unit[1:], 2):
        values = np.array([byte])
        if byte == _LOST:
            values = _CONTINUING if before_ascii and index == len(unit) else _INSIDE
        codes = ((codes[:, None] << 6) | (values & 0x3F)).reshape(-1)
        rare = (values != 0x80) & (len(values) == len(_INSIDE))
        price = (price[:, None] + np.where(rare, np.float32(RARE_LOSS), np.float32(0))).reshape(-1)
    return Gap(codes.astype(np.uint32), price)
