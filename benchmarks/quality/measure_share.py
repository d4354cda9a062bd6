"""Passages of 200 to 600 characters of which a growing share is edited, word by word."""

import random
from functools import partial

from kejidiff.span import Span
from quality.edits import edited_share
from quality.figures import Score
from quality.material import Material, Task
from quality.pairs import Labels, pick_passage, recycled
from quality.plagdet import sums_of
from quality.scanning import detections, scanned
from quality.texts import Pool

SHARES = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65)


def prepare(material: Material) -> list[Task]:
    """Two passages a pair."""
    rng, pool = material.rng("share"), material.pool("share")
    return [
        partial(judge, share, *_pair(pool, rng, share)) for share in SHARES for _ in range(max(1, material.cases // 2))
    ]


def _pair(pool: Pool, rng: random.Random, share: float) -> tuple[dict[str, str], Labels]:
    src = pool.take()
    host = pool.take([src])
    spans: list[Span] = []
    for _ in range(2):
        span = pick_passage(src.text, rng.randint(220, 550), spans, rng, apart=100)
        spans += [span] if span else []
    text, labels = recycled(host, src, spans, lambda passage: edited_share(passage, share, rng), rng)
    return {"a.txt": src.text, "b.txt": text}, labels


def judge(share: float, files: dict[str, str], labels: Labels) -> list[Score]:
    """Share of the passages' characters that is covered; and how many passages are found at all."""
    sums = sums_of(labels.cases, detections(scanned(files), labels))
    return [Score("share", f"{share:.2f} edited", "ratio", (sums.recall, sums.cases))]
