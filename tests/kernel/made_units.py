"""Pairs of units out of a seed: unrelated, edited, in another order, periodic; few symbols or many; any length."""

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np

from kejidiff.align.unit_pairs import UnitPairs, UnitTexts
from kejidiff.kernel.matches import Places
from kejidiff.model import FIGURE_SYMBOL

#: Where words of 64 bits begin and end, and the longest that kernels take.
LENGTHS = (0, 1, 2, 20, 63, 64, 65, 127, 128, 129, 191, 193, 256, 300, 383, 385, 449, 480, 511, 512)
ALPHABETS = (1, 2, 3, 50, 1500)
#: Two alphabets more than one symbol apart: Hanzi, and halves of surrogate pairs, which are symbols like others.
FIRST = (0x4E00, 0xD800)
#: Characters of an anchor.
GRAM = 7

Symbols = list[int]


def edited(symbols: Sequence[int], share: float, alphabet: Sequence[int], drawn: random.Random) -> Symbols:
    """A share of the symbols exchanged, left out, or followed by another."""
    made: Symbols = []
    for one in symbols:
        other = drawn.choice(alphabet)
        made += drawn.choice(([other], [], [one, other])) if drawn.random() < share else [one]
    return made


def two_texts(seed: int) -> tuple[Symbols, Symbols]:
    """Of at most 512 symbols each."""
    drawn = random.Random(seed)
    first, size = drawn.choice(FIRST), drawn.choice(ALPHABETS)
    alphabet = [first + number for number in range(size)] + [ord(FIGURE_SYMBOL)] * drawn.choice((0, 1, size // 20))
    left = drawn.choices(alphabet, k=drawn.choice(LENGTHS))
    how = drawn.random()
    if how < 0.2:
        right = drawn.choices(alphabet, k=drawn.choice(LENGTHS))
    elif how < 0.6:
        right = edited(left, drawn.choice((0.0, 0.02, 0.1, 0.3, 0.6)), alphabet, drawn)
    elif how < 0.8:
        right = put_together(left, alphabet, drawn)
    else:
        period = drawn.choices(alphabet, k=drawn.randint(1, 9)) * 600
        shift = drawn.randint(0, 9)
        left, right = period[: drawn.choice(LENGTHS)], period[shift : shift + drawn.choice(LENGTHS)]
    return left[:512], right[:512]


def put_together(symbols: Symbols, alphabet: Sequence[int], drawn: random.Random) -> Symbols:
    """Stretches of a text in any order, some more than once, some edited, with others between."""
    made: Symbols = []
    for _ in range(drawn.randint(1, 6)):
        start = drawn.randint(0, len(symbols))
        stretch = symbols[start : start + drawn.randint(0, 200)]
        made += edited(stretch, drawn.choice((0.0, 0.0, 0.1)), alphabet, drawn)
        made += drawn.choices(alphabet, k=drawn.choice((0, 0, 3, 40)))
    return made


def places_of(left: Symbols, right: Symbols, drawn: random.Random) -> list[tuple[int, int]]:
    """Where runs that both hold first stand, to two and four symbols; now and then any places at all."""
    if drawn.random() < 0.1:
        return [(drawn.randint(0, 511), drawn.randint(0, 511)) for _ in range(drawn.randint(0, 40))]
    ours, theirs = (
        {tuple(side[at : at + GRAM]): at for at in reversed(range(len(side) - GRAM + 1))} for side in (left, right)
    )
    places = [(ours[gram] // 2 * 2, theirs[gram] // 4 * 4) for gram in ours if gram in theirs]
    if drawn.random() < 0.2:
        drawn.shuffle(places)
    return places[:: drawn.choice((1, 2, 4))]


def texts_of(units: Sequence[Symbols], drawn: random.Random) -> UnitTexts:
    """Units with figures worth 0 (hidden), 1 or 2."""
    symbols = np.array([symbol for unit in units for symbol in unit], dtype=np.uint16)
    figures = [Counter(unit)[ord(FIGURE_SYMBOL)] for unit in units]
    begins, value_begins = (
        np.concatenate(([0], np.cumsum(sizes))).astype(np.int64) for sizes in (list(map(len, units)), figures)
    )
    values = np.array(drawn.choices((0, 1, 2), k=sum(figures)), dtype=np.uint32)
    return UnitTexts(symbols, begins, values, value_begins)


def pairs_of(seed: int, count: int) -> tuple[UnitTexts, UnitPairs, Places]:
    """So many pairs with the places of what they share."""
    drawn = random.Random(seed)
    both = [two_texts(drawn.getrandbits(32)) for _ in range(count)]
    shared = [places_of(left, right, drawn) for left, right in both]
    places = np.array([place for own in shared for place in own], dtype=np.int64).reshape(-1, 2)
    edges = np.concatenate(([0], np.cumsum(list(map(len, shared))))).astype(np.int64)
    sides = (np.ascontiguousarray(side) for side in places.T)
    numbers = np.arange(2 * count, dtype=np.int64)
    pairs = UnitPairs(np.ascontiguousarray(numbers[::2]), np.ascontiguousarray(numbers[1::2]))
    return texts_of([side for two in both for side in two], drawn), pairs, Places(edges, *sides)
