"""corpus, samples, made damage -> what repair finds, how much of it comes back, what it touches wrongly, how fast.

    python benchmarks/repairs.py [--corpus FOLDER] [--pairs FOLDER] [--foreign FOLDER] [--cases N]

Clean texts: the corpus as it is, in traditional script, and so with half-width marks; pypinyin's phrases in a row; of
`--foreign`, manual pages in other languages (LANGUAGE/man1/NAME.1.gz). Every repair of them is false. The shipped model
was counted from the corpus, so one half of the corpus is also read with a model counted from the other half.

All made damage is cut from that half and read with that model. `found`: a repair touches it; `exact`: the line is as it
was; `share`: of the damaged characters that are right, over those found. `--pairs` is a bench of passages with exact
answers, some of them damaged. Every draw is seeded.
"""

import argparse
import difflib
import gzip
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from kejidiff.background.build_likelihood import corpus_texts, trained  # noqa: E402  the checkout's, not an installed one
from kejidiff.background.likelihood import Likelihood, likelihood  # noqa: E402
from kejidiff.model import Repair  # noqa: E402
from kejidiff.text.repair import find_repairs, find_unreadable  # noqa: E402

HALF_WIDTH = str.maketrans("，；：？！（）", ",;:?!()")
TRADITIONAL = opencc.OpenCC("s2t").convert
LINE = (40, 400)
SHIFT_LENGTHS = (3, 4, 5, 6, 8, 12, 16, 24)
LENGTHS = (1, 2, 4, 8, 16, 40)
SITE_FILES = 140

#: What the filter of a known site made of the second byte after A3, wherever these two stood side by side.
SITE_MARKS = {0xA1: "!", 0xBF: "?", 0xAC: ",", 0xBA: ":", 0xBB: ";", 0xA8: "(", 0xA9: ")"}
UNDEFINED_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def browsers_cp1252(data: bytes) -> str:
    """The five undefined bytes become control characters."""
    return "".join(chr(b) if b in UNDEFINED_IN_CP1252 else bytes((b,)).decode("cp1252") for b in data)


#: name -> is the text in traditional script, and the damage
KINDS: dict[str, tuple[bool, Callable[[str], str]]] = {
    "UTF-8 as Latin-1": (False, lambda text: text.encode().decode("latin-1")),
    "UTF-8 as cp1252": (False, lambda text: browsers_cp1252(text.encode())),
    "UTF-8 as cp1252, 5 bytes lost": (False, lambda text: text.encode().decode("cp1252", "replace")),
    "GBK as Latin-1": (False, lambda text: text.encode("gbk").decode("latin-1")),
    "GBK as Latin-1, traditional": (True, lambda text: text.encode("gbk").decode("latin-1")),
    "UTF-8 as GB18030, U+FFFD": (False, lambda text: text.encode().decode("gb18030", "replace")),
    "UTF-8 as GB18030, dropped": (False, lambda text: text.encode().decode("gb18030", "ignore")),
    "UTF-8 as GBK, U+FFFD": (False, lambda text: text.encode().decode("gbk", "replace")),
    "UTF-8 as GB18030, traditional": (True, lambda text: text.encode().decode("gb18030", "replace")),
    "Big5 as GB18030": (True, lambda text: text.encode("big5").decode("gb18030", "replace")),
    "GBK as Big5-HKSCS, U+FFFD": (False, lambda text: text.encode("gbk").decode("big5hkscs", "replace")),
    "GBK as Big5, dropped": (False, lambda text: text.encode("gbk").decode("big5", "ignore")),
}


def held_out(name: str) -> bool:
    """True for the half of the corpus (by file name) that damage is cut from."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def is_hanzi(char: str) -> bool:
    """One of the great block."""
    return "\u4e00" <= char <= "\u9fff"


def read_in_pairs(data: bytes) -> str:
    """GBK as the site's reader took it: a pair that is no character vanishes, a lead byte before ASCII too."""
    text: list[str] = []
    place = 0
    while place < len(data):
        pair = data[place : place + 2]
        if pair[0] < 0x80:
            text.append(chr(pair[0]))
            place += 1
        elif len(pair) < 2 or pair[1] < 0x40:
            place += 1
        else:
            text.append(pair.decode("gbk", "ignore") if pair[0] > 0x80 else "")
            place += 2
    return "".join(char for char in text if len(char) == 1)


def applied(text: str, repairs: tuple[Repair, ...]) -> str:
    """The text as it is read for comparison."""
    parts, done = [], 0
    for repair in repairs:
        parts += [text[done : repair.span.start], repair.text]
        done = repair.span.end
    return "".join([*parts, text[done:]])


def place_of_run(rng: random.Random, line: str, length: int) -> int | None:
    """Where so many Hanzi in a row begin; with 40, which no sentence has, any 40 characters."""
    if length >= 40:
        return rng.randrange(len(line) - length) if len(line) > length + 20 else None
    places = [i for i in range(len(line) - length + 1) if all(map(is_hanzi, line[i : i + length]))]
    return rng.choice(places) if places else None


