"""Two documents -> what they share. Knows spans and edits; never other documents, clocks, colours."""

from kejidiff.align.align import align
from kejidiff.align.originals import Original
from kejidiff.align.seeds import Side
from kejidiff.align.trace import Trace

__all__ = ["Original", "Side", "Trace", "align"]
