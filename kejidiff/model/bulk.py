"""What a scan of a large collection hands to views: one document or comparison at a time, and the result's totals."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kejidiff.errors import PARTIAL, State
from kejidiff.model.document import Exclusion, Repair, Script
from kejidiff.model.finding import EditKind, Tier
from kejidiff.model.result import Cluster, ReuseStats, ScanResult
from kejidiff.model.source import Reservation, Skipped
from kejidiff.options import ScanOptions
from kejidiff.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class BulkFile(NamedTuple):
    """A file, or a row of an archive, without its text: read, or not and why. Fields as of `SourceText`, `Skipped`.

    characters   of the original text
    """

    path: str
    reason: str = ""
    message: str = ""
    state: State | None = None
    format: str = ""
    encoding: str = ""
    replaced: int = 0
    characters: int = 0
    sha256: str = ""
    warnings: tuple[Reservation, ...] = ()

    @property
    def whole(self) -> bool:
        """False where a part of it could not be read."""
        return not any(warning.reason in PARTIAL for warning in self.warnings)

    @property
    def skipped(self) -> Skipped | None:
        """As a file that was not read; None where it was."""
        return None if self.state is None else Skipped(self.path, self.reason, self.message, self.state)


class BulkDocument(NamedTuple):
    """A document without its text. Fields as of `Document`; `paragraphs` are `[start, end]` in the original text.

    titled     whether the first of them is the title, which has the number 0
    metadata   what a row of an archive holds beside its text and id: an object in JSON, UTF-8; else empty
    """

    id: str
    path: str
    ordinal: int
    title: str
    span: Span
    countable: int
    script: Script
    paragraphs: list[list[int]]
    titled: bool = False
    excluded: tuple[Exclusion, ...] = ()
    repaired: tuple[Repair, ...] = ()
    metadata: bytes = b""
    stats: ReuseStats = ReuseStats()

    @property
    def first_number(self) -> int:
        """The number of the first paragraph."""
        return 0 if self.titled else 1


class BulkPassage(NamedTuple):
    """A passage of one or several paragraphs. Fields as of `Passage`.

    edits        kind, left start and end, right start and end, in the original texts; of the folded texts: what folding
                 leaves alike (script, width, marks) is no edit here
    characters   countable characters of either span
    """

    left: Span
    right: Span
    similarity: float
    tier: Tier
    left_paragraphs: list[int]
    right_paragraphs: list[int]
    longest_run: int
    commonness: int
    edits: list[tuple[EditKind, int, int, int, int]]
    characters: tuple[int, int]


class BulkComparison(NamedTuple):
    """Two documents and what they share; `left` comes first in the scan. Fields as of `Comparison`."""

    left: str
    right: str
    left_title: str
    right_title: str
    left_reuse: float
    right_reuse: float
    resemblance: float
    passages: tuple[BulkPassage, ...]
    formula: tuple[BulkPassage, ...] = ()

    @property
    def reuse(self) -> float:
        return max(self.left_reuse, self.right_reuse)


class LineForms(NamedTuple):
    """How a view writes the lines of a scan: templates with a field for every value, and functions for what is rare.

    A field is `%(name)d` for an integer, `%(name)a` for a ratio, rounded to `places` decimals, `%(name)b` for anything
    else: of what is itself a list its items, joined by a comma and a blank; of a string what `escaped` makes of it.

    document    fields as of `BulkDocument`; of `span` `start`, `end`; `numbers` those of its paragraphs; of `stats`
                each count, and as `…_share` what share it is; `metadata` what that function gives
    comparison  fields as of `BulkComparison`
    passage     fields as of `BulkPassage`; of spans `left`, `left_end`, `right`, `right_end`
    edit        `kind`, `left`, `left_end`, `right`, `right_end`
    kind        `kind`, of the kinds of a passage's edits
    span        `start`, `end`, of a document's paragraphs
    files       gives the lines of files
    escaped     strings, each as bytes, in their order
    metadata    of a document that has any, as of `BulkDocument`: what stands at the end of its line
    """

    places: int
    document: bytes
    comparison: bytes
    passage: bytes
    edit: bytes
    kind: bytes
    span: bytes
    files: Callable[[Sequence[BulkFile]], bytes]
    escaped: Callable[[Sequence[str]], list[bytes]]
    excluded: Callable[[tuple[Exclusion, ...]], bytes]
    repaired: Callable[[tuple[Repair, ...]], bytes]
    metadata: Callable[[bytes], bytes]


class Renderer(NamedTuple):
    """What is written of a scan.

    row     gives a table's rows of a comparison, line feeds included, from the texts of its two documents' files;
            None: no table is wanted
    texts   whether the original texts are wanted, for `row` or for what leads
    """

    forms: LineForms
    row: Callable[[BulkComparison, str, str], bytes] | None = None
    texts: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Lines there are of a comparison."""
        return ("comparison",) if self.row is None else ("comparison", "row")


