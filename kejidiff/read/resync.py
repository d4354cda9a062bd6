"""Damaged GB18030 or Big5 bytes -> text that loses what is damaged and little more.

In a double-byte encoding one bad byte puts the reader out of step: it takes the second half of one character and the
first half of the next for a third, and so on up to a byte that can only stand alone. Here all divisions of the bytes
into characters and lost bytes are weighed, and the likeliest is taken (Viterbi over byte positions).

Terms.       A *stretch* lies between two bytes below 0x30, which are never part of a longer character.
Source.      Characters that survive with and without: benchmarks/decoding.py.
Limitations. In a text that makes sense only those stretches are weighed that a strict reader stumbles over, and those
             with private characters, which real text has hardly ever (7 in 4 million) and shifted text every few
             pairs. Damage that happens to read smoothly goes unnoticed here; `text` looks for such runs. To weigh all
             would endanger what the table holds for rare: a row of Greek letters is as likely shifted Hanzi.
"""

import re
from typing import Final

from kejidiff.background.characters import CharacterTable

#: What stands for a byte that cannot be read, and its price in bits. Between 12 and 16 the choice of the encoding of
#: short damaged texts hardly differs (10 is worse), and two lost bytes must cost more than any one character (20).
LOST: Final = "\ufffd"
LOST_BITS: Final = 14.0

#: Bytes weighed at most, in one stretch and in a file; the rest is lost as any decoder would lose it. A byte takes
#: 3 to 5 microseconds, so the worst file a good second; a page of Chinese without a line's end is some 2,000 bytes.
STRETCH_LIMIT: Final = 1 << 16
FILE_LIMIT: Final = 1 << 18

_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_STRETCH: Final = re.compile(rb"[\x00-\x2f]+|[\x30-\xff]+")


def resynchronised(data: bytes, encoding: str, costs: CharacterTable, doubtful: bool = False) -> tuple[str, int]:
    """The text, and how many bytes of it are lost, each one U+FFFD; `encoding` is a double-byte codec of Python's.

    With `doubtful` every stretch is weighed, also what reads smoothly.
    """
    pieces: list[str] = []
    lost = weighed = 0
    readings = _Readings(encoding, costs)
    for match in _STRETCH.finditer(data):
        stretch = match.group()
        piece, gone = replacing(stretch, encoding)
        weight = len(stretch) if (doubtful and not stretch.isascii()) or gone or looks_shifted(piece) else 0
        if weight and weight <= STRETCH_LIMIT and weighed + weight <= FILE_LIMIT:
            weighed += weight
            piece, gone = _likeliest(stretch, readings)
        pieces.append(piece)
        lost += gone
    return "".join(pieces), lost


def replacing(data: bytes, encoding: str) -> tuple[str, int]:
    """Any codec's text, and how many U+FFFD it put in; those that the bytes themselves spell are not counted."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, text.count(LOST) - data.decode(encoding, "ignore").count(LOST)


def looks_shifted(text: str) -> bool:
    """True for text with characters of the private area, where GB18030 leads what is read out of step."""
    return _PRIVATE.search(text) is not None


class _Readings(dict[bytes, tuple[str, float]]):
    """Each byte sequence's reading as one character and its cost, worked out once; ("", inf) where it is none."""

    def __init__(self, encoding: str, costs: CharacterTable) -> None:
        super().__init__()
        self.encoding, self.costs = encoding, costs

    def __missing__(self, code: bytes) -> tuple[str, float]:
        try:
            char = code.decode(self.encoding)
        except UnicodeDecodeError:
            char = ""
        whole = len(char) == 1 or (char and len(code) == 2 and code[0] >= 0x80)
        self[code] = reading = (char, self.costs.bits(char)) if whole else ("", float("inf"))
        return reading


def _likeliest(stretch: bytes, readings: _Readings) -> tuple[str, int]:
    """The cheapest division; of equally cheap ones the one whose last character is longer."""
    best = [0.0]
    steps: list[tuple[int, str]] = [(0, "")]
    for end in range(1, len(stretch) + 1):
        least, step = best[end - 1] + LOST_BITS, (1, LOST)
        for width in _widths(stretch, end):
            char, bits = readings[stretch[end - width : end]]
            if best[end - width] + bits <= least:
                least, step = best[end - width] + bits, (width, char)
        best.append(least)
        steps.append(step)
    return _followed(steps)


def _widths(stretch: bytes, end: int) -> tuple[int, ...]:
    """How many bytes a character that ends here may have, ascending; four (digits at every other byte) in GB18030."""
    if end < 2:
        return (1,)
    long = end >= 4 and stretch[end - 1] < 0x3A and stretch[end - 3] < 0x3A
    return (1, 2, 4) if long else (1, 2)


def _followed(steps: list[tuple[int, str]]) -> tuple[str, int]:
    """Walks the chosen steps back from the end; the text and its lost bytes."""
    chars: list[str] = []
    lost = 0
    end = len(steps) - 1
    while end:
        width, char = steps[end]
        lost += width == 1 and char == LOST
        chars.append(char)
        end -= width
    return "".join(reversed(chars)), lost
