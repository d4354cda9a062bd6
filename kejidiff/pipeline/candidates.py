"""Documents -> sketches -> candidate pairs: which documents of a scan are worth aligning."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library import Postings, find_candidacy, find_candidates, find_evidence
from kejidiff.model import CandidatePair, Document
from kejidiff.options import ScanOptions
from kejidiff.sketch import Sketch, sketch
from kejidiff.text.fold import codes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.explanation import Candidacy


def sketcher(options: ScanOptions) -> Callable[[Document], Sketch]:
    """What sketches a document under these options."""
    return lambda document: sketch(codes_of(document.folded.text), document.folded.breaks, options.sketch)


def candidates(sketches: Sequence[Sketch], options: ScanOptions) -> tuple[CandidatePair, ...]:
    """Pairs that may hold a passage; every pair that shares anything where fragments are wanted."""
    return find_candidates(*_by_channel(sketches), every=options.fragments)


def candidacy(sketches: Sequence[Sketch], left: int, right: int) -> "Candidacy":
    """What speaks for a pair among these documents; `left < right`."""
    return find_candidacy(find_evidence(*_by_channel(sketches)), left, right)


def fingerprint_postings(own: Sketch) -> Postings:
    """A document's fingerprints, each once."""
    return _postings(own.fingerprints, own.places)


def _by_channel(sketches: Sequence[Sketch]) -> tuple[list[Postings], list[Postings], list[Postings]]:
    return (
        [_postings(own.keys.reshape(-1), np.arange(own.keys.size) // own.keys.shape[1]) for own in sketches],
        [fingerprint_postings(own) for own in sketches],
        [Postings(*own.anchors) for own in sketches],
    )


def _postings(keys: "NDArray[np.uint64]", places: "NDArray[np.int64]") -> Postings:
    """Each different key once, with the first place it stands at; one weighs as much as another."""
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    first = order[np.concatenate(([True], ascending[1:] != ascending[:-1]))] if len(keys) else order
    return Postings(keys[first], places[first], np.ones(len(first)))
