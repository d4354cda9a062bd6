"""A corpus and a word list -> data/likelihood.bin and data/pinyin.txt.

    python -m kejidiff.background.build_likelihood ../shared/corpus

Provenance of `likelihood.bin`. (1) Official texts of the People's Republic of China: work reports of the State Council
and of one county, national laws, local regulations; where they come from and on what terms stands in the corpus's own
PROVENANCE.md (Copyright Law of the PRC, Art. 5). Its reports to party congresses are left out, because their status is
the least certain. (2) The word list of jieba 0.42.1 (MIT licence), read as a file. Kept are costs of single symbols and
of pairs, no text. Running text is needed: a word list has no pairs across words, and a model of it alone finds .38 of
the damage at four characters where this one finds .998.

Provenance of `pinyin.txt`: the readings of pypinyin (MIT licence, needed only here), turned round.

Building takes some five seconds. The result depends on nothing but the texts, the list and OpenCC's table of
characters, which is needed only here too.
"""

import importlib.util
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import ASTRAL, DATA, LONGEST, STEPS, Likelihood, Symbols, codes_of, packed

PINYIN: Final = DATA.with_name("pinyin.txt")

#: Hanzi with a symbol of their own: they make up .9998 of the running text and .996 of all that is counted.
LISTED: Final = 3500

#: Characters the word list weighs, in all, against 4 million of running text. A choice: the list knows the names of
#: people and places that prose rarely has, but it has no pairs across words.
WORD_LIST_WEIGHT: Final = 2_000_000

#: Half a count for every symbol, seen or not, so that none is impossible.
UNSEEN: Final = 0.5

#: A pair is stored where that changes its cost by more than this: 333,000 pairs of 414,000 that occur.
TELLING_BITS: Final = 0.5

#: Marks with a symbol of their own, each with the other shapes that are folded into it.
MARKS: Final = (
    "，,﹐", "。｡", "、､", "；;﹔", "：:﹕∶", "？?﹖", "！!﹗", "“「＂\"", "”」", "‘『", "’』", "（(﹙", "）)﹚",
    "《", "》", "〈", "〉",
    "【", "】", "…", "—―", "·•・", "-－﹣", ".．﹒", "%％﹪", "/／", "\n\r\v\f\u2028\u2029",
    " \t\u00a0\u2002\u2003\u2009\u3000",
)  # fmt: skip

#: Classes of all other characters: first code point and name; a class reaches to the next one's start (Unicode blocks,
#: joined where damage makes no difference).
CLASSES: Final = (
    (0x0000, "control"), (0x0020, "ascii"), (0x0030, "digit"), (0x003A, "ascii"), (0x0041, "latin"), (0x005B, "ascii"),
    (0x0061, "latin"), (0x007B, "ascii"), (0x007F, "control"), (0x00A0, "western"), (0x0100, "letter"),
    (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, "foreign"), (0x2000, "symbol"), (0x2E80, "rare"),
    (0x3000, "symbol"), (0x3040, "kana"), (0x3100, "bopomofo"), (0x3130, "foreign"), (0x31F0, "kana"),
    (0x3200, "symbol"), (0x3400, "rare"), (0x4DC0, "symbol"), (0x4E00, "rare"), (0xA000, "foreign"),
    (0xD800, "private"), (0xF900, "rare"), (0xFB00, "foreign"), (0xFE00, "symbol"), (0xFE70, "foreign"),
    (0xFF00, "symbol"), (0xFF66, "kana"), (0xFFA0, "foreign"), (0xFFE0, "symbol"), (0xFFFD, "replacement"),
    (0xFFFE, "private"),
)  # fmt: skip

#: How many characters the cost of a class is spread over: about what a text that has any can draw on. Rare Hanzi of
#: GB 2312 are a class apart, because names of people and places draw on them and damage on all 21,000 of GBK.
MEMBERS: Final = {
    "control": 32, "ascii": 16, "digit": 10, "latin": 52, "western": 96, "letter": 128, "greek": 48, "cyrillic": 64,
    "foreign": 4096, "symbol": 512, "kana": 170, "bopomofo": 64, "private": 4096, "replacement": 1,
    "rare-gb2312": 3300, "rare": 14000, "astral": 14000,
}  # fmt: skip


def corpus_texts(folder: Path) -> dict[str, str]:
    """The corpus by file name, without its reports to party congresses."""
    paths = sorted(path for path in folder.glob("*/*.txt") if path.parent.name != "congress")
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def word_list() -> list[tuple[str, int]]:
    """jieba's words with their frequencies; the package is located, not imported."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed")
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return [(word, int(frequency)) for word, frequency, *_ in map(str.split, lines)]


def simplified() -> NDArray[np.uint32]:
    """OpenCC's simplified form of every BMP code point, character by character: itself where there is none."""
    import opencc

    forms = np.arange(ASTRAL, dtype=np.uint32)
    hanzi = [code for code in range(0x3400, 0xFB00) if not 0xA000 <= code < 0xF900]
    converted = opencc.OpenCC("t2s").convert("\n".join(map(chr, hanzi))).split("\n")
    for code, form in zip(hanzi, converted, strict=True):
        if len(form) == 1 and ord(form) < ASTRAL:
            forms[code] = ord(form)
    return forms


def is_hanzi(code: int) -> bool:
    """The two great blocks; compatibility forms are not counted."""
    return 0x3400 <= code < 0x4DC0 or 0x4E00 <= code < 0xA000


