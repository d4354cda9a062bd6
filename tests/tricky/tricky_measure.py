"""Files of a case -> the figures its line in docs/TRICKY_CASES.md states."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import kejidiff
from kejidiff.model import Comparison, Passage, ScanResult, SourceText
from kejidiff.span import Span

Figures = dict[str, int | str]


class Taken(str):
    """A stretch of a file that was taken from the source."""

    __slots__ = ()


class Case(NamedTuple):
    """derived, source   the two files: what is taken and what is not; bytes where the encoding is the matter
    others            further files of the same scan
    looks             what else is measured of the pair
    """

    derived: list[str] | bytes
    source: str | bytes
    others: tuple[str | bytes, ...] = ()
    looks: tuple[Callable[["Measured"], Figures], ...] = ()


class Measured(NamedTuple):
    """A case's pair: the comparison (None where nothing is shared), and the two documents in the scan's order."""

    result: ScanResult
    comparison: Comparison | None
    derived: str
    source: str


def figures_of(case: Case, folder: Path) -> Figures:
    """Scan the case's files and say how much of what was taken is found."""
    files_of(case, folder)
    result = kejidiff.scan([folder], kejidiff.ScanOptions(fragments=True))
    found = [one for one in (*result.comparisons, *result.fragments_only) if (one.left, one.right) == PAIR]
    measured = Measured(result, found[0] if found else None, _text(result, 0), _text(result, 1))
    figures = _found(measured, case.derived)
    for look in case.looks:
        figures |= look(measured)
    return figures


def files_of(case: Case, folder: Path) -> None:
    """Write the case's files into a folder."""
    files = {"1derived": _written(case.derived), "2source": _written(case.source)}
    files |= {f"other{at}": _written(other) for at, other in enumerate(case.others)}
    for name, data in files.items():
        (folder / f"{name}.txt").write_bytes(data)


PAIR = ("1derived.txt#1", "2source.txt#1")


def _written(content: list[str] | str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    return "".join(content).encode("utf-8", "surrogatepass")


def _text(result: ScanResult, index: int) -> str:
    wanted = ("1derived.txt", "2source.txt")[index]
    return next((file.text for file in result.files if file.path == wanted and isinstance(file, SourceText)), "")


def _found(measured: Measured, pieces: list[str] | bytes) -> Figures:
    """found: percent of the taken letters and digits inside passages; beside: letters inside passages never taken."""
    text = measured.derived
    taken = _zones(pieces) if isinstance(pieces, list) else [Span(0, len(text))]
    passages = measured.comparison.passages if measured.comparison else ()
    inside = _places(text, [passage.left for passage in passages])
    wanted = _places(text, taken)
    figures: Figures = {}
    if wanted:
        figures["found"] = round(100 * len(inside & wanted) / len(wanted))
    figures["beside"] = len(inside - wanted)
    figures["passages"] = len(passages)
    if passages:
        figures["tier"] = "+".join(sorted({passage.tier for passage in passages}))
    return figures


def _zones(pieces: list[str]) -> list[Span]:
    zones: list[Span] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, Taken):
            zones.append(Span(at, at + len(piece)))
        at += len(piece)
    return zones


def _places(text: str, spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end) if text[at : at + 1].isalnum()}


def kinds(measured: Measured) -> Figures:
    """kinds: of the edits inside passages, punctuation left aside."""
    passages: tuple[Passage, ...] = measured.comparison.passages if measured.comparison else ()
    named = sorted({kind for passage in passages for kind in passage.kinds} - {"punctuation"})
    return {"kinds": "+".join(named) or "none"}


def ledger(measured: Measured) -> Figures:
    """Figures that agree, that are others and that are hidden."""
    one = measured.comparison
    if one is None:
        return {"same": 0, "changed": 0, "masked": 0}
    return {"same": one.figures.same, "changed": one.figures.changed, "masked": one.figures.masked}


def findings(measured: Measured) -> Figures:
    """The findings of the pair."""
    return {"findings": "+".join(measured.comparison.findings if measured.comparison else ()) or "none"}


def relation(measured: Measured) -> Figures:
    """The relation and the source, as sides: the derived text is the left one."""
    one = measured.comparison
    return {"relation": "+".join(one.relation) or "none", "source": one.direction.source} if one else {}


def left_overs(measured: Measured) -> Figures:
    """What was left over of the source, as it stands in the derived text."""
    found = measured.comparison.left_overs if measured.comparison else ()
    texts = {"left": measured.derived, "right": measured.source}
    return {"left-overs": "+".join(sorted({over.span.of(texts[over.side]) for over in found})) or "none"}


def fragments(measured: Measured) -> Figures:
    """Fragments of the pair, and the longest in folded characters."""
    found = measured.comparison.alignment.fragments if measured.comparison else ()
    return {"fragments": len(found), "longest": max((fragment.length for fragment in found), default=0)}


def formula(measured: Measured) -> Figures:
    """Percent of the derived text inside formula."""
    if measured.comparison is None:
        return {"formula": 0}
    spans = [passage.left for passage in measured.comparison.formula]
    return {
        "formula": round(100 * len(_places(measured.derived, spans)) / max(1, sum(map(str.isalnum, measured.derived))))
    }


def reuse(measured: Measured) -> Figures:
    """Percent of the derived text reused over all its comparisons, and percent of it in stock phrases."""
    stats = measured.result.stats.get(PAIR[0])
    return {"reused": round(100 * stats.total), "stock": round(100 * stats.stock_share)} if stats else {}


def repaired(measured: Measured) -> Figures:
    """Repairs of the derived file, by reason; and whether the reading is the source's own folded text."""
    documents = [one for one in measured.result.documents if one.path == "1derived.txt"]
    reasons = sorted({repair.reason for one in documents for repair in one.repaired})
    return {"repairs": "+".join(reasons) or "none"}


def alike(measured: Measured) -> Figures:
    """Percent of the derived text's folded characters that are as in the source, at the same place or not."""
    sides = {one.path: one for one in measured.result.documents}
    if len(sides) < 2:
        return {}
    from rapidfuzz.distance import LCSseq

    one, other = sides["1derived.txt"].folded.text, sides["2source.txt"].folded.text
    return {"readable": round(100 * LCSseq.normalized_similarity(one, other))}


def whole_scan(measured: Measured) -> Figures:
    """Of the whole scan: pairs, clusters and their members, and documents."""
    result = measured.result
    return {
        "documents": len(result.documents),
        "pairs": len(result.comparisons),
        "clusters": len(result.clusters),
        "members": max((len(cluster.members) for cluster in result.clusters), default=0),
    }


def cut_back(measured: Measured) -> Figures:
    """Share of the source that the pair covers, in percent."""
    one = measured.comparison
    return {"covers": round(100 * one.right_reuse) if one else 0}
