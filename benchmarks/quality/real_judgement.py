"""A pair's labels and its comparison -> what was found, missed, paired wrongly and accused without cause.

found      an identical unit: nine tenths of its characters, and of its partner's, in passages, and most counterparts in
           that partner; a modified one: half of both
wrong      inside a passage, and most counterparts in another unit than the label's
untold     inside the passages of both sides, with no counterpart told: order changed and the move not seen
fragment   as many of its characters as found asks for in passages and fragments together
missed     the rest
accused    a new unit with half of its characters in passages, and hardly any with a counterpart
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kejidiff.background.grams import run_hashes
from kejidiff.model import Comparison
from kejidiff.span import Span
from kejidiff.text.fold import codes_of
from quality.real_groups import subject_of
from quality.real_labels import ARTICLES, RUN, SENTENCES, Label, labels
from quality.real_mapping import Answer, answers, coverage, equal_and_covered
from quality.real_passages import FOOTER
from quality.real_scans import Read
from quality.real_units import Unit, articles, key_of, sentences

_NEEDED = {"identical": 0.9, "modified": 0.5}
#: Counterparts of less than this of a unit do not say where it went.
_TOLD = 0.3
#: From here on a new unit is no stranger: of 24 units accused without this, the 13 above it spoke of the same matter
#: in other words.
_ANSWERED = 0.2
#: A run that stands in regulations of this many subjects belongs to none: 负有直接责任的主管人员 and the like. At four
#: the procedures of law-making counted too, which six differently worded titles share.
_STOCK_SUBJECTS = 8


class Verdict(NamedTuple):
    """`stock`: at least half of what the two units share stands in many subjects; None where there is no partner."""

    label: Label
    outcome: str
    stock: bool | None
    units: str


@dataclass(slots=True)
class Tally:
    """What a group's pairs come to: outcomes by (kind, outcome), and left characters inside passages.

    Units of stock wording are a kind of their own, whether they are identical or modified.
    """

    pairs: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    equal: int = 0
    covered: int = 0
    verdicts: list[Verdict] = field(default_factory=list)

    def of(self, kind: str) -> int:
        """Units of a kind."""
        return sum(count for (own, _), count in self.outcomes.items() if own == kind)

    def add(self, comparison: Comparison, sides: tuple[Read, Read], common: frozenset[int]) -> None:
        """Count one pair in."""
        self.pairs += 1
        equal, covered = equal_and_covered(comparison.passages, sides[0].text)
        self.equal += equal
        self.covered += covered
        for verdict in judged(comparison, sides, common):
            self.outcomes["stock" if verdict.stock else verdict.label.kind, verdict.outcome] += 1
            self.verdicts.append(verdict)


def judged(comparison: Comparison, sides: tuple[Read, Read], common: frozenset[int]) -> list[Verdict]:
    """One verdict for each unit of the left text."""
    left, right = (units_of(side) for side in sides)
    texts = [side.text for side in sides]
    told = answers(comparison, [side.document for side in sides], texts, [left, right])
    inside = coverage([passage.right for passage in comparison.passages], texts[1], right)
    runs = [one.left for one in comparison.passages] + [one.left for one in comparison.alignment.fragments]
    listed = coverage(runs, texts[0], left)
    verdicts = []
    for label in _labels(sides[0].path, sides[1].path, sides):
        outcome = _outcome(label, told[label.left], inside)
        if outcome == "missed" and listed[label.left] >= _NEEDED[label.kind]:
            outcome = "fragment"
        first = label.partners[0] if label.partners else None
        stock = None if first is None else stock_share(left[label.left].key, right[first].key, common) >= 0.5
        partner = "" if first is None else f" = {sides[1].document.id} {right[first].name}"
        verdicts.append(Verdict(label, outcome, stock, f"{sides[0].document.id} {left[label.left].name}{partner}"))
    return verdicts


def units_of(side: Read) -> list[Unit]:
    """The document's sentences where it is a report, else its articles; none of a site's footer."""
    units = (sentences if side.path.parent.name in ("county", "state_council") else articles)(side.text)
    footer = FOOTER.search(side.text)
    within = side.document.span if footer is None else Span(side.document.span.start, footer.start())
    return [unit for unit in units if within.contains(unit.span)]


_LABELS: dict[tuple[Path, Path], list[Label]] = {}


def _labels(left: Path, right: Path, sides: tuple[Read, Read]) -> list[Label]:
    """Labels do not depend on what is judged, and finding them takes longer than aligning."""
    if (left, right) not in _LABELS:
        floors = SENTENCES if left.parent.name in ("county", "state_council") else ARTICLES
        _LABELS[left, right] = labels(units_of(sides[0]), units_of(sides[1]), floors)
    return _LABELS[left, right]


def _outcome(label: Label, told: Answer, inside: list[float]) -> str:
    if label.kind not in _NEEDED:
        return "accused" if told.covered >= 0.5 and told.told < _ANSWERED else "left alone"
    needed = _NEEDED[label.kind]
    both = min(told.covered, max(inside[partner] for partner in label.partners))
    if both >= needed and told.unit in label.partners:
        return "found"
    if told.covered >= 0.5 and told.told >= _TOLD and told.unit not in (-1, *label.partners):
        return "wrong"
    return "untold" if both >= needed else "missed"


def stock_share(one: str, other: str, common: frozenset[int]) -> float:
    """Share of the runs of `RUN` characters that two keys have in common which stand in many subjects; 1.0 for none."""
    shared = _runs(one) & _runs(other)
    return sum(run in common for run in shared) / len(shared) if shared else 1.0


def _runs(key: str) -> set[int]:
    return set(run_hashes(codes_of(key), RUN).tolist())


@cache
def common_runs(collection: Path) -> frozenset[int]:
    """Hashes of the runs that stand in regulations of at least `_STOCK_SUBJECTS` subjects."""
    subjects: dict[str, list[np.ndarray]] = {}
    for path in sorted((collection / "regulations").glob("*.txt")):
        hashes = run_hashes(codes_of(key_of(path.read_text(encoding="utf-8"))), RUN)
        subjects.setdefault(subject_of(path), []).append(hashes)
    if not subjects:
        return frozenset()
    every = np.concatenate([np.unique(np.concatenate(hashes)) for hashes in subjects.values()])
    runs, counts = np.unique(every, return_counts=True)
    return frozenset(runs[counts >= _STOCK_SUBJECTS].tolist())
