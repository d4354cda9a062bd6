"""Clean text, as it is, in traditional script and with half-width marks: what is taken for damage in it."""

from collections.abc import Sequence
from functools import partial

import repairs

from kejidiff.background.likelihood import Likelihood, likelihood
from kejidiff.text.repair import find_repairs
from quality.figures import Score
from quality.material import Material, Task

#: Texts a task.
_TEXTS = 40


def prepare(material: Material) -> list[Task]:
    """All texts of the folder in groups; `material.model` is what they are read with."""
    texts = [text for _, text in sorted(material.texts.items())]
    groups = [texts[at : at + _TEXTS] for at in range(0, len(texts), _TEXTS)]
    return [partial(judge, group, material.model or likelihood()) for group in groups]


def judge(texts: Sequence[str], model: Likelihood) -> list[Score]:
    """Repairs, all of them false, out of so many texts; the three forms are those of `benchmarks/repairs.py`."""
    scores = []
    for name, change in repairs.CLEAN.items():
        false = sum(len(find_repairs(change(text), model)) for text in texts)
        scores.append(Score("repairs", name, "hits", (false, len(texts))))
    return scores
