"""Pairs of texts by kind of edit, and unrelated pairs: plagdet, each pair in a scan of its own."""

import random
from functools import partial

from kejidiff.span import Span
from quality.edits import KINDS, Kind
from quality.figures import Score
from quality.material import Material, Task
from quality.pairs import Labels, Pair, pick_passage, recycled
from quality.plagdet import Match, not_excused, sums_of
from quality.scanning import detections, scanned
from quality.skeletons import skeleton_pair
from quality.texts import Pool

#: Characters of a passage; the bench of this field has cases from a sentence to three pages.
_LENGTHS = (60, 100, 160, 250, 400, 600, 900, 1500)
#: A case shorter than this after its edit is none.
_SHORTEST = 40


def prepare(material: Material) -> list[Task]:
    """`cases` pairs of every kind, twice as many unrelated ones of both sorts."""
    return [partial(judge, pair) for pair in [*reuse_pairs(material, "pairs"), *unrelated_pairs(material)]]


def reuse_pairs(material: Material, name: str) -> list[Pair]:
    """`cases` pairs of each kind of edit."""
    rng, pool = material.rng(name), material.pool(name)
    return [_reuse(kind, material, pool, rng) for _ in range(material.cases) for kind in KINDS]


def _reuse(kind: Kind, material: Material, pool: Pool, rng: random.Random) -> Pair:
    while True:
        src = pool.take()
        host = pool.take([src])
        spans: list[Span] = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            span = pick_passage(src.text, rng.choice(_LENGTHS), spans, rng, apart=30)
            spans += [span] if span else []
        text, labels = recycled(host, src, spans, lambda passage: KINDS[kind](passage, rng, material.phrases), rng)
        if labels.cases and all(case.susp.length >= _SHORTEST for case in labels.cases):
            return Pair(kind, {"a.txt": src.text, "b.txt": text}, labels)


def unrelated_pairs(material: Material) -> list[Pair]:
    """Plain: two texts as they are. Hard: one skeleton of headings and phrases, other sentences."""
    rng, pool = material.rng("unrelated"), material.pool("unrelated")
    pairs = []
    for _ in range(2 * material.cases):
        one = pool.take()
        pairs.append(_unrelated("unrelated", one.text, pool.take([one]).text, ()))
        one = pool.take()
        left, right, stock = skeleton_pair(one.text, pool.take([one]).text, rng)
        pairs.append(_unrelated("same skeleton", left, right, stock))
    return pairs


def _unrelated(kind: str, one: str, other: str, stock: tuple[str, ...]) -> Pair:
    return Pair(kind, {"a.txt": one, "b.txt": other}, Labels("b.txt", "a.txt", ()), stock)


def judge(pair: Pair) -> list[Score]:
    """Reuse by plagdet; an unrelated pair by whether anything is found in it."""
    return score(pair, detections(scanned(pair.files), pair.labels), "pairs")


def score(pair: Pair, found: list[Match], measure: str) -> list[Score]:
    """What one pair adds to its own line and, where it holds cases, to that of all."""
    cases = pair.labels.cases
    kept = not_excused(found, cases, pair.zones())
    if not cases:
        return [Score(measure, f"{pair.kind}: passages in", "hits", (bool(kept), 1, bool(found)))]
    sums = (*sums_of(cases, kept), *sums_of(cases, found))
    return [Score(measure, kind, "plagdet", sums) for kind in ("all", pair.kind)]
