"""What every measure is made from: the stretches of a folder and a seed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct, run_hashes
from quality.edits import clauses
from quality.figures import Score
from quality.texts import Pool, Stretch, han_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.background.likelihood import Likelihood

#: One scan and its judgement; independent of every other.
Task = Callable[[], list[Score]]
#: A run of this many Hanzi that two documents of the folder hold is no document's own.
_OWN = 13


@dataclass(frozen=True)
class Material:
    """Everything is fixed by these.

    stretches   to cut pairs from
    cases       how many pairs a measure makes of a kind (some make more, some fewer)
    phrases     clauses that can be put into any text; they stand in no stretch
    texts       the whole texts by path
    model       what damage is recognised by, where it is not the shipped one
    """

    stretches: Sequence[Stretch]
    seed: int
    cases: int
    phrases: Sequence[str] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    model: "Likelihood | None" = None

    @classmethod
    def of(cls, stretches: Sequence[Stretch], seed: int, cases: int) -> "Material":
        """With phrases from a twentieth of the stretches, which then are used for nothing else."""
        ordered = sorted(stretches, key=lambda one: (one.origin, one.text))
        random.Random(f"{seed} phrases").shuffle(ordered)
        aside = max(1, len(ordered) // 20)
        phrases = [clause for one in ordered[:aside] for clause in clauses(one.text) if 8 <= len(clause) <= 30]
        return cls(ordered[aside:], seed, cases, phrases)

    def fewer(self, cases: int) -> "Material":
        """The same with this many cases at most."""
        return replace(self, cases=max(1, min(cases, self.cases)))

    def pool(self, name: str) -> Pool:
        """All stretches in an order of the measure's own."""
        return Pool(self.stretches, f"{self.seed} {name} pool")

    def rng(self, name: str) -> random.Random:
        """Chance of the measure's own."""
        return random.Random(f"{self.seed} {name}")

    def shared_share(self, text: str) -> float:
        """Share of the text's runs of 13 Hanzi that stand in two documents of the folder or more."""
        runs = run_hashes(han_codes(text)[0], _OWN)
        return float(np.isin(runs, self._shared).mean()) if len(runs) else 0.0

    @cached_property
    def _shared(self) -> "NDArray[np.uint64]":
        by_origin: dict[str, list[NDArray[np.uint64]]] = {}
        for one in self.stretches:
            by_origin.setdefault(one.origin, []).append(run_hashes(han_codes(one.text)[0], _OWN))
        every = np.concatenate([distinct(np.concatenate(runs)) for runs in by_origin.values()])
        keys, counts = np.unique(every, return_counts=True)
        return keys[counts > 1]
