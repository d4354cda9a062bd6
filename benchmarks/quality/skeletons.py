"""Two texts -> two reports with the same headings and phrases and nothing else in common."""

import random
from functools import cache
from pathlib import Path

from quality.texts import han_of, sentences

_FILE = Path(__file__).with_name("phrases.txt")
_SECTIONS = 8


@cache
def headings_and_phrases() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings in the order in which a report has them; phrases."""
    blocks = _FILE.read_text(encoding="utf-8").split("\n\n")
    headings, phrases = (tuple(line for line in block.splitlines() if not line.startswith("#")) for block in blocks)
    return headings, phrases


def skeleton_pair(one: str, other: str, rng: random.Random) -> tuple[str, str, tuple[str, ...]]:
    """Eight sections each: heading, two sentences of its own, a phrase, a sentence. And the Hanzi of all they share."""
    headings, phrases = headings_and_phrases()
    chosen = sorted(rng.sample(range(len(headings)), _SECTIONS))
    openings = rng.sample(phrases, _SECTIONS)
    texts = []
    for text in (one, other):
        own = iter([sentence for sentence in sentences(text) if 20 <= len(sentence) <= 110])
        lines = []
        for heading, opening in zip(chosen, openings, strict=True):
            lines += [headings[heading], next(own, "") + next(own, ""), opening + next(own, "")]
        texts.append("\n".join(line for line in lines if line))
    return texts[0], texts[1], tuple(han_of(phrase)[0] for phrase in (*headings, *phrases))
