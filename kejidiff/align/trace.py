"""One alignment -> Trace: what its stages decided, noted by them where somebody asks. None of them ever reads it.

Without a trace nothing is noted and nothing costs time; with one, the result is the same.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kejidiff.align.blocks import Block
    from kejidiff.align.chains import Chain
    from kejidiff.align.seeds import Runs, Side
    from kejidiff.align.sentences import Tie
    from kejidiff.model.explanation import Fate
    from kejidiff.options import AlignOptions

#: What keeps a chain from joining a block, in the order in which it is looked at: of several blocks the one that comes
#: nearest tells.
_HINDRANCES: "tuple[Fate, ...]" = ("too-far", "too-weak", "gap-unlike", "crosses", "matched")


class Trace:
    """Counts, chains and verdicts of one alignment; spans count folded characters.

    grams, common, places, found, drowned, alone   see `SeedCounts`
    ties       by chain: the sentences it ties that come nearest to a recycled one
    hindered   by chain: what kept it from joining the block it came nearest to
    dropped    blocks that became no passage, and why
    kept       those that did, in the order of the passages
    rules      that the last look went by
    """

    def __init__(self) -> None:
        self.grams = self.common = self.places = self.found = self.drowned = self.alone = 0
        self.runs: Runs | None = None
        self.sides: tuple[Side, Side] | None = None
        self.chains: tuple[Chain, ...] = ()
        self.ties: dict[Chain, Tie] = {}
        self.hindered: dict[Chain, Fate] = {}
        self.dropped: list[tuple[Block, Fate]] = []
        self.kept: list[Block] = []
        self.rules: AlignOptions | None = None

    def forget(self) -> None:
        """Drop what a first look decided: the texts are looked at again."""
        self.ties.clear()
        self.hindered.clear()
        self.dropped.clear()

    def hinder(self, chain: "Chain", hindrance: "Fate") -> None:
        """Note why a chain does not join a block, unless it came nearer to another one."""
        before = self.hindered.get(chain)
        if before is None or _HINDRANCES.index(before) < _HINDRANCES.index(hindrance):
            self.hindered[chain] = hindrance
