"""Single flipped bits: `verify` finds every one, and never cries without cause."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_reports import is_found, library, report, reports

from kejidiff.library.verify import verify
from kejidiff.pipeline.library import Library


def lived_in(folder: Path) -> Path:
    """A library with a history: files added, replaced, removed, runs merged."""
    path = library(folder / "kejidiff.db", reports(folder / "reports", 40, sentences=12))
    (folder / "reports" / "0003.txt").write_text(report(5000), encoding="utf-8")
    with Library(path) as kept:
        list(kept.add([folder / "reports"], metadata={"unit": "水利局"}))
        kept.remove(["0007.txt", "0011.txt"])
        list(kept.add([reports(folder / "more", 30, sentences=30, first=100)]))
    return path


def missed(path: Path, flips: int, seed: int) -> list[int]:
    """Bits whose flip nobody notices, of `flips` drawn: a third of them in the first page."""
    sound = path.read_bytes()
    drawn = random.Random(seed)
    flipped = path.with_name("flipped.db")
    found = []
    for at in range(flips):
        bit = drawn.randrange(8 * (len(sound) if at % 3 else 4096))
        data = bytearray(sound)
        data[bit // 8] ^= 1 << bit % 8
        flipped.write_bytes(data)
        if not is_found(flipped):
            found.append(bit)
    return found


def test_every_flipped_bit_is_found(tmp_path: Path) -> None:
    """Whichever bit of the file is flipped (header, tables, index, free pages, bytes without meaning), verify finds
    it."""
    path = lived_in(tmp_path)
    assert verify(str(path)) == []
    assert missed(path, 60, seed=1) == []


def test_every_bit_of_the_header_is_found(tmp_path: Path) -> None:
    """Each of the 800 bits of SQLite's header."""
    path = library(tmp_path / "kejidiff.db", reports(tmp_path / "reports", 2, sentences=4))
    sound = path.read_bytes()
    flipped = tmp_path / "flipped.db"
    for bit in range(0, 800, 7):
        data = bytearray(sound)
        data[bit // 8] ^= 1 << bit % 8
        flipped.write_bytes(data)
        assert is_found(flipped), bit


@pytest.mark.faults
def test_five_hundred_flipped_bits_are_found(tmp_path: Path) -> None:
    """The same over 500 bits, and over every bit of the header."""
    path = lived_in(tmp_path)
    assert missed(path, 500, seed=2) == []
    sound = path.read_bytes()
    flipped = tmp_path / "flipped.db"
    for bit in range(800):
        data = bytearray(sound)
        data[bit // 8] ^= 1 << bit % 8
        flipped.write_bytes(data)
        assert is_found(flipped), bit


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "replace", "remove", "leave"]), st.integers(0, 30)), min_size=1, max_size=8
)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_a_sound_library_raises_no_alarm(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """After any sequence of adding, replacing and removing, verify finds nothing, and what is held is what was put
    in."""
    folder = tmp_path_factory.mktemp("kept")
    held: dict[str, str] = {}
    with Library(folder / "kejidiff.db") as kept:
        for step, number in [("add", 99), *steps]:
            name = f"{number:04}.txt"
            if step in ("add", "replace") and (name not in held or step == "replace"):
                held[name] = report(number * 1000 + len(held), 3 + number)
                (folder / name).write_text(held[name], encoding="utf-8")
                list(kept.add([folder / name]))
            elif step == "remove" and name in held:
                assert kept.remove([name]) == [f"{name}#1"]
                del held[name]
                (folder / name).unlink()
        kept.close()
        assert verify(str(folder / "kejidiff.db")) == []
        assert {document.file.path for document in kept.documents()} == set(held)
