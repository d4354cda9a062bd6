"""Trace of an alignment -> its seeds and chains as people look at them: original spans, each chain with its fate.

Nothing is decided here. What no stage noted follows from what they did: a chain that could found a passage and is in
no block was matched already; one that nothing hindered had no passage to join.
"""

from typing import NamedTuple

import numpy as np

from kejidiff.align.blocks import Block, is_core
from kejidiff.align.chains import Chain
from kejidiff.align.script import similarity
from kejidiff.align.sentences import Tie
from kejidiff.align.trace import Trace
from kejidiff.model import FoldedText
from kejidiff.model.explanation import ChainAccount, Fate, Founding, SeedCounts, SentenceTie
from kejidiff.options import AlignOptions


class _End(NamedTuple):
    """Where a chain ended up: what became of it, and the passage it is in or -1."""

    fate: Fate
    passage: int


def seed_counts(trace: Trace) -> SeedCounts:
    """How many seeds and runs there were at each step. `trace` is that of a finished alignment."""
    runs = len(trace.runs) if trace.runs is not None else 0
    medians = [float(np.median(side.bits)) if len(side) else 0.0 for side in trace.sides or ()]
    return SeedCounts(
        grams=trace.grams,
        common=trace.common,
        places=trace.places,
        found=max(trace.found, runs),  # of equal texts the one run is given, not found
        runs=runs,
        drowned=trace.drowned,
        alone=trace.alone,
        chained=sum(len(chain.members) for chain in trace.chains),
        bits=(medians[0], medians[1]),
    )


def chain_accounts(
    trace: Trace, texts: tuple[FoldedText, FoldedText], options: AlignOptions
) -> tuple[ChainAccount, ...]:
    """Every chain, the best first. `trace` is that of a finished alignment of these two texts."""
    in_block = {run: (block, at) for at, block in enumerate(trace.kept) for run in block.members}
    dropped = {run: fate for block, fate in trace.dropped for run in block.members}
    return tuple(
        _account(chain, _founding(chain, trace, options), trace, in_block, dropped, texts) for chain in trace.chains
    )


def _account(
    chain: Chain,
    founding: Founding,
    trace: Trace,
    in_block: dict[int, tuple[Block, int]],
    dropped: dict[int, Fate],
    texts: tuple[FoldedText, FoldedText],
) -> ChainAccount:
    tie, runs = trace.ties.get(chain), trace.runs
    matched = int(runs.length[chain.members].sum()) if runs is not None else 0
    bits = float(runs.bits[chain.members].sum()) if runs is not None else 0.0
    end = _end(chain, founding in ("core", "sentence"), trace, in_block, dropped)
    return ChainAccount(
        left=texts[0].span(*chain.left),
        right=texts[1].span(*chain.right),
        matched=matched,
        score=chain.score,
        core=chain.core,
        density=bits / max(matched, 1),
        similarity=similarity(chain.left.of(texts[0].text), chain.right.of(texts[1].text)),
        founding=founding,
        sentence=_sentence(tie, texts) if tie is not None else None,
        fate=end.fate,
        passage=end.passage,
    )


def _founding(chain: Chain, trace: Trace, options: AlignOptions) -> Founding:
    if is_core(chain, options):
        return "core"
    if chain.density < options.telling:
        return "ordinary"
    return trace.ties[chain].founding if chain in trace.ties else "no-bits"


def _end(
    chain: Chain, strong: bool, trace: Trace, in_block: dict[int, tuple[Block, int]], dropped: dict[int, Fate]
) -> _End:
    first = int(chain.members[0])
    if first in in_block:
        block, at = in_block[first]
        if not (chain.left.overlaps(block.left) and chain.right.overlaps(block.right)):
            return _End("overlaps", -1)  # a better block took the part of this one that it was in
        return _End("founded" if strong else "absorbed", at)
    if first in dropped:
        return _End(dropped[first], -1)
    return _End("matched" if strong else trace.hindered.get(chain, "no-passage"), -1)


def _sentence(tie: Tie, texts: tuple[FoldedText, FoldedText]) -> SentenceTie:
    return SentenceTie(
        left=texts[0].span(*tie.left),
        right=texts[1].span(*tie.right),
        length=max(tie.left.length, tie.right.length),
        bits=tie.bits,
        alike=tie.alike,
    )
