"""Bytes -> text and the encoding it was read in, or the reason why there is no text in them.

In this order: a known binary format is refused; a byte order mark decides; strict UTF-8 without NUL decides; else
every candidate reads a sample, and the cheapest reading wins. What makes no Chinese then is refused, not guessed at.

Terms.       The *cost* of a reading: the bits of its characters (`background.characters`) and a price for every
             U+FFFD. All candidates read the same bytes, so sums compare; a mean per character would favour whoever
             makes few characters of many bytes.
Source.      How often it is right, what it refuses, how fast it is: benchmarks/decoding.py. Settings were chosen on the
             half of the corpus that the table was counted from, figures come from the other.
Limitations. GB18030 of one to four Hanzi between ASCII can be valid UTF-8 by chance (模 is C4 A3). UTF-16 that lost a
             single byte, and a file in two encodings, are read as if they were whole; what could not be read is
             counted. Other languages than Chinese and English are read from UTF-8, after a byte order mark, or with
             a forced encoding.
"""

import codecs
import re
from typing import Final, NamedTuple

from kejidiff.background.characters import table
from kejidiff.errors import UsageError
from kejidiff.read.formats import format_of
from kejidiff.read.resync import LOST, LOST_BITS, looks_shifted, replacing, resynchronised

#: In the order in which they win a tie.
CANDIDATES: Final = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

#: Codecs that lose step over a damaged byte and are read with `resync`.
DOUBLE_BYTE: Final = frozenset({"gb18030", "gbk", "gb2312", "big5hkscs", "big5", "cp950"})

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)

#: A byte order mark that the bytes do not bear out is still worth 8 bits a byte: as much as it would take to arise by
#: chance. (GB18030 after the mark of UTF-8 comes from tools that put one before everything.)
MARK_BITS: Final = 8.0

#: Bytes that are scored. Every damage tried is seen through at 50 Hanzi (150 bytes); this leaves room for ASCII.
SAMPLE: Final = 4096

#: What UTF-16 pays in advance, in bits: any even number of bytes can be read so, and few files are. Of 4, 8, 12 and 16
#: the one with the most short damaged texts right over all five encodings.
UTF16_BITS: Final = 4.0

#: Greatest mean cost of what is not ASCII, U+FFFD included. Official prose of 50 Hanzi costs at most 10.6, 99 % of
#: Chinese program messages of 100 characters at most 12.9; of 1,982 stretches of 400 characters in ten other languages,
#: in encodings of their own, 3 cost no more.
MEAN_BITS: Final = 13.0

#: So few bytes besides ASCII are no sign of another language: a stray one in a page of English. French has 3 %.
STRAY_SHARE: Final = 1 / 500

#: Greatest share of control characters. Random bytes hold 11 %, a recording of a coloured terminal below 5; so few
#: in all say nothing (three damaged bytes of a short text).
CONTROL_SHARE: Final = 0.05
CONTROL_FEW: Final = 3
CONTROLS: Final = "".join(map(chr, sorted({*range(32), 127} - set(b"\t\n\v\f\r"))))

#: Codecs of Python that read no text files: they yield lone surrogates, or stop at damaged bytes.
NO_ENCODINGS: Final = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})

#: What a page says of its encoding, in bits: about one Hanzi. It is wrong often enough to weigh no more.
HINT_BITS: Final = 12.0
HINTED: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}

#: Tags and other markup; the bound keeps a page without `>` from being searched over and over.
_TAGS: Final = re.compile(rb"<[^<>]{0,2000}>")
_ROW: Final = re.compile(r"([^\ufffd])\1+")
_ASCII: Final = bytes(range(128))
_NOT_ASCII: Final = re.compile(rb"[\x00\x80-\xff]")


class Decoded(NamedTuple):
    """Text without its byte order mark, else unchanged.

    encoding   one of `CANDIDATES`, or the codec's name where it was forced
    replaced   how many U+FFFD decoding put in; those the file itself holds do not count
    """

    text: str
    encoding: str
    replaced: int = 0


class Refused(NamedTuple):
    """No text: `reason` is a slug of `errors.REASONS` (of `decode`: `binary unsupported garbled-text no-text empty`).

    The message names no path and quotes nothing.
    """

    reason: str
    message: str


def decode(data: bytes, encoding: str | None = None) -> Decoded | Refused:
    """Reads a whole file's bytes; never raises for what they are.

    `encoding` forces a codec of Python's: no other is tried, and nothing is refused for making no sense in it.
    Raises `UsageError` (slug `unknown-encoding`) for a name that is no text encoding.
    """
    forced = None if encoding is None else codec_name(encoding)
    if not data:
        return Refused("empty", "the file has no bytes")
    known = format_of(data)
    if known is not None:
        return Refused(known.reason, f"{known.name}, not plain text")
    result = _detected(data) if forced is None else _replacing(data, forced)
    return _with_words(result) if isinstance(result, Decoded) else result


