"""A draft against what was published before -> the nouns of the verdict: limits, figures, sources, exceptions.

Ratios are over the draft's countable characters. `ScanResult` beside them holds the evidence, so that every view of a
scan shows that of a check, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from kejidiff.model.finding import Passage
from kejidiff.model.metadata import Metadata
from kejidiff.model.result import ReuseStats, ScanResult
from kejidiff.span import Span

Verdict = Literal["pass", "over-limit", "incomplete"]
Limit = Literal["total", "single", "run"]
#: How a passage stands to the verdict: it is judged, or left out of it because its source is the office's own, an
#: entry of the ignore file names it, or the baseline holds it.
Standing = Literal["judged", "own", "ignored", "known"]
FailOn = Literal["any", "new"]

LIMITS: Final[tuple[Limit, ...]] = ("total", "single", "run")
#: The graver first.
VERDICTS: Final[tuple[Verdict, ...]] = ("over-limit", "incomplete", "pass")


class Limits(NamedTuple):
    """What a draft must stay below; at a limit is over it. docs/GATE.md says where the values come from.

    total    总文字复制比, 0 to 1
    single   单篇最大文字复制比, 0 to 1
    run      the longest verbatim run, folded characters
    """

    total: float = 0.30
    single: float = 0.20
    run: int = 200

    def exceeded(self, stats: ReuseStats) -> tuple[Limit, ...]:
        """The limits that these figures are at or over."""
        reached: Mapping[Limit, bool] = {
            "total": stats.total >= self.total,
            "single": stats.single >= self.single,
            "run": stats.longest_run >= self.run,
        }
        return tuple(limit for limit in LIMITS if reached[limit])


class IgnoreEntry(NamedTuple):
    """What somebody answers for: reuse that is not judged, why, who says so, and until when.

    source    id or path of what the passage was found in, or a pattern of either (`2024/*`); "" for any
    text      digest of the passage, or how it begins in the draft; "" for any
    expires   `YYYY-MM-DD`, the last day on which the entry counts
    """

    source: str
    text: str
    reason: str
    owner: str
    expires: str


class Judged(NamedTuple):
    """A passage of a draft and how it stands to the verdict.

    source   id of the document it was found in
    span, source_span   where it stands in the draft, and over there
    digest   of the draft's folded text in it: the same wherever it moves to
    entry    index into `CheckResult.ignore`; -1 unless it is ignored
    known    True where the baseline holds it
    """

    source: str
    passage: Passage
    span: Span
    source_span: Span
    digest: str
    standing: Standing = "judged"
    entry: int = -1
    known: bool = False


class LookedAt(NamedTuple):
    """What of a large library shares too little with a draft to be compared with it in full, and was looked at for
    verbatim runs only.

    documents   how many, by the id of the draft
    listed      ids of those that are listed for such a run and were compared with no draft in full
    """

    documents: Mapping[str, int] = MappingProxyType({})
    listed: tuple[str, ...] = ()


class RankedSource(NamedTuple):
    """A document that a draft shares text with.

    share        of the draft's countable characters, 0 to 1; `characters` the count
    paragraphs   numbers (¶n) of the draft's paragraphs that hold it, ascending
    own          True where it is the office's own (去除本人)
    """

    id: str
    path: str
    title: str
    share: float
    characters: int
    relation: tuple[str, ...]
    paragraphs: tuple[int, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """One draft's figures. A file that holds several reports is several drafts.

    document      its id; "" where the file gave no document
    stats         of all that was found
    without_own   the same without the office's own sources (去除本人); None unless `--own` was given
    judged        of what the limits are held against
    exceeded      the limits that `judged` is at or over
    reasons       why it was not compared in full, as slugs
    sources       by what they share, most first
    passages      by place
    """

    path: str
    document: str
    verdict: Verdict
    stats: ReuseStats = field(default_factory=ReuseStats)
    without_own: ReuseStats | None = None
    judged: ReuseStats = field(default_factory=ReuseStats)
    exceeded: tuple[Limit, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[RankedSource, ...] = ()
    passages: tuple[Judged, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in every list: its id, or its file's path."""
        return self.document or self.path


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that a view of a check gets.

    scan          files, documents (drafts first), and the comparisons, whose left side is always a draft
    drafts        in the order of `scan.documents`; files that gave no document behind them, by path
    compared      documents the drafts were compared with
    in_library    documents of the library they come from; None without one
    given         True where others than the library's were named: by `against`, or the drafts themselves
    itself        drafts that also lie among what they were compared with, and were not compared with themselves
    own           the units and tags given as one's own
    ignore        entries of the ignore file; `expired` are the indexes of those that no longer count
    today         the day that expiry was judged by, `YYYY-MM-DD`; "" where nothing can expire
    baseline      passages that the baseline holds; None without one
    metadata      by path, where anything is known
    looked_at     what of a large library was not compared in full
    """

    scan: ScanResult
    drafts: tuple[DraftCheck, ...]
    limits: Limits
    compared: int
    in_library: int | None = None
    given: bool = True
    itself: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    ignore: tuple[IgnoreEntry, ...] = ()
    expired: tuple[int, ...] = ()
    today: str = ""
    baseline: int | None = None
    fail_on: FailOn = "any"
    metadata: Mapping[str, Metadata] = field(default_factory=dict)
    looked_at: LookedAt = field(default_factory=LookedAt)

    @property
    def verdict(self) -> Verdict:
        """The gravest of the drafts': only where all of them pass, and all was read, does the check."""
        found = {draft.verdict for draft in self.drafts} or {"incomplete"}
        return next(verdict for verdict in VERDICTS if verdict in found)

    @property
    def complete(self) -> bool:
        """True where every draft was read and compared in full."""
        return bool(self.drafts) and not any(draft.reasons for draft in self.drafts)

    def draft(self, name: str) -> DraftCheck:
        """The draft of this id or path; KeyError where there is none."""
        for draft in self.drafts:
            if draft.name == name:
                return draft
        raise KeyError(name)
