"""Drafts, what was published before, limits -> CheckResult: the gate before publication.

gather            against        what is read on either side
held_against      scan's stages  passages, formula, stock phrases, draft by draft
judged            measure/       what counts against the limits, and what is left out of it by whose word
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.measure.judgement import figures, partners, passages_of, ranked
from kejidiff.model import Document, Metadata, Skipped, SourceText
from kejidiff.model.check import CheckResult, DraftCheck, FailOn, Judged, Limits
from kejidiff.options import ScanOptions
from kejidiff.pipeline.against import Gathered, gather
from kejidiff.pipeline.candidates import sketcher
from kejidiff.pipeline.exceptions import Baseline, baseline_of, covers, expired, ignore_of
from kejidiff.pipeline.held_against import Held, held_against, together
from kejidiff.pipeline.scan import Advance, Path
from kejidiff.pipeline.stock import Given, found_in_stock, read_stock

#: Why a draft was not compared in full, beside the reason codes of its file.
NOTHING_COMPARED, NOT_COMPARED = "nothing-compared", "not-compared"


def check(
    drafts: Sequence[Path],
    *,
    library: Path | None = None,
    against: Sequence[Path] = (),
    own: Sequence[str] = (),
    limits: Limits | None = None,
    baseline: Path | None = None,
    fail_on: FailOn = "any",
    ignore: Path | None = None,
    today: date | None = None,
    drafts_too: bool = False,
    stock: Sequence[Path] = (),
    options: ScanOptions | None = None,
    jobs: int = 1,
    advance: Advance | None = None,
) -> CheckResult:
    """Compare each draft with the documents of `library` and below `against`, and hold it against the limits.

    own         units or tags: sources whose metadata bear one are the office's own, and leave the verdict
    baseline    an earlier record; with `fail_on="new"` the limits are held against what it does not hold
    ignore      a TOML file of entries that leave the verdict, each with reason, owner and expiry by `today`
    drafts_too  compare the drafts with each other, too
    The result does not depend on `jobs`, nor on what else is checked in the same call. UsageError for paths that do not
    exist, files of exceptions that are none, and where nothing to compare with is named.
    """
    for paths in (drafts, against, own, stock):
        if isinstance(paths, (str, os.PathLike)):
            raise TypeError("drafts, against, own and stock are sequences; give a single one as [path]")
    if library is None and not against and not drafts_too:
        raise UsageError("check", "nothing to compare with", "give --library FILE or --against PATH", "no-collection")
    if fail_on == "new" and baseline is None:
        raise UsageError("--fail-on new", "there is no baseline", "give --baseline FILE")
    known = baseline_of(baseline) if baseline is not None else None
    entries = ignore_of(ignore) if ignore is not None else ()
    options = replace(options or ScanOptions(), fragments=True)
    named = tuple(os.fspath(path) for path in drafts), tuple(os.fspath(path) for path in against)
    given = read_stock([os.fspath(path) for path in stock], (*named[0], *named[1]), options, jobs)
    told = None if advance is None else lambda done, total: advance("read", done, total)
    gathered = gather(*named, options, given, jobs, told)
    held = _held(gathered, given, options, jobs, advance)
    mine, others = gathered.drafts.documents, gathered.against.documents
    told = None if advance is None else lambda done, total: advance("align", done, total)
    results = held_against(mine, others, held, drafts_too=drafts_too, jobs=jobs, told=told)
    files = (*gathered.drafts.files, *gathered.against.files)
    result = CheckResult(
        scan=together(results, files, mine, others, held, (*named[0], *named[1])),
        drafts=(),
        limits=limits or Limits(),
        compared=len(others) + (gathered.in_library or 0) + (max(len(mine) - 1, 0) if drafts_too else 0),
        in_library=gathered.in_library,
        itself=gathered.itself,
        own=tuple(dict.fromkeys(own)),
        ignore=entries,
        today=(today or date.today()).isoformat() if entries else "",
        baseline=None if known is None else len(known),
        fail_on=fail_on,
        metadata=gathered.metadata,
    )
    result = replace(result, expired=tuple(at for at, one in enumerate(entries) if expired(one, result.today)))
    return replace(result, drafts=_judged_all(result, gathered, known or frozenset()))


def _held(gathered: Gathered, given: Given, options: ScanOptions, jobs: int, advance: Advance | None) -> Held:
    documents = (*gathered.drafts.documents, *gathered.against.documents)
    told = None if advance is None else lambda done, total: advance("sketch", done, total)
    sketches = run(sketcher(options), documents, jobs, told)
    files = (*gathered.drafts.files, *gathered.against.files)
    texts = {file.path: file.text for file in files if isinstance(file, SourceText)}
    return Held(
        sketches={document.id: own for document, own in zip(documents, sketches, strict=True)},
        texts=texts,
        options=options,
        given=given,
        from_stock=found_in_stock(documents, texts, given.sources, options, sketches, jobs),
    )


def _judged_all(result: CheckResult, gathered: Gathered, known: Baseline) -> tuple[DraftCheck, ...]:
    """Every draft, and behind them the files that should have been one and gave no document."""
    reasons = []
    if not result.compared:
        reasons.append(NOTHING_COMPARED)
    if gathered.against.unread or any(
        isinstance(source.file, Skipped) and not source.file.harmless for source in result.scan.stock_sources
    ):
        reasons.append(NOT_COMPARED)
    judge = _Judge(result, known, tuple(reasons))
    compared = [judge.draft(document) for document in gathered.drafts.documents]
    return (*compared, *_without_document(gathered))


def _without_document(gathered: Gathered) -> list[DraftCheck]:
    """A draft that was not read has not passed; nor has one that was named and passed over, or that holds no text."""
    with_text = {document.path for document in gathered.drafts.documents}
    found = []
    for file in gathered.drafts.files:
        if isinstance(file, Skipped):
            reason = file.reason if not file.harmless or file.path in gathered.named else ""
        else:
            reason = "" if file.path in with_text or file.format == "archive" else "no-text"
        if reason:
            found.append(DraftCheck(file.path, "", "incomplete", reasons=(reason,)))
    return found


class _Judge:
    """Holds one draft after another against the limits."""

    def __init__(self, result: CheckResult, known: Baseline, reasons: tuple[str, ...]) -> None:
        self.result, self.known, self.reasons = result, known, reasons
        self.documents = {document.id: document for document in result.scan.documents}
        self.own = frozenset(
            document.id
            for document in result.scan.documents
            if _is_own(result.metadata.get(document.path, Metadata()), result.own)
        )

    def draft(self, document: Document) -> DraftCheck:
        result = self.result
        shared = partners(document, result.scan.comparisons)
        passages = tuple(self._standing(document, one) for one in passages_of(document, shared))
        stats = result.scan.stats[document.id]
        stock = stats.stock
        judged = replace(
            figures(document, shared, [one for one in passages if one.standing == "judged"], ()), stock=stock
        )
        others = [one for one in passages if one.source not in self.own]
        exceeded = result.limits.exceeded(judged)
        return DraftCheck(
            path=document.path,
            document=document.id,
            verdict="over-limit" if exceeded else "incomplete" if self.reasons else "pass",
            stats=stats,
            without_own=replace(figures(document, shared, others, ()), stock=stock) if result.own else None,
            judged=judged,
            exceeded=exceeded,
            reasons=self.reasons,
            warnings=tuple(dict.fromkeys(one.reason for one in result.scan.source(document.path).warnings)),
            sources=ranked(document, shared, self.documents, self.own),
            passages=passages,
        )

    def _standing(self, draft: Document, one: Judged) -> Judged:
        """What is the office's own is so whatever else is said of it; what somebody answers for is, before it is
        known."""
        one = one._replace(known=(one.digest, one.source) in self.known)
        if one.source in self.own:
            return one._replace(standing="own")
        text = one.span.of(self.result.scan.text_of(draft))
        for at, entry in enumerate(self.result.ignore):
            if at not in self.result.expired and covers(entry, self.documents[one.source], one.digest, text):
                return one._replace(standing="ignored", entry=at)
        return one._replace(standing="known") if one.known and self.result.fail_on == "new" else one


def _is_own(metadata: Metadata, own: Sequence[str]) -> bool:
    return any(name == metadata.unit or name in metadata.tags for name in own)
