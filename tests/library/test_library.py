"""A library keeps what was put in, under names of its own, finds it by its keys, and lets go of it without trace."""

import errno
import hashlib
import json
import os
import random
import shutil
import sqlite3
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import kejidiff
from kejidiff.errors import LibraryError, NotReadError, OutputError, UsageError
from kejidiff.library import ahead, index, merging
from kejidiff.library.lock import WriterLock
from kejidiff.library.pages import RawFile
from kejidiff.library.postings import HOT
from kejidiff.library.schema import OLDER, digest
from kejidiff.library.store import Store, open_for_writing
from kejidiff.model import Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.candidates import sketcher
from kejidiff.pipeline.library import Added, Library, compared_with
from kejidiff.pipeline.preparing import parameters
from kejidiff.text.documents import find_documents

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXT = "云杉镇水利站全年疏浚渠道四十里，修补渡槽两座，更换闸门五扇，汛期未发生险情，职工宿舍也粉刷一新。"
OTHER = "档案馆的木架全部编号拆下，按原来的次序装车，新馆用白炽灯照了三天除湿，账册一册未少，雨布也都收了回来。"


def put(path: Path, *paths: Path, **said: object) -> list[Added]:
    with Library(path) as kept:
        return [one for one in kept.add(list(paths), **said) if isinstance(one, Added)]  # type: ignore[arg-type]


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(path: Path) -> list[str]:
    with Library(path) as kept:
        return [document.id for document in kept.documents()]


def test_a_link_to_a_library_is_that_library(tmp_path: Path) -> None:
    """Its lock and its journal lie beside the file itself, so that whoever comes by a link meets the same writer."""
    library, file = tmp_path / "shared" / "k.db", written(tmp_path / "a.txt", TEXT)
    library.parent.mkdir()
    put(library, file)
    link = tmp_path / "link.db"
    link.symlink_to(library)
    writer = WriterLock(str(library), "library add")
    writer.acquire(1)
    try:
        with Library(link, lock_timeout=0.05) as kept, pytest.raises(LibraryError, match="library add"):
            list(kept.add([written(tmp_path / "b.txt", OTHER)]))
    finally:
        writer.release()
    assert ids(link) == ["a.txt#1"]
    assert not (tmp_path / "link.db-lock").exists()


def test_what_is_there_is_left_and_what_changed_is_replaced(tmp_path: Path) -> None:
    """The same content, wherever it lies, is unchanged; another content of the same place replaces it."""
    library, file = tmp_path / "k.db", written(tmp_path / "a.txt", TEXT)
    assert put(library, file) == [Added("a.txt", ("a.txt#1",), "added")]
    assert put(library, file) == [Added("a.txt", ("a.txt#1",), "unchanged")]
    assert put(library, written(tmp_path / "elsewhere" / "b.txt", TEXT)) == [Added("a.txt", ("a.txt#1",), "unchanged")]
    written(file, OTHER)
    assert put(library, file) == [Added("a.txt", ("a.txt#1",), "replaced")]
    assert ids(library) == ["a.txt#1"]


def test_a_replaced_report_is_found_by_its_new_keys_only(tmp_path: Path) -> None:
    """No part of the index holds a key of the old text, also where runs have been merged."""
    library, folder = tmp_path / "k.db", tmp_path / "in"
    for number in range(40):
        written(folder / f"{number}.txt", "".join(f"{TEXT[at:]}{number}。" for at in range(3)))
    put(library, folder)
    old = sketches((folder / "7.txt").read_text("utf-8"))[0].fingerprints
    written(folder / "7.txt", OTHER * 4)
    assert [one.path for one in put(library, folder) if one.state == "replaced"] == ["7.txt"]
    with Library(library) as kept:
        (number,) = [one.number for one in kept.documents() if one.id == "7.txt#1"]
    store = open_for_writing(str(library), parameters(), 5, "test", make=False)
    try:
        assert number not in index.holders(store, index.short(old))[1]
        assert number in index.holders(store, index.short(sketches(OTHER * 4)[0].fingerprints))[1]
    finally:
        store.close()


