"""What a corpus keeps and what it drops: `DedupResult`, one `Decision` a document, families, and what reuse is left."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kejidiff.model.document import Document
from kejidiff.model.finding import Tier
from kejidiff.model.result import ScanResult
from kejidiff.model.source import Skipped, SourceText
from kejidiff.span import Span

Keep = Literal["best", "first", "longest", "earliest"]
Level = Literal["document", "paragraph"]
State = Literal["kept", "trimmed", "dropped"]

#: How a document stands to another that holds its text: `duplicate`: each holds the other; `contained`: the other holds
#: it and much more. `overlaps`: neither holds the other, and both are kept.
Holding = Literal["duplicate", "contained", "overlaps"]


class DedupRules(NamedTuple):
    """By what rules it was decided.

    threshold   share of a document's countable characters that the kept one holds, from which it is dropped
    tier        how much a paragraph may have been changed and still be the same; all that is nearer is, too
    """

    keep: Keep
    level: Level
    threshold: float
    tier: Tier


class Removal(NamedTuple):
    """A stretch of paragraphs that stands in a kept document, too: `origin` is where, in the document `holder`."""

    span: Span
    holder: str
    origin: Span
    similarity: float
    tier: Tier


class Decision(NamedTuple):
    """What becomes of one document.

    family       number of its family, from 1; 0 where it has none
    kept         id of the kept document that holds a dropped one; "" where it is kept itself
    reason       `duplicate` or `contained` of a dropped document
    share        of its countable characters that the kept one holds, 0 to 1
    similarity   of the two texts there, 0 to 1, weighted by length
    removed      of a trimmed document: ascending, disjoint
    """

    document: str
    state: State
    family: int = 0
    kept: str = ""
    reason: Literal["", "duplicate", "contained"] = ""
    share: float = 0.0
    similarity: float = 0.0
    removed: tuple[Removal, ...] = ()


class Family(NamedTuple):
    """Documents that hold one text: the kept one, and those dropped for it; `members` in the order of documents."""

    number: int
    kept: str
    members: tuple[str, ...]


class Remaining(NamedTuple):
    """Reuse between two documents that are both kept, after what was trimmed: shares of either's countable text."""

    left: str
    right: str
    left_share: float
    right_share: float


@dataclass(frozen=True, slots=True)
class DedupResult:
    """All that a view and a clean copy need.

    files       every file found, in path order; of a file of JSON lines each line is one
    documents   all of them, in order of path and ordinal; `decisions` are in their order
    remaining   by the greater share, then by ids
    kept        a scan of the kept documents, before they are trimmed: where passages stand
    """

    version: str
    rules: DedupRules
    files: tuple[SourceText | Skipped, ...]
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    families: tuple[Family, ...]
    remaining: tuple[Remaining, ...]
    kept: ScanResult

    @property
    def complete(self) -> bool:
        """True where every file that matters was read."""
        return all(isinstance(file, SourceText) or file.harmless for file in self.files)

    @property
    def every_file(self) -> tuple[SourceText | Skipped, ...]:
        """As of a scan: what is said about files is said of both alike."""
        return self.files

    def counts(self) -> dict[State, int]:
        """How many documents end in each state; together they are all."""
        counts: dict[State, int] = {"kept": 0, "trimmed": 0, "dropped": 0}
        for decision in self.decisions:
            counts[decision.state] += 1
        return counts

    def countable_removed(self) -> int:
        """Countable characters that do not go into a clean copy."""
        return sum(
            document.countable
            if decision.state == "dropped"
            else sum(document.countable_in(removal.span) for removal in decision.removed)
            for document, decision in zip(self.documents, self.decisions, strict=True)
        )
