"""jieba's dictionary -> kejidiff/data/words.npy, the table that `kejidiff.text.words` looks words up in.

    python benchmarks/background/build_words.py

One unsigned 64-bit integer a word, ascending: hash, place-name bit, frequency (see `kejidiff.text.words`). Words are
folded as texts are; where two fold alike their frequencies are added.
"""

from importlib import util
from pathlib import Path

import numpy as np

from kejidiff.text.fold import codes_of, fold_characters
from kejidiff.text.words import FREQUENCY_MASK, HASH_SHIFT, LONGEST_WORD, PLACE_BIT, word_hashes


def main() -> None:
    """Build the table and say what is in it."""
    package = util.find_spec("jieba")
    assert package is not None and package.submodule_search_locations
    lines = (Path(package.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8").splitlines()
    frequencies: dict[str, int] = {}
    places: set[str] = set()
    for line in lines:
        word, frequency, tag = line.split(" ")
        word = fold_characters(word)
        if 0 < len(word) <= LONGEST_WORD:
            frequencies[word] = frequencies.get(word, 0) + int(frequency)
            if tag == "ns":
                places.add(word)
    entries = np.array([_entry(word, frequency, word in places) for word, frequency in frequencies.items()])
    entries.sort()
    np.save(Path("kejidiff/data/words.npy"), entries)
    print(f"{len(entries):,} words, {len(places):,} of them places; {entries.nbytes:,} bytes")


def _entry(word: str, frequency: int, place: bool) -> np.uint64:
    hashed = word_hashes(codes_of(word), len(word))[0] << HASH_SHIFT
    return np.uint64(hashed | (PLACE_BIT if place else np.uint64(0)) | min(np.uint64(frequency), FREQUENCY_MASK))


if __name__ == "__main__":
    main()
