"""A corpus as JSON lines -> its paragraphs, as every peer gets them; pairs of paragraphs -> JSON lines for the scorer.

Runs inside each peer's own environment, where nothing of kejidiff is.
"""

import argparse
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

try:
    from orjson import dumps, loads
except ImportError:
    import json

    loads = json.loads

    def dumps(record: object) -> bytes:
        """As orjson does it."""
        return json.dumps(record).encode()


#: Shorter paragraphs are headings and dates. No recycled paragraph of the corpus is as short.
SHORTEST = 50
#: The largest cluster that is taken for as many pairs as it has. True families are smaller by far.
ALL_PAIRS = 50


class Place(NamedTuple):
    """Where a paragraph stands: code points of its document, half-open."""

    id: str
    start: int
    end: int


def parsed(ngram: int, threshold: float) -> argparse.Namespace:
    """The arguments every adapter takes, with what serves it best as the default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--defaults", action="store_true", help="as the peer's own documentation begins, for words")
    parser.add_argument("--ngram", type=int, default=ngram)
    parser.add_argument("--threshold", type=float, default=threshold)
    return parser.parse_args()


def paragraphs(corpus: Path) -> Iterator[tuple[Place, str]]:
    """Every paragraph that is long enough."""
    with corpus.open("rb") as lines:
        for line in lines:
            record = loads(line)
            start = 0
            for paragraph in record["text"].split("\n"):
                if len(paragraph) >= SHORTEST:
                    yield Place(record["id"], start, start + len(paragraph)), paragraph
                start += len(paragraph) + 1


def grams(text: str, n: int) -> list[str]:
    """The character n-grams of a text."""
    return [text[place : place + n] for place in range(len(text) - n + 1)]


def write_pairs(path: Path, places: list[Place], pairs: Iterable[tuple[int, int]]) -> None:
    """Each pair once, whichever side comes first; pairs within one document are left out."""
    with path.open("wb") as lines:
        for one, other in {(min(pair), max(pair)) for pair in pairs}:
            left, right = places[one], places[other]
            if left.id != right.id:
                lines.write(dumps({"left": _side(left), "right": _side(right)}) + b"\n")


def _side(place: Place) -> dict[str, object]:
    return {"id": place.id, "span": [place.start, place.end]}


def cluster_pairs(clusters: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    """What a tool says that only says clusters: all pairs of small ones, each member's with the first of large ones."""
    for members in clusters:
        if len(members) > ALL_PAIRS:
            yield from ((members[0], member) for member in members[1:])
        else:
            yield from combinations(members, 2)