def listed(
    texts: Iterable[str], words: Sequence[tuple[str, int]], weight: float, forms: NDArray[np.uint32]
) -> list[int]:
    """The commonest Hanzi in simplified form, commonest first; equally common ones by code point."""
    counts: defaultdict[int, float] = defaultdict(float)
    for text in texts:
        for char, times in Counter(text).items():
            counts[ord(char)] += times
    for word, frequency in words:
        for char in word:
            counts[ord(char)] += frequency * weight
    folded: defaultdict[int, float] = defaultdict(float)
    for code, count in counts.items():
        if is_hanzi(code):
            folded[int(forms[code])] += count
    return sorted(folded, key=lambda code: (-folded[code], code))[:LISTED]


def symbol_table(hanzi: Sequence[int], forms: NDArray[np.uint32]) -> tuple[Symbols, NDArray[np.float64]]:
    """The symbol of every code point, and how many members each symbol's cost is spread over."""
    names = list(MEMBERS)
    first_class = len(hanzi) + len(MARKS)
    table = np.empty(ASTRAL + 1, np.uint16)
    for start, name in CLASSES:
        table[start:] = first_class + names.index(name)
    for code in range(0x4E00, 0xA000):
        if _in_gb2312(code):
            table[code] = first_class + names.index("rare-gb2312")
    for symbol, code in enumerate(hanzi):
        table[code] = symbol
    for symbol, shapes in enumerate(MARKS, len(hanzi)):
        table[[ord(shape) for shape in shapes]] = symbol
    table[0xFF01:0xFF5F] = np.where(table[0xFF01:0xFF5F] >= first_class, table[0x21:0x7F], table[0xFF01:0xFF5F])
    table[:ASTRAL] = table[forms]
    table[ASTRAL] = first_class + names.index("astral")
    return table, np.array([1] * first_class + list(MEMBERS.values()), np.float64)


def _in_gb2312(code: int) -> bool:
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pair_counts(
    texts: Iterable[str], words: Sequence[tuple[str, int]], weight: float, table: Symbols, size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How often each symbol occurs, shape (size,), and each pair of neighbours, shape (size, size)."""
    running = table[np.minimum(codes_of("\n" + "\n".join(texts)), ASTRAL)].astype(np.int64)
    single = np.bincount(running, minlength=size).astype(np.float64)
    pairs = np.bincount(running[:-1] * size + running[1:], minlength=size * size).astype(np.float64)
    entries = table[np.minimum(codes_of("".join(word for word, _ in words)), ASTRAL)].astype(np.int64)
    lengths = np.array([len(word) for word, _ in words])
    counts = np.repeat(np.array([frequency * weight for _, frequency in words]), lengths)
    inside = np.ones(len(entries) - 1, np.bool_)
    inside[np.cumsum(lengths)[:-1] - 1] = False
    single += np.bincount(entries, counts, size)
    pairs += np.bincount((entries[:-1] * size + entries[1:])[inside], counts[1:][inside], size * size)
    return single, pairs.reshape(size, size)


def trained(texts: Sequence[str]) -> Likelihood:
    """The model of running text and the word list."""
    words, forms = word_list(), simplified()
    weight = WORD_LIST_WEIGHT / sum(len(word) * frequency for word, frequency in words)
    hanzi = listed(texts, words, weight, forms)
    table, members = symbol_table(hanzi, forms)
    single, pairs = pair_counts(texts, words, weight, table, len(members))
    probable = (single + UNSEEN) / np.sum(single + UNSEEN)
    occurrences, successors = pairs.sum(axis=1), (pairs > 0).sum(axis=1)
    trust = occurrences / (occurrences + 2 * successors + 1)
    spread = np.log2(members)
    alone = _steps(spread - np.log2(probable), 30.0)
    link = _steps(-np.log2(1 - trust), 15.0)
    given = trust[:, None] * pairs / np.maximum(occurrences, 1e-9)[:, None] + np.outer(1 - trust, probable)
    costs = np.minimum(spread - np.log2(given), LONGEST)
    unseen = np.minimum((link[:, None].astype(np.float64) + alone) / STEPS, LONGEST)
    stored = np.flatnonzero(unseen - costs > TELLING_BITS)
    return Likelihood.of(table, alone, link, stored.astype(np.uint32), _steps(costs.reshape(-1)[stored], LONGEST))


def _steps(bits: NDArray[np.float64], most: float) -> NDArray[np.uint8]:
    steps: NDArray[np.uint8] = np.rint(np.minimum(bits, most) * STEPS).astype(np.uint8)
    return steps


#: Letters that stand for others in notes and in pypinyin's data alike.
SAME_LETTER: Final = str.maketrans("ɡɑ", "ga")


def syllables() -> dict[str, list[str]]:
    """Every reading with a tone mark, and the BMP Hanzi that have it, ascending."""
    from pypinyin.constants import PINYIN_DICT

    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, readings in sorted(PINYIN_DICT.items()):
        for reading in readings.split(","):
            syllable = unicodedata.normalize("NFC", reading).translate(SAME_LETTER)
            if is_hanzi(code) and not syllable.isascii() and chr(code) not in found[syllable]:
                found[syllable].append(chr(code))
    return dict(sorted(found.items()))


def pinyin_table() -> str:
    """The text of data/pinyin.txt."""
    head = "# syllable, then all Hanzi read so, after pypinyin's data (MIT licence); built by build_likelihood\n"
    return head + "".join(f"{syllable} {''.join(hanzi)}\n" for syllable, hanzi in syllables().items())


def main(arguments: list[str]) -> int:
    """Writes both files; 2 if the call is off."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m kejidiff.background.build_likelihood CORPUS\n")
        return 2
    data = packed(trained(list(corpus_texts(Path(arguments[0])).values())))
    DATA.write_bytes(data)
    PINYIN.write_text(pinyin_table(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{DATA.name}: {len(data)} bytes; {PINYIN.name}: {PINYIN.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