def test_files_of_one_name_both_live(tmp_path: Path) -> None:
    """Ids are unique: a second file of one name has its folder before it, in whatever order they come."""
    library = tmp_path / "k.db"
    one, other = written(tmp_path / "x" / "a.txt", TEXT), written(tmp_path / "y" / "a.txt", OTHER)
    put(library, one)
    assert put(library, other)[0].path == "y/a.txt"
    assert ids(library) == ["a.txt#1", "y/a.txt#1"]
    assert put(library, other)[0].state == "unchanged"


def test_nothing_of_a_removed_report_is_left_in_any_byte(tmp_path: Path) -> None:
    """Neither its text, nor its deflated form, nor title, path or metadata; and no journal stays."""
    library = tmp_path / "k.db"
    for number in range(30):
        written(tmp_path / "in" / f"n{number}.txt", f"第{number}份\n\n{OTHER * 3}{number}\n")
    secret = "槐花坪灌区年度报告\n\n" + "".join(f"{TEXT[at:]}第{at}组。" for at in range(40)) + "\n"
    written(tmp_path / "in" / "秘密.txt", secret)
    with Library(library) as kept:
        list(kept.add([tmp_path / "in"], metadata={"unit": "独特的单位名称"}))
        assert any(deflated in library.read_bytes() for deflated in pieces(secret))
        assert kept.remove(["秘密.txt"]) == ["秘密.txt#1"]
    data = b"".join(file.read_bytes() for file in tmp_path.glob("k.db*"))
    traces = [TEXT[:8].encode(), "槐花坪灌区".encode(), "秘密".encode(), *pieces(secret)]
    assert [trace for trace in traces if trace in data] == []
    assert not list(tmp_path.glob("*journal"))
    assert len(ids(library)) == 30


def pieces(text: str) -> list[bytes]:
    """Stretches of the form a text is kept in."""
    deflated = zlib.compress(text.encode(), 6)
    return [deflated[at : at + 24] for at in range(8, len(deflated) - 24, 24)]


def test_metadata_comes_from_the_nearest_place(tmp_path: Path) -> None:
    """--meta before --sidecar before NAME.meta.json before metadata.csv; none of these files becomes a report."""
    folder = tmp_path / "in"
    written(folder / "a.txt", TEXT)
    written(folder / "b.txt", OTHER)
    written(folder / "metadata.csv", "path,unit,year,place\r\na.txt,甲局,2021,北\r\nb.txt,乙局,2020,\r\n")
    written(folder / "a.txt.meta.json", '{"year": 2022, "tags": "一，二"}')
    side = written(tmp_path / "side.json", json.dumps({"a.txt": {"place": "南"}, "b.txt": {"place": "东"}}))
    put(tmp_path / "k.db", folder, sidecars=[side], metadata={"unit": "丙局"})
    with Library(tmp_path / "k.db") as kept:
        said = {document.id: document.file.metadata for document in kept.documents()}
    assert said["a.txt#1"] == ("", "南", "丙局", "2022", "", ("一", "二"))
    assert said["b.txt#1"] == ("", "东", "丙局", "2020", "", ())
    assert set(said) == {"a.txt#1", "b.txt#1"}


def test_metadata_said_anew_is_kept(tmp_path: Path) -> None:
    """The same content with something new said of it counts as replaced; said again, it is unchanged. What
    nothing new is said of stays, also when the text changes."""
    library, file = tmp_path / "k.db", written(tmp_path / "a.txt", TEXT)
    put(library, file)
    assert put(library, file, metadata={"year": "2023"})[0].state == "replaced"
    assert put(library, file, metadata={"year": "2023"})[0].state == "unchanged"
    assert put(library, file)[0].state == "unchanged"
    written(file, OTHER)
    assert put(library, file, metadata={"unit": "水利局"})[0].state == "replaced"
    with Library(library) as kept:
        (document,) = kept.documents()
    assert (document.file.metadata.year, document.file.metadata.unit) == ("2023", "水利局")


