"""Cases that were made, passages that were found -> plagdet and its parts, as sums that can be added over pairs.

A *case* is a stretch of the derived text and the stretch of its source; a *detection* is a passage in the same order of
sides. A detection detects a case when they overlap on both sides.

recall       mean over cases: share of its characters, both sides counted, inside the detections that detect it
precision    mean over detections: share of its characters inside the cases it detects
granularity  mean over detected cases: how many detections detect one
plagdet      harmonic mean of recall and precision / log2(1 + granularity)

Source. Potthast, Stein, Barrón-Cedeño, Rosso: An Evaluation Framework for Plagiarism Detection, COLING 2010.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kejidiff.span import Span, merged

#: A detection outside all cases is excused when this share of either side lies in text both share by nature.
EXCUSED = 0.5


class Match(NamedTuple):
    """A stretch of the derived text and one of its source: a case, a detection, or a zone that both share by nature."""

    susp: Span
    src: Span

    def touches(self, other: "Match") -> bool:
        """True where they overlap on both sides."""
        return self.susp.overlaps(other.susp) and self.src.overlaps(other.src)

    def share_within(self, others: Sequence["Match"]) -> float:
        """Share of this match's characters, both sides counted, that the others cover."""
        inside = _inside(self.susp, [one.susp for one in others]) + _inside(self.src, [one.src for one in others])
        return inside / (self.susp.length + self.src.length)

    def least_within(self, others: Sequence["Match"]) -> float:
        """The same for the side that is covered less."""
        return min(
            _inside(self.susp, [one.susp for one in others]) / self.susp.length,
            _inside(self.src, [one.src for one in others]) / self.src.length,
        )


class Sums(NamedTuple):
    """What plagdet is made of, for one pair or, added up, for many."""

    cases: float = 0.0
    detections: float = 0.0
    recall: float = 0.0
    precision: float = 0.0
    hits: float = 0.0
    detected: float = 0.0


def _inside(span: Span, others: Sequence[Span]) -> int:
    return sum(one.length for one in merged(other.clipped(span) for other in others if other.overlaps(span)))


def sums_of(cases: Sequence[Match], detections: Sequence[Match]) -> Sums:
    """The sums of one pair of texts."""
    recall = precision = 0.0
    hits = detected = 0
    for case in cases:
        mine = [one for one in detections if one.touches(case)]
        recall += case.share_within(mine)
        hits += len(mine)
        detected += bool(mine)
    for detection in detections:
        precision += detection.share_within([case for case in cases if case.touches(detection)])
    return Sums(len(cases), len(detections), recall, precision, hits, detected)


def not_excused(detections: Sequence[Match], cases: Sequence[Match], zones: Sequence[Match]) -> list[Match]:
    """Without the detections that touch no case and lie, by half on either side, in zones."""
    return [one for one in detections if any(one.touches(case) for case in cases) or not _excused(one, zones)]


def _excused(detection: Match, zones: Sequence[Match]) -> bool:
    near = [zone for zone in zones if zone.touches(detection)]
    return bool(near) and detection.least_within(near) >= EXCUSED
