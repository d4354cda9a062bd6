"""Archives in a scan, a look at two, a check, a library and a clean copy: rows are documents, metadata comes along."""

import json
from pathlib import Path

import pytest
from corpus_texts import report, text

import kejidiff
from kejidiff.errors import NotReadError, UsageError
from kejidiff.model import Skipped
from kejidiff.options import JsonLines
from kejidiff.pipeline.clean_copy import clean_copy
from kejidiff.view.records import dumps, jsonl, scan_record
from kejidiff.view.visible import visible_line

#: Two reports of which the second takes two paragraphs over from the first, and a third of its own.
ONE, OTHER = report(1), report(2)
TEXTS = {"a/1": text(ONE), "b#2": text([*OTHER[:2], *ONE[2:4], *OTHER[2:]]), "c": text(report(3))}


def archive(folder: Path, name: str = "t.jsonl", **fields: object) -> Path:
    rows = [{"id": own, "text": words, **fields} for own, words in TEXTS.items()]
    (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return folder / name


def test_a_scan_of_an_archive_finds_what_a_scan_of_its_files_finds(tmp_path: Path) -> None:
    """The same pairs, the same passages, whatever `jobs`; ids are `ARCHIVE/ID#1`."""
    (tmp_path / "files").mkdir()
    for name, words in zip(("a", "b", "c"), TEXTS.values(), strict=True):
        (tmp_path / "files" / name).write_text(words, "utf-8")
    files = kejidiff.scan([tmp_path / "files"])
    rows = kejidiff.scan([archive(tmp_path)])
    assert [document.id for document in rows.documents] == ["t.jsonl/a/1#1", "t.jsonl/b#2#1", "t.jsonl/c#1"]
    assert [one.passages for one in rows.comparisons] == [one.passages for one in files.comparisons]
    assert len(rows.comparisons) == 1 and rows.comparisons[0].passages
    assert rows == kejidiff.scan([tmp_path / "t.jsonl"], jobs=2)


def test_other_fields_stand_in_the_record(tmp_path: Path) -> None:
    """As the document's `metadata`, whatever they are called; nowhere else is there such a field."""
    (tmp_path / "plain.txt").write_text(text(report(4)), "utf-8")
    fields = {"spans": [["a", "\n", "b"]], "type": "x", "n": 10**25, "u": "\u202e"}
    archive(tmp_path, **fields)
    result = kejidiff.scan([tmp_path])
    record = json.loads(dumps(scan_record(result)))
    assert [document.get("metadata") for document in record["documents"]] == [None, fields, fields, fields]
    assert "metadata" not in record["documents"][0]
    lines = [json.loads(line) for line in jsonl(result)]
    assert [line.get("metadata") for line in lines if line["type"] == "document"] == [None, fields, fields, fields]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("t.jsonl/a/1#1", "t.jsonl/b#2#1"), ("t.jsonl/a/1", "t.jsonl/b#2"), ("b#2", "a/1"), ("1", "b"),
        ("b#2#1", "a/1#1"),
    ],
)  # fmt: skip
def test_rows_are_shown_by_id(tmp_path: Path, left: str, right: str) -> None:
    """Whole ids, ids without the archive's name, beginnings: with `#` and `/` in them, too."""
    (comparison,) = kejidiff.show(left, right, within=archive(tmp_path)).comparisons
    assert {comparison.left, comparison.right} == {"t.jsonl/a/1#1", "t.jsonl/b#2#1"}


def test_rows_are_shown_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive's path and the id behind it, with two slashes in a row as addresses have them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    rows = [{"id": f"https://x//{at}", "text": words} for at, words in enumerate(TEXTS.values())]
    Path("d/t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (comparison,) = kejidiff.show("d/t.jsonl/https://x//0", "d/t.jsonl/https://x//1#1").comparisons
    assert (comparison.left, comparison.right) == ("t.jsonl/https://x//0#1", "t.jsonl/https://x//1#1")


IDS = ("/abs", "//z", "./y", "../x", "a\0b", "\u202e", "a/b", "a//b", " ", "q/", "c:\\d", "x#2")


@pytest.mark.parametrize("own", IDS)
def test_any_id_is_shown_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str) -> None:
    """Ids like paths of their own, and with characters that have no look: as they are, and as pages print them."""
    monkeypatch.chdir(tmp_path)
    rows = [{"id": one, "text": text(report(at))} for at, one in enumerate((*IDS, "other"))]
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for name in (f"t.jsonl/{own}", f"./t.jsonl/{own}", f"t.jsonl/{own}#1", own, visible_line(f"t.jsonl/{own}#1")):
        result = kejidiff.show(name, "t.jsonl/other")
        assert {document.id for document in result.documents} == {f"t.jsonl/{own}#1", "t.jsonl/other#1"}


