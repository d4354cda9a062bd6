"""Text -> pinyin put in brackets behind characters by a program: `領(lǐng)導(dǎo)`.

Terms.       A *note* is one syllable with a tone mark in brackets; its *base* is the character before it. An annotator
             that works byte by byte also takes the trail byte of a character and the ASCII letter after it for a base
             (`髽I(yè)`, `市g(shù)dp`); such a letter is a *tail*, and the note says of which characters.
Source.      The readings of `data/pinyin.txt`, all that each Hanzi has: with the commonest alone 不(bú) and 长(zhǎng)
             would not be notes.
Limitations. A few notes are ordinary prose (畲(shē)族, 重(zhòng)要) and left alone: found are only those of a text with
             at least `LEAST_NOTES` on `LEAST_BASES` different bases. A syllable without tone is never one: 苯并(a)芘.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from kejidiff.span import Span
from kejidiff.text.repair.code_pages import gbk

DATA: Final = Path(__file__).parent.parent.parent / "data" / "pinyin.txt"

#: A choice with room on both sides: seed 002 has 1,485 notes on 54 bases, clean texts have none or a handful.
LEAST_NOTES: Final = 20
LEAST_BASES: Final = 5

#: Letters that some annotators write instead of others.
SAME_LETTER: Final = str.maketrans("ɡɑ", "ga")

_NOTE: Final = re.compile("[(（]([a-zɡɑàáèéêìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜǹḿếề\u0300\u0301\u0304\u0308\u030c]{1,7})[)）]")


class Notes(NamedTuple):
    """spans  of the notes with their brackets, ascending
    tails  by offset of a letter that is the base of a note: the code points of the characters it can belong to
    """

    spans: tuple[Span, ...] = ()
    tails: Mapping[int, frozenset[int]] = MappingProxyType({})


@cache
def readings() -> dict[str, str]:
    """By syllable, composed (NFC) and with its tone mark: all Hanzi that are read so."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return {syllable: hanzi for syllable, _, hanzi in (line.partition(" ") for line in lines if line[0] != "#")}


def find_notes(text: str) -> Notes:
    """All notes, or none where they are too few to be a program's."""
    if text.count("(") + text.count("（") < LEAST_NOTES:
        return Notes()
    candidates = [(match.start(), match.end(), match[1]) for match in _NOTE.finditer(text)]
    if len(candidates) < LEAST_NOTES:
        return Notes()
    spans, tails = list[Span](), dict[int, frozenset[int]]()
    known: dict[tuple[str, str], bool] = {}
    for start, end, letters in candidates:
        base = text[start - 1 : start]
        if base.isascii():
            if base and (hanzi := _read_as(letters)) and _with_tail(text[start - 2 : start - 1], base) in hanzi:
                tails[start - 1] = frozenset(map(ord, hanzi))
                spans.append(Span(start, end))
            continue
        if (base, letters) not in known:
            known[base, letters] = base in _read_as(letters)
        if known[base, letters]:
            spans.append(Span(start, end))
    if len(spans) < LEAST_NOTES or len({text[span.start - 1] for span in spans}) < LEAST_BASES:
        return Notes()
    return Notes(tuple(spans), tails)


def _read_as(letters: str) -> str:
    """All Hanzi with this reading."""
    return readings().get(unicodedata.normalize("NFC", letters.translate(SAME_LETTER)), "")


def _with_tail(before: str, letter: str) -> str:
    """The character made of the trail byte of `before` and the letter, or "-". A half-width mark was full-width."""
    if not before or not letter.isalpha() or ord(before) > 0xFFFF:
        return "-"
    trail = ord(before) | 0x80 if before.isascii() else int(gbk().pair_of[ord(before)]) & 0xFF
    return chr(gbk().code_of[(trail << 8) | ord(letter)] or ord("-"))
