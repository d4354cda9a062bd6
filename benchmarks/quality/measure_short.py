"""Single recycled sentences of 20 to 60 Hanzi, as they are and with 20 % of their characters edited."""

import random
from functools import partial

from kejidiff.span import Span
from quality.edits import edited_share
from quality.figures import Score, added
from quality.material import Material, Task
from quality.pairs import Pair, recycled, sentence_spans
from quality.plagdet import not_excused
from quality.scanning import detections, scanned
from quality.texts import Pool, Stretch, han_codes

#: Hanzi of a sentence: the lines of the table.
_LENGTHS = ((20, 30), (30, 45), (45, 61))
_SHARES = (("verbatim", 0.0), ("edited", 0.2))
#: Characters between two sentences taken from one text, so that each stands alone.
_APART = 150
#: A sentence most of which stands in other documents too is a phrase of all, and nobody's.
_SHARED = 0.5


def prepare(material: Material) -> list[Task]:
    """Twice as many pairs as in other measures, verbatim and edited each."""
    return [partial(judge, pair) for pair in short_pairs(material, "short", 2 * material.cases)]


def short_pairs(material: Material, name: str, count: int) -> list[Pair]:
    """Verbatim and edited by turns, `count` each; one, two or four sentences a pair."""
    rng, pool = material.rng(name), material.pool(f"{name} sentences")
    pairs = (_pair(material, pool, rng, kind, share) for _ in range(count) for kind, share in _SHARES)
    return [pair for pair in pairs if pair.labels.cases]


def _pair(material: Material, pool: Pool, rng: random.Random, kind: str, share: float) -> Pair:
    src = pool.take()
    host = pool.take([src])
    spans = _sentences(material, src, rng, rng.choice((1, 2, 4)))
    text, labels = recycled(host, src, spans, lambda passage: edited_share(passage, share, rng), rng)
    return Pair(f"short {kind}", {"a.txt": src.text, "b.txt": text}, labels)


def _sentences(material: Material, src: Stretch, rng: random.Random, wanted: int) -> list[Span]:
    found = sentence_spans(src.text)
    rng.shuffle(found)
    taken: list[Span] = []
    for span in found:
        near = Span(span.start - _APART, span.end + _APART)
        sentence = span.of(src.text)
        apart = not any(near.overlaps(other) for other in taken)
        if apart and _kind(sentence) and material.shared_share(sentence) < _SHARED:
            taken.append(span)
        if len(taken) == wanted:
            break
    return taken


def _kind(sentence: str) -> str:
    size = len(han_codes(sentence)[0])
    return next((f"{low}-{high - high % 5}" for low, high in _LENGTHS if low <= size < high), "")


def judge(pair: Pair) -> list[Score]:
    """A sentence is found when passages cover half of it or more on both sides."""
    kind, files, labels = pair.kind.removeprefix("short "), pair.files, pair.labels
    found = detections(scanned(files), labels)
    scores = []
    for case in labels.cases:
        hit = case.least_within([one for one in found if one.touches(case)]) >= 0.5
        lines = (kind, f"{kind}, {_kind(case.src.of(files[labels.src]))}")
        scores += [Score("short", line, "ratio", (hit, 1)) for line in lines]
    kept = not_excused(found, labels.cases, pair.zones())
    right = sum(one.share_within([case for case in labels.cases if case.touches(one)]) for one in kept)
    return added([*scores, Score("short", f"{kind}, precision", "ratio", (right, len(kept)))])
