"""gaoya: the MinHash index with its own analyser, insertion and queries in bulk by native threads."""

from collections.abc import Iterator
from itertools import islice

from gaoya.minhash import MinHashStringIndex
from units import paragraphs, parsed, write_pairs

#: Paragraphs queried at a time, so that lists of candidates stay small.
BATCH = 10_000


def main() -> None:
    """Pairs of paragraphs by gaoya."""
    given = parsed(ngram=3, threshold=0.3)
    if given.defaults:
        index = MinHashStringIndex()
    else:
        shape = (given.ngram, given.ngram)
        index = MinHashStringIndex(32, given.threshold, 42, 3, 126, "char", False, shape, "smallvec")
    places, texts = [], []
    for place, text in paragraphs(given.corpus):
        places.append(place)
        texts.append(text)
    for first in range(0, len(texts), BATCH):
        last = min(first + BATCH, len(texts))
        index.par_bulk_insert_docs(list(range(first, last)), texts[first:last])
    write_pairs(given.pairs, places, pairs(index, texts))


def pairs(index: MinHashStringIndex, texts: list[str]) -> Iterator[tuple[int, int]]:
    """What the index finds, verified by its own threshold."""
    queried = iter(texts)
    number = 0
    while batch := list(islice(queried, BATCH)):
        for others in index.par_bulk_query(batch):
            yield from ((other, number) for other in others if other < number)
            number += 1


if __name__ == "__main__":
    main()