@pytest.mark.parametrize("said", [{"colour": "red"}, {"": "x"}])
def test_unknown_metadata_is_refused(tmp_path: Path, said: dict[str, str]) -> None:
    """A field nobody knows is a mistake of the call, told before anything is kept."""
    with pytest.raises(UsageError) as caught:
        put(tmp_path / "k.db", written(tmp_path / "a.txt", TEXT), metadata=said)
    assert caught.value.slug == "bad-metadata"
    assert not (tmp_path / "k.db").exists()


def test_a_side_file_that_cannot_be_understood_is_told(tmp_path: Path) -> None:
    """The report is kept all the same, and the call knows that it is not complete."""
    written(tmp_path / "in" / "a.txt", TEXT)
    written(tmp_path / "in" / "a.txt.meta.json", "{")
    with Library(tmp_path / "k.db") as kept:
        outcomes = list(kept.add([tmp_path / "in"]))
    failed = [one for one in outcomes if isinstance(one, Skipped) and not one.harmless]
    assert [(one.path, one.reason) for one in failed] == [("a.txt.meta.json", "damaged")]
    assert ids(tmp_path / "k.db") == ["a.txt#1"]


def test_names_of_what_is_to_be_removed(tmp_path: Path) -> None:
    """A beginning that two files share is refused with both named, an unknown one refused; neither removes anything."""
    library = tmp_path / "k.db"
    put(library, written(tmp_path / "ab.txt", TEXT), written(tmp_path / "ac.txt", OTHER))
    with Library(library) as kept:
        for name, slug in (("a", "ambiguous"), ("z", "no-match")):
            with pytest.raises(UsageError) as caught:
                kept.remove(["ab", name])
            assert caught.value.slug == slug
        assert len(kept.documents()) == 2
        assert kept.remove(["ab"]) == ["ab.txt#1"]


def packed(path: Path, **members: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"in/{name}.txt", text)
    return path


@pytest.mark.parametrize("gone", [False, True])
def test_an_archive_is_removed_with_all_that_was_in_it(tmp_path: Path, gone: bool) -> None:
    """By its path or its base name, whether it is still there or not, and every report of it is named; two archives of
    one name are two files, and a folder is none."""
    library, folder = tmp_path / "k.db", tmp_path / "all"
    one, other = packed(folder / "x" / "two.zip", a=TEXT, b=OTHER), packed(folder / "y" / "two.zip", c=TEXT * 2)
    written(folder / "y" / "two.txt", OTHER * 2)
    put(library, folder)
    if gone:
        shutil.rmtree(folder)
    with Library(library) as kept:
        for name in ("two.zip", "x", "y"):
            with pytest.raises(UsageError) as caught:
                kept.remove([name])
            assert caught.value.slug == "ambiguous"
        assert kept.remove(["x/two.zip"]) == ["x/two.zip/in/a.txt#1", "x/two.zip/in/b.txt#1"]
        assert kept.remove([str(other)]) == ["y/two.zip/in/c.txt#1"]
        assert [document.id for document in kept.documents()] == ["y/two.txt#1"]
        assert kept.verify() == []
    assert one.exists() != gone


def test_a_file_of_several_reports_goes_whole(tmp_path: Path) -> None:
    """A compilation by its name: the ids of all its reports are given back."""
    library = tmp_path / "k.db"
    put(library, written(tmp_path / "c.txt", f"工作总结篇一\n\n{TEXT * 9}\n\n工作总结篇二\n\n{OTHER * 9}\n"))
    with Library(library) as kept:
        assert kept.remove(["c.txt"]) == ["c.txt#1", "c.txt#2"]