@pytest.mark.parametrize("name", ["t.jsonl/none", "t.jsonl/c/1", "t.jsonl//c", "./t.jsonl/a/1/"])
def test_a_row_that_is_not_there_is_no_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It is not said to be several, nor is another row taken for it."""
    monkeypatch.chdir(archive(tmp_path).parent)
    with pytest.raises(UsageError) as raised:
        kejidiff.show(name, "t.jsonl/c")
    assert raised.value.slug == "no-match"


def test_a_row_that_is_not_read_is_an_error_where_it_is_asked_for(tmp_path: Path) -> None:
    """`show` says what is wrong with it."""
    path = archive(tmp_path)
    path.write_text(path.read_text("utf-8") + '{"id": "bad"}\n', "utf-8")
    with pytest.raises(NotReadError):
        kejidiff.show("t.jsonl/bad", "t.jsonl/c", within=path)


def test_a_check_against_an_archive_knows_whose_its_rows_are(tmp_path: Path) -> None:
    """`unit` and `tags` of a row are metadata of its document, so `--own` holds for it."""
    (tmp_path / "draft.txt").write_text(TEXTS["b#2"], "utf-8")
    path = archive(tmp_path, unit="科技局", tags=["甲"], other={"deep": 1})
    result = kejidiff.check([tmp_path / "draft.txt"], against=[path])
    assert result.verdict == "over-limit" and result.metadata["t.jsonl/c"].unit == "科技局"
    assert kejidiff.check([tmp_path / "draft.txt"], against=[path], own=["甲"]).verdict == "pass"


def test_a_library_keeps_rows_with_what_is_known_of_them(tmp_path: Path) -> None:
    """Each by its id; added again, all are there already. What is given in the call comes first."""
    path = archive(tmp_path, title="题", year=2020, url=7, tags=3)
    with kejidiff.Library(tmp_path / "l.db") as library:
        states = [(one.path, getattr(one, "state", "")) for one in library.add([path])]
        assert states == [(f"t.jsonl/{name}", "added") for name in TEXTS]
        known = [one.file.metadata for one in library.documents()]
        assert [(one.title, one.year, one.url, one.tags) for one in known] == [("题", "2020", "7", ())] * 3
        assert {getattr(one, "state", "") for one in library.add([path])} == {"unchanged"}
        assert {getattr(one, "state", "") for one in library.add([path], metadata={"year": "2021"})} != {""}
        assert {one.file.metadata.year for one in library.documents()} == {"2021"}
    (tmp_path / "draft.txt").write_text(TEXTS["b#2"], "utf-8")
    checked = kejidiff.check([tmp_path / "draft.txt"], library=tmp_path / "l.db")
    assert checked.verdict == "over-limit"


def test_a_clean_copy_of_packed_rows_is_packed_and_of_a_table_lines(tmp_path: Path) -> None:
    """zstd comes out as zstd, lines byte for byte; rows of Parquet as lines of JSON with all their fields."""
    import pyarrow
    from pyarrow import parquet

    from kejidiff.read.archives import rows_of, shards_of
    from kejidiff.read.archives.packed import packed
    from kejidiff.read.discover import FoundFile

    data = archive(tmp_path, year=2020).read_bytes()
    (tmp_path / "t.jsonl").unlink()
    (tmp_path / "t.jsonl.zst").write_bytes(packed(data + data, "zstd"))
    copy = dict(clean_copy(kejidiff.dedup([tmp_path])))
    (tmp_path / "copy.jsonl").write_bytes(copy["t.jsonl.zst"])
    shards = shards_of(FoundFile("copy.jsonl", str(tmp_path / "copy.jsonl")), 1 << 30)
    assert not isinstance(shards, Skipped) and [row.id for row in rows_of(shards[0], JsonLines())] == [*TEXTS]
    for path in tmp_path.iterdir():
        path.unlink()
    table = {"id": [*TEXTS, "z again"], "text": [*TEXTS.values(), TEXTS["c"]], "year": [1, 2, 3, 4]}
    parquet.write_table(pyarrow.table(table), tmp_path / "t.parquet")
    copy = dict(clean_copy(kejidiff.dedup([tmp_path])))
    kept = [json.loads(line) for line in copy["t.parquet.jsonl"].splitlines()]
    assert [(row["id"], row["year"]) for row in kept] == [("a/1", 1), ("b#2", 2), ("c", 3)]
    assert {row["text"] for row in kept} == set(TEXTS.values())


def test_an_archive_changed_meanwhile_is_not_copied(tmp_path: Path) -> None:
    """A row that is no longer what was judged ends it."""
    path = archive(tmp_path)
    result = kejidiff.dedup([path])
    path.write_text(path.read_text("utf-8").replace("。", "！", 1), "utf-8")
    with pytest.raises(NotReadError) as raised:
        dict(clean_copy(result))
    assert raised.value.slug == "changed-while-reading"


def test_one_field_cannot_be_text_and_id() -> None:
    """That is refused before anything is read."""
    with pytest.raises(UsageError):
        JsonLines(text="id")
