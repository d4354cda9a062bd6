"""Drafts, what was published before, limits -> CheckResult: the gate before publication.

gather            against        what is read on either side
held_against      scan's stages  passages, formula, stock phrases, draft by draft
judged            measure/       what counts against the limits, and what is left out of it by whose word
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from kejidiff.engine import run
from kejidiff.errors import PARTIAL, UsageError
from kejidiff.measure.judgement import figures, partners, passages_of, ranked
from kejidiff.model import Document, Metadata, ScanResult, Skipped, SourceText
from kejidiff.model.check import CheckResult, DraftCheck, FailOn, Judged, Limits
from kejidiff.options import ScanOptions
from kejidiff.pipeline.against import Gathered, gather
from kejidiff.pipeline.candidates import sketcher
from kejidiff.pipeline.exceptions import Baseline, baseline_of, content, covers, expired, ignore_of
from kejidiff.pipeline.from_library import FromLibrary, from_library
from kejidiff.pipeline.held_against import Held, grouped, held_against, together
from kejidiff.pipeline.scan import Advance, Path
from kejidiff.pipeline.stock import Given, found_in_stock, read_stock

#: Why a draft was not compared in full, beside the reason codes of its file.
NOTHING_COMPARED, NOT_COMPARED = "nothing-compared", "not-compared"


def check(
    drafts: Sequence[Path],
    *,
    library: Path | None = None,
    lock_timeout: float = 30.0,
    against: Sequence[Path] = (),
    own: Sequence[str] = (),
    limits: Limits | None = None,
    baseline: Path | None = None,
    fail_on: FailOn = "any",
    ignore: Path | None = None,
    today: date | None = None,
    drafts_too: bool = False,
    stock: Sequence[Path] = (),
    written: Sequence[Path] = (),
    options: ScanOptions | None = None,
    jobs: int = 1,
    advance: Advance | None = None,
) -> CheckResult:
    """Compare each draft with the documents of `library` and below `against`, and hold it against the limits.

    own         units or tags: sources whose metadata bear one are the office's own, and leave the verdict
    baseline    an earlier record; with `fail_on="new"` the limits are held against what it does not hold
    ignore      a TOML file of entries that leave the verdict, each with reason, owner and expiry by `today`
    drafts_too  compare the drafts with each other, too
    written     files and folders where kejidiff writes: what is found there among the drafts and looks like its work is
                passed over, as the library and the baseline are; anywhere else it is a draft that has not been read
    The result does not depend on `jobs`, nor on what else is checked in the same call. UsageError for paths that do not
    exist, files of exceptions that are none, and where nothing to compare with is named.
    """
    _refuse_single(drafts, against, own, stock, written)
    if library is None and not against and not drafts_too:
        raise UsageError("check", "nothing to compare with", "give --library FILE or --against PATH", "no-collection")
    _refuse_settings(own, fail_on, baseline, limits)
    known = baseline_of(baseline) if baseline is not None else None
    entries = ignore_of(ignore) if ignore is not None else ()
    ours = _own_files(written, library, baseline)
    call = _Call(
        tuple(map(_name, drafts)), tuple(map(_name, against)), library, lock_timeout, drafts_too, ours, jobs, advance
    )
    gathered, stored, scan = _compared(call, tuple(map(_name, stock)), options or ScanOptions())
    compared = _compared_with(call, gathered, stored)
    day = (today or date.today()).isoformat() if entries else ""
    result = CheckResult(
        scan=scan,
        drafts=(),
        limits=limits or Limits(),
        compared=max(compared.values(), default=len(gathered.against.documents) + stored.total),
        in_library=stored.total if library is not None else None,
        given=bool(against) or drafts_too,
        itself=tuple(sorted({*gathered.itself, *stored.itself})),
        own=tuple(dict.fromkeys(own)),
        ignore=entries,
        expired=tuple(at for at, entry in enumerate(entries) if expired(entry, day)),
        today=day,
        baseline=None if known is None else len(known.passages),
        fail_on=fail_on,
        metadata={**gathered.metadata, **stored.metadata},
        looked_at=stored.looked_at,
    )
    return replace(result, drafts=_judged_all(result, gathered, compared, known or Baseline()))


class _Call(NamedTuple):
    """What a call compares, and how."""

    drafts: tuple[str, ...]
    against: tuple[str, ...]
    library: Path | None
    lock_timeout: float
    drafts_too: bool
    written: tuple[str, ...]
    jobs: int
    advance: Advance | None

    def told(self, stage: str) -> Callable[[int, int], None] | None:
        advance = self.advance
        return None if advance is None else lambda done, total: advance(stage, done, total)


def _compared(call: _Call, stock: tuple[str, ...], options: ScanOptions) -> tuple[Gathered, FromLibrary, ScanResult]:
    """What was read on either side, and what the drafts have in common with it."""
    options = replace(options, fragments=True)
    given = read_stock(stock, (*call.drafts, *call.against), options, call.jobs)
    gathered = gather(call.drafts, call.against, options, given, call.written, call.jobs, call.told("read"),
                      apart=not call.drafts_too)  # fmt: skip
    mine = gathered.drafts.documents
    stored = _from_library(call, gathered, options)
    others = (*gathered.against.documents, *stored.in_full)
    files = (*gathered.drafts.files, *gathered.against.files, *stored.sources)
    held = _held((*mine, *others), files, given, options, call)._replace(by_runs=stored.by_runs)

    def compared_with(draft: Document) -> Sequence[Document]:
        return (*gathered.against_for(draft), *stored.documents.get(draft.id, ()))

    results = held_against(
        mine, compared_with, held, drafts_too=call.drafts_too, jobs=call.jobs, told=call.told("align")
    )
    listed = (*others, *stored.for_runs)
    return gathered, stored, together(results, files, mine, listed, held, (*call.drafts, *call.against))


def _from_library(call: _Call, gathered: Gathered, options: ScanOptions) -> FromLibrary:
    if call.library is None:
        return FromLibrary((), {}, {}, 0)
    mine = gathered.drafts.documents
    own = dict(zip((draft.id for draft in mine), run(sketcher(options), mine, call.jobs), strict=True))
    groups = [[(draft, own[draft.id]) for draft in group] for group in grouped(mine, call.drafts_too)]
    taken = {file.path for file in (*gathered.drafts.files, *gathered.against.files)}
    texts = [file for file in gathered.drafts.files if isinstance(file, SourceText)]
    return from_library(call.library, groups, texts, taken, options, call.lock_timeout)


def _compared_with(call: _Call, gathered: Gathered, stored: FromLibrary) -> dict[str, int]:
    """By draft: how many documents it is compared with."""
    mine = gathered.drafts.documents
    others = max(len(mine) - 1, 0) if call.drafts_too else 0
    stored_too = Counter(one.path for one in mine if one.path in stored.itself)
    return {
        draft.id: len(gathered.against_for(draft))
        + max(stored.total - (stored_too.total() if call.drafts_too else stored_too[draft.path]), 0)
        + others
        for draft in mine
    }


def _held(
    documents: Sequence[Document],
    files: Sequence[SourceText | Skipped],
    given: Given,
    options: ScanOptions,
    call: _Call,
) -> Held:
    sketches = run(sketcher(options), documents, call.jobs, call.told("sketch"))
    texts = {file.path: file.text for file in files if isinstance(file, SourceText)}
    return Held(
        sketches={document.id: own for document, own in zip(documents, sketches, strict=True)},
        texts=texts,
        options=options,
        given=given,
        from_stock=found_in_stock(documents, texts, given.sources, options, sketches, call.jobs),
    )


def _judged_all(
    result: CheckResult, gathered: Gathered, compared: Mapping[str, int], known: Baseline
) -> tuple[DraftCheck, ...]:
    """Every draft, and behind them the files that should have been one and gave no document."""
    reasons = []
    if gathered.against.unread or any(
        isinstance(source.file, Skipped) and not source.file.harmless for source in result.scan.stock_sources
    ):
        reasons.append(NOT_COMPARED)
    judge = _Judge(result, known)
    judged = [
        judge.draft(document, (*(() if compared[document.id] else (NOTHING_COMPARED,)), *reasons))
        for document in gathered.drafts.documents
    ]
    return (*judged, *_without_document(gathered))


def _without_document(gathered: Gathered) -> list[DraftCheck]:
    """A draft that was not read has not passed; nor has one that was expected, or that holds no text."""
    with_text = {document.path for document in gathered.drafts.documents}
    found = []
    for file in gathered.drafts.files:
        if isinstance(file, Skipped):
            reason = file.reason if not file.harmless or file.path in gathered.expected else ""
        else:
            reason = "" if file.path in with_text or file.format == "archive" else "no-text"
        if reason:
            found.append(DraftCheck(file.path, "", "incomplete", reasons=(reason,)))
    return found


class _Judge:
    """Holds one draft after another against the limits."""

    def __init__(self, result: CheckResult, known: Baseline) -> None:
        self.result, self.known = result, known
        self.documents = {document.id: document for document in result.scan.documents}
        self.digests = {file.path: file.sha256 for file in result.scan.files if isinstance(file, SourceText)}
        self.own = frozenset(
            document.id
            for document in result.scan.documents
            if _is_own(result.metadata.get(document.path, Metadata()), result.own)
        )

    def draft(self, document: Document, reasons: tuple[str, ...]) -> DraftCheck:
        """`reasons`: why it was not compared in full."""
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
        warnings = tuple(dict.fromkeys(one.reason for one in result.scan.source(document.path).warnings))
        reasons = (*reasons, *(reason for reason in warnings if reason in PARTIAL))
        return DraftCheck(
            path=document.path,
            document=document.id,
            verdict="over-limit" if exceeded else "incomplete" if reasons else "pass",
            stats=stats,
            without_own=replace(figures(document, shared, others, ()), stock=stock) if result.own else None,
            judged=judged,
            exceeded=exceeded,
            reasons=reasons,
            warnings=warnings,
            sources=ranked(document, shared, self.documents, self.own),
            passages=passages,
        )

    def _standing(self, draft: Document, one: Judged) -> Judged:
        """What is the office's own is so whatever else is said of it; what somebody answers for is, before it is
        known."""
        held = content(self.digests.get(self.documents[one.source].path, ""), one.source)
        one = one._replace(known=self.known.holds(one.digest, one.source, held))
        if one.source in self.own:
            return one._replace(standing="own")
        text = one.span.of(self.result.scan.text_of(draft))
        for at, entry in enumerate(self.result.ignore):
            if at not in self.result.expired and covers(entry, self.documents[one.source], one.digest, text):
                return one._replace(standing="ignored", entry=at)
        return one._replace(standing="known") if one.known and self.result.fail_on == "new" else one


def _name(path: Path) -> str:
    return os.fspath(path)


def _refuse_settings(own: Sequence[str], fail_on: FailOn, baseline: Path | None, limits: Limits | None) -> None:
    """A name without a character, of a variable that was not set, say, would be that of every source without a unit."""
    if not all(name.strip() for name in own):
        raise UsageError("--own", "names no unit and no tag", "name one, or leave the option out")
    if fail_on not in ("any", "new"):
        raise UsageError("--fail-on", f"{fail_on!r} is neither 'any' nor 'new'", "give one of them")
    if fail_on == "new" and baseline is None:
        raise UsageError("--fail-on new", "there is no baseline", "give --baseline FILE")
    _refuse_limits(limits)


def _refuse_limits(limits: Limits | None) -> None:
    """What is no number, NaN above all, nothing would ever reach: the gate would stand open."""
    if limits is None:
        return
    if not isinstance(limits, Limits):
        raise TypeError("limits is a kejidiff.Limits, as in Limits(total=0.3, single=0.2, run=200)")
    for name, limit in limits._asdict().items():
        if not isinstance(limit, (int, float)):
            raise TypeError(f"limits.{name} is a number, not {type(limit).__name__}")
        if not limit > 0:
            raise UsageError(f"limits.{name}", f"{limit} is not above 0", "give a share as 0.3, a run as 200")


def _refuse_single(*given: object) -> None:
    if any(isinstance(paths, (str, os.PathLike)) for paths in given):
        raise TypeError("drafts, against, own, stock and written are sequences; give a single one as [path]")


def _own_files(written: Sequence[Path], library: Path | None, baseline: Path | None) -> tuple[str, ...]:
    """Where kejidiff's own work lies: what is written, the baseline, the library and what may lie beside it."""
    kept = [] if library is None else [f"{_name(library)}{end}" for end in ("", "-lock", "-journal")]
    known = [] if baseline is None else [_name(baseline)]
    return (*map(_name, written), *kept, *known)


def _is_own(metadata: Metadata, own: Sequence[str]) -> bool:
    return any(name == metadata.unit or name in metadata.tags for name in own)