def test_a_lock_is_waited_for_a_number_of_seconds(tmp_path: Path) -> None:
    """NaN, which no time is ever beyond, is refused before anything is opened."""
    with pytest.raises(UsageError, match="no number of seconds"):
        Library(tmp_path / "k.db", lock_timeout=float("nan"))


def test_an_export_comes_back_whole(tmp_path: Path, seeds: Path) -> None:
    """Texts, metadata, names and dates are those exported; a line that was touched is passed over and told."""
    put(tmp_path / "k.db", seeds, metadata={"tags": "样本"})
    with Library(tmp_path / "k.db") as kept:
        exported = list(kept.export())
        before = kept.documents()
    broken = exported[2].replace("2", "3", 1)
    for name, lines in (("whole", exported), ("broken", [*exported[:2], broken, *exported[3:]])):
        written(tmp_path / name, "".join(lines))
    with Library(tmp_path / "new.db") as new:
        assert all(isinstance(one, Added) for one in new.import_(tmp_path / "whole"))
        assert new.documents() == before
        assert list(new.export()) == exported
        assert new.verify() == []
    with Library(tmp_path / "part.db") as part:
        failed = [one for one in part.import_(tmp_path / "broken") if isinstance(one, Skipped)]
    assert [one.reason for one in failed] == ["damaged"]
    with Library(tmp_path / "none.db") as none, pytest.raises(NotReadError):
        list(none.import_(seeds / "README.md"))
    with Library(tmp_path / "none.db") as none, pytest.raises(UsageError, match="no such file"):
        list(none.import_(tmp_path / "nowhere"))
    assert not (tmp_path / "none.db").exists()


def test_an_export_that_breaks_off_between_two_lines_is_told(tmp_path: Path, seeds: Path) -> None:
    """Every line that is left is whole; how many there should be stands in the first. One of an earlier kejidiff does
    not say so, and is taken as it is."""
    put(tmp_path / "k.db", seeds)
    with Library(tmp_path / "k.db") as kept:
        head, *lines = kept.export()
    written(tmp_path / "cut", "".join([head, *lines[:-1]]))
    written(tmp_path / "old", "".join(['{"schema": "kejidiff.library-export/1"}\n', *lines[:-1]]))
    with Library(tmp_path / "new.db") as new:
        *added, failed = list(new.import_(tmp_path / "cut"))
        assert all(isinstance(one, Added) for one in added)
        assert isinstance(failed, Skipped) and failed.reason == "damaged" and not failed.harmless
        assert f"{len(added)} of {len(added) + 1} files" in failed.message
        assert all(isinstance(one, Added) for one in new.import_(tmp_path / "old"))


def test_what_is_no_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A missing file, another program's database, a text, a folder, one that is too new: each with its own word."""
    database = sqlite3.connect(tmp_path / "other.db")
    database.execute("CREATE TABLE t (a)")
    database.close()
    put(tmp_path / "new.db", written(tmp_path / "a.txt", TEXT))
    newer = sqlite3.connect(tmp_path / "new.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    cases = {
        "none.db": "library-missing", ".": "library-missing", "other.db": "library-foreign",
        "a.txt": "library-foreign", "new.db": "library-too-new",
    }  # fmt: skip
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for name, slug in cases.items():
        for method in (Library.documents, Library.info, Library.verify):
            with pytest.raises(LibraryError) as caught:
                method(Library(tmp_path / name))
            assert caught.value.slug == slug, name
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_other_parameters_are_refused(tmp_path: Path) -> None:
    """A library whose keys were made otherwise takes nothing and finds nothing, rather than mixing both."""
    put(tmp_path / "k.db", written(tmp_path / "a.txt", TEXT))
    other = {**parameters(), "probe": "0" * 32}
    with pytest.raises(LibraryError) as caught:
        open_for_writing(str(tmp_path / "k.db"), other, 1, "test", make=False)
    assert caught.value.slug == "library-parameters"


