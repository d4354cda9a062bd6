"""Texts -> how many copies `dedup` finds among them, and how many documents it drops that are nobody's copy.

    python benchmarks/dedup.py FOLDER [--texts N] [--seed N] [--jobs N]

Of N texts of the folder each gets one copy made of it, in turn: as it is, in traditional script, with 10, 20 or 30 % of
its characters changed, cut off after 60 %, or put together with the next text's in one file. A copy is found where it
and its source end in one family. A drop is false where the kept document comes from another source; texts of the folder
that are dropped for each other before any copy is made are listed apart, for people to judge.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import opencc

import kejidiff
from kejidiff.model.dedup import DedupResult

#: Characters of the shortest text used: of a page and more.
SHORTEST = 600

Edit = Callable[[str, random.Random, str], str]


def changed(share: float) -> Edit:
    """Words of one to three characters exchanged for others of the folder, left out or put in, till `share` is."""

    def edit(text: str, chance: random.Random, pool: str) -> str:
        pieces: list[str] = []
        at = 0
        while at < len(text):
            size = chance.randint(1, 3)
            piece = text[at : at + size]
            at += size
            if "\n" in piece or chance.random() >= share:
                pieces.append(piece)
                continue
            start = chance.randrange(len(pool) - 3)
            other = pool[start : start + size].replace("\n", "")
            kind = chance.random()
            pieces.append(other if kind < 0.8 else piece + other if kind < 0.9 else "")
        return "".join(pieces)

    return edit


def traditional(text: str, _chance: random.Random, _pool: str) -> str:
    """The other script."""
    return str(opencc.OpenCC("s2t").convert(text))


KINDS: dict[str, Edit] = {
    "as it is": lambda text, _chance, _pool: text + "\n",
    "traditional": traditional,
    "10 % changed": changed(0.10),
    "20 % changed": changed(0.20),
    "30 % changed": changed(0.30),
    "cut off": lambda text, _chance, _pool: text[: int(len(text) * 0.6)],
    "compiled": lambda text, _chance, _pool: text,
}


def main() -> None:
    """Print one line a kind of copy, and the false drops."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--threshold", type=float, default=None)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    texts = sorted(
        (str(path.relative_to(given.folder)), text)
        for path in given.folder.rglob("*.txt")
        if len(text := path.read_text(encoding="utf-8")) >= SHORTEST
    )
    chosen = sorted(chance.sample(texts, min(given.texts, len(texts))))
    rules = {} if given.threshold is None else {"threshold": given.threshold}
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), chosen, chance, given.jobs, rules)


def measure(
    folder: Path, chosen: list[tuple[str, str]], chance: random.Random, jobs: int, rules: dict[str, float]
) -> None:
    """Drops among the texts alone first, then with the copies beside them."""
    pool = "".join(text for _, text in chosen)
    for number, (_, text) in enumerate(chosen):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    alone = kejidiff.dedup([folder], jobs=jobs, **rules)
    kin = {frozenset((source_of(one.document), source_of(one.kept))) for one in alone.decisions if one.kept}
    print(f"{len(chosen)} texts; dropped for each other: {len(kin)}")
    for one in alone.decisions:
        if one.kept:
            names = (chosen[source_of(own)][0] for own in (one.document, one.kept))
            print(f"  {one.share:.3f} {one.reason:10}", " < ".join(names))
    kinds: dict[int, str] = {}
    for number, (_, text) in enumerate(chosen):
        kinds[number] = list(KINDS)[number % len(KINDS)]
        copy = KINDS[kinds[number]](text, chance, pool)
        if kinds[number] == "compiled":
            copy += "\n\n" + chosen[(number + 1) % len(chosen)][1]
        (folder / f"{number:04}-copy.txt").write_text(copy, encoding="utf-8")
    begun = time.perf_counter()
    result = kejidiff.dedup([folder], jobs=jobs, **rules)
    seconds = time.perf_counter() - begun
    told(result, kinds, kin, len(chosen))
    print(f"{len(result.documents)} documents in {seconds:.1f} s, {jobs} processes")


def source_of(document_id: str) -> int:
    """The number of the text that a document is, or is a copy of."""
    return int(document_id[:4])


def told(result: DedupResult, kinds: dict[int, str], kin: set[frozenset[int]], count: int) -> None:
    """Copies found by kind, and drops that are nobody's copy."""
    family = {member: one.number for one in result.families for member in one.members}
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    shares: dict[str, list[float]] = {kind: [] for kind in KINDS}
    missed: list[str] = []
    for number, kind in kinds.items():
        copies = [document.id for document in result.documents if document.path == f"{number:04}-copy.txt"]
        original = [document.id for document in result.documents if document.path == f"{number:04}.txt"]
        own = {family.get(one, -1) for one in copies} & {family.get(one, -2) for one in original}
        made[kind] += 1
        found[kind] += bool(own)
        if not own:
            missed.append(f"  {kind}: {number:04}")
        shares[kind] += [one.share for one in result.decisions if one.kept and source_of(one.document) == number]
    for kind in KINDS:
        least = min(shares[kind], default=0.0)
        print(f"{kind:14} {found[kind]:3} of {made[kind]:3} found; the least share that was held: {least:.3f}")
    print("\n".join(["missed:", *missed]))
    compiled = {number: {number, (number + 1) % count} for number, kind in kinds.items() if kind == "compiled"}
    false = []
    for one in result.decisions:
        if one.kept:
            ours, theirs = source_of(one.document), source_of(one.kept)
            holds = compiled.get(theirs, {theirs}) if "copy" in one.kept else {theirs}
            if ours not in holds and not any(frozenset((ours, other)) in kin for other in holds):
                false.append(one)
    print(f"false drops: {len(false)} of {len(result.decisions)} documents")
    for one in false:
        print(f"  {one.document} < {one.kept} {one.share:.3f}")


if __name__ == "__main__":
    main()
