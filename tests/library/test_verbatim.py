"""Runs of a draft in documents of a library: none is missed, and stock is what unrelated documents hold."""

import random
import sqlite3
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_collection import words

import kejidiff
from kejidiff import Library
from kejidiff.errors import LibraryError
from kejidiff.library import choice
from kejidiff.library.folded import read
from kejidiff.library.postings import HOT
from kejidiff.library.store import open_for_reading
from kejidiff.library.verbatim import stretch_hashes
from kejidiff.model import SourceText
from kejidiff.model.check import CheckResult
from kejidiff.pipeline import from_library
from kejidiff.pipeline import library as library_module
from kejidiff.text.documents import find_documents

LENGTH = 13


def drawn_text(drawn: random.Random, known: list[str], size: int) -> str:
    """Sentences of words drawn at random."""
    return "".join("".join(drawn.choices(known, k=12)) + "。" for _ in range(size // 30))


def library_of(folder: Path, texts: dict[str, str]) -> Path:
    """A library of these texts, by name."""
    place = folder / "in"
    place.mkdir(parents=True)
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    with Library(folder / "k.db") as kept:
        assert len(list(kept.add([place]))) == len(texts)
    return folder / "k.db"


def folded(text: str) -> str:
    (document,) = find_documents(SourceText("t", text))
    return document.folded.text


def stretches(text: str, length: int = LENGTH) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}


def told(result: CheckResult) -> dict[str, set[str]]:
    """By report: the draft's stretches of 13 characters that a check tells, in passages or fragments."""
    found: dict[str, set[str]] = {}
    for comparison in (*result.scan.comparisons, *result.scan.fragments_only):
        of = result.scan.document(comparison.left).folded
        for one in (*comparison.passages, *comparison.formula, *comparison.alignment.fragments):
            found.setdefault(comparison.right.partition("#")[0], set()).update(stretches(of.within(one.left)))
    return found


@pytest.mark.parametrize(("seed", "most"), [(0, 0), (1, 0), (2, 3), (3, 20)])
def test_every_run_of_13_is_told_however_many_weak_sources_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, most: int
) -> None:
    """A draft of 90 runs, each in one of 60 reports or in two that are copies of each other, and pieces of 8 to 16
    characters that 3 or 30 reports hold; of all these no more than `most` are compared in full."""
    monkeypatch.setattr(from_library, "WHOLE", 1_000)
    monkeypatch.setattr(choice, "_MOST", most)
    drawn, known = random.Random(seed), words()
    draft = drawn_text(drawn, known, 6_000)
    ours = folded(draft)
    pieces = [drawn.randrange(len(ours) - 30) for _ in range(90)]
    common = [drawn.randrange(len(ours) - 30) for _ in range(20)]
    texts = {f"r{number:02}.txt": drawn_text(drawn, known, 1_600) for number in range(60)}
    for at in pieces:
        name = drawn.choice(sorted(texts))
        texts[name] += f"。{ours[at : at + drawn.randint(LENGTH, 20)]}"
    for at in common:
        for name in drawn.sample(sorted(texts), 3 if drawn.random() < 0.5 else 30):
            texts[name] += f"。{ours[at : at + drawn.choice((8, 10, 12, LENGTH, 16))]}{drawn.choice(known)}"
    texts["copy.txt"] = texts["r07.txt"] + drawn_text(drawn, known, 120)
    for name in texts:
        texts[name] = f"{drawn_text(drawn, known, 40)}\n\n{texts[name]}。\n"
    (tmp_path / "draft.txt").write_text(f"{draft}。\n", encoding="utf-8")
    result = kejidiff.check([tmp_path / "draft.txt"], library=library_of(tmp_path, texts))
    found, looked_at = told(result), {name.partition("#")[0] for name in result.looked_at.listed}
    assert len(looked_at) > 15
    originals = {name: folded(text) for name, text in texts.items() if name != "copy.txt"}
    owners = Counter(one for text in originals.values() for one in stretches(text) & stretches(ours))
    phrases = Counter(one for text in originals.values() for one in stretches(text, 8) & stretches(ours, 8))
    alone = {one for one, count in owners.items() if count == 1 and all(phrases[p] == 1 for p in stretches(one, 8))}
    held = {name: stretches(folded(text)) & alone for name, text in texts.items()}
    missed = [(name, one) for name in held for one in held[name] if one not in found.get(name, ())]
    assert not missed
    assert sum(map(len, held.values())) > 200
    stock = {one for one, count in owners.items() if count > 2}
    assert stock
    assert not [name for name in found if name in looked_at and not found[name] - stock]


