"""Words for words: the project's own list, and jieba's dictionary where a text must change more than the list can."""

import logging
import random
from collections import defaultdict
from functools import cache
from importlib import util
from pathlib import Path

_LIST = Path(__file__).with_name("words.txt")
#: Dictionary words rarer than this (in 60 million) are names and misprints more often than words.
_COMMON = 50


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each word of the list with those that can stand for it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        group = [] if line.startswith("#") else line.split()
        for word in group:
            found[word] += [other for other in group if other != word and other not in found[word]]
    return {word: tuple(others) for word, others in found.items()}


@cache
def dictionary() -> dict[int, tuple[str, ...]]:
    """Common words of Hanzi by length, in the order of the dictionary."""
    package = util.find_spec("jieba")
    assert package is not None and package.submodule_search_locations
    by_length: dict[int, list[str]] = defaultdict(list)
    for line in (Path(package.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if int(frequency) >= _COMMON and tag[:1] in "vna" and tag[:2] not in ("nr", "ns", "nt") and is_han(word):
            by_length[len(word)].append(word)
    return {length: tuple(words) for length, words in by_length.items()}


def is_han(text: str) -> bool:
    """True where every character is a Hanzi of the great block; False for no character at all."""
    return bool(text) and all("一" <= character <= "鿿" for character in text)


@cache
def _cutter() -> "object":
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()


def words_of(text: str) -> list[str]:
    """The text in words, without jieba's guesses at words it does not know."""
    words: list[str] = _cutter().lcut(text, HMM=False)  # type: ignore[attr-defined]  # jieba has no types
    return words


def listed_word(word: str, rng: random.Random) -> str:
    """A word of the list in its place; the word itself where it is not in the list."""
    return rng.choice(synonyms().get(word, (word,)))


def other_word(word: str, rng: random.Random) -> str:
    """Another word in its place: of the list, else any of its length; the word itself where there is none."""
    choices = synonyms().get(word)
    if choices is None and is_han(word):
        choices = dictionary().get(len(word))
    return rng.choice(choices) if choices else word
