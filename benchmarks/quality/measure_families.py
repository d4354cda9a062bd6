"""Reuse while 0, 1, 3 or 10 further copies of the source are in the scan, as they are or lightly edited."""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from kejidiff.span import Span
from quality.edits import KINDS, Kind, edited_share
from quality.figures import Score
from quality.material import Material, Task
from quality.pairs import Labels, pick_passage, recycled
from quality.plagdet import sums_of
from quality.scanning import detections, scanned
from quality.texts import Pool

COPIES = (0, 1, 3, 10)
#: Further copies that are versions of their own.
VERSIONS = 10
_EDITS: tuple[Kind, ...] = ("copied", "synonym", "random", "heavy")
#: Of the characters of a further copy that is a version of its own.
_VERSION_SHARE = 0.08


LINES = tuple(
    f"{kind}, {others}" for kind in _EDITS for others in (*(f"{n} copies" for n in COPIES), f"{VERSIONS} versions")
)


def prepare(material: Material, every: Sequence[int] = COPIES) -> list[Task]:
    """The same passages and hosts for every number of copies, so that the lines differ by the copies alone."""
    rng, pool = material.rng("families"), material.pool("families")
    tasks: list[Task] = []
    for _ in range(max(1, material.cases // 3)):
        files, labels = _family(material, pool, rng)
        versions = [edited_share(files["a.txt"], _VERSION_SHARE, rng) for _ in range(VERSIONS)]
        for copies in every:
            same = {f"c{number:02d}.txt": files["a.txt"] for number in range(copies)}
            tasks.append(partial(judge, f"{copies} copies", {**files, **same}, labels))
        if VERSIONS in every:
            edited = {f"c{number:02d}.txt": version for number, version in enumerate(versions)}
            tasks.append(partial(judge, f"{VERSIONS} versions", {**files, **edited}, labels))
    return tasks


def _family(material: Material, pool: Pool, rng: random.Random) -> tuple[dict[str, str], Mapping[Kind, Labels]]:
    """One source, and for each kind of edit a text that takes one or two passages from it."""
    src = pool.take()
    files, every = {"a.txt": src.text}, {}
    taken: list[Span] = []
    hosts = [src]
    for number, kind in enumerate(_EDITS):
        host = pool.take(hosts)
        hosts.append(host)
        spans = [span for _ in range(2) if (span := pick_passage(src.text, rng.randint(150, 450), taken, rng))]
        spans = spans[:1] if len(spans) == 2 and spans[0].overlaps(spans[1]) else spans
        if not spans:
            continue
        taken += spans
        text, labels = recycled(host, src, spans, _editor(kind, rng, material), rng)
        name = f"b{number}.txt"
        files[name], every[kind] = text, labels._replace(susp=name)
    return files, every


def _editor(kind: Kind, rng: random.Random, material: Material) -> Callable[[str], str]:
    return lambda passage: KINDS[kind](passage, rng, material.phrases)


def judge(name: str, files: dict[str, str], every: Mapping[Kind, Labels]) -> list[Score]:
    """Recall of each derived text against the source itself."""
    result = scanned(files)
    scores = []
    for kind, labels in every.items():
        sums = sums_of(labels.cases, detections(result, labels))
        scores.append(Score("families", f"{kind}, {name}", "ratio", (sums.recall, sums.cases)))
    return scores
