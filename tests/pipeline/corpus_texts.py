"""A number -> made reports for tests of dedup: sentences of the sample reports, each in one report only; and copies."""

import random
import re
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"
#: Two of the five share a text; one of these is left out.
_FILES = (
    "000_77fd454ae5204e2b.txt",
    "001_96a2032afdb334c4.txt",
    "003_6d7c211e0745d7e6.txt",
    "004_8dd8c04ef119a0fa.txt",
)
#: Reports that there are sentences for.
REPORTS = 24


@cache
def _sentences() -> tuple[str, ...]:
    text = "".join((SEEDS / name).read_text(encoding="utf-8") for name in _FILES)
    found = sorted(set(re.findall(r"[\u4e00-\u9fff][^。；\n_]{25,90}[。；]", text.replace(",", "，"))))
    random.Random(1).shuffle(found)
    return tuple(found)


def report(number: int, paragraphs: int = 4) -> list[str]:
    """A title and its paragraphs, of two sentences each; no two reports have a sentence in common."""
    own = _sentences()[number % REPORTS :: REPORTS]
    assert len(own) >= 2 * paragraphs, (number, len(own), len(_sentences()))
    return [f"{own[-1][:6]}工作总结", *(own[2 * at] + own[2 * at + 1] for at in range(paragraphs))]


def text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def edited(words: str, share: float, seed: int) -> str:
    """The text with that share of its Hanzi exchanged for others, marks and line ends as they are."""
    chance = random.Random(seed)
    others = "".join(_sentences())
    return "".join(
        chance.choice(others) if "\u4e00" <= char <= "\u9fff" and chance.random() < share else char for char in words
    )