def decode_markup(data: bytes, hint: str = "", encoding: str | None = None) -> Decoded | Refused:
    """Reads a file of markup: tags do not count, and `hint`, the codec that the file names itself, decides a tie.

    `encoding` forces a codec as in `decode`. Never raises but for a name given there.
    """
    if not data:
        return Refused("empty", "the file has no bytes")
    if encoding is not None:
        return _replacing(data, codec_name(encoding))
    named = _hinted(hint)
    found = _detected(data)
    if isinstance(found, Decoded) and ((found.encoding == "utf-8" and not found.replaced) or _is_marked(data)):
        return found
    prose = data if b"\x00" in data[:SAMPLE] else _TAGS.sub(b" ", data)
    scored = _scored(prose, named, HINT_BITS)
    if isinstance(scored, Decoded):
        return scored if prose is data else _unless_binary(_replacing(data, scored.encoding))
    if isinstance(found, Decoded) or not named or named.startswith("utf-"):
        return found
    try:
        return _unless_binary(Decoded(data.decode(named), named))
    except UnicodeDecodeError:
        return found


def _is_marked(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in MARKS)


def _hinted(hint: str) -> str:
    """The candidate that a page's own word for its encoding means, or the codec's name, or nothing."""
    try:
        name = codec_name(hint) if hint else ""
    except UsageError:
        return ""
    return HINTED.get(name, name)


def codec_name(encoding: str) -> str:
    """Python's own name of a text encoding; raises `UsageError` for any other."""
    try:
        b" ".decode(encoding, "replace")
        name = codecs.lookup(encoding).name
    except (LookupError, UnicodeError, ValueError):
        name = "undefined"
    if name.replace("_", "-") in NO_ENCODINGS:
        advice = f"try {', '.join(CANDIDATES)}"
        raise UsageError(encoding, "no text encoding goes by this name", advice, slug="unknown-encoding")
    return name


def _detected(data: bytes) -> Decoded | Refused:
    """By mark, else by strict UTF-8, else by cost."""
    mark, name = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        if name != "utf-8" or b"\x00" not in body:
            return _unless_binary(Decoded(body.decode(name), name))
    except UnicodeDecodeError as error:
        if name == "utf-8" and _breaks_off(error):
            return _unless_binary(_replacing(body, name))
    return _scored(body, name if mark else "", MARK_BITS * len(mark))


def _breaks_off(error: UnicodeDecodeError) -> bool:
    """True for UTF-8 that is sound but for its last character, and has shown that it is more than ASCII."""
    sound, rest = error.object[: error.start], len(error.object) - error.start
    return error.reason == "unexpected end of data" and rest <= 3 and not sound.isascii()


def _scored(data: bytes, marked: str, bonus: float) -> Decoded | Refused:
    """The cheapest reading, if it is Chinese or ASCII; the encoding `marked` costs `bonus` bits less.

    Only where nothing makes sense as it stands are the double-byte candidates read with all care: some 30 ms.
    """
    first = _NOT_ASCII.search(data)
    start = first.start() & ~1 if first else 0  # even, lest UTF-16 be read across its units
    sample = data[start : start + SAMPLE]
    for careful in (False, True):
        readings = {name: _reading(sample, name, careful) for name in CANDIDATES}
        costs = {name: _bits(text) + UTF16_BITS * name.startswith("utf-16") for name, text in readings.items()}
        chosen = min(CANDIDATES, key=lambda name: costs[name] - bonus * (name == marked))
        if _makes_sense(readings[chosen]):
            return _unless_binary(_replacing(data, chosen, careful))
    if len(data.translate(None, _ASCII)) <= STRAY_SHARE * len(data):
        return _unless_binary(_replacing(data, "utf-8"))
    if _is_binary(sample.decode("latin-1")):
        return Refused("binary", "no text in any encoding tried (--encoding names another)")
    return Refused("garbled-text", "no Chinese in any encoding tried (--encoding names another)")


def _reading(sample: bytes, encoding: str, careful: bool) -> str:
    """The sample in one encoding, of each row of one character (the lines of a table) the first.

    The sample may cut its last character in two, which is then left out.
    """
    if careful and encoding in DOUBLE_BYTE:
        text = resynchronised(sample, encoding, table(), doubtful=True)[0]
    else:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return _ROW.sub(r"\1", text)


def _bits(text: str) -> float:
    costs = table()
    return costs.bits(text) + (LOST_BITS - costs.cost(LOST)) * text.count(LOST)


def _makes_sense(text: str) -> bool:
    """True for Chinese and for ASCII."""
    odd = "".join(char for char in text if not char.isascii())
    return not odd or _bits(odd) <= MEAN_BITS * len(odd)


def _replacing(data: bytes, encoding: str, doubtful: bool = False) -> Decoded:
    """The text, with U+FFFD for what cannot be read."""
    text, lost = replacing(data, encoding)
    if encoding in DOUBLE_BYTE and (lost or doubtful or looks_shifted(text)):
        text, lost = resynchronised(data, encoding, table(), doubtful)
    return Decoded(text.removeprefix("\ufeff"), encoding, lost)


def _is_binary(text: str) -> bool:
    return sum(map(text.count, CONTROLS)) > max(CONTROL_FEW, CONTROL_SHARE * len(text))


def _unless_binary(decoded: Decoded) -> Decoded | Refused:
    if _is_binary(decoded.text[:SAMPLE]):
        return Refused("binary", "too many control characters for a text")
    return decoded


def _with_words(decoded: Decoded) -> Decoded | Refused:
    """The same, unless nothing in it could be compared."""
    if not decoded.text or decoded.text.isspace():
        return Refused("empty", "nothing but blanks")
    if not any(map(str.isalnum, decoded.text)):
        return Refused("no-text", "no Hanzi, no letter and no digit")
    return decoded