def test_what_more_hold_than_are_kept_is_told_where_all_are_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a key that more than 64 reports hold the first few are looked at: copies of one report make no stock phrase,
    unrelated ones do."""
    monkeypatch.setattr(from_library, "WHOLE", 1_000)
    monkeypatch.setattr(choice, "_MOST", 0)
    monkeypatch.setattr(choice, "_FILLED", 0)
    drawn, known = random.Random(7), words()
    report, formula = drawn_text(drawn, known, 1_200), drawn_text(drawn, known, 30)
    texts = {f"c{number:02}.txt": f"{report}{drawn_text(drawn, known, 60)}" for number in range(HOT + 6)}
    texts |= {f"u{number:02}.txt": f"{drawn_text(drawn, known, 600)}{formula}" for number in range(HOT + 6)}
    copied = report[200:260]
    (tmp_path / "draft.txt").write_text(
        f"{drawn_text(drawn, known, 900)}{copied}。{drawn_text(drawn, known, 300)}{formula}\n", encoding="utf-8"
    )
    found = told(kejidiff.check([tmp_path / "draft.txt"], library=library_of(tmp_path, texts)))
    assert found
    assert all(name.startswith("c") and stretches(folded(copied)) <= own for name, own in found.items())


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet="甲乙", max_size=60), other=st.text(alphabet="甲乙𠀀", max_size=60), length=st.integers(4, 24)
)
def test_equal_stretches_and_no_others_hash_alike(text: str, other: str, length: int) -> None:
    units = [np.frombuffer(one.encode("utf-16-le"), dtype="<u2") for one in (text, other)]
    hashes = [stretch_hashes(one, length).tolist() for one in units]
    words = [[tuple(one[at : at + length]) for at in range(len(one) - length + 1)] for one in units]
    assert [len(one) for one in hashes] == [len(one) for one in words]
    assert {(a, b) for a, one in enumerate(words[0]) for b, two in enumerate(words[1]) if one == two} == {
        (a, b) for a, one in enumerate(hashes[0]) for b, two in enumerate(hashes[1]) if one == two
    }


def test_folded_texts_come_and_go_with_their_reports(tmp_path: Path) -> None:
    """Added, replaced and removed with them; one that is missing or damaged is told by a check and by `verify`."""
    drawn, known = random.Random(2), words()
    texts = {f"r{number}.txt": drawn_text(drawn, known, 600) for number in range(3)}
    library = library_of(tmp_path, texts)

    def kept() -> dict[int, str]:
        store = open_for_reading(str(library))
        numbers = [number for (number,) in store.rows("SELECT number FROM documents ORDER BY number")]
        found = {number: units.tobytes().decode("utf-16-le") for number, units in read(store, numbers)}
        assert store.rows("SELECT count(*) FROM folded") == [(len(numbers),)]
        store.close()
        return found

    assert sorted(kept().values()) == sorted(map(folded, texts.values()))
    (tmp_path / "in" / "r1.txt").write_text(again := drawn_text(drawn, known, 300), encoding="utf-8")
    with Library(library) as changed:
        list(changed.add([tmp_path / "in"]))
        changed.remove(["r2.txt"])
        assert changed.verify() == []
    assert sorted(kept().values()) == sorted(map(folded, (texts["r0.txt"], again)))


@pytest.mark.parametrize("harm", ["DELETE FROM folded", "UPDATE folded SET text = x'00'"])
def test_a_folded_text_that_is_missing_or_damaged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    monkeypatch.setattr(from_library, "WHOLE", 10)
    drawn, known = random.Random(2), words()
    text = drawn_text(drawn, known, 600)
    library = library_of(tmp_path, {"r.txt": text})
    connection = sqlite3.connect(library, isolation_level=None)
    connection.execute(harm)
    connection.close()
    monkeypatch.setattr(library_module, "_refuse_damaged", lambda store: None)
    with Library(library) as damaged:
        assert any("folded" in line for line in damaged.verify())
    (tmp_path / "draft.txt").write_text(text[200:400], encoding="utf-8")
    with pytest.raises(LibraryError) as told_of:
        kejidiff.check([tmp_path / "draft.txt"], library=library)
    assert told_of.value.slug == "library-damaged"


@pytest.mark.parametrize("draft", ["短", "今年工作要点", "今年水利工作要点如下", "水利" * 4, "水" * 12])
def test_a_draft_shorter_than_a_run_shares_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: str) -> None:
    """Whatever stands in a report: once, or over and over, so that the report has runs of what the draft repeats."""
    monkeypatch.setattr(from_library, "WHOLE", 10)
    library = library_of(tmp_path, {"r.txt": f"{drawn_text(random.Random(2), words(), 300)}{draft * 4}。{draft}。"})
    (tmp_path / "draft.txt").write_text(draft, encoding="utf-8")
    assert not kejidiff.check([tmp_path / "draft.txt"], library=library).scan.fragments_only
