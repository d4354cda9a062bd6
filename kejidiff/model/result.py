"""What a scan hands to every view: `ScanResult`, with counts that can be added and ratios made from them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kejidiff.model.document import Document
from kejidiff.model.finding import Comparison, Passage, Substitution
from kejidiff.model.source import Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.span import Span


@dataclass(frozen=True, slots=True)
class ReuseStats:
    """Counts of countable characters of one document (or, added up, of several). Ratios are properties.

    reused = verbatim + light + rewritten: the union of the document's passages over all its comparisons.
    largest_single: the most that is shared with one other document. stock: in stock phrases (套话), never in `reused`.
    longest_run: folded characters; of a sum, the greatest.
    """

    countable: int = 0
    verbatim: int = 0
    light: int = 0
    rewritten: int = 0
    largest_single: int = 0
    stock: int = 0
    longest_run: int = 0

    @property
    def reused(self) -> int:
        return self.verbatim + self.light + self.rewritten

    @property
    def total(self) -> float:
        """总文字复制比, 0 to 1."""
        return self.share(self.reused)

    @property
    def single(self) -> float:
        """单篇最大文字复制比, 0 to 1 (of a sum: not meaningful)."""
        return self.share(self.largest_single)

    @property
    def stock_share(self) -> float:
        return self.share(self.stock)

    def share(self, count: int) -> float:
        return count / self.countable if self.countable else 0.0

    def __add__(self, other: "ReuseStats") -> "ReuseStats":
        return ReuseStats(
            self.countable + other.countable,
            self.verbatim + other.verbatim,
            self.light + other.light,
            self.rewritten + other.rewritten,
            self.largest_single + other.largest_single,
            self.stock + other.stock,
            max(self.longest_run, other.longest_run),
        )


class Cluster(NamedTuple):
    """Documents that each share a good part of their text with the representative (ids; representative included)."""

    members: tuple[str, ...]
    representative: str


class StockPhrase(NamedTuple):
    """套话: `text` as it first stands in the scan; `documents` that hold it; `spans` by document id."""

    text: str
    documents: int
    spans: tuple[tuple[str, Span], ...] = ()


class StockSource(NamedTuple):
    """A template, form or superior's document given as such: the file as it was found, and the documents in it.

    Its documents are never compared with each other and never among those of the scan; their ids are its own (a report
    may bear the same one).
    """

    file: SourceText | Skipped
    documents: tuple[Document, ...] = ()


class FromStock(NamedTuple):
    """What a document holds of one document of a stock source (照抄上级, a filled-in template).

    source     id of the stock document, path its file's, title its title
    reuse      share of the document's countable characters that stand in it, 0 to 1: passages less what was filled in
    passages   `left` is the document, `right` the stock document
    """

    source: str
    path: str
    title: str
    reuse: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """All that a view ever gets.

    files         every file found, in path order: read (`SourceText`) or not (`Skipped`)
    documents     in order of path and ordinal
    stats         by document id
    comparisons   only pairs with at least one passage, by the greater reuse ratio, then by ids
    fragments_only   pairs that share fragments but no passage, by ids
    scanned, given_as_stock   as they were given: for the commands a view proposes; never part of a record
    stock_sources    templates and superiors' documents, by path
    from_stock    by document id: what stands in them, the greatest share first; no entry where nothing does
    """

    version: str
    options: ScanOptions
    files: tuple[SourceText | Skipped, ...]
    documents: tuple[Document, ...]
    stats: dict[str, ReuseStats]
    comparisons: tuple[Comparison, ...]
    clusters: tuple[Cluster, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    stock_phrases: tuple[StockPhrase, ...] = ()
    fragments_only: tuple[Comparison, ...] = ()
    scanned: tuple[str, ...] = field(default=(), compare=False)
    given_as_stock: tuple[str, ...] = field(default=(), compare=False)
    stock_sources: tuple[StockSource, ...] = ()
    from_stock: dict[str, tuple[FromStock, ...]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """True where every file that matters, stock included, was read whole and every candidate pair compared."""
        return all(file.whole if isinstance(file, SourceText) else file.harmless for file in self.every_file)

    @property
    def every_file(self) -> tuple[SourceText | Skipped, ...]:
        """The files of the scan, then those given as stock."""
        return (*self.files, *(source.file for source in self.stock_sources))

    def source(self, path: str) -> SourceText:
        """The file that was read under this path; KeyError where there is none."""
        for file in self.files:
            if file.path == path and isinstance(file, SourceText):
                return file
        raise KeyError(path)

    def document(self, document_id: str) -> Document:
        """The document of this id; KeyError where there is none."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def text_of(self, document: Document) -> str:
        """The whole original text of the file a document is in: its spans count in this."""
        return self.source(document.path).text
