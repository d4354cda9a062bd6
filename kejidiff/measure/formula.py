"""Comparisons of a scan -> those passages that are formula: several documents hold them that otherwise share nothing.

The thanks to all circles, the opening of next year's 工作部署, the line that says when a law was amended: long,
slightly changed from place to place, and no copy of each other. Judged as tolerantly as passages are found, from the
passages themselves: a document's text is common where documents of several families are aligned with it.

A *family* is documents that copy one another throughout, share something that nobody else holds, or are one office's
series (安化县2012年…总结, 安化县2013年…总结); all of them count once when others are judged. Between copies throughout,
and in a series, nothing is formula; two that share a part of their own may hold formula beside it, unless they have one
title (the State Council's reports of neighbouring years).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.measure.reuse import covered
from kejidiff.model import Comparison, Document, Passage
from kejidiff.span import Span, merged, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.explanation import Holders

    Depth = NDArray[np.int32]

#: Share of the smaller document from which two are copies throughout: formula fills up to .58 of short reports that
#: share nothing else (three paragraphs of 330 to 500 characters beside 1,000 of their own), copies with every fifth
#: word exchanged share more than .9.
_KIN = 0.75
#: The same for what no third document holds: reports of neighbouring years share .03 and more that is theirs alone.
_KIN_ALONE = 0.03
#: Share of a passage that must be common to be formula as it stands, on one side at least.
_COMMON = 0.5
#: Characters of the original: the longest hole in formula that is formula too (each place words some clause its own
#: way), and the shortest formula that is taken out of a copy it is a part of.
_HOLE, _STRETCH = 80, 250
#: A passage this long (characters of the original) and hardly changed needs one holder more: three reports may well
#: have copied one web page (two that take the same two paragraphs from a third; formula changes from place to place).
_LONG = 60
_FIGURES = r"[\d０-９〇○零一二三四五六七八九十]+(?:年度?)?"


def find_formula(
    documents: Sequence[Document], comparisons: Sequence[Comparison], holders: int
) -> dict[tuple[str, str], dict[str, tuple[Span, ...]]]:
    """By the ids of a pair: what of the passages of either document is formula, ascending and disjoint; pairs that have
    none are left out. `holders`: documents of different families that make text formula, the two of the pair included.
    """
    held = _held(comparisons)
    kin = _families(documents, comparisons, held)
    depths = {document.id: _depth(document, held[document.id], kin) for document in documents if held[document.id]}
    by_id = {document.id: document for document in documents}
    found: dict[tuple[str, str], dict[str, tuple[Span, ...]]] = {}
    for comparison in comparisons:
        left, right = by_id[comparison.left], by_id[comparison.right]
        if _spared(comparison, left, right, kin):
            continue
        sides = {left.id: [p.left for p in comparison.passages], right.id: [p.right for p in comparison.passages]}
        needed = [_needed(passage, holders) for passage in comparison.passages]
        stretches = {
            document.id: merged(
                stretch
                for span, least in zip(sides[document.id], needed, strict=True)
                for stretch in _stretches(document, depths[document.id], span, least)
            )
            for document in (left, right)
        }
        if any(stretches.values()):
            found[left.id, right.id] = stretches
    return found


def _stretches(document: Document, depth: "Depth", span: Span, holders: int) -> list[Span]:
    """What of a passage is formula: where at least `holders` families hold it, small holes filled.

    Inside a longer copy formula counts from `_STRETCH` on; where `_COMMON` of the passage is common, all of it does.
    """
    start = document.span.start
    common = depth[span.start - start : span.end - start] + 1 >= holders
    edges = np.flatnonzero(np.diff(np.concatenate(([False], common, [False]))))
    filled: list[Span] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        before = span.start if not filled else filled[-1].end
        own = Span(span.start + first, span.start + last)
        if own.start - before <= _HOLE:
            own = Span(filled.pop().start if filled else span.start, own.end)
        filled.append(own)
    if filled and span.end - filled[-1].end <= _HOLE:
        filled[-1] = Span(filled[-1].start, span.end)
    least = 0 if common.mean() >= _COMMON else _STRETCH
    return [one for one in filled if one.length >= least]


def find_holders(
    documents: Sequence[Document], comparisons: Sequence[Comparison], comparison: Comparison, holders: int
) -> "tuple[Holders, ...]":
    """Who else holds each passage of one of the comparisons, in its order: by which `find_formula` decides."""
    from kejidiff.model.explanation import Holders  # a scan does without

    held = _held(comparisons)
    kin = _families(documents, comparisons, held)
    by_id = {document.id: document for document in documents}
    names = comparison.left, comparison.right
    sides = by_id[names[0]], by_id[names[1]]
    depths = _depth(sides[0], held[names[0]], kin), _depth(sides[1], held[names[1]], kin)
    own = kin[names[0]] | kin[names[1]] | set(names)
    spared = _spared(comparison, *sides, kin)
    found = []
    for passage in comparison.passages:
        partners = {
            partner
            for name, span in zip(names, (passage.left, passage.right), strict=True)
            for partner, spans in held[name].items()
            if sum(one.clipped(span).length for one in merged(spans)) >= _COMMON * span.length
        }
        families = tuple(tuple(members) for members in _by_family(partners - own, kin).values())
        needed = _needed(passage, holders)
        found.append(Holders(families, needed, _common(sides, depths, passage, needed), spared))
    return tuple(found)


def _spared(comparison: Comparison, one: Document, other: Document, kin: Mapping[str, set[str]]) -> bool:
    """True where nothing between the two is formula: copies throughout, a series, one family under one title."""
    return _throughout(comparison, one, other) or (other.id in kin[one.id] and _same_title(one, other))


def _needed(passage: Passage, holders: int) -> int:
    return holders + (passage.tier != "rewritten" and passage.left.length >= _LONG)


def _common(sides: tuple[Document, Document], depths: "tuple[Depth, Depth]", passage: Passage, holders: int) -> float:
    """Share of the passage that so many families hold, on the side where it is more."""
    return max(
        _share(sides[0], depths[0], passage.left, holders),
        _share(sides[1], depths[1], passage.right, holders),
    )


def _held(comparisons: Sequence[Comparison]) -> dict[str, dict[str, list[Span]]]:
    """By document and partner: the document's passages with it."""
    held: dict[str, dict[str, list[Span]]] = defaultdict(dict)
    for comparison in comparisons:
        held[comparison.left][comparison.right] = [passage.left for passage in comparison.passages]
        held[comparison.right][comparison.left] = [passage.right for passage in comparison.passages]
    return held