class Lead(NamedTuple):
    """What a result leads with, read from the working folder when it is first asked for.

    most      documents with the highest share of reuse, most first
    leading   comparisons with the highest, most first
    extract   what leads, what was not read, and the clusters as an ordinary result, for views that show such: documents
              (those of `most` first) and comparisons, with texts of the first comparisons, where texts were kept. A
              file's location goes on into its archive, as a name on the command line does
    """

    most: tuple[BulkDocument, ...]
    leading: tuple[BulkComparison, ...]
    extract: ScanResult


class BulkTotals(NamedTuple):
    """Counts of a whole scan; `files` read, skipped, and in error add up to all that was found."""

    read: int = 0
    skipped: int = 0
    failed: int = 0
    documents: int = 0
    recycled: int = 0
    countable: int = 0
    reused: int = 0
    comparisons: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class BulkResult:
    """Everything a view gets of a large scan; what does not fit into memory comes as lines, once, in its order.

    unopened    files that no line tells of: passed over, or archives, whose rows lines tell of
    unread      files that were not read, those passed over among them; `reserved`: those read with reservations
    shares      shape (D,): the share of reuse of every document, in the order of the scan
    clusters    as of `ScanResult`
    complete    as of `ScanResult`
    lead        gives what leads; its fields are properties here
    lines       by `file`, `document` and the renderer's kinds of comparisons: the rendered lines
    one_folder  whether the scan was of one folder, in which names are looked up from then on
    compiled    whether kernels were there to do it (`kejidiff.kernel`)
    resumed     pieces of work that an earlier, stopped scan had done, and all pieces
    """

    version: str
    options: ScanOptions
    totals: BulkTotals
    unopened: tuple[BulkFile, ...]
    unread: tuple[Skipped, ...]
    reserved: tuple[BulkFile, ...]
    shares: "NDArray[np.float64]"
    clusters: tuple[Cluster, ...]
    complete: bool
    lead: Callable[[], Lead] = field(compare=False)
    lines: dict[str, Iterable[bytes]] = field(default_factory=dict, compare=False)
    one_folder: bool = field(default=True, compare=False)
    compiled: bool = field(default=True, compare=False)
    resumed: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def most(self) -> tuple[BulkDocument, ...]:
        return self.lead().most

    @property
    def leading(self) -> tuple[BulkComparison, ...]:
        return self.lead().leading

    @property
    def extract(self) -> ScanResult:
        return self.lead().extract

    def records(self, kind: str) -> Iterator[dict[str, Any]]:
        """Each `file`, `document` or `comparison` as the record holds it, one by one; files but for `unopened`."""
        for block in self.lines[kind]:
            for line in block.splitlines():
                record = json.loads(line)
                record.pop("type", None)  # where it is written for JSON lines
                yield record

    @property
    def most_only(self) -> ScanResult:
        """The extract with no documents but those with the highest share of reuse."""
        return replace(self.extract, documents=self.extract.documents[: len(self.most)])
