"""Why a chain is in a passage or in none: every reason, and that asking for it changes nothing."""

from typing import get_args

import numpy as np
import pytest
from aligning import compared, document
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.align import Trace
from kejidiff.align.blocks import find_blocks, is_core
from kejidiff.align.chains import Chain
from kejidiff.align.explain import chain_accounts, seed_counts
from kejidiff.align.seeds import Runs, Side
from kejidiff.align.sentences import holds_sentence
from kejidiff.model import FoldedText
from kejidiff.model.explanation import ChainAccount, Fate, Founding
from kejidiff.options import AlignOptions, ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.span import Span

SIZE = 3000
RULES = AlignOptions()
STRONG, WEAK = 100.0, 25.0
#: Where paragraphs begin: one paragraph.
EDGES = np.array([0, SIZE], dtype=np.int64)

#: A run of a chain: left start, right start, characters.
Run = tuple[int, int, int]


def side(size: int = SIZE) -> Side:
    """A text of characters that are worth four bits each."""
    nothing = np.zeros(0, dtype=np.int64)
    codes = np.zeros(size, dtype=np.uint32)
    return Side(codes, np.full(size, 4.0), nothing.astype(np.uint64), nothing.astype(np.int32), nothing)


def folded(size: int = SIZE, breaks: tuple[int, ...] = (), letter: str = "甲") -> FoldedText:
    """A text of one letter whose folded characters stand where the original ones do."""
    starts = np.arange(size, dtype=np.int32)
    edges = np.array([0, *breaks, size], dtype=np.int32)
    return FoldedText(letter * size, starts, starts + 1, edges, edges)


def chained(*chains: tuple[float, list[Run]]) -> tuple[Runs, tuple[Chain, ...]]:
    """Chains by their score, which is their core as well, and their runs."""
    every = [run for _, members in chains for run in members]
    left, right, length = (np.array(column, dtype=np.int64) for column in zip(*every, strict=True))
    made, at = [], 0
    for score, members in chains:
        spans = (Span(min(run[side] for run in members), max(run[side] + run[2] for run in members)) for side in (0, 1))
        made.append(Chain(np.arange(at, at + len(members)), *spans, score=score, core=score, density=4.0))
        at += len(members)
    return Runs(left, right, length, 4.0 * length), tuple(made)


def accounts(alike: float, *chains: tuple[float, list[Run]]) -> tuple[ChainAccount, ...]:
    """What becomes of the chains where all text beside them is `alike`, and no sentence founds anything."""
    runs, made = chained(*chains)
    sides, trace = (side(), side()), Trace()
    kept = find_blocks(runs, made, *sides, lambda chain: False, lambda one, other: alike, (EDGES, EDGES), RULES, trace)
    trace.runs, trace.sides, trace.chains, trace.kept = runs, sides, made, kept
    return chain_accounts(trace, (folded(), folded()), RULES)


BASE = (STRONG, [(500, 500, 60)])
BY_FATE: dict[Fate, tuple[float, list[tuple[float, list[Run]]]]] = {
    "founded": (1.0, [BASE]),
    "absorbed": (1.0, [BASE, (WEAK, [(580, 580, 10)])]),
    "no-passage": (1.0, [(WEAK, [(500, 500, 10)])]),
    "too-far": (1.0, [BASE, (80.0, [(900, 900, 10)])]),
    "too-weak": (1.0, [BASE, (WEAK, [(720, 720, 10)])]),
    "gap-unlike": (0.0, [BASE, (WEAK, [(630, 630, 10)])]),
    "crosses": (1.0, [BASE, (WEAK, [(580, 470, 10)])]),
    "matched": (1.0, [BASE, (WEAK, [(510, 530, 10)])]),
    "lengths-unlike": (1.0, [(STRONG, [(500, 500, 10), (520, 600, 10)])]),
    "little-held": (1.0, [(STRONG, [(500, 500, 10), (900, 900, 10)])]),
    "overlaps": (1.0, [(2 * STRONG, [(500, 500, 60), (700, 700, 60)]), (STRONG, [(600, 2000, 60)])]),
}


