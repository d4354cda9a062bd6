"""The labels of generated pairs are true, whatever the seed, and the same wherever they are made."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from generated_texts import GOLDEN, generated, small_material
from hypothesis import given, settings
from hypothesis import strategies as st
from quality.aims import AIMS, BOUNDED_ABOVE, aim_shown
from quality.edits import KINDS, edited_share
from quality.known_edits import KnownEdit, known_edits
from quality.lexicon import is_han, synonyms
from quality.material import Material
from quality.measure_kinds import KINDS as EDIT_KINDS
from quality.measure_pairs import reuse_pairs, unrelated_pairs
from quality.measure_short import short_pairs
from quality.pairs import equal_runs, pick_passage, put_between
from quality.scanning import without
from quality.texts import Pool, half_of, in_no_table, origin_of

from kejidiff.background.table import background
from kejidiff.model import EditKind, SourceText
from kejidiff.span import Span

SEEDS = st.integers(min_value=0, max_value=10_000)
FEW = settings(deadline=None, derandomize=True, max_examples=25)
LINES = st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=5), min_size=1, max_size=6)


@FEW
@given(host=LINES, passages=st.lists(st.text(alphabet="子丑寅", min_size=1, max_size=4), max_size=4), seed=SEEDS)
def test_passages_stand_where_the_spans_say(host: list[str], passages: list[str], seed: int) -> None:
    """Each span holds its passage, a line of its own; without them the host is what it was."""
    made = put_between("\n".join(host), passages, random.Random(seed))
    assert [span.of(made.text) for span in made.spans] == passages
    assert [line for line in made.text.split("\n") if line[0] in "甲乙丙丁"] == host
    assert sorted(line for line in made.text.split("\n") if line[0] not in "甲乙丙丁") == sorted(passages)


@FEW
@given(host=LINES, count=st.integers(0, 4), seed=SEEDS)
def test_a_kept_stretch_stays_whole(host: list[str], count: int, seed: int) -> None:
    """Nothing is put into the stretch that is to be kept, and its new span is the last."""
    rng = random.Random(seed)
    text = "\n".join(host)
    keep = Span(0, 0)
    while not keep.length:
        keep = Span(*sorted((rng.randint(0, len(text)), rng.randint(0, len(text)))))
    made = put_between(text, ["子丑"] * count, rng, keep)
    assert len(made.spans) == count + 1
    assert made.spans[-1].of(made.text) == keep.of(text)


def test_labels_of_every_kind() -> None:
    """Cases lie inside both texts and apart from each other; copied ones are their sources, edited not."""
    material = small_material(2)
    pairs = [*reuse_pairs(material, "test"), *short_pairs(material, "test", 2)]
    assert {pair.kind for pair in pairs} == {*KINDS, "short verbatim", "short edited"}
    edited = set()
    for kind, files, labels, _ in pairs:
        assert labels.cases
        for side, text in ((0, files[labels.susp]), (1, files[labels.src])):
            spans = sorted(case[side] for case in labels.cases)
            assert spans[0].start >= 0
            assert spans[-1].end <= len(text)
            assert all(one.end <= other.start for one, other in pairwise(spans))
        for case in labels.cases:
            equal = case.susp.of(files[labels.susp]) == case.src.of(files[labels.src])
            edited |= set() if equal else {kind}
    # Only some cases of these kinds change: a passage may hold no figure and no name.
    assert edited == {*KINDS, "short edited"} - {"copied"}


def test_unrelated_pairs_share_nothing_long() -> None:
    """Plain: no run of 20 Hanzi. One skeleton: none that is not one of its phrases."""
    for pair in unrelated_pairs(small_material(3)):
        one, other = pair.files["a.txt"], pair.files["b.txt"]
        assert not pair.labels.cases
        shared = [one[at : at + size] for at, _, size in equal_runs(one, other, 20)]
        assert pair.kind == "same skeleton" or shared == []
        assert all(any(is_in(run, phrase) for phrase in pair.stock) for run in shared), shared


def is_in(run: str, phrase: str) -> bool:
    """Line by line: headings stand below one another."""
    return all(part in phrase or phrase in part for part in "".join(filter(is_han, run)).split("\n"))


@pytest.mark.parametrize("kind", EDIT_KINDS)
def test_known_edits_tile(kind: EditKind) -> None:
    """Between two known edits both texts are equal, and no edit leaves its place as it was."""
    some = 0
    for seed in range(8):
        rng = random.Random(seed)
        text = generated(seed).text[:900]
        new, edits = known_edits(text, kind, rng, ["进一步研究部署有关事项，"])
        some += len(edits)
        assert (new == text) == (not edits)
        assert rebuilt(text, new, edits) == new
        assert all(edit.src.of(text) != edit.susp.of(new) for edit in edits)
    assert some >= 8


def rebuilt(text: str, new: str, edits: Sequence[KnownEdit]) -> str:
    pieces, at = [], 0
    for src, susp in sorted(edits):
        pieces += [text[at : src.start], susp.of(new)]
        assert len("".join(pieces)) == susp.end
        at = src.end
    return "".join([*pieces, text[at:]])


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5])
def test_edited_share(share: float) -> None:
    """About the wanted share of the words changes: of 2,000 Hanzi, to a word or two, and never more."""
    text = generated(3).text[:2000]
    new = edited_share(text, share, random.Random(5))
    same = sum(size for _, _, size in maximal_matches(text, new))
    changed = 1 - same / len(text)
    assert (new == text) == (share == 0)
    assert share * 0.6 <= changed <= share + 0.05


def maximal_matches(one: str, other: str) -> list[tuple[int, int, int]]:
    from difflib import SequenceMatcher

    return [(a, b, size) for a, b, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()]


@FEW
@given(
    one=st.text(alphabet="天地玄", max_size=20),
    other=st.text(alphabet="天地玄", max_size=20),
    least=st.integers(min_value=1, max_value=4),
)
def test_equal_runs_are_all_and_maximal(one: str, other: str, least: int) -> None:
    """What a comparison of every place with every place finds: runs that go on on neither side."""
    found = set()
    for left in range(len(one)):
        for right in range(len(other)):
            size = 0
            while left + size < len(one) and right + size < len(other) and one[left + size] == other[right + size]:
                size += 1
            begins = not (left and right and one[left - 1] == other[right - 1])
            if size >= least and begins:
                found.add((left, right, size))
    assert set(equal_runs(one, other, least)) == found


def test_a_stretch_is_dealt_once() -> None:
    """Until none is left; then all are there again. Versions of one document are never taken for unrelated."""
    stretches = [generated(number) for number in range(5)]
    pool = Pool(stretches, "seed")
    assert {pool.take().origin for _ in range(5)} == {one.origin for one in stretches}
    assert pool.take() in stretches
    with pytest.raises(LookupError):
        Pool(stretches, "seed").take(stretches)


def test_passages_are_whole_sentences_apart() -> None:
    """A passage begins and ends with a sentence, has about the length asked for, and keeps its distance."""
    text = generated(1).text
    rng = random.Random(1)
    taken: list[Span] = []
    for _ in range(4):
        span = pick_passage(text, 300, taken, rng, apart=50)
        assert span is not None
        assert 210 <= span.length <= 450
        assert span.of(text)[-1] == "。"
        assert span.start == 0 or text[span.start - 1] in "。\n"
        assert all(span.end + 50 <= other.start or other.end + 50 <= span.start for other in taken)
        taken.append(span)


def test_versions_of_one_text() -> None:
    """A text whose other version the table was built from is measured on by nobody."""
    names = [f"{title}条例({year}-01-01).txt" for title in "甲乙丙丁戊己庚辛壬癸" for year in (2001, 2002)]
    kept = in_no_table([SourceText(name, "") for name in names], 0)
    assert 0 < len(kept) < len(names)
    for source in kept:
        versions = [name for name in names if origin_of(name) == origin_of(source.path)]
        assert {half_of(name) for name in versions} == {1}


def test_counts_taken_out() -> None:
    """A table without a text counts what is in it less often, nothing below 0, and the rest as before."""
    text = "各级人民政府应当加强科学技术工作。" * 9
    before, after = background(), without([SourceText("a.txt", text)])
    for old, new in zip(before, after, strict=True):
        assert (old.keys == new.keys).all()
        assert (new.counts <= old.counts).all()
        assert (new.counts >= 0).all()
        assert 0 < (new.counts < old.counts).sum() <= len(text)


def test_word_list() -> None:
    """Every word stands for another one, of Hanzi only; there are enough of them."""
    assert len(synonyms()) > 300
    for word, others in synonyms().items():
        assert is_han(word)
        assert others
        assert word not in others


def test_order_of_texts_does_not_matter() -> None:
    """The same texts in another order make the same pairs."""
    stretches = [generated(number) for number in range(20)]
    one, other = (Material.of(own, 7, 1) for own in (stretches, stretches[::-1]))
    assert reuse_pairs(one, "test") == reuse_pairs(other, "test")


def test_hashing_does_not_matter() -> None:
    """Two processes that hash strings differently make the same pairs."""
    program = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from generated_texts import generated\n"
        "from quality.material import Material\n"
        "from quality import measure_direction, measure_kinds\n"
        "material = Material.of([generated(number) for number in range(8)], 1, 1)\n"
        "made = [task.args for module in (measure_direction, measure_kinds) for task in module.prepare(material)]\n"
        "print(hashlib.sha256(repr(made).encode('utf-8', 'surrogatepass')).hexdigest())\n"
    )
    paths = [str(Path(__file__).parent), *sys.path]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, *paths],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_every_aim_has_its_line() -> None:
    """What the project holds itself to is measured under that very name: an aim of no line could not be missed."""
    lines = [tuple(map(str.strip, (line[:10], line[11:43]))) for line in GOLDEN.read_text("utf-8").splitlines()]
    measures = {measure for measure, _ in lines}
    aims = {line for line, aim in AIMS.items() if aim is not None and line[0] in measures}
    assert aims
    assert aims <= set(lines)
    assert set(AIMS) >= BOUNDED_ABOVE


def test_a_missed_aim_has_a_star() -> None:
    """A share must not be less than its bound, a count of mistakes not more; without a bound nothing is said."""
    assert aim_shown(("pairs", "all"), 0.985) == "≥ .985"
    assert aim_shown(("pairs", "all"), 0.984) == "≥ .985 *"
    assert aim_shown(("runs", "missed"), 0) == "≤ 0"
    assert aim_shown(("runs", "missed"), 1) == "≤ 0 *"
    assert aim_shown(("short", "edited, 20-30"), 0) == ""
