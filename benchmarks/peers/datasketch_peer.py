"""datasketch with xxhash: MinHash by `update_batch`, MinHashLSH, candidates verified by the estimated Jaccard."""

from collections.abc import Iterator

from datasketch import MinHash, MinHashLSH
from units import grams, paragraphs, parsed, write_pairs
from xxhash import xxh32_intdigest


def main() -> None:
    """Pairs of paragraphs by datasketch."""
    given = parsed(ngram=3, threshold=0.3)
    threshold = 0.5 if given.defaults else given.threshold
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    places = []
    sketches = []
    empty = MinHash(num_perm=128) if given.defaults else MinHash(num_perm=128, hashfunc=xxh32_intdigest)
    for place, text in paragraphs(given.corpus):
        tokens = text.split() if given.defaults else grams(text, given.ngram)
        sketch = empty.copy()
        sketch.update_batch([token.encode() for token in set(tokens)])
        places.append(place)
        sketches.append(sketch)
    write_pairs(given.pairs, places, pairs(lsh, sketches, threshold))


def pairs(lsh: MinHashLSH, sketches: list[MinHash], threshold: float) -> Iterator[tuple[int, int]]:
    """Each sketch against those before it."""
    for number, sketch in enumerate(sketches):
        for other in lsh.query(sketch):
            if sketch.jaccard(sketches[other]) >= threshold:
                yield other, number
        lsh.insert(number, sketch, check_duplication=False)


if __name__ == "__main__":
    main()