@pytest.mark.parametrize("fate", get_args(Fate))
def test_every_fate_can_be_met(fate: Fate) -> None:
    """For each thing that can become of a chain there is a case in which it becomes of the last one."""
    alike, chains = BY_FATE[fate]
    account = accounts(alike, *chains)[-1]
    assert account.fate == fate
    assert (account.passage >= 0) == (fate in ("founded", "absorbed"))


def test_a_strong_chain_whose_text_is_matched_says_so() -> None:
    """It could found a passage, and a better one has its characters."""
    first, second = accounts(1.0, (2 * STRONG, [(500, 500, 60)]), (STRONG, [(500, 1500, 60)]))
    assert (first.fate, second.fate, second.strong) == ("founded", "matched", True)


def test_of_several_passages_the_nearest_one_tells() -> None:
    """A chain that is too far from one passage and nearly at another hears from the other."""
    *_, account = accounts(0.0, BASE, (STRONG, [(1500, 1500, 60)]), (WEAK, [(1630, 1630, 10)]))
    assert account.fate == "gap-unlike"


SENTENCES = (100, 140, 200)
BY_FOUNDING: dict[Founding, tuple[float, float, list[Run], str]] = {
    "core": (STRONG, STRONG, [(100, 100, 30)], "甲"),
    "sentence": (60.0, 60.0, [(100, 100, 30)], "甲"),
    "ordinary": (STRONG, STRONG, [(100, 100, 30)], "甲"),
    "no-bits": (22.0, 22.0, [(100, 100, 30)], "甲"),
    "short": (60.0, 60.0, [(2, 2, 8)], "甲"),
    "weak": (60.0, 60.0, [(100, 100, 6), (140, 140, 6)], "甲"),
    "unlike": (60.0, 60.0, [(100, 100, 30)], "乙"),
}


@pytest.mark.parametrize("founding", get_args(Founding))
def test_every_reason_to_found_a_passage_or_not_can_be_met(founding: Founding) -> None:
    """A core; a sentence long, strong and alike enough; and what each of the others lacks."""
    score, core, members, letter = BY_FOUNDING[founding]
    runs, (chain,) = chained((score, members))
    chain = Chain(chain.members, chain.left, chain.right, score, core, density=1.0 if founding == "ordinary" else 4.0)
    breaks = (15, *SENTENCES)
    sides, texts, trace = (side(), side()), (folded(breaks=breaks), folded(breaks=breaks, letter=letter)), Trace()
    founds = is_core(chain, RULES) or holds_sentence(chain, runs, sides, texts, RULES, trace)
    trace.runs, trace.sides, trace.chains = runs, sides, (chain,)
    (account,) = chain_accounts(trace, texts, RULES)
    assert account.founding == founding
    assert account.strong == founds
    assert (account.sentence is None) == (founding in ("core", "ordinary", "no-bits"))


PIECES = st.lists(
    st.sampled_from(
        ["水轮泵沿着石板渠试了四十里", "秋后核算每亩节省柴油六升", "渠", "。", "，农机站", "试水当天", "2013年"]
    ),
    max_size=14,
)


@given(PIECES, PIECES)
@settings(deadline=None, derandomize=True, max_examples=60)
def test_a_trace_changes_nothing_and_its_counts_add_up(left: list[str], right: list[str]) -> None:
    """The alignment is the one without; every run is accounted for, each passage has a founder but equal texts."""
    texts = {"left": "".join(left) + "末", "right": "".join(right) + "末"}
    documents = [document(name, text) for name, text in texts.items()]
    trace = Trace()
    comparison = Comparer(documents, texts, ScanOptions()).compare(0, 1, trace)
    assert comparison == compared(*texts.values())
    seeds = seed_counts(trace)
    assert min(seeds.common, seeds.places, seeds.drowned, seeds.alone, seeds.loose, seeds.chained) >= 0
    assert seeds.found >= seeds.runs == len(trace.runs or ())
    chains = chain_accounts(trace, (documents[0].folded, documents[1].folded), trace.rules or RULES)
    assert seeds.chained == sum(len(chain.members) for chain in trace.chains)
    founded = {chain.passage for chain in chains if chain.fate == "founded"}
    equal = documents[0].folded.text == documents[1].folded.text
    assert founded == set(range(len(comparison.passages))) or (equal and len(comparison.passages) == 1)
    for chain in chains:
        assert chain.passage < len(comparison.passages)
