"""A corpus and a word list -> data/characters.txt: how often each character occurs, in either script.

    python -m kejidiff.background.build_characters ../shared/corpus

Provenance of the shipped file. (1) One half of a corpus of official texts of the People's Republic of China: work
reports of the State Council and of one county, national laws, local regulations; where they come from and on what
terms stands in the corpus's own PROVENANCE.md (Copyright Law of the PRC, Art. 5). Its reports to party congresses
are left out, because their status is the least certain. (2) The word list of jieba 0.42.1 (MIT licence), read as a
file: every character of a word counts as often as the word. Nothing but one number per character is kept.

The half is chosen by a hash of the file's name, so that decoding can be measured on texts the table never saw.
Building takes about half a minute, most of it conversion to traditional script (OpenCC, needed only here).
"""

import hashlib
import importlib.util
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kejidiff.background.characters import DATA

#: Traditional texts come in the forms of Taiwan, of Hong Kong and of OpenCC's own standard; each weighs a third.
TRADITIONAL: Final = ("s2tw", "s2hk", "s2t")
#: What Taiwan and Hong Kong set instead of curly quotation marks.
QUOTES: Final = str.maketrans("“”‘’", "「」『』")

#: Rarer characters are left to `UNLISTED_BITS`. Up to 18 bits there are 4,500, in 14 kB, which make up .9994 of
#: held-out prose.
LISTED_BITS: Final = 18.0

#: Of a character the file does not name. Wrong readings draw their characters from some 20,000 (14.3 bits).
UNLISTED_BITS: Final = 20.0

#: Of printable ASCII and the blanks of a line. Far less than their share of Chinese prose asks for, but one word of
#: Latin letters must not cost more than the same bytes taken in pairs for Hanzi (U+6161 "ab" and the like), or a
#: page of English with one Chinese name in GB18030 becomes UTF-16.
ASCII_BITS: Final = 6.0
ASCII: Final = "\t\n\r" + "".join(map(chr, range(0x20, 0x7F)))


#: Marks, numbering, full-width ASCII and the lines of tables (rows 1 to 3 and 9 of GB2312) cost no more than this: the
#: corpus is prose and has few, other reports are half tables. It is the mean up to which `read/decode` takes a text for
#: Chinese, so that they testify neither way.
SYMBOL_BITS: Final = 13.0
SYMBOLS: Final = "".join(
    bytes((row, cell)).decode("gb2312", "ignore") for row in (0xA1, 0xA2, 0xA3, 0xA9) for cell in range(0xA1, 0xFF)
)


def held_out(name: str) -> bool:
    """True for the half of the corpus (by file name) that is never counted, only measured on."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def counted_texts(corpus: Path) -> list[str]:
    """The corpus's texts that the shipped file is counted from."""
    paths = sorted(path for path in corpus.glob("*/*.txt") if not held_out(path.name))
    return [path.read_text(encoding="utf-8") for path in paths if path.parent.name != "congress"]


def word_list() -> list[tuple[str, int]]:
    """jieba's words of two and more characters with their frequencies; the package is located, not imported.

    Its one-character entries are left out: among them are remains of UTF-8 read as GBK (闂, 缁, 鐢) with high counts.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return [(word, int(frequency)) for word, frequency, *_ in map(str.split, lines) if len(word) > 1]


def converted(texts: list[str], conversion: str) -> list[str]:
    """The texts in traditional script, with corner brackets for quotation marks; `conversion` is a name of OpenCC."""
    import opencc

    converter = opencc.OpenCC(conversion)
    return [converter.convert(text).translate(QUOTES) for text in texts]


def shares(texts: Iterable[str], frequencies: Iterable[int]) -> dict[str, float]:
    """Each character's share, every text weighted by its frequency; the shares sum to 1."""
    counts: Counter[str] = Counter()
    for text, frequency in zip(texts, frequencies, strict=True):
        for char in text:
            counts[char] += frequency
    total = counts.total()
    return {char: count / total for char, count in counts.items()}


def mixed(parts: list[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    """The weighted sum of distributions; weights sum to 1."""
    mixture: defaultdict[str, float] = defaultdict(float)
    for part, weight in parts:
        for char, share in part.items():
            mixture[char] += share * weight
    return dict(mixture)


def counted(corpus: Path) -> dict[str, float]:
    """The distribution of both scripts: running text and word list weigh the same, and so do the scripts.

    Official prose is what will be read; the list knows the surnames and places that prose rarely has.
    """
    texts, words = counted_texts(corpus), word_list()
    names, frequencies = [word for word, _ in words], [frequency for _, frequency in words]
    once = [1] * len(texts)
    parts: list[tuple[Mapping[str, float], float]] = [(shares(texts, once), 1 / 4), (shares(names, frequencies), 1 / 4)]
    for conversion in TRADITIONAL:
        parts.append((shares(converted(texts, conversion), once), 1 / 12))
        parts.append((shares(converted(names, conversion), frequencies), 1 / 12))
    return mixed(parts)


def in_bits(probability: float) -> float:
    """-log2, rounded to quarters."""
    return round(-4 * math.log2(probability)) / 4


def listed_costs(probabilities: Mapping[str, float]) -> dict[str, float]:
    """The characters that get an entry, and what they cost."""
    costs = {char: in_bits(share) for char, share in probabilities.items()}
    listed = {char: cost for char, cost in costs.items() if cost <= LISTED_BITS}
    symbols = {char: min(listed.get(char, SYMBOL_BITS), SYMBOL_BITS) for char in SYMBOLS}
    return listed | symbols | dict.fromkeys(ASCII, ASCII_BITS)


def lines_of(listed: Mapping[str, float]) -> Iterator[str]:
    """The data file's lines (its format: `characters.parse`); the same mapping gives the same bytes."""
    yield "# Cost of a character in bits, -log2 of its share; counted by kejidiff.background.build_characters."
    yield f"@unlisted\t{UNLISTED_BITS:g}"
    for cost in sorted(set(listed.values())):
        same = sorted(char for char in listed if listed[char] == cost)
        named = [char for char in same if char in " U" or not char.isprintable()]
        yield from (f"{cost:g}\tU+{ord(char):04X}" for char in named)
        if len(named) < len(same):
            yield f"{cost:g}\t" + "".join(char for char in same if char not in named)


def main(arguments: list[str]) -> int:
    """Writes the data file; the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m kejidiff.background.build_characters CORPUS\n")
        return 2
    content = "\n".join(lines_of(listed_costs(counted(Path(arguments[0]))))) + "\n"
    DATA.write_text(content, encoding="utf-8", newline="\n")
    sys.stderr.write(f"{DATA.name}: {len(content.encode())} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
