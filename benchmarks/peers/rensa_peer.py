"""rensa: full-set R-MinHash in batches, RMinHashLSH, candidates verified by the estimated Jaccard."""

from collections.abc import Iterator
from itertools import islice

from rensa import RMinHash, RMinHashLSH
from units import grams, paragraphs, parsed, write_pairs

#: 42 bands of three, as gaoya has them; datasketch chooses 37 for a threshold of .3. Of edited and embedded passages
#: more are found than by 32 bands of four.
PERMUTATIONS = 126
BANDS = 42
#: Paragraphs whose grams are in memory at a time.
BATCH = 2_000


def main() -> None:
    """Pairs of paragraphs by rensa."""
    given = parsed(ngram=3, threshold=0.3)
    threshold, bands = (0.8, 18) if given.defaults else (given.threshold, BANDS)
    lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=bands)
    places = []
    sketches = []
    units = paragraphs(given.corpus)
    while batch := list(islice(units, BATCH)):
        tokens = [text.split() if given.defaults else grams(text, given.ngram) for _, text in batch]
        sketches += RMinHash.from_token_sets(tokens, PERMUTATIONS, 42)
        places += [place for place, _ in batch]
    lsh.insert_many(sketches)
    write_pairs(given.pairs, places, pairs(lsh, sketches, threshold))


def pairs(lsh: RMinHashLSH, sketches: list[RMinHash], threshold: float) -> Iterator[tuple[int, int]]:
    """Candidates in batches."""
    for first in range(0, len(sketches), BATCH):
        found = lsh.query_all(sketches[first : first + BATCH])
        for number, others in enumerate(found, first):
            for other in others:
                if other < number and sketches[number].jaccard(sketches[other]) >= threshold:
                    yield other, number


if __name__ == "__main__":
    main()