def damaged(
    lines: list[str], length: int, damage: Callable[[str], str], count: int
) -> Iterator[tuple[str, str, int, int]]:
    """Lines with one damaged run: the line, the damaged line, where the run is, how long it was shown."""
    rng = random.Random(length)
    while count:
        line = rng.choice(lines)
        place = place_of_run(rng, line, length)
        if place is None:
            continue
        try:
            shown = damage(line[place : place + length])
        except UnicodeEncodeError:
            continue
        count -= 1
        yield line, line[:place] + shown + line[place + length :], place, len(shown)


def row(lines: list[str], length: int, damage: Callable[[str], str], count: int, model: Likelihood) -> str:
    """found/exact/share of `count` runs of one length."""
    found = exact = elsewhere = 0
    shares: list[float] = []
    for line, text, place, shown in damaged(lines, length, damage, count):
        repairs = find_repairs(text, model)
        touching = [r for r in repairs if r.span.start < place + shown and r.span.end > place]
        elsewhere += len(repairs) - len(touching)
        if touching:
            fixed = applied(text, repairs)
            found, exact = found + 1, exact + (fixed == line)
            shares.append(right_share(fixed, line, place, length))
    note = f" +{elsewhere} elsewhere" if elsewhere else ""
    return f"{found / count:.2f}/{exact / count:.2f}/{sum(shares) / max(1, len(shares)):.2f}{note}"


def right_share(fixed: str, line: str, place: int, length: int) -> float:
    """Of the damaged characters, how many the fixed line has in their place."""
    blocks = difflib.SequenceMatcher(None, fixed, line, autojunk=False).get_matching_blocks()
    return sum(max(0, min(b.b + b.size, place + length) - max(b.b, place)) for b in blocks) / length


def print_clean(texts: dict[str, str], model: Likelihood, label: str) -> None:
    """What is found in texts without damage, in all three forms."""
    for name, change in CLEAN.items():
        changed = [change(text) for text in texts.values()]
        repairs = sum(len(find_repairs(text, model)) for text in changed)
        unreadable = sum(len(find_unreadable(text, (), model)) for text in changed)
        size = sum(map(len, changed))
        print(f"  {label:24s} {name:30s} {size:9,d} characters {repairs:3d} false {unreadable:3d} unreadable")


CLEAN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "traditional": TRADITIONAL,
    "traditional, half-width marks": lambda text: TRADITIONAL(text).translate(HALF_WIDTH),
}


def phrases() -> dict[str, str]:
    """pypinyin's 47,000 phrases in a row: no prose, so its odd pairs are many."""
    from pypinyin.constants import PHRASES_DICT

    words = sorted(PHRASES_DICT)
    return {"rows": "\n".join(words), "list": "，".join(words), "one line": "".join(words)}


