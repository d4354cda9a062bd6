"""A folder of texts and jieba's dictionary -> kejidiff/data/background.bin, the shipped table of n-gram counts.

    python benchmarks/background/build.py ../shared/corpus [--half 0|1] [--output FILE]

Grams are counted in folded text (`kejidiff.text`), figures as one symbol. A document's second and later versions (same
title, other date in brackets) are left out, so that a regulation that was amended six times counts once. The
dictionary's words count as their frequency divided by `_DICTIONARY_SHARE`; they stand in no context, so only grams
inside words are added. `--half` counts only the files whose name's hash is even (0) or odd (1): a table for measuring
on the other half.
"""

import argparse
import hashlib
import re
from importlib import util
from pathlib import Path

import numpy as np

from kejidiff.background.grams import BITS_PER_CHARACTER, ORDERS, GramTable, gram_keys
from kejidiff.background.table import packed
from kejidiff.model import SourceText
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of, fold_characters

#: jieba's frequencies sum to 60 million; a twentieth weighs the dictionary about like the corpus (3.7 M characters).
_DICTIONARY_SHARE = 20
#: A gram is kept when it was counted this often: of 224 k pairs and 771 k triples of the corpus 97 k and 199 k were
#: seen three times or more; what is dropped is what is rare, and rare is what the table need not know.
_KEPT_FROM = {2: 2, 3: 3}
#: Folders whose texts' terms are the least certain (see the corpus's own PROVENANCE.md).
_LEFT_OUT = {"congress"}
_VERSION = re.compile(r"[（(]\d{4}.*?[)）]$")


def main() -> None:
    """Build the table and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--output", type=Path, default=Path("kejidiff/data/background.bin"))
    arguments = parser.parse_args()
    texts = _folded_texts(arguments.folder, arguments.half)
    tables = [GramTable.of(np.concatenate([gram_keys(codes_of(text), order) for text in texts])) for order in ORDERS]
    words = _dictionary()
    tables = [GramTable.total([table, _word_grams(words, order)]) for table, order in zip(tables, ORDERS, strict=True)]
    kept = _pruned(tables)
    data = packed(kept)
    arguments.output.write_bytes(data)
    sizes = ", ".join(f"{len(table.keys):,}" for table in kept)
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} folded characters; grams kept {sizes}; {len(data):,} bytes")


def _folded_texts(folder: Path, half: int | None) -> list[str]:
    chosen: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.txt")):
        if path.parent.name in _LEFT_OUT:
            continue
        if half is None or hashlib.sha256(path.name.encode()).digest()[0] % 2 == half:
            chosen[_VERSION.sub("", path.stem)] = path
    return [
        document.folded.text
        for path in chosen.values()
        for document in find_documents(SourceText(path.name, path.read_text(encoding="utf-8")))
    ]


def _dictionary() -> list[tuple[str, int]]:
    package = util.find_spec("jieba")
    assert package is not None and package.submodule_search_locations
    lines = (Path(package.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ")[:2] for line in lines)
    return [(fold_characters(word), int(count) // _DICTIONARY_SHARE) for word, count in entries]


def _word_grams(words: list[tuple[str, int]], order: int) -> GramTable:
    keys, counts = [], []
    for word, count in words:
        if count and len(word) >= order:
            grams = gram_keys(codes_of(word), order)
            keys.append(grams)
            counts.append(np.full(len(grams), count))
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    return GramTable(unique, np.bincount(inverse, weights=np.concatenate(counts)).astype(np.int32))


def _pruned(tables: list[GramTable]) -> tuple[GramTable, GramTable, GramTable]:
    ones, twos, threes = tables
    twos = _where(twos, twos.counts >= _KEPT_FROM[2])
    known = twos.count(threes.keys >> BITS_PER_CHARACTER) > 0
    return ones, twos, _where(threes, (threes.counts >= _KEPT_FROM[3]) & known)


def _where(table: GramTable, kept: np.ndarray) -> GramTable:
    return GramTable(table.keys[kept], table.counts[kept])


if __name__ == "__main__":
    main()
