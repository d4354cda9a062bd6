"""Paths, rules -> DedupResult: families, the kept member of each, and what the kept ones still share.

exact        the same text and the same figures: one of them goes on, the others are dropped for it
kin          library/    who shares so many fingerprints that one may hold the other
families     measure/    who holds whom; each two compared by themselves, so that no third text changes a verdict
what is left pipeline/   a scan of the kept documents, formula and stock phrases apart
paragraphs   measure/    recycled paragraphs of the kept documents, where they are asked for
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.figures import is_mask
from kejidiff.library import find_kin
from kejidiff.measure.duplicates import THRESHOLD, Held, Verdict, find_families, held, preference, spoiled
from kejidiff.measure.recycled import find_recycled, precedence, remaining_shares
from kejidiff.model import FIGURE_SYMBOL, Document, ScanResult, Skipped, SourceText, Tier
from kejidiff.model.dedup import Decision, DedupResult, DedupRules, Family, Keep, Level, Remaining, Removal
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.candidates import candidates, fingerprint_postings, sketcher
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.scan import Advance, Path, assembled, read_documents
from kejidiff.sketch import Sketch
from kejidiff.version import __version__


def dedup(
    paths: Sequence[Path],
    *,
    options: ScanOptions | None = None,
    keep: Keep = "best",
    level: Level = "document",
    threshold: float = THRESHOLD,
    tier: Tier = "light",
    json_lines: JsonLines | None = None,
    jobs: int = 1,
    advance: Advance | None = None,
) -> DedupResult:
    """What to keep of the documents below `paths`, and what to drop for which of them.

    keep        of copies: `best` (least spoiled, most complete, the original), `first` by path, `longest`, `earliest`
    level       `paragraph`: what the kept documents recycle of one another is taken out of the later one, too
    threshold   share of a document that must stand unchanged in the kept one
    json_lines  how archives are read; comes before what `options` say of that
    tier        of recycled paragraphs: `verbatim`, `light` or `rewritten`, each with those before it

    The result depends neither on `jobs` nor on the order of `paths`. UsageError as of `scan`.
    """
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError("paths is a sequence of paths; give a single one as [path]")
    options = options or ScanOptions()
    options = options if json_lines is None else replace(options, json_lines=json_lines)
    _refuse(threshold)
    rules = DedupRules(keep, level, threshold, tier)
    files, documents = read_documents(paths, options, jobs=jobs, advance=advance)
    material = _Material(files, documents, {file.path: file.text for file in files if isinstance(file, SourceText)})
    groups = _exact(material, keep)
    heads = sorted({group[0] for group in groups})
    told = None if advance is None else lambda done, total: advance("sketch", done, total)
    sketches = dict(zip(heads, run(sketcher(options), [documents[at] for at in heads], jobs, told), strict=True))
    verdicts = _verdicts(material, heads, sketches, rules, options, jobs, advance)
    for group in groups:
        verdicts |= {at: _as(verdicts.get(group[0]), group[0]) for at in group[1:]}
    kept = [at for at in range(len(documents)) if at not in verdicts]
    scanned = tuple(os.fspath(path) for path in paths)
    left = _scanned(material, kept, sketches, options, scanned, jobs, advance)
    return _result(material, verdicts, left, rules)


class _Material(NamedTuple):
    """What was read; `texts` by path."""

    files: tuple[SourceText | Skipped, ...]
    documents: tuple[Document, ...]
    texts: Mapping[str, str]

    def text(self, at: int) -> str:
        return self.texts[self.documents[at].path]

    def masks(self, at: int) -> int:
        """Characters that hide a figure."""
        folded, text = self.documents[at].folded, self.text(at)
        places = [place for place, char in enumerate(folded.text) if char == FIGURE_SYMBOL]
        figures = [folded.span(place, place + 1).of(text) for place in places]
        return sum(len(figure) for figure in figures if is_mask(figure))

    def identity(self, at: int) -> tuple[str, tuple[str, ...]]:
        """Equal for the same text, figures included, whatever its script, marks and blanks."""
        folded, text = self.documents[at].folded, self.text(at)
        places = [place for place, char in enumerate(folded.text) if char == FIGURE_SYMBOL]
        return folded.text, tuple(folded.span(place, place + 1).of(text) for place in places)


def _refuse(threshold: float) -> None:
    if not 0.5 <= threshold <= 1.0:
        raise UsageError("--threshold", f"{threshold:g} is not between 0.5 and 1", "below half two texts are no copies")


def _exact(material: _Material, keep: Keep) -> list[list[int]]:
    """Documents of one text together, the one to be kept first."""
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for at in range(len(material.documents)):
        groups.setdefault(material.identity(at), []).append(at)
    return [_by_preference(material, group, keep) if len(group) > 1 else group for group in groups.values()]


def _by_preference(material: _Material, group: list[int], keep: Keep) -> list[int]:
    documents = material.documents
    longest = max(documents[at].countable for at in group)
    spoils = {at: spoiled(documents[at], material.masks(at)) for at in group}
    return sorted(group, key=lambda at: preference(documents[at], keep, spoils[at], longest))


def _verdicts(
    material: _Material,
    heads: Sequence[int],
    sketches: Mapping[int, Sketch],
    rules: DedupRules,
    options: ScanOptions,
    jobs: int,
    advance: Advance | None,
) -> dict[int, Verdict]:
    """Of one document of each text: those that another holds."""
    documents = material.documents
    own = [sketches[at] for at in heads]
    found = find_kin([fingerprint_postings(one) for one in own], [one.profile.tables[-1].keys for one in own])
    kin = {heads[one]: frozenset(heads[other] for other in others) for one, others in found.items() if others}
    spoils = {at: spoiled(documents[at], material.masks(at)) for at in kin}

    def compared(pair: tuple[int, int]) -> Held:
        sides = [documents[at] for at in pair]
        comparer = Comparer(sides, material.texts, options, profiles=[sketches[at].profile for at in pair])
        return held(comparer.compare(0, 1), *sides)

    told = None if advance is None else lambda done, total: advance("families", done, total)
    return find_families(
        documents, spoils, kin, lambda pairs: run(compared, pairs, jobs, told), rules.keep, rules.threshold
    )


def _as(verdict: Verdict | None, head: int) -> Verdict:
    """The verdict on a document that has the text of `head`."""
    return verdict or Verdict(head, "duplicate", 1.0, 1.0)


def _scanned(
    material: _Material,
    kept: Sequence[int],
    sketches: Mapping[int, Sketch],
    options: ScanOptions,
    scanned: tuple[str, ...],
    jobs: int,
    advance: Advance | None,
) -> ScanResult:
    """A scan of the kept documents."""
    own = [sketches[at] for at in kept]
    pairs = candidates(own, options)
    documents = [material.documents[at] for at in kept]
    comparer = Comparer(documents, material.texts, options, pairs, [sketch.profile for sketch in own])
    told = None if advance is None else lambda done, total: advance("align", done, total)
    compared = run(lambda pair: comparer.compare(pair.left, pair.right), pairs, jobs, told)
    return assembled(material.files, comparer, compared, scanned)


def _result(material: _Material, verdicts: Mapping[int, Verdict], left: ScanResult, rules: DedupRules) -> DedupResult:
    documents = material.documents
    removed: Mapping[str, tuple[Removal, ...]] = {}
    if rules.level == "paragraph":
        removed = find_recycled(left, precedence(left.documents, rules.keep), rules.tier)
    families = _families(documents, verdicts)
    number = {member: family.number for family in families for member in family.members}
    decisions = tuple(
        _decision(documents, at, verdicts.get(at), number.get(document.id, 0), removed.get(document.id, ()))
        for at, document in enumerate(documents)
    )
    return DedupResult(
        version=__version__,
        rules=rules,
        files=material.files,
        documents=documents,
        decisions=decisions,
        families=families,
        remaining=_remaining(left, removed),
        kept=left,
    )


def _families(documents: Sequence[Document], verdicts: Mapping[int, Verdict]) -> tuple[Family, ...]:
    members: dict[int, set[int]] = {}
    for at, verdict in verdicts.items():
        members.setdefault(verdict.keeper, {verdict.keeper}).add(at)
    ordered = sorted((sorted(own), keeper) for keeper, own in members.items())
    return tuple(
        Family(number, documents[keeper].id, tuple(documents[at].id for at in own))
        for number, (own, keeper) in enumerate(ordered, start=1)
    )


def _decision(
    documents: Sequence[Document], at: int, verdict: Verdict | None, family: int, removed: tuple[Removal, ...]
) -> Decision:
    own = documents[at].id
    if verdict is None:
        return Decision(own, "trimmed" if removed else "kept", family, removed=removed)
    reason: Literal["duplicate", "contained"] = "contained" if verdict.holding == "contained" else "duplicate"
    keeper = documents[verdict.keeper].id
    return Decision(own, "dropped", family, keeper, reason, verdict.share, verdict.similarity)


def _remaining(left: ScanResult, removed: Mapping[str, tuple[Removal, ...]]) -> tuple[Remaining, ...]:
    by_id = {document.id: document for document in left.documents}
    found = (
        Remaining(one.left, one.right, *remaining_shares(by_id[one.left], by_id[one.right], one, removed))
        for one in left.comparisons
    )
    return tuple(
        sorted(
            (one for one in found if one.left_share or one.right_share),
            key=lambda one: (-max(one.left_share, one.right_share), one.left, one.right),
        )
    )