def filtered(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A line after the site's filter, and for each mark it made across two characters: where it is shown, and where the
    first of the two stood.
    """
    parts = [char.encode("gbk", "replace") for char in line]
    data = b"".join(parts)
    owner = [index for index, part in enumerate(parts) for _ in part]
    border = {sum(map(len, parts[: index + 1])) for index in range(len(parts))} if b"\xa3" in data else set()
    out, across, place = bytearray(), [], 0
    while place < len(data):
        mark = SITE_MARKS.get(data[place + 1]) if data[place] == 0xA3 and place + 1 < len(data) else None
        if mark and (place + 1 in border or place in border or place == 0):
            if place + 1 in border:
                across.append((len(out), owner[place]))
            out += mark.encode()
            place += 2
        else:
            out.append(data[place])
            place += 1
    shown = read_in_pairs(bytes(out))
    return shown, [(len(read_in_pairs(bytes(out[:end]))), first) for end, first in across]


def print_site(texts: list[str], model: Likelihood) -> None:
    """What is found of the damage that one known filter does, and how much of it is right."""
    hits = found = first_right = elsewhere = right = read = 0
    for text in texts[:SITE_FILES]:
        lines = [filtered(line) for line in TRADITIONAL(text).split("\n")]
        original = [line.translate(HALF_WIDTH) for line in TRADITIONAL(text).split("\n")]
        repairs = list(find_repairs("\n".join(line for line, _ in lines), model))
        start = 0
        for (line, marks), before in zip(lines, original, strict=True):
            here = [r for r in repairs if start <= r.span.start < start + len(line)]
            for place, first in marks:
                hits += 1
                touching = [r for r in here if r.span.start - start <= place + 3 and r.span.end - start > place]
                if touching:
                    fixed = touching[0].text.translate(HALF_WIDTH)
                    found, first_right = found + 1, first_right + (fixed[0] == before[first])
                    want = before[first : first + len(fixed) + 2]
                    blocks = difflib.SequenceMatcher(None, fixed, want, autojunk=False).get_matching_blocks()
                    right, read = right + sum(block.size for block in blocks), read + len(fixed)
                    here = [r for r in here if r not in touching]
            elsewhere += len(here)
            start += len(line) + 1
    print(f"  {hits} marks across two characters, {found} found ({found / hits:.3f}); {elsewhere} repairs elsewhere")
    print(f"  of those found, the first character is right in {first_right}; {right / read:.3f} of all characters are")


def print_pairs(folder: Path) -> None:
    """Of the damaged passages: as the source has it? Of all other files: repairs, every one of them false."""
    passages = exact = false = files = 0
    similar: list[float] = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        left, right = ((folder / pair[side]).read_bytes().decode("utf-8") for side in ("susp", "src"))
        repairs = find_repairs(left)
        if pair["type"] != "mojibake":
            files, false = files + 1, false + len(repairs)
            continue
        for case in pair["cases"]:
            (start, end), (low, high) = case["susp"], case["src"]
            inside = tuple(r for r in repairs if start <= r.span.start and r.span.end <= end)
            fixed = applied(left[:end], inside)[start:]
            passages, exact = passages + 1, exact + (fixed == right[low:high])
            similar.append(difflib.SequenceMatcher(None, fixed, right[low:high], autojunk=False).ratio())
    print(f"  {passages} damaged passages: {exact} exactly as the source, similarity {min(similar):.4f} at least")
    print(f"  {files} other files: {false} repairs")


def print_speed(texts: dict[str, str]) -> None:
    """Processor time; the samples with everything that has to be loaded."""
    samples = sorted(PROJECT.glob("seeds/*.txt"))
    begin = time.process_time()
    likelihood()
    loaded = time.process_time()
    for path in samples:
        find_repairs(path.read_text(encoding="utf-8"))
    done = time.process_time()
    print(f"  model {1000 * (loaded - begin):.0f} ms, then {len(samples)} samples {1000 * (done - loaded):.0f} ms")
    for name, change in CLEAN.items():
        times = []
        for text in (change(text) for text in texts.values() if 15_000 < len(text) < 26_000):
            begin = time.process_time()
            find_repairs(text)
            times.append((time.process_time() - begin) * 20_000_000 / len(text))
        times.sort()
        print(f"  {name:34s} 20,000 characters: median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms")


def print_foreign(folder: Path) -> None:
    """What is found in manual pages; all of it is false."""
    pages: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*/man*/*.gz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        pages.setdefault(path.parts[-3], []).append(text)
    for language, texts in pages.items():
        repairs = sum(len(find_repairs(text)) for text in texts)
        print(f"  manual pages, {language:8s} {sum(map(len, texts)):9,d} characters {repairs:3d} false")


def print_samples() -> None:
    """What is found in the seeds."""
    for path in sorted(PROJECT.glob("seeds/*.txt")):
        repairs = find_repairs(path.read_text(encoding="utf-8"))
        notes = sum(repair.reason == "pinyin-note" for repair in repairs)
        read = " ".join(repair.text for repair in repairs if repair.text)
        print(f"  {path.name[:3]}: {notes} notes, {len(repairs) - notes} others {read}")


def main() -> int:
    """The whole table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=PROJECT.parent / "shared" / "corpus")
    parser.add_argument("--pairs", type=Path, default=PROJECT.parent / "shared" / "bench" / "dev")
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--cases", type=int, default=150)
    arguments = parser.parse_args()
    if not arguments.corpus.is_dir():
        print(f"no corpus at {arguments.corpus}", file=sys.stderr)
        return 1
    everything = {path.name: path.read_text(encoding="utf-8") for path in sorted(arguments.corpus.glob("*/*.txt"))}
    counted = corpus_texts(arguments.corpus)
    half = trained([text for name, text in counted.items() if not held_out(name)])
    other = {name: text for name, text in everything.items() if held_out(name)}
    print("speed")
    print_speed(everything)
    print("samples")
    print_samples()
    print("clean texts")
    print_clean(everything, likelihood(), "corpus, shipped model")
    print_clean(other, half, "half, model of the other")
    print_clean(phrases(), likelihood(), "phrases")
    if arguments.foreign:
        print_foreign(arguments.foreign)
    lines = [line for text in other.values() for line in text.split("\n") if LINE[0] <= len(line) <= LINE[1]]
    scripts = {False: lines, True: [TRADITIONAL(line) for line in lines]}
    print("one byte late: found/exact/share, by Hanzi in the run")
    for traditional, script in scripts.items():
        cells = (
            row(script, n, lambda text: read_in_pairs(text.encode("gbk")[1:]), arguments.cases, half)
            for n in SHIFT_LENGTHS
        )
        print(f"  {'traditional' if traditional else 'simplified':12s}", *map("{}: {}".format, SHIFT_LENGTHS, cells))
    print(f"the site's filter, simulated on {SITE_FILES} traditional texts")
    print_site(list(other.values()), half)
    print("other kinds: found/exact/share, by characters in the run")
    for name, (traditional, damage) in KINDS.items():
        cells = (row(scripts[traditional], n, damage, arguments.cases, half) for n in LENGTHS)
        print(f"  {name:30s}", *map("{}: {}".format, LENGTHS, cells))
    if arguments.pairs.is_dir():
        print("bench of passages")
        print_pairs(arguments.pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
