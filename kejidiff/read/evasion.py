"""Text -> signs of an attempt to hide it from comparison: a reservation for each kind, with its count and first place.

Nothing here keeps text from being compared: what is found is folded away by `text/`. It is said because somebody may
have put it there.

Source.      The numbers from which on something is said are choices: the 553 texts of the corpus and the five samples
             have not one find of any kind, real pages a stray joiner here and there.
Limitations. A trick that is used three times in a document goes unnoticed, and is folded all the same. Look-alike Hanzi
             (己/已) are ordinary characters. Text that was copied out of a PDF may hold radicals for Hanzi innocently.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from kejidiff.model import Reservation
from kejidiff.span import Span

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
#: What shows nothing: fillers, joiners, directions, selectors, tags, annotation marks. One between Latin letters or
#: after an emoji is at home there.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS_ABOVE: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
#: Cyrillic letters and Greek ones with the shape of Latin ones; small Greek letters are units and variables (μm, λmax).
_ALIKE: Final = "АВЕКМНОРСТУХІЅЈаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_STAND_INS: Final = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U0010fffd"
#: One of them behind every Hanzi is letter spacing.
_SPACERS: Final = " \u00a0\u2000-\u200a\u202f\u205f\u2800\u3000_*·.~|^•\\-"
_STOPS: Final = "，。、；：？！（）《》“”,;:"
_SPACED: Final = 20

#: Any character that may be a Hanzi: one can be told in no time, while a class of all Hanzi takes 3 ms to compile.
_MAYBE_HAN: Final = f"[^\x00-\x7f{_SPACERS}{_STOPS}]"


def _spaced(character: str) -> str:
    """What finds twenty of these characters and more with a blank or mark between all of them."""
    return (
        f"{character}([{_SPACERS}]){character}\\1"
        f"(?:{character}(?:\\1[{_STOPS}]?|[{_STOPS}]\\1?)(?:[0-9A-Za-z.%]++\\1?)?){{{_SPACED - 2},}}"
    )


#: Formats whose layout makes such text by itself.
_LAID_OUT: Final = frozenset({"pdf", "ofd"})


class _Kind(NamedTuple):
    """`least` finds are needed, and so large a share of the text's Hanzi."""

    words: str
    pattern: str
    least: int
    share: float = 0.0
    by_layout: bool = False


#: In the order in which they are told. Three of a kind may be a slip of a program, or a name's own variant.
_KINDS: Final = (
    _Kind("characters that turn the direction of text", "[\u202d\u202e]", 1),
    _Kind(
        "places between Hanzi with characters that nobody sees",
        f"(?<=[{_HAN}])[{_UNSEEN}]+(?=[{_HAN}，。、；：？！）（])",
        4,
    ),
    _Kind("marks laid over Hanzi", f"(?<=[{_HAN}])[{_MARKS_ABOVE}]+", 4),
    _Kind("words with letters of another alphabet that look Latin", f"[A-Za-z][{_ALIKE}]|[{_ALIKE}][A-Za-z]", 2),
    _Kind("radicals and compatibility forms in place of Hanzi", f"[{_STAND_INS}]", 10, 0.002, by_layout=True),
    _Kind("private characters amid Hanzi", f"(?<=[{_HAN}，。、])[{_PRIVATE}]+(?=[{_HAN}，。、])", 8, 0.005),
    _Kind(
        "stretches with a blank or mark between all Hanzi",
        _spaced(f"[{_HAN}]"),
        1,
        by_layout=True,
    ),
)


def suspected(text: str, format: str = "text") -> tuple[Reservation, ...]:
    """`format` as `SourceText` has it: what a page's layout makes by itself is not held against it."""
    return tuple(_found(text, format))


def _found(text: str, format: str) -> Iterator[Reservation]:
    if text.isascii():
        return
    # Letter spacing, the last kind, is made of ordinary characters; all others need a strange one.
    *strange, spaced = _KINDS
    kinds = strange if _strange().search(text) else []
    if _compiled(_spaced(_MAYBE_HAN)).search(text):
        kinds = [*kinds, spaced]
    hanzi = -1
    for kind in kinds:
        if kind.by_layout and format in _LAID_OUT:
            continue
        first, count = _counted(text, kind.pattern)
        if first is None or count < kind.least:
            continue
        if kind.share and hanzi < 0:
            hanzi = len(re.findall(f"[{_HAN}]", text))
        if count >= kind.share * hanzi or not kind.share:
            yield Reservation("evasion-suspected", f"{count:,} {kind.words}", first)


def _counted(text: str, pattern: str) -> tuple[Span | None, int]:
    first, count = None, 0
    for match in _compiled(pattern).finditer(text):
        first = first or Span(*match.span())
        count += 1
    return first, count


@cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)


@cache
def _strange() -> "re.Pattern[str]":
    """Any character that a kind but letter spacing needs: most texts have none, and are looked through once."""
    return re.compile(f"[{_UNSEEN}{_MARKS_ABOVE}{_ALIKE}{_STAND_INS}{_PRIVATE}]")
