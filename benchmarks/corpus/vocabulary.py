"""Word lists -> a table of tokens by class, each drawn as often as words of its rank are.

Tokens are numbers into one list of strings, so that a text of a million words is drawn in a few calls of numpy.

Source: lexicon.txt and phrases.txt are the project's own; the tail of nouns, verbs and adjectives is the dictionary of
jieba (MIT) by frequency.
Limitations: words of one class are independent of each other, so there are no topics; what is measured needs none.
"""

from functools import cache
from importlib import util
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Tokens = npt.NDArray[np.int32]

FOLDER: Final = Path(__file__).parent
#: Words of each class that the dictionary adds; with the lexicon about 9,000 in all, as an office's archive has.
DICTIONARY: Final = {"noun": ("n", 4500), "verb": ("v", 2200), "adjective": ("a", 700), "verbal": ("vn", 900)}
PLACES: Final = 900
QUANTITIES: Final = 40_000
#: Zipf-Mandelbrot: the weight of the word of rank r is (r + SHIFT) ** -POWER, as fitted to Chinese newspapers.
POWER: Final = 1.0
SHIFT: Final = {"phrase": 6.0}
USUAL_SHIFT: Final = 12.0
EVEN: Final = ("quantity", "place", "year")
#: A dictionary word with one of these is no word of a report.
UNFIT: Final = frozenset("杀死尸妓奸血鬼淫嫖毒赌屁奶娘爹妈婊嫁妾姨媳姑爷婆吻哭骂贼奴皇帝妃臣魔仙佛僧娼尿屎狗猪")


class Vocabulary:
    """Every token there is: `words` by number, and for each class the numbers of its tokens and how they are drawn."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._classes: dict[str, tuple[Tokens, npt.NDArray[np.float64]]] = {}
        for name, words in _classes().items():
            numbers = np.array([self.number(word) for word in dict.fromkeys(words)], np.int32)
            ranks = np.arange(len(numbers), dtype=float)
            shift = SHIFT.get(name, USUAL_SHIFT)
            weights = np.ones(len(numbers)) if name in EVEN else (ranks + shift) ** -POWER
            self._classes[name] = numbers, np.cumsum(weights) / weights.sum()

    def number(self, word: str) -> int:
        """The word's number; it gets one where it is new."""
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]

    def draw(self, name: str, count: int, rng: np.random.Generator) -> Tokens:
        """So many tokens of a class, each by its weight."""
        numbers, cumulated = self._classes[name]
        drawn = np.searchsorted(cumulated, rng.random(count), side="right").clip(max=len(numbers) - 1)
        return np.take(numbers, drawn)


@cache
def vocabulary() -> Vocabulary:
    """The one there is."""
    return Vocabulary()


def _classes() -> dict[str, list[str]]:
    """The words of each class, the commonest first."""
    classes: dict[str, list[str]] = {}
    for line in _lines("lexicon.txt"):
        name, words = line.split(" ", 1)
        classes[name] = words.split()
    classes["phrase"] = _lines("phrases.txt")
    for name, (tag, count) in DICTIONARY.items():
        classes[name] = classes.get(name, []) + _dictionary(tag)[:count]
    classes["place"] = [word + suffix for word, suffix in zip(_dictionary("ns")[:PLACES], "县市区" * 300, strict=True)]
    classes["year"] = [f"{year}年" for year in range(2009, 2025)]
    classes["quantity"] = _quantities(classes["counter"], classes["unit"])
    return classes


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def _entries() -> dict[str, list[tuple[int, str]]]:
    """Frequency and word of jieba's dictionary by part of speech, the commonest first; words of two to four Hanzi."""
    package = util.find_spec("jieba")
    assert package is not None and package.submodule_search_locations
    found: dict[str, list[tuple[int, str]]] = {}
    for line in (Path(package.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if 2 <= len(word) <= 4 and not UNFIT & set(word):
            found.setdefault(tag, []).append((-int(frequency), word))
    return {tag: sorted(entries) for tag, entries in found.items()}


def _dictionary(tag: str) -> list[str]:
    """Words of one part of speech; of places only bare names of two Hanzi, which take a suffix of their own."""
    words = [word for _, word in _entries()[tag]]
    return [word for word in words if len(word) == 2 and word[1] not in "市县区省州"] if tag == "ns" else words


def _quantities(counters: list[str], units: list[str]) -> list[str]:
    """Figures with what they count: whole numbers, decimals and percentages, small ones as frequent as large ones."""
    rng = np.random.default_rng(1)
    size = 10 ** rng.uniform(0, 4.5, QUANTITIES)
    kind = rng.integers(0, 3, QUANTITIES)
    shapes = (
        lambda value, which: f"{int(value)}{counters[which % len(counters)]}",
        lambda value, which: f"{value:.{which % 3}f}{units[which % len(units)]}",
        lambda value, _: f"{value % 100:.1f}%",
    )
    which = rng.integers(0, 1_000, QUANTITIES)
    return [shapes[k](float(v), int(w)) for k, v, w in zip(kind, size, which, strict=True)]
