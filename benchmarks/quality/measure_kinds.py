"""Edits of one kind at known places: is an edit of that kind reported there?"""

import random
from collections.abc import Sequence
from functools import partial

from kejidiff.model import Edit, EditKind
from kejidiff.span import Span
from quality.figures import Score, added
from quality.known_edits import KnownEdit, known_edits
from quality.material import Material, Task
from quality.pairs import Labels, pick_passage, put_between
from quality.plagdet import Match
from quality.scanning import comparisons_of, scanned
from quality.texts import Pool

KINDS: tuple[EditKind, ...] = ("script", "synonym", "figure", "mask", "garble", "move", "insertion", "deletion")
#: Characters of a passage: long enough that its edits do not hide it.
_LENGTHS = (300, 500, 800)
_LABELS = Labels("b.txt", "a.txt", ())


def prepare(material: Material) -> list[Task]:
    """One passage a pair."""
    rng, pool = material.rng("kinds"), material.pool("kinds")
    made = [_pair(kind, material, pool, rng) for kind in KINDS for _ in range(material.cases)]
    return [partial(judge, *one) for one in made if one is not None]


def _pair(
    kind: EditKind, material: Material, pool: Pool, rng: random.Random
) -> tuple[EditKind, dict[str, str], tuple[KnownEdit, ...]] | None:
    for _ in range(20):
        src = pool.take()
        host = pool.take([src])
        span = pick_passage(src.text, rng.choice(_LENGTHS), [], rng)
        passage, edits = known_edits(span.of(src.text), kind, rng, material.phrases) if span else ("", ())
        if span and edits:
            made = put_between(host.text, [passage], rng)
            start = made.spans[0].start
            places = tuple(KnownEdit(_moved(one.src, span.start), _moved(one.susp, start)) for one in edits)
            return kind, {"a.txt": src.text, "b.txt": made.text}, places
    return None


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def judge(kind: EditKind, files: dict[str, str], known: Sequence[KnownEdit]) -> list[Score]:
    """Each known edit inside a passage by the kind of the reported edit that overlaps it most."""
    compared = comparisons_of(scanned(files), _LABELS)
    passages = [passage for one, _ in compared for passage in one.passages]
    # `a.txt`, the source, is the left document: an insertion is the derived text's own.
    edits = [edit for passage in passages for edit in passage.edits]
    spans = [Match(passage.right, passage.left) for passage in passages]
    scores = []
    for one in known:
        if not any(span.susp.contains(one.susp) and span.src.contains(one.src) for span in spans):
            continue
        reported = kind_at(one, edits)
        scores.append(Score("kinds", kind, "ratio", (reported == kind, 1)))
        if reported != kind:
            scores.append(Score("kinds", f"{kind} as {reported}", "hits", (1, 1)))
    return added(scores)


def kind_at(known: KnownEdit, edits: Sequence[Edit]) -> str:
    """The kind of the edit that overlaps the known one most, both sides counted; `nothing` where none does."""
    overlaps = [
        (edit.left.clipped(known.src).length + edit.right.clipped(known.susp).length, edit.kind) for edit in edits
    ]
    most = max((size for size, _ in overlaps), default=0)
    return next((kind for size, kind in overlaps if size == most), "nothing") if most else "nothing"