def test_damage_is_noticed_by_who_meets_it(tmp_path: Path, seeds: Path) -> None:
    """A draft is never called clean on the word of a damaged library."""
    put(tmp_path / "k.db", seeds)
    data = bytearray((tmp_path / "k.db").read_bytes())
    data[len(data) // 2] ^= 4
    (tmp_path / "k.db").write_bytes(data)
    with Library(tmp_path / "k.db") as kept, pytest.raises(LibraryError) as caught:
        compared_with(kept, sketches((seeds / "002_f11c072e94adb095.txt").read_text("utf-8")), ScanOptions())
    assert caught.value.slug == "library-damaged"


def sketches(text: str) -> list:  # type: ignore[type-arg]
    return [sketcher(ScanOptions())(document) for document in find_documents(SourceText("draft", text))]


def test_merged_runs_find_what_single_ones_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is put in and taken out, and however far merges have come, a lookup gives exactly the holders of each
    key, of a key that very many hold the first ones; runs stay few."""
    monkeypatch.setattr(merging, "_FIRST", 8)
    monkeypatch.setattr(merging, "_EVERY", 2)
    monkeypatch.setattr(merging, "_STEP", 8)
    store = open_for_writing(str(tmp_path / "k.db"), parameters(), 5, "test", make=True)
    drawn = np.random.default_rng(3)
    pool = np.unique(drawn.integers(1, 1 << 32, 3000, dtype=np.uint64))
    often = 1 / np.arange(1, len(pool) + 1) ** 0.7
    held: dict[int, set[int]] = {}
    most = 0
    for number in range(1, 331):
        keys = drawn.choice(pool, 120, p=often / often.sum())
        held[number] = set(keys.tolist())
        with store.change():
            index.put(store, number, keys << np.uint64(32))
        most = max(most, len(merging.runs(store)))
        if number % 50 == 0:
            whole, known = drawn.choice(sorted(held), 2, replace=False).tolist()
            with store.change():
                index.take_out(store, [whole])
                index.take_out(store, [known], np.array(sorted(held[known]), dtype=np.uint64) << np.uint64(32))
            del held[whole], held[known]
        if number % 30 == 0:
            assert found(store, pool) == expected(held, pool, found(store, pool))
    assert {run.level for run in merging.runs(store) if run.complete} >= {2, 3}
    assert most < 8 + 3 * 6
    store.close()
    assert Library(tmp_path / "k.db").verify() == []


Holders = dict[int, tuple[list[int], bool]]


def found(store: Store, pool: "NDArray[np.uint64]") -> Holders:
    """By key: its holders, and whether more hold it."""
    wanted = pool.astype(np.uint32)
    at, numbers, hot = index.holders(store, wanted)
    return {int(key): (numbers[at == place].tolist(), bool(hot[place])) for place, key in enumerate(wanted)}


def expected(held: dict[int, set[int]], pool: "NDArray[np.uint64]", told: Holders) -> Holders:
    """The same, from what was put in; of what was hot once the first holders may have been taken out since."""
    rightly: Holders = {}
    for key in pool.tolist():
        every = sorted(number for number, keys in held.items() if key in keys)
        first, hot = told[key]
        if hot and len(every) > HOT - 20:
            rightly[key] = ([number for number in every if number in first], True)
        else:
            rightly[key] = (every, False)
    return rightly


def test_a_key_that_very_many_hold_is_told_so_once_and_for_all(tmp_path: Path) -> None:
    """Of 70 holders the first 64 are given; it stays known that there are more when two of these are taken out."""
    store = open_for_writing(str(tmp_path / "k.db"), parameters(), 5, "test", make=True)
    common, rare = np.uint64(7 << 32), np.uint64(9 << 32)
    with store.change():
        for number in range(1, 71):
            index.put(store, number, np.array([common, rare] if number == 3 else [common]))
    wanted = np.array([7, 9], dtype=np.uint32)
    at, numbers, hot = index.holders(store, wanted)
    assert hot.tolist() == [True, False]
    assert (numbers[at == 0].tolist(), numbers[at == 1].tolist()) == (list(range(1, HOT + 1)), [3])
    with store.change():
        index.take_out(store, [2, 3])
    at, numbers, hot = index.holders(store, wanted)
    assert hot.tolist() == [True, False]
    assert 2 not in numbers and 3 not in numbers
    store.close()


@pytest.mark.parametrize("layout", [1, 2])
def test_an_older_layout_is_listed_verified_and_exported(tmp_path: Path, seeds: Path, layout: int) -> None:
    """Its texts are all there; what is looked up in its index is not, so adding and comparing say how to go on."""
    put(tmp_path / "k.db", seeds)
    with Library(tmp_path / "k.db") as kept:
        before = kept.documents()
    connection = sqlite3.connect(tmp_path / "k.db", isolation_level=None)
    tables = ("folded",) if layout == 2 else ("folded", "parts", "runs")
    made = OLDER[1][-2:] if layout == 1 else ()
    for statement in (*(f"DROP TABLE {table}" for table in tables), *made, f"PRAGMA user_version = {layout}"):
        connection.execute(statement)
    connection.close()
    with Library(tmp_path / "k.db") as old:
        assert old.documents() == before
        assert old.verify() == []
        assert (old.info().layout, old.info().runs) == (layout, {"keys": (0, 0)})
        written(tmp_path / "export", "".join(old.export()))
        with pytest.raises(LibraryError) as compared:
            compared_with(old, sketches(TEXT), ScanOptions())
        with pytest.raises(LibraryError) as added:
            list(old.add([written(tmp_path / "a.txt", TEXT)]))
    assert (compared.value.slug, added.value.slug) == ("library-too-old", "library-too-old")
    with Library(tmp_path / "new.db") as new:
        assert all(isinstance(one, Added) for one in new.import_(tmp_path / "export"))
        assert new.documents() == before


@pytest.mark.parametrize("fragments", [False, True])
def test_a_library_leaves_out_nothing_that_a_scan_finds(tmp_path: Path, fragments: bool) -> None:
    """Every pair of a draft and a kept report that a scan of all finds is among the files given to compare with."""
    from small_collection import collection

    drafts, kept = collection(tmp_path)
    options = ScanOptions(fragments=fragments)
    put(tmp_path / "k.db", kept)
    scanned = kejidiff.scan([kept, drafts], options)
    names = {path.name for path in drafts.iterdir()}
    pairs = [
        sorted((one.left.partition("#")[0], one.right.partition("#")[0]), key=lambda name: name not in names)
        for one in (*scanned.comparisons, *scanned.fragments_only)
    ]
    found = {(draft, other) for draft, other in pairs if draft in names and other not in names}
    assert found
    with Library(tmp_path / "k.db") as library:
        given = {
            (draft.name, source.path)
            for draft in drafts.iterdir()
            for source in compared_with(library, sketches(draft.read_text("utf-8")), options).sources
        }
        everything = compared_with(library, sketches(OTHER), options)
    assert found <= given
    assert everything.total == 24
    assert len(given) < 20


def test_what_many_hold_crowds_out_no_source(tmp_path: Path) -> None:
    """Of 60 reports with a long formula a few are compared with a draft that has it, too; a paragraph's source is among
    them, and so is every copy of another's."""
    from small_collection import body, words

    drawn, known = random.Random(8), words()
    formula, draft = "".join(body(drawn, known)[:1]), body(drawn, known)
    source, copied = body(drawn, known), body(drawn, known)
    texts = {f"other{number:02}.txt": [*body(drawn, known), formula] for number in range(60)}
    texts |= {"source.txt": source, **{f"copy{number}.txt": [*copied, str(number)] for number in range(9)}}
    for name, paragraphs in texts.items():
        written(tmp_path / "in" / name, "\n\n".join(paragraphs))
    put(tmp_path / "k.db", tmp_path / "in")
    draft = [*draft[:3], formula, source[4], *draft[4:6], copied[2], draft[7]]
    with Library(tmp_path / "k.db") as kept:
        given = compared_with(kept, sketches("\n\n".join(draft)), ScanOptions(fragments=True))
    names = {source.path for source in given.sources}
    assert {name for name in texts if name.startswith(("source", "copy"))} <= names
    assert len(names) == 16


def test_a_row_without_its_digest_is_damaged(tmp_path: Path) -> None:
    """A value changed by another program, and sealed by nobody, is found by its digest alone."""
    put(tmp_path / "k.db", written(tmp_path / "a.txt", TEXT))
    other = sqlite3.connect(tmp_path / "k.db", isolation_level=None)
    other.execute("UPDATE documents SET countable = countable + 1")
    other.close()
    assert Library(tmp_path / "k.db").verify() == ["documents: row 1 is damaged"]
    assert digest((1, "1")) != digest((1, 1)) != digest((1, b"1"))


@pytest.mark.parametrize(
    "change",
    [
        {"marked": [["a", "b", "hidden"]]}, {"marked": [[0, 10**6, "hidden"]]}, {"marked": [[3, 0, "hidden"]]},
        {"marked": [[0, 1, "<script>"]]}, {"warnings": [[1, 2, 3]]}, {"warnings": [["a", "b", [0, 10**6]]]},
        {"replaced": 10**30}, {"replaced": float("inf")}, {"replaced": "many"}, {"sha256": "\ud800"}, {"added": 5},
        {"metadata": {"year": 2024, "tags": []}}, {"metadata": {"tags": [1]}}, {"metadata": {"no": "", "tags": []}},
        {"metadata": []}, {"text": None},
    ],
)  # fmt: skip
def test_an_export_made_by_hand_is_not_believed(tmp_path: Path, change: dict[str, object]) -> None:
    """Its digests may fit: what a line may not hold is told as damaged, and the other lines are taken in."""
    export = tmp_path / "export.jsonl"
    put(tmp_path / "k.db", written(tmp_path / "a.txt", TEXT), written(tmp_path / "b.txt", OTHER))
    with Library(tmp_path / "k.db") as kept:
        head, first, second = kept.export()
    record = {**json.loads(first), **change}
    del record["digest"]
    forged = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    written(export, head + json.dumps({**record, "digest": forged}) + "\n" + second)
    with Library(tmp_path / "new.db") as new:
        bad, good = new.import_(export)
        assert isinstance(bad, Skipped) and isinstance(good, Added)
        assert (bad.path, bad.reason, good.path) == (f"{export}:2", "damaged", "b.txt")


@pytest.mark.parametrize("stored", ["", "[", "[]", '{"year": 5}', '{"tags": [1]}', '{"no": ""}', "[" * 100_000])
def test_metadata_that_nobody_wrote_is_damage(tmp_path: Path, stored: str) -> None:
    """Whoever lists, adds or exports is told that the library is damaged, and by what means it comes back."""
    library, file = tmp_path / "k.db", written(tmp_path / "a.txt", TEXT)
    put(library, file)
    connection = sqlite3.connect(library)
    connection.execute("UPDATE files SET metadata = ?", (stored,))
    connection.commit()
    connection.close()
    for use in (ids, lambda path: put(path, file), lambda path: list(Library(path).export())):
        with pytest.raises(LibraryError) as raised:
            use(library)
        assert raised.value.slug == "library-damaged"


def test_a_side_file_beyond_measure_is_told(tmp_path: Path) -> None:
    """It is not read into memory whole; the report beside it is kept without what it says."""
    file = written(tmp_path / "in" / "a.txt", TEXT)
    with (file.parent / "a.txt.meta.json").open("wb") as side:
        side.truncate((64 << 20) + 1)
    with Library(tmp_path / "k.db") as kept:
        outcomes = {one.path: one for one in kept.add([tmp_path / "in"])}
    told = outcomes["a.txt.meta.json"]
    assert isinstance(told, Skipped) and (told.reason, told.message) == ("damaged", "metadata: is larger than 64 MB")
    assert isinstance(outcomes["a.txt"], Added)


@pytest.mark.parametrize("linked", [False, True])
def test_a_file_in_the_place_of_the_lock_is_not_written_over(tmp_path: Path, linked: bool) -> None:
    """Somebody's own file of that name stays as it is, also where a link leads to it; no library is made beside it."""
    own = written(tmp_path / ("elsewhere" if linked else "k.db-lock"), TEXT)
    if linked:
        (tmp_path / "k.db-lock").symlink_to(own)
    with pytest.raises(OutputError) as raised:
        put(tmp_path / "k.db", written(tmp_path / "a.txt", OTHER))
    assert raised.value.subject == str(tmp_path / "k.db-lock")
    assert own.read_text("utf-8") == TEXT
    assert not (tmp_path / "k.db").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_turn_ends_though_a_process_forked_meanwhile_lives_on(tmp_path: Path) -> None:
    """Whoever has a worker running when the turn ends keeps nobody waiting."""
    lock = WriterLock(str(tmp_path / "k.db"), "test")
    lock.acquire(0)
    read, write = os.pipe()
    worker = os.fork()
    if not worker:
        os.close(write)
        os.read(read, 1)  # until the other end is closed
        os._exit(0)
    try:
        lock.release()
        other = WriterLock(str(tmp_path / "k.db"), "test")
        other.acquire(0)
        other.release()
    finally:
        os.close(read)
        os.close(write)
        os.waitpid(worker, 0)


def test_a_disk_that_knows_no_locks_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody holds the library there, so nobody is waited for."""
    fcntl = pytest.importorskip("fcntl")

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(OutputError, match="no locks available"):
        WriterLock(str(tmp_path / "k.db"), "test").acquire(600)


def test_pages_asked_for_ahead_are_those_that_the_rows_are_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree of three levels, rows in order and far apart: the page of each is asked for and no others; where those
    looked at are in memory, none below them."""
    database = sqlite3.connect(tmp_path / "t.db", isolation_level=None)
    database.execute("PRAGMA page_size = 4096")
    database.execute("CREATE TABLE parts (number INTEGER PRIMARY KEY, content BLOB)")
    numbers = [(number // 500 << 32) + number * 7 for number in range(6000)]
    database.execute("BEGIN")
    database.executemany("INSERT INTO parts VALUES (?, ?)", [(one, b"<%d>" % one + bytes(2500)) for one in numbers])
    database.execute("COMMIT")
    raw = RawFile(str(tmp_path / "t.db"))
    asked: list[int] = []
    monkeypatch.setattr(ahead, "_in_memory", lambda *_: False)
    monkeypatch.setattr(os, "posix_fadvise", lambda _, at, *__: asked.append(at // 4096 + 1), raising=False)
    wanted = numbers[::11]
    ahead.ask_for(raw, 2, np.array(wanted))
    content = b"".join(page for page in map(raw.page, asked) if page[0] == 0x0D)
    assert all(b"<%d>" % one in content for one in wanted)
    assert len(asked) == len(set(asked)) < 1.2 * len(wanted)
    asked.clear()
    monkeypatch.setattr(ahead, "_in_memory", lambda *_: True)
    ahead.ask_for(raw, 2, np.array(wanted))
    assert len(asked) < 30
    asked.clear()
    ahead.ask_for(raw, 3, np.array(wanted))
    assert asked == []
    raw.close()
    database.close()