def _families(
    documents: Sequence[Document], comparisons: Sequence[Comparison], held: Mapping[str, Mapping[str, list[Span]]]
) -> dict[str, set[str]]:
    """By document: those it is of one family with, itself left out; no chains, as with clusters."""
    by_id = {document.id: document for document in documents}
    crowded = {name: _crowded(by_id[name], list(partners.values())) for name, partners in held.items()}
    kin: dict[str, set[str]] = {document.id: set() for document in documents}
    for comparison in comparisons:
        one, other = by_id[comparison.left], by_id[comparison.right]
        alone = min(
            covered(document, [rest for span in merged(spans) for rest in without(span, crowded[document.id])])
            for document, spans in ((one, held[one.id][other.id]), (other, held[other.id][one.id]))
        )
        smaller = min(one.countable, other.countable)
        if alone >= _KIN_ALONE * smaller or _throughout(comparison, one, other):
            kin[one.id].add(other.id)
            kin[other.id].add(one.id)
    return kin


def _throughout(comparison: Comparison, one: Document, other: Document) -> bool:
    """True where the two are so much of one family that nothing between them is formula."""
    return comparison.reuse >= _KIN or _one_series(one, other)


def _one_series(one: Document, other: Document) -> bool:
    """True where the titles are the same but for figures, and name a place that is the same."""
    return _same_title(one, other) and any(name in one.title for name in set(one.places) & set(other.places))


def _same_title(one: Document, other: Document) -> bool:
    """True where the titles are the same but for figures."""
    return re.sub(_FIGURES, "", one.title) == re.sub(_FIGURES, "", other.title)


def _crowded(document: Document, partners: Sequence[list[Span]]) -> list[Span]:
    """Where two documents and more are aligned with this one; ascending, disjoint."""
    depth = np.zeros(document.span.length + 1, dtype=np.int32)
    for spans in partners:
        _add(depth, document, spans)
    common = np.cumsum(depth)[:-1] >= 2
    edges = np.flatnonzero(np.diff(np.concatenate(([False], common, [False]))))
    start = document.span.start
    return [Span(start + int(a), start + int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _depth(document: Document, partners: Mapping[str, list[Span]], kin: Mapping[str, set[str]]) -> "Depth":
    """Shape (characters of the document,): families aligned with it at each place, its own left out."""
    depth = np.zeros(document.span.length + 1, dtype=np.int32)
    for members in _by_family(partners.keys() - kin[document.id], kin).values():
        _add(depth, document, [span for member in members for span in partners[member]])
    return np.cumsum(depth, dtype=np.int32)[:-1]


def _by_family(names: Iterable[str], kin: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """The documents by the first one of each family."""
    families: dict[str, list[str]] = {}
    for name in sorted(names):
        head = next((first for first in families if name in kin[first]), name)
        families.setdefault(head, []).append(name)
    return families


def _add(depth: "Depth", document: Document, spans: Sequence[Span]) -> None:
    for span in merged(spans):
        depth[span.start - document.span.start] += 1
        depth[span.end - document.span.start] -= 1


def _share(document: Document, depth: "Depth", span: Span, holders: int) -> float:
    """Share of the span where at least `holders` families, the document's own included, hold it."""
    inside = depth[span.start - document.span.start : span.end - document.span.start]
    return float((inside + 1 >= holders).mean()) if len(inside) else 0.0
