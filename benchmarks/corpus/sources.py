"""Paragraphs as they are written -> one of them to recycle: of late, or of any time; in bounded memory.

Half of what is recycled is recent (last year's report), half is a uniform sample of all that was ever written.
Source: J. S. Vitter, "Random Sampling with a Reservoir", 1985 (algorithm R).
"""

import random
from dataclasses import dataclass
from typing import Final

#: Paragraphs that are remembered, some 0.8 KB each.
RECENT: Final = 4_000
OLD: Final = 40_000
#: How often an old paragraph is forgotten once it was recycled: so families stay small (three copies on average),
#: and the number of true pairs grows as the corpus does.
FORGOTTEN: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Written:
    """A fresh paragraph: raw, and where in which document it stands (`start` in code points)."""

    id: str
    paragraph: int
    start: int
    raw: str


class Sources:
    """The paragraphs that can be recycled."""

    def __init__(self) -> None:
        self._recent: list[Written] = []
        self._old: list[Written] = []
        self._seen = 0

    def __len__(self) -> int:
        return len(self._recent) + len(self._old)

    def add(self, written: Written, rng: random.Random) -> None:
        """Remember it, in the place of another where there is no room."""
        if len(self._recent) < RECENT:
            self._recent.append(written)
        else:
            self._recent[self._seen % RECENT] = written
        self._seen += 1
        if len(self._old) < OLD:
            self._old.append(written)
        elif (place := rng.randrange(self._seen)) < OLD:
            self._old[place] = written

    def choose(self, rng: random.Random) -> Written:
        """One of them."""
        if rng.random() < 0.5:
            return rng.choice(self._recent)
        place = rng.randrange(len(self._old))
        chosen = self._old[place]
        if rng.random() < FORGOTTEN:
            self._old[place] = rng.choice(self._recent)
        return chosen
