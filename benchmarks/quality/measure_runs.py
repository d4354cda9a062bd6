"""Every run of 13 folded characters that two texts share, by brute force: is any in no passage and no fragment?"""

import random
import re
from functools import partial

from kejidiff.model import Document, ScanResult
from kejidiff.options import ScanOptions
from kejidiff.span import Span
from quality.figures import Score, added
from quality.material import Material, Task
from quality.measure_pairs import reuse_pairs
from quality.measure_short import short_pairs
from quality.pairs import Labels, Pair, equal_runs
from quality.scanning import scanned
from quality.texts import Pool

LEAST = 13
_LENGTHS = (13, 14, 16, 20, 26, 38)
_PUT_IN = 10
_BORDER = re.compile(r"(?<=[，；])")
#: Kinds of edit that leave long runs as they are.
_KINDS = ("copied", "synonym", "random", "heavy")


def prepare(material: Material) -> list[Task]:
    """Runs cut out of sentences and put into others, single sentences, and whole passages."""
    rng, pool = material.rng("runs"), material.pool("runs")
    few = material.fewer(material.cases // 2)
    passages = [pair for pair in reuse_pairs(few, "runs of passages") if pair.kind in _KINDS]
    made = [_pair(pool, rng) for _ in range(material.cases)]
    return [partial(judge, pair) for pair in [*made, *short_pairs(few, "runs of sentences", few.cases), *passages]]


def _pair(pool: Pool, rng: random.Random) -> Pair:
    """Ten runs of the source's letters, from anywhere in it, put in behind commas."""
    src = pool.take()
    host = pool.take([src])
    flat = "".join(mark for mark in src.text if mark.isalnum())
    borders = [match.start() for match in _BORDER.finditer(host.text)]
    places = sorted(rng.sample(borders, min(_PUT_IN, len(borders))))
    pieces, at = [], 0
    for place in places:
        length = rng.choice(_LENGTHS)
        start = rng.randrange(len(flat) - length)
        pieces += [host.text[at:place], flat[start : start + length], "，"]
        at = place
    files = {"a.txt": src.text, "b.txt": "".join([*pieces, host.text[at:]])}
    return Pair("runs put in", files, Labels("b.txt", "a.txt", ()))


def judge(pair: Pair) -> list[Score]:
    """Each shared run by how much of it is reported where it is reported best, on the side where that is less.

    A run that stands three times in one text need be reported once. `missed`: less than half is; `cut short`: not all.
    """
    result = scanned(pair.files, ScanOptions(fragments=True))
    covered = {document.id: _covered(result, document) for document in result.documents}
    scores = []
    for one, other in _documents(result):
        text = one.folded.text
        for run in sorted({text[at : at + size] for at, _, size in equal_runs(text, other.folded.text, LEAST)}):
            share = min(_reported(run, document, covered[document.id]) for document in (one, other))
            scores.append(Score("runs", "missed", "hits", (share < 0.5, 1)))
            scores.append(Score("runs", "cut short", "hits", (0.5 <= share < 1, 1)))
            scores.append(Score("runs", f"missed: {pair.kind}", "hits", (share < 0.5, 1)))
    return added(scores)


def _reported(run: str, document: Document, covered: set[int]) -> float:
    """The greatest share of the run that is covered at any place of the document where it stands."""
    text, best, at = document.folded.text, 0.0, document.folded.text.find(run)
    while at >= 0:
        best = max(best, len(covered.intersection(range(at, at + len(run)))) / len(run))
        at = text.find(run, at + 1)
    return best


def _documents(result: ScanResult) -> list[tuple[Document, Document]]:
    ones = [document for document in result.documents if document.path == "a.txt"]
    return [(one, other) for one in ones for other in result.documents if other.path == "b.txt"]


def _covered(result: ScanResult, document: Document) -> set[int]:
    """Folded positions of the document that anything reported holds."""
    spans: list[Span] = [span for phrase in result.stock_phrases for name, span in phrase.spans if name == document.id]
    for one in (*result.comparisons, *result.fragments_only):
        found = [(passage.left, passage.right) for passage in (*one.passages, *one.formula)]
        found += [(fragment.left, fragment.right) for fragment in one.alignment.fragments]
        spans += [left for left, _ in found if one.left == document.id]
        spans += [right for _, right in found if one.right == document.id]
    positions: set[int] = set()
    for start, end in spans:
        first, last = document.folded.starts.searchsorted((start, end))
        positions.update(range(first, last))
    return positions
