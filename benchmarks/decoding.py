"""A corpus -> how often the whole-file decoder is right, how much of a damaged text survives, and how fast it is.

    python benchmarks/decoding.py [CORPUS] [--foreign FOLDER]

Only the half of the corpus is used that data/characters.txt was not counted from. Right: the encoding is named, and
the text is not refused. `cut`: the last byte is gone. `bad k`: k random bytes are exchanged for other ones.
FOLDER holds texts of other languages as manual pages do, LANGUAGE/man1/NAME.1.gz in UTF-8; they are recoded into
encodings of their own, and should be refused. All random choices are seeded.
"""

import argparse
import gzip
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz.distance import LCSseq

from kejidiff.background.build_characters import converted, held_out
from kejidiff.read import Decoded, decode
from kejidiff.read.resync import replacing

LENGTHS = (10, 20, 50, 200, 2000)
FILES = 300
LONG_FILES = 25
DAMAGES = ("whole", "cut", "bad 1", "bad 3", "bad 5")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
FOREIGN = {
    "ja": ("shift_jis", "euc_jp"),
    "ko": ("euc_kr",),
    "ru": ("cp1251", "koi8-r"),
    "uk": ("cp1251",),
    "fr": ("latin-1",),
    "de": ("latin-1",),
    "es": ("latin-1",),
    "pl": ("cp1250",),
    "cs": ("iso8859-2",),
    "tr": ("cp1254",),
}

Form = tuple[str, str, bytes]


