"""A number -> a text that nobody wrote: clauses of a small grammar over words of the dictionary.

Each text draws its words from a few hundred of its own, as a report on one subject does; no two texts share a frame.
"""

import random
from functools import cache
from pathlib import Path

from quality.lexicon import dictionary
from quality.material import Material
from quality.texts import Stretch, read_sources, stretches_of

SAMPLES = Path(__file__).resolve().parents[2] / "seeds"
#: The accepted figures of the fixed part.
GOLDEN = Path(__file__).with_name("figures.txt")

#: What stands between two words: nothing, as often as anything.
_BETWEEN = ("",) * 16 + tuple("的和与、对在把了为并以从将使及或")
_UNITS = ("个", "项", "家", "人", "亿元", "万元", "公里", "%", "亩", "吨", "次", "年")
_LINES, _WORDS = 34, 300


def generated(number: int) -> Stretch:
    """About 3,500 characters in paragraphs of three sentences; the same for the same number."""
    rng = random.Random(f"text {number}")
    words = rng.sample(dictionary()[2], _WORDS)
    lines = ["".join(_sentence(words, rng) for _ in range(3)) for _ in range(_LINES)]
    return Stretch(f"generated {number}", "\n".join(lines))


def _sentence(words: list[str], rng: random.Random) -> str:
    return "，".join(_clause(words, rng) for _ in range(rng.randint(2, 5))) + "。"


def _clause(words: list[str], rng: random.Random) -> str:
    clause = "".join(rng.choice(words) + rng.choice(_BETWEEN) for _ in range(rng.randint(2, 5))) + rng.choice(words)
    if rng.random() < 0.3:
        clause += f"{rng.randint(2, 3000)}{rng.choice(_UNITS)}"
    return clause


def small_material(cases: int = 1) -> Material:
    """The sample reports in stretches, and thirty generated texts: enough for every measure."""
    return Material.of(_stretches(), seed=1, cases=cases)


@cache
def _stretches() -> tuple[Stretch, ...]:
    return (*stretches_of(read_sources(SAMPLES)), *map(generated, range(30)))
