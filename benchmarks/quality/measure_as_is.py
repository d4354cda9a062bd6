"""Texts of one folder as they are, in one scan: how many pairs come out as copied.

What is right here only a reader can say: reports of one office year by year do reuse one another.
"""

from functools import partial
from itertools import combinations

from quality.figures import Score
from quality.material import Material, Task
from quality.measure_formula import ACCUSED, accused_pairs
from quality.scanning import scanned
from quality.texts import origin_of

#: Texts of a folder: 120 pairs.
_TEXTS = 16


def prepare(material: Material) -> list[Task]:
    """One scan a folder that holds at least four texts; of versions of one text the first."""
    folders: dict[str, dict[str, str]] = {}
    for path, text in sorted(material.texts.items()):
        folders.setdefault(path.rpartition("/")[0], {}).setdefault(origin_of(path), text)
    return [
        partial(judge, name, dict(material.rng(f"as it is {name}").sample(sorted(own.items()), min(_TEXTS, len(own)))))
        for name, own in folders.items()
        if len(own) >= 4
    ]


def judge(name: str, texts: dict[str, str]) -> list[Score]:
    """Share of the pairs with reuse."""
    accused = accused_pairs(scanned({f"{origin}.txt": text for origin, text in texts.items()}))
    every = len(list(combinations(texts, 2)))
    return [Score("as-is", f"{name or '.'}: {ACCUSED:.0%} or more", "ratio", (len(accused), every))]
