"""A seeded random generator -> sentences of officialese, in words, as many as one likes.

A clause is a pattern of word classes and fixed words; a sentence has up to seven. Whole blocks of sentences are
drawn at once: the patterns are laid end to end as one array of codes, and every class fills its places in one call.

Terms: *raw* text has `SEPARATOR` after each word, so that it can be edited by words; `plain` takes it away.
"""

from typing import Final

import numpy as np

from corpus.vocabulary import Tokens, vocabulary

#: Between words of raw text: the unit separator of ASCII, which no word holds.
SEPARATOR: Final = "\x1f"
_END: Final = "\n"
#: Sentences drawn at a time: enough that the calls of numpy cost nothing; some MB of memory.
BLOCK: Final = 4_000
#: Clauses of a sentence, and how often: 46 characters on average.
_CLAUSES: Final = ((1, 0.06), (2, 0.16), (3, 0.22), (4, 0.22), (5, 0.16), (6, 0.10), (7, 0.08))
#: The share of clauses that are one stock phrase. With it two reports' longest shared runs have mostly 20 to 33
#: characters, as those of two provinces' work reports have.
_STOCK: Final = 0.08

#: {x} is a word of class x: v(erb) n(oun) a(djective) d (adverb) w (verbal noun) o(ffice) t(ime) p(lace) q(uantity)
#: y(ear). The commonest first.
_PATTERNS: Final = """
{v}{n}{w}|{d}{v}{n}{n}|{v}{n}{q}|{d}{v}{a}{n}|{v}{n}和{n}{w}|{n}{n}{v}{q}|{v}{n}、{n}、{n}{w}|{n}{w}{d}{v}
{o}{d}{v}{n}{w}|{t}，{n}{v}{n}{q}|以{n}{w}为{n}|在{p}{v}{n}{n}{q}|对{n}{n}{d}{v}{w}|{v}了{a}的{n}{w}|{n}{n}达到{q}
共{v}{n}{q}|比上年{v}{q}|{v}“{n}{n}”{w}|把{n}{w}与{n}{v}结合起来|{v}{p}{n}{n}{w}|围绕{n}{w}{v}{n}|{y}{v}{n}{q}
由{o}牵头{v}{n}|{n}{w}{n}{v}率{q}|{v}{n}{q}、{n}{q}|使{n}{n}{d}{v}|为{n}{v}{a}{n}|{n}总量{v}到{q}|{a}{n}{d}{v}
针对{n}{v}中{n}{a}的问题|{v}{n}{w}{q}以上|同{p}{o}{v}{n}{w}|按{n}{w}要求{v}{n}|{d}{v}{n}{v}{n}|从{n}{v}到{n}{w}
其中{n}{n}{q}|{v}{n}{n}的{a}{w}|向{n}{v}{n}{q}|{n}与{n}{v}{a}|{v}全{n}{w}|{a}{n}、{a}{n}{d}{v}|{v}{v}{n}{w}
"""
_CLASSES: Final = {
    "v": "verb",
    "n": "noun",
    "a": "adjective",
    "d": "adverb",
    "w": "verbal",
    "o": "office",
    "t": "time",
    "p": "place",
    "q": "quantity",
    "y": "year",
    "s": "phrase",
}
_NAMES: Final = tuple(_CLASSES.values())


def plain(raw: str) -> str:
    """The text as it is written to a file."""
    return raw.replace(SEPARATOR, "")


def drawn_sentences(rng: np.random.Generator) -> list[str]:
    """A block of raw sentences, each with its full stop."""
    words = vocabulary().words
    text = SEPARATOR.join([words[token] for token in _filled(_coded(rng), rng).tolist()])
    return text.split(_END + SEPARATOR)[:-1]


def drawn_words(name: str, count: int, rng: np.random.Generator) -> list[str]:
    """So many words of one class."""
    words = vocabulary().words
    return [words[token] for token in vocabulary().draw(name, count, rng).tolist()]


def _patterns() -> list[list[int]]:
    """Each pattern as codes: a token's number, or −1 − c for a place of class number c. The last is a stock phrase."""
    letters = list(_CLASSES)
    found = []
    for pattern in [*_PATTERNS.replace("\n", "|").strip("|").split("|"), "{s}"]:
        pieces = pattern.replace("}", "{").split("{")
        codes = [
            -1 - letters.index(piece) if number % 2 else vocabulary().number(piece)
            for number, piece in enumerate(pieces)
            if piece
        ]
        found.append(codes)
    return found


def _coded(rng: np.random.Generator) -> Tokens:
    """The codes of a block of sentences, end to end."""
    patterns = _patterns()
    lengths = np.array([len(pattern) for pattern in patterns])
    starts = np.cumsum(lengths) - lengths
    flat = np.concatenate([np.array(pattern, np.int32) for pattern in patterns])
    counts, shares = zip(*_CLAUSES, strict=True)
    last = np.cumsum(rng.choice(counts, BLOCK, p=shares)) - 1
    weights = (np.arange(len(patterns) - 1) + 4.0) ** -0.7
    chosen = rng.choice(len(patterns), last[-1] + 1, p=np.append(weights / weights.sum() * (1 - _STOCK), _STOCK))
    sizes = lengths[chosen] + 1
    sizes[last] += 1
    begins = np.cumsum(sizes) - sizes
    marks = np.array([vocabulary().number(mark) for mark in "，，，，，，；、"], np.int32)
    codes = np.full(sizes.sum(), vocabulary().number("。"), np.int32)
    within = np.arange(lengths[chosen].sum()) - np.repeat(np.cumsum(lengths[chosen]) - lengths[chosen], lengths[chosen])
    codes[np.repeat(begins, lengths[chosen]) + within] = flat[np.repeat(starts[chosen], lengths[chosen]) + within]
    inner = np.setdiff1d(np.arange(len(chosen)), last, assume_unique=True)
    codes[begins[inner] + lengths[chosen][inner]] = rng.choice(marks, len(inner))
    codes[begins[last] + sizes[last] - 1] = vocabulary().number(_END)
    return codes


def _filled(codes: Tokens, rng: np.random.Generator) -> Tokens:
    """The codes with a word in each class's places."""
    for number, name in enumerate(_NAMES):
        places = np.flatnonzero(codes == -1 - number)
        codes[places] = vocabulary().draw(name, len(places), rng)
    return codes
