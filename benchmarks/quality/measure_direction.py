"""Which text was made from which, dates hidden: every mark that copying leaves by itself, and several together."""

import random
import re
from collections.abc import Sequence
from functools import partial

from kejidiff.span import Span
from quality.edits import MASKS, converted, reworded
from quality.figures import Score, added
from quality.material import Material, Task
from quality.pairs import Labels, pick_passage, put_between
from quality.scanning import comparisons_of, scanned
from quality.texts import Pool

_YEAR = re.compile(r"(?:19|20)\d\d\s*年?")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE_START = re.compile(r"(?<=[。\n])(?=[一-鿿])")
_PLACES = ("安化县", "桃源县", "永顺县", "临澧县", "江永县", "平江县", "沅陵县", "新田县", "宜章县", "洞口县")
#: Every how many sentences a text names its own place.
_NAMED = 4
#: Figures to be masked: put in where a passage has too few.
_FIGURES = ("增长12.6%，", "共计358项，", "达到47.2亿元，", "新增86家，")

MARKS = ("several", "masks", "noise", "script", "left-overs", "words only")
LINES = tuple(f"{marks}: {line}" for marks in ("all", *MARKS) for line in ("right if decided", "decided"))


def prepare(material: Material) -> list[Task]:
    """Three passages a pair; which of the two files comes first is drawn."""
    rng, pool = material.rng("direction"), material.pool("direction")
    tasks: list[Task] = []
    for marks in MARKS:
        for _ in range(material.cases):
            names = rng.sample(("a.txt", "b.txt"), 2)
            src, susp = _pair(marks, pool, rng, material.phrases)
            tasks.append(partial(judge, marks, {names[0]: src, names[1]: susp}, Labels(names[1], names[0], ())))
    return tasks


def _pair(marks: str, pool: Pool, rng: random.Random, phrases: Sequence[str]) -> tuple[str, str]:
    source = pool.take()
    host = pool.take([source])
    here, there = rng.sample(_PLACES, 2)
    src = _of_place(source.text, there)
    spans: list[Span] = []
    for _ in range(3):
        span = pick_passage(src, rng.choice((400, 600, 900)), spans, rng)
        spans += [span] if span else []
    passages = [_marked(span.of(src), marks, (there, here), rng, phrases) for span in spans]
    return src, put_between(_of_place(host.text, here), passages, rng).text


def _of_place(text: str, place: str) -> str:
    """Without years, and with the place in the title and before every fourth sentence."""
    hidden = _YEAR.sub("当年", text)
    starts = [match.start() for match in _SENTENCE_START.finditer(hidden)][::_NAMED]
    pieces, at = [f"{place}工作情况报告\n"], 0
    for number, start in enumerate(starts):
        pieces += [hidden[at:start], place, _FIGURES[number % len(_FIGURES)]]
        at = start
    return "".join([*pieces, hidden[at:]])


def _marked(passage: str, marks: str, places: tuple[str, str], rng: random.Random, phrases: Sequence[str]) -> str:
    """The passage as it stands in the derived text, reworded in any case; `places` are the source's and its own.

    Left over is the source's place in a third of its places.
    """
    there, here = places
    every = marks == "several"
    left = 1 / 3 if every or marks == "left-overs" else 0.0
    passage = re.sub(there, lambda match: match[0] if rng.random() < left else here, passage)
    passage = reworded(passage, rng, phrases)
    if every or marks == "masks":
        passage = _FIGURE.sub(lambda match: rng.choice(MASKS) if rng.random() < 0.4 else match[0], passage)
    if every or marks == "noise":
        passage = "".join("�" if mark not in here + there and rng.random() < 0.01 else mark for mark in passage)
    if (every and rng.random() < 0.3) or marks == "script":
        passage = converted(passage, "s2t")
    return passage


def judge(marks: str, files: dict[str, str], labels: Labels) -> list[Score]:
    """Of the pairs compared: decided, and right among those decided; `third` decides for neither of the two."""
    scores = []
    for comparison, left_is_susp in comparisons_of(scanned(files), labels):
        if not comparison.passages:
            continue
        said = comparison.direction.source
        decided = said in ("left", "right")
        right = said == ("right" if left_is_susp else "left")
        for line in ("all", marks):
            scores += [
                Score("direction", f"{line}: right if decided", "ratio", (right, decided)),
                Score("direction", f"{line}: decided", "ratio", (decided, 1)),
            ]
    return added(scores)