def texts(corpus: Path) -> list[str]:
    """The half of the corpus that was not counted."""
    return [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*/*.txt")) if held_out(path.name)]


def excerpts(whole: list[str], hanzi: int, count: int, rng: random.Random) -> list[str]:
    """Stretches of so many Hanzi, with whatever stands between them, from random places."""
    found: list[str] = []
    while len(found) < count:
        text = rng.choice(whole)
        places = [match.start() for match in HAN.finditer(text)]
        if len(places) >= hanzi:
            first = rng.randrange(len(places) - hanzi + 1)
            found.append(text[places[first] : places[first + hanzi - 1] + 1])
    return found


def forms(excerpts_: list[str]) -> Iterator[Form]:
    """Each excerpt in the eight forms: name, encoding that should be found, bytes."""
    for plain, traditional, hong_kong in zip(
        excerpts_, converted(excerpts_, "s2t"), converted(excerpts_, "s2hk"), strict=True
    ):
        yield "utf-8", "utf-8", plain.encode()
        yield "utf-8 marked", "utf-8", plain.encode("utf-8-sig")
        yield "gb18030 hans", "gb18030", plain.encode("gb18030")
        yield "gb18030 hant", "gb18030", traditional.encode("gb18030")
        yield "big5hkscs", "big5hkscs", hong_kong.encode("big5hkscs", "ignore")
        yield "utf-16-le", "utf-16-le", plain.encode("utf-16-le")
        yield "utf-16-be", "utf-16-be", plain.encode("utf-16-be")
        yield "utf-16-le marked", "utf-16-le", b"\xff\xfe" + plain.encode("utf-16-le")


def damaged(data: bytes, damage: str, rng: random.Random) -> bytes:
    """The bytes after one of `DAMAGES`."""
    if damage == "cut":
        return data[:-1]
    changed = bytearray(data)
    for place in rng.sample(range(len(data)), int(damage[4:]) if damage != "whole" else 0):
        changed[place] = (changed[place] + rng.randrange(1, 256)) % 256
    return bytes(changed)


def choice(whole: list[str]) -> None:
    """The table of right choices, by length and form."""
    print(f"{'Hanzi':>5}  {'form':17}" + "".join(f"{damage:>17}" for damage in DAMAGES))
    for hanzi in LENGTHS:
        rng = random.Random(hanzi)
        right: defaultdict[tuple[str, str], int] = defaultdict(int)
        tried: defaultdict[tuple[str, str], int] = defaultdict(int)
        for name, encoding, data in forms(excerpts(whole, hanzi, LONG_FILES if hanzi >= 2000 else FILES, rng)):
            for damage in DAMAGES:
                result = decode(damaged(data, damage, rng))
                good = isinstance(result, Decoded) and result.encoding == encoding
                for row in (name, "all"):
                    tried[row, damage] += 1
                    right[row, damage] += good
        for row in dict.fromkeys(name for name, _ in tried):
            if row == "all" or any(right[row, damage] < tried[row, damage] for damage in DAMAGES):
                cells = (f"{right[row, d]}/{tried[row, d]} {right[row, d] / tried[row, d]:.3f}" for d in DAMAGES)
                print(f"{hanzi:>5}  {row:17}" + "".join(f"{cell:>17}" for cell in cells))
    print("(forms without a mistake at that length are not listed)\n")


def promise(whole: list[str]) -> None:
    """The measure the project holds itself to, >= 99.5 %: 20 Hanzi and more, sound or with up to three damaged bytes.

    Right: the encoding is named; of sound bytes the very text comes back, of damaged ones all Hanzi but those of the
    bytes that were exchanged and their neighbours (four a byte).
    """
    print("20 Hanzi and more, GB18030, Big5 and UTF-16, none to three damaged bytes: decoded right")
    right: defaultdict[str, int] = defaultdict(int)
    tried: defaultdict[str, int] = defaultdict(int)
    for hanzi in (20, 30, 50, 200):
        rng = random.Random(1000 + hanzi)
        for name, encoding, data in forms(excerpts(whole, hanzi, FILES, rng)):
            if name.startswith("utf-8"):
                continue
            original = data.decode("utf-16" if name.endswith("marked") else encoding)
            for bad in range(4):
                result = decode(damaged(data, f"bad {bad}", rng) if bad else data)
                tried[name] += 1
                if isinstance(result, Decoded) and result.encoding == encoding:
                    kept = LCSseq.similarity(hanzi_of(original), hanzi_of(result.text))
                    right[name] += result.text == original if not bad else kept >= len(hanzi_of(original)) - 4 * bad
    for name in tried:
        print(f"  {name:17}{right[name]:>6} of {tried[name]:>6}  {right[name] / tried[name]:.4f}")
    good, all_ = sum(right.values()), sum(tried.values())
    print(f"  {'all':17}{good:>6} of {all_:>6}  {good / all_:.4f}\n")


def survival(whole: list[str]) -> None:
    """What share of a damaged double-byte text's Hanzi comes back, in order, with and without resynchronisation."""
    print(f"{'200 Hanzi':17}{'damage':>8}{'of a plain reader':>20}{'resynchronised':>17}")
    rng = random.Random(1)
    chosen = [form for form in forms(excerpts(whole, 200, FILES, rng)) if form[1] in ("gb18030", "big5hkscs")]
    for name in dict.fromkeys(name for name, _, _ in chosen):
        for damage in ("bad 1", "bad 3", "bad 5"):
            kept = [0, 0]
            total = 0
            for encoding, data in ((encoding, data) for other, encoding, data in chosen if other == name):
                original, bad = hanzi_of(data.decode(encoding)), damaged(data, damage, rng)
                total += len(original)
                result = decode(bad)
                ours = result.text if isinstance(result, Decoded) else ""
                for column, text in enumerate((replacing(bad, encoding)[0], ours)):
                    kept[column] += LCSseq.similarity(original, hanzi_of(text))
            print(f"{name:17}{damage:>8}{kept[0] / total:>20.4f}{kept[1] / total:>17.4f}   of {total:,}")
    print()


def hanzi_of(text: str) -> str:
    """The text's Hanzi and nothing else."""
    return "".join(HAN.findall(text))


def refusals(folder: Path) -> None:
    """How often other languages are refused, by length in characters."""
    lengths = (100, 400, 2000)
    print(f"{'foreign':18}" + "".join(f"{length:>16}" for length in lengths))
    rng = random.Random(2)
    for language, encodings in FOREIGN.items():
        pages = [gzip.decompress(path.read_bytes()) for path in sorted((folder / language).glob("man*/*.gz"))]
        lines = [line for page in pages for line in page.decode("utf-8", "ignore").split("\n") if "\\(" not in line]
        text = re.sub(r"\\f.|\\\w|^\.\w+ ?", "", "\n".join(lines), flags=re.MULTILINE)
        for encoding in encodings if len(text) > 10_000 else ():
            cells = []
            for length in lengths:
                starts = [rng.randrange(len(text) - length) for _ in range(200)]
                tried = [text[start : start + length].encode(encoding, "ignore") for start in starts]
                foreign = [data for data in tried if not is_utf8(data)]
                refused = sum(not isinstance(decode(data), Decoded) for data in foreign)
                cells.append(f"{refused}/{len(foreign)} {refused / max(1, len(foreign)):.3f}")
            print(f"{language} {encoding:15}" + "".join(f"{cell:>16}" for cell in cells))
    print()


def is_utf8(data: bytes) -> bool:
    """True for sound UTF-8, which is read in any language."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def speed(whole: list[str]) -> None:
    """Best of five, in MB of bytes a second; and milliseconds for a report of 3,000 Hanzi."""
    long, report = "\n".join(whole), excerpts(whole, 3000, 1, random.Random(3))[0]
    print(f"{'speed':14}{'MB':>8}{'MB/s':>8}{'ms a report':>17}")
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        big, small = long.encode(encoding), report.encode(encoding)
        print(f"{encoding:14}{len(big) / 1e6:>8.1f}{len(big) / 1e6 / seconds(decode, big):>8.0f}", end="")
        print(f"{seconds(decode, small) * 1e3:>14.3f}")


def seconds(function: Callable[[bytes], object], data: bytes) -> float:
    """The shortest of five calls."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        function(data)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Prints all tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", nargs="?", default="../shared/corpus", type=Path)
    parser.add_argument("--foreign", type=Path)
    options = parser.parse_args()
    whole = texts(options.corpus)
    print(f"{len(whole)} texts, {sum(map(len, whole)):,} characters, none of them counted\n")
    promise(whole)
    choice(whole)
    survival(whole)
    if options.foreign:
        refusals(options.foreign)
    speed(whole)


if __name__ == "__main__":
    main()
