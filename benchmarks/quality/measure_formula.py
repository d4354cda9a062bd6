"""Reports that share nothing but two long, slightly changed paragraphs and phrases, and one real copy among them."""

import random
from functools import partial
from itertools import combinations

from kejidiff.model import ScanResult
from kejidiff.span import Span
from quality.edits import edited_share
from quality.figures import Score
from quality.material import Material, Task
from quality.pairs import Labels, pick_passage, put_between
from quality.plagdet import Match, sums_of
from quality.scanning import detections, file_of, scanned
from quality.skeletons import headings_and_phrases
from quality.texts import Pool, Stretch

REPORTS = 12
#: From this share of either text on a pair of reports comes out as copied.
ACCUSED = 0.01
#: Characters of a formula paragraph, before a tenth more or less is changed, and of the copy.
_PARAGRAPH, _COPY = (370, 550), 800
#: Stock phrases that each report holds.
_PHRASES = 6


def prepare(material: Material, reports: int = REPORTS) -> list[Task]:
    """A scan of so many reports each."""
    rng, pool = material.rng("formula"), material.pool("formula")
    return [partial(judge, *_reports(reports, pool, rng)) for _ in range(max(1, material.cases // 5))]


def _reports(count: int, pool: Pool, rng: random.Random) -> tuple[dict[str, str], Labels]:
    common = pool.take()
    hosts: list[Stretch] = [common]
    for _ in range(count):
        hosts.append(pool.take(hosts))
    formulas = _formulas(common, rng)
    phrases = headings_and_phrases()[1]
    source = hosts[2]
    span = pick_passage(source.text, _COPY, [], rng)
    assert span is not None
    copy = span.of(source.text)
    files: dict[str, str] = {}
    ends = []
    for number, host in enumerate(hosts[1:]):
        passages = [edited_share(formula, rng.uniform(0.10, 0.15), rng) for formula in formulas]
        passages += rng.sample(phrases, _PHRASES) + ([copy] if number == 0 else [])
        made = put_between(host.text, passages, rng, span if number == 1 else None)
        files[f"r{number:02d}.txt"] = made.text
        ends.append(made.spans[-1])
    cases = (Match(ends[0], ends[1]),)
    return files, Labels("r00.txt", "r01.txt", cases)


def _formulas(common: Stretch, rng: random.Random) -> list[str]:
    spans: list[Span] = []
    for _ in range(2):
        span = pick_passage(common.text, rng.randint(*_PARAGRAPH), spans, rng)
        spans += [span] if span else []
    return [span.of(common.text).replace("\n", "") for span in spans]


def judge(files: dict[str, str], labels: Labels) -> list[Score]:
    """Unrelated pairs that are accused, and how much of the copy is found."""
    result = scanned(files)
    pairs = list(combinations(sorted(files), 2))
    accused = accused_pairs(result) - {(labels.src, labels.susp), (labels.susp, labels.src)}
    copy = sums_of(labels.cases, detections(result, labels))
    return [
        Score("formula", "unrelated pairs accused", "ratio", (len(accused), len(pairs) - 1)),
        Score("formula", "real copy among them", "ratio", (copy.recall, copy.cases)),
    ]


def accused_pairs(result: ScanResult) -> set[tuple[str, str]]:
    """Files of the pairs with reuse from `ACCUSED` on."""
    return {(file_of(one.left), file_of(one.right)) for one in result.comparisons if one.reuse >= ACCUSED}
