"""Every labelled pair in one scan: which pairs are compared at all, and plagdet when everything lies together."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from unittest.mock import patch

from kejidiff.model import Alignment, Comparison, Direction, FigureLedger
from kejidiff.pipeline import scan as pipeline
from kejidiff.pipeline.compare import Comparer
from quality.edits import KINDS
from quality.figures import Score
from quality.material import Material, Task
from quality.measure_pairs import reuse_pairs, score
from quality.measure_short import short_pairs
from quality.pairs import Pair
from quality.scanning import detections, file_of, scanned

#: Pairs of each kind in the scan whose passages are looked at: it compares most of what it holds.
_SCANNED = 5


def prepare_candidates(material: Material) -> list[Task]:
    """One scan of all pairs, and of pairs that share single sentences."""
    pairs = _renamed([*_disjoint(material), *short_pairs(material, "candidates", material.cases)])
    return [partial(judge_candidates, pairs)]


def prepare_together(material: Material) -> list[Task]:
    """One scan of a few pairs of each kind."""
    return [partial(judge_together, _renamed(reuse_pairs(material.fewer(_SCANNED), "together")))]


def _disjoint(material: Material) -> list[Pair]:
    """Pairs of each kind, as many as there is text for without using any twice."""
    return reuse_pairs(material.fewer(len(material.stretches) // (2 * len(KINDS)) - 1), "candidates")


def _renamed(pairs: Sequence[Pair]) -> list[Pair]:
    """Every file by a name of its own."""
    renamed = []
    for number, (kind, files, labels, stock) in enumerate(pairs):
        names = {name: f"{number:03d}{name}" for name in files}
        labels = labels._replace(susp=names[labels.susp], src=names[labels.src])
        renamed.append(Pair(kind, {names[name]: text for name, text in files.items()}, labels, stock))
    return renamed


class _Recorder(Comparer):
    """Compares nothing, but keeps the names of what it was to compare."""

    asked: frozenset[frozenset[str]] = frozenset()

    def compare(self, left: int, right: int) -> Comparison:
        one, other = self.documents[left].id, self.documents[right].id
        _Recorder.asked |= {frozenset((file_of(one), file_of(other)))}
        return Comparison(one, other, 0.0, 0.0, 0.0, Alignment(()), Direction(), (), (), FigureLedger())


def judge_candidates(pairs: Sequence[Pair]) -> list[Score]:
    """Labelled pairs that are compared; and how many times fewer pairs are compared than there are."""
    files = {name: text for pair in pairs for name, text in pair.files.items()}
    _Recorder.asked = frozenset()
    with patch.object(pipeline, "Comparer", _Recorder), patch.object(pipeline, "assembled", lambda *_, **__: None):
        scanned(files)
    asked = _Recorder.asked
    scores = [
        Score("candidates", _line(pair.kind), "ratio", (frozenset((pair.labels.susp, pair.labels.src)) in asked, 1))
        for pair in pairs
    ]
    every = len(list(combinations(files, 2)))
    return [*scores, Score("candidates", "times fewer than all pairs", "times", (len(asked), every))]


def _line(kind: str) -> str:
    return kind if kind.startswith("short") else "pairs of all kinds"


def judge_together(pairs: Sequence[Pair]) -> list[Score]:
    """Plagdet of each pair, all in one scan."""
    result = scanned({name: text for pair in pairs for name, text in pair.files.items()})
    return [one for pair in pairs for one in score(pair, detections(result, pair.labels), "together")]
