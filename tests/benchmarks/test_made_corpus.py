"""The made corpus is the same wherever it is made, streams, and its truth is true."""

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from itertools import islice
from pathlib import Path

import opencc
import pytest
from corpus.passages import MadeDocument, Passage
from corpus.recycling import KINDS
from corpus.sources import OLD, RECENT, Sources, Written
from corpus.writing import BOILERPLATE_PARAGRAPHS, documents
from rapidfuzz.distance import Levenshtein

GENERATOR = Path(__file__).resolve().parents[2] / "benchmarks" / "corpus" / "generate.py"
DOCUMENTS = 200


@cache
def made() -> dict[str, MadeDocument]:
    return {document.id: document for document in islice(documents(1), DOCUMENTS)}


def text_of(passage: Passage) -> str:
    return made()[passage.id].text[passage.start : passage.end]


def couples(kind: str) -> list[tuple[str, str]]:
    """Copy and source of every recycled paragraph of a kind."""
    rows = (row for document in made().values() for row in document.recycled if row.kind == kind)
    found = [(text_of(row.copy), text_of(row.source)) for row in rows]
    assert len(found) > DOCUMENTS / 5
    return found


def generated(folder: Path, hash_seed: str, *more: str) -> dict[str, bytes]:
    command = [sys.executable, str(GENERATOR), "--documents", "12", "-o", str(folder), *more]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_corpus_begins_alike_however_long_it_is() -> None:
    """The first documents of a seed are the same however many follow; another seed has others."""
    assert list(islice(documents(1), 20)) == list(made().values())[:20]
    assert next(documents(2)).text != next(documents(1)).text


def test_the_command_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Neither the hash seed nor the form changes a text."""
    lines = generated(tmp_path / "lines", "1")
    assert lines == generated(tmp_path / "again", "2")
    files = generated(tmp_path / "files", "3", "--form", "files")
    records = [json.loads(line) for line in lines["corpus.jsonl"].splitlines()]
    assert {f"texts/000/{one['id']}.txt": f"{one['text']}\n".encode() for one in records} == {
        name: data for name, data in files.items() if name != "truth.jsonl"
    }
    assert files["truth.jsonl"] == lines["truth.jsonl"]
    assert "\\u" not in lines["corpus.jsonl"].decode()


def test_what_is_remembered_is_bounded() -> None:
    """However many paragraphs were written, only so many are kept to be recycled; old and recent ones are."""
    sources = Sources()
    rng = random.Random(1)
    for number in range(OLD + RECENT + 20_000):
        sources.add(Written(str(number), 0, 0, ""), rng)
    assert len(sources) == OLD + RECENT
    chosen = [int(sources.choose(rng).id) for _ in range(1_000)]
    assert min(chosen) < OLD / 10
    assert max(chosen) > OLD + RECENT + 19_000


def test_spans_lie_in_the_paragraphs_they_name() -> None:
    """The span of a recycled passage is within its paragraph, the source's too, and the source stands earlier."""
    for document in made().values():
        for row in document.recycled:
            assert row.source.id < row.copy.id == document.id
            for passage in (row.copy, row.source):
                before = made()[passage.id].text[: passage.start]
                assert before.count("\n") == passage.paragraph
                assert text_of(passage)
                assert "\n" not in text_of(passage)


@pytest.mark.parametrize("kind", ["verbatim", "embedded"])
def test_verbatim_copies_are_equal(kind: str) -> None:
    """Character for character."""
    assert all(copy == source for copy, source in couples(kind))


def test_embedded_copies_stand_inside_fresh_text() -> None:
    """Something stands before and after in the same paragraph; 80 characters are embedded at least."""
    rows = [row for document in made().values() for row in document.recycled if row.kind == "embedded"]
    for row in rows:
        text = made()[row.copy.id].text
        assert row.copy.end - row.copy.start >= 80
        assert "\n" not in {text[row.copy.start - 1], text[row.copy.end]}


def test_other_kinds_change_what_they_say_they_change() -> None:
    """Figures: nothing but digits, and every number. Traditional: the script. Shuffled: the order of sentences."""
    for copy, source in couples("figures"):
        assert re.sub("[0-9]", "0", copy) == re.sub("[0-9]", "0", source)
        pairs = zip(re.findall("[0-9]+", copy), re.findall("[0-9]+", source), strict=True)
        assert all(new != old for new, old in pairs)
    to_simplified = opencc.OpenCC("t2s").convert
    assert all(copy != source and len(copy) == len(source) for copy, source in couples("traditional"))
    alike = [Levenshtein.distance(to_simplified(copy), source) for copy, source in couples("traditional")]
    assert max(alike) <= 2
    for copy, source in couples("shuffled"):
        assert copy != source
        assert Counter(copy.split("。")) == Counter(source.split("。"))


@pytest.mark.parametrize(("kind", "share"), [("edited10", 0.1), ("edited20", 0.2), ("edited30", 0.3)])
def test_edited_copies_are_edited_as_much_as_they_say(kind: str, share: float) -> None:
    """On average; one paragraph has one run of words more or less."""
    shares = [Levenshtein.distance(copy, source) / len(source) for copy, source in couples(kind)]
    assert sum(shares) / len(shares) == pytest.approx(share, abs=0.025)


def test_a_tenth_is_recycled_evenly() -> None:
    """9.5 % of the paragraphs are recycled, each kind as often as any other."""
    paragraphs = sum(document.text.count("\n") + 1 for document in made().values())
    kinds = Counter(row.kind for document in made().values() for row in document.recycled)
    assert set(kinds) == set(KINDS)
    assert kinds.total() / paragraphs == pytest.approx(0.095, abs=0.012)
    assert max(kinds.values()) < 2 * min(kinds.values())


def test_boilerplate_is_one_page_and_the_rest_stays() -> None:
    """Some documents end in one and the same page, which the truth knows; all else is as without."""
    bearing = defaultdict(list)
    for document in islice(documents(1, boilerplate=0.1), 60):
        plain = made()[document.id].text
        if document.text != plain:
            assert document.text.startswith(plain + "\n")
            bearing[document.text[len(plain) + 1 :]].append(document)
    ((page, bearers),) = bearing.items()
    assert page.count("\n") == BOILERPLATE_PARAGRAPHS - 1
    assert len(bearers) > 1
    told = [sum(row.kind == "boilerplate" for row in document.recycled) for document in bearers]
    assert told == [0, *[BOILERPLATE_PARAGRAPHS] * (len(bearers) - 1)]


def test_equal_means_equal() -> None:
    """All paragraphs of all documents are one."""
    texts = [document.text for document in islice(documents(1, equal=True), 3)]
    assert len({paragraph for text in texts for paragraph in text.split("\n")}) == 1
