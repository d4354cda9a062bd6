"""A paragraph written before -> what somebody made of it: eight kinds of recycling.

Terms: texts are *raw*, in words. A kind returns `None` where the paragraph is not fit for it (no figures to change, too
few sentences to shuffle), and another paragraph is tried.
Limitations: edits know nothing of meaning; a replaced word is of any class.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.sentences import SEPARATOR, plain

#: Characters of a passage that is put into a fresh paragraph.
EMBEDDED: Final = (80, 170)
_MARKS: Final = frozenset("，。；、“”")
_CLAUSE_END: Final = re.compile(f"(?<=[，；。]{SEPARATOR})")
_SENTENCE_END: Final = re.compile(f"(?<=。{SEPARATOR})")
_DIGITS: Final = re.compile("[0-9]+")
#: Words that are edited at one go, as an editor does.
_RUN: Final = (1, 4)

Words = Iterator[str]


@dataclass(frozen=True, slots=True)
class Made:
    """`raw` is what it became. `start` and `end` bound what was taken, in plain characters of the source."""

    raw: str
    start: int
    end: int


def edited(raw: str, share: float, words: Words, rng: random.Random) -> Made:
    """`share` of the characters replaced (three of five), deleted or inserted, in runs of one to four words."""
    pieces = raw.split(SEPARATOR)
    length = len(plain(raw))
    free = [place for place, piece in enumerate(pieces) if piece and piece not in _MARKS]
    rng.shuffle(free)
    touched: set[int] = set()
    changed = 0.0
    for place in free:
        if changed >= share * length:
            break
        run = range(place, min(place + rng.randint(*_RUN), len(pieces) - 1))
        if not touched.isdisjoint(run):
            continue
        touched.update(run)
        changed += _edit(pieces, run, words, rng.random())
    return Made(SEPARATOR.join(piece for piece in pieces if piece) + SEPARATOR, 0, length)


def _edit(pieces: list[str], run: range, words: Words, choice: float) -> int:
    """One edit in place; the number of characters it changed."""
    fresh = [next(words) for _ in run]
    if choice < 0.2:
        pieces[run.start] = SEPARATOR.join([*fresh, pieces[run.start]])
        return sum(map(len, fresh))
    old = [place for place in run if pieces[place] not in _MARKS]
    count = sum(len(pieces[place]) for place in old)
    for place, word in zip(old, fresh, strict=False):
        pieces[place] = "" if choice < 0.4 else word
    return count


def figures(raw: str, _: Words, rng: random.Random) -> Made | None:
    """Every figure another one of as many digits."""
    if len(_DIGITS.findall(raw)) < 2:
        return None
    return Made(_DIGITS.sub(lambda found: _other(found[0], rng), raw), 0, len(plain(raw)))


def _other(digits: str, rng: random.Random) -> str:
    new = digits
    while new == digits:
        new = str(rng.randint(1, 9)) + "".join(rng.choices("0123456789", k=len(digits) - 1))
    return new


def shuffled(raw: str, _: Words, rng: random.Random) -> Made | None:
    """The sentences in another order; three at least."""
    sentences = [sentence for sentence in _SENTENCE_END.split(raw) if sentence]
    if len(sentences) < 3:
        return None
    order = sentences
    while order == sentences:
        order = rng.sample(sentences, len(sentences))
    return Made("".join(order), 0, len(plain(raw)))


def excerpt(raw: str, _: Words, rng: random.Random) -> Made | None:
    """Clauses in sequence, of `EMBEDDED` characters or little more: what is put into a fresh paragraph."""
    clauses = [clause for clause in _CLAUSE_END.split(raw) if clause]
    lengths = [len(plain(clause)) for clause in clauses]
    wanted = rng.randint(*EMBEDDED)
    first = rng.randrange(len(clauses))
    if sum(lengths[first:]) < wanted:
        return None
    last = first
    while sum(lengths[first:last]) < wanted:
        last += 1
    return Made("".join(clauses[first:last]), sum(lengths[:first]), sum(lengths[:last]))


def traditional(raw: str, _: Words, __: random.Random) -> Made:
    """In traditional script."""
    return Made(_converter()(raw), 0, len(plain(raw)))


@cache
def _converter() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


KINDS: Final[Mapping[str, Callable[[str, Words, random.Random], Made | None]]] = {
    "verbatim": lambda raw, _words, _rng: Made(raw, 0, len(plain(raw))),
    "edited10": lambda raw, words, rng: edited(raw, 0.1, words, rng),
    "edited20": lambda raw, words, rng: edited(raw, 0.2, words, rng),
    "edited30": lambda raw, words, rng: edited(raw, 0.3, words, rng),
    "figures": figures,
    "traditional": traditional,
    "shuffled": shuffled,
    "embedded": excerpt,
}
EMBED: Final = "embedded"
