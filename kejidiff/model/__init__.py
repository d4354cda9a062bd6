"""The nouns: frozen, slotted, free of I/O. Stages pass them on; views show them.

Those that are plain values are named tuples: a frozen, slotted dataclass takes eight times as long to define, and forty
of them would cost as much as starting Python twice. Those of `explanation` are not imported here: only `explain` needs
them.
"""

from kejidiff.model.candidate import CandidatePair
from kejidiff.model.document import (
    FIGURE_SYMBOL,
    Document,
    Exclusion,
    FoldedText,
    Name,
    Names,
    Paragraph,
    Repair,
)
from kejidiff.model.finding import (
    Alignment,
    Comparison,
    Direction,
    Edit,
    EditKind,
    FigureChange,
    FigureLedger,
    Fragment,
    LeftOver,
    ParagraphPair,
    Passage,
    SharedMistake,
    Substitution,
    Tier,
)
from kejidiff.model.metadata import Metadata
from kejidiff.model.result import Cluster, FromStock, ReuseStats, ScanResult, StockPhrase, StockSource
from kejidiff.model.source import Reservation, Skipped, SourceText

__all__ = [
    "FIGURE_SYMBOL", "Alignment", "CandidatePair", "Cluster", "Comparison", "Direction", "Document", "Edit",
    "EditKind", "Exclusion", "FigureChange", "FigureLedger", "FoldedText", "Fragment", "FromStock", "LeftOver",
    "Metadata", "Name", "Names", "Paragraph", "ParagraphPair", "Passage", "Repair", "Reservation", "ReuseStats",
    "ScanResult", "SharedMistake", "Skipped", "SourceText", "StockPhrase", "StockSource", "Substitution", "Tier",
]  # fmt: skip
