"""Rows of an archive as the texts of a scan: what each is called, what is told of it, and what of the archive."""

import hashlib
from pathlib import Path

import pytest
from archives_made import found, gzipped, line, write_parquet, zstandard

from kejidiff.model import Skipped, SourceText
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.read import read_texts


def read(path: Path, **options: object) -> tuple[SourceText | Skipped, ...]:
    return read_texts(found(path), ScanOptions(**options))  # type: ignore[arg-type]


def told(files: tuple[SourceText | Skipped, ...]) -> list[tuple[str, str]]:
    """Path and reason of each, no reason where there is nothing to say."""
    return [
        (one.path, one.reason if isinstance(one, Skipped) else "".join(warning.reason for warning in one.warnings))
        for one in files
    ]


def test_an_archive_is_its_rows(tmp_path: Path) -> None:
    """The archive itself is a file that was read, and behind it each row is one, in its order."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(line({"id": "x/1", "text": "渠道", "year": 2020}) + b"\n" + line({"text": "水库"}))
    assert read(path) == (
        SourceText("a.jsonl", "", "", format="archive"),
        SourceText(
            "a.jsonl/x/1", "渠道", sha256=hashlib.sha256("渠道".encode()).hexdigest(), format="json-line",
            metadata=b'{"year":2020}',
        ),
        SourceText("a.jsonl/3", "水库", sha256=hashlib.sha256("水库".encode()).hexdigest(), format="json-line"),
    )  # fmt: skip
    assert {file.location for file in read(path)} == {str(path)}


def test_packed_or_not_the_texts_are_the_same(tmp_path: Path) -> None:
    """Plain, gzip and zstd differ in the archive's name only; Parquet in that of the format, too."""
    values = [{"id": f"n{at}", "text": f"第{at}篇", "y": at} for at in range(30)]
    data = b"".join(map(line, values))
    for name, packed in (("a.jsonl", data), ("a.ndjson.gz", gzipped(data)), ("a.jsonl.zst", zstandard(data))):
        (tmp_path / name).write_bytes(packed)
    write_parquet(tmp_path / "a.parquet", {key: [value[key] for value in values] for key in ("id", "text", "y")}, 7)
    seen = {
        path.name: [
            (one.path.removeprefix(path.name), one.text, one.sha256, one.metadata)
            for one in read(path)
            if isinstance(one, SourceText)
        ]
        for path in sorted(tmp_path.iterdir())
    }
    assert len(seen) == 4 and all(own == seen["a.jsonl"] and len(own) == 31 for own in seen.values())
    assert {one.format for one in read(tmp_path / "a.parquet") if isinstance(one, SourceText)} == {
        "archive", "parquet-row",
    }  # fmt: skip


def test_ids_that_repeat_are_told_and_bad_rows_are_one_entry_each(tmp_path: Path) -> None:
    """Nothing is lost in silence: every line that is not blank is one entry."""
    path = tmp_path / "a.jsonl"
    good = line({"id": "n", "text": "渠道"})
    bad = [b"{\n", line({"id": "e", "text": " "}), line({"id": "z"}), line({"text": "长" * 99})]
    path.write_bytes(good + good + b"".join(bad))
    assert told(read(path, max_file_bytes=200)) == [
        ("a.jsonl", ""), ("a.jsonl/n", ""), ("a.jsonl/n@2", "duplicate-id"), ("a.jsonl/3", "damaged"),
        ("a.jsonl/e", "empty"), ("a.jsonl/z", "damaged"), ("a.jsonl/6", "too-large"),
    ]  # fmt: skip


def test_odd_ids_are_names_as_they_are(tmp_path: Path) -> None:
    """A line end, an escape, a lone surrogate: what shows them makes them visible; that one is none is told."""
    path = tmp_path / "a.jsonl"
    names = ["a\nb", "\x1b[31m", "../../etc", "a#2", "\u202eevil"]
    path.write_bytes(b"".join(line({"id": name, "text": "渠道"}) for name in names) + b'{"id":"\\ud800","text":"x"}')
    assert told(read(path))[1:] == [
        *((f"a.jsonl/{name}", "") for name in names), ("a.jsonl/\ud800", "name-undecodable"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (line({"content": "渠道", "title": "题", "n": 1}) * 3, "'content', 'title' (--text-field NAME)"),
        ("一个文件\n没有 JSON\n".encode(), "none of its rows (2) is an object with a string 'text'"),
    ],
)
def test_where_no_row_has_a_text_the_archive_is_one_entry(tmp_path: Path, content: bytes, hint: str) -> None:
    """With the fields there are, for who has to choose among them; no text is quoted."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    (only,) = read(path)
    assert isinstance(only, Skipped) and (only.path, only.reason) == ("a.jsonl", "damaged")
    assert hint in only.message and "渠道" not in only.message
    if b"content" in content:
        assert len(read(path, json_lines=JsonLines(text="content"))) == 4


def test_an_archive_that_breaks_off_is_an_error_with_the_rows_before(tmp_path: Path) -> None:
    """They are read; that the rest is not stands in the archive's own entry."""
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(zstandard(line({"text": "渠道"}) * 3) + zstandard(line({"text": "水库" * 99}))[:-8])
    files = read(path)
    assert told(files)[:4] == [
        ("a.jsonl.zst", "damaged"), ("a.jsonl.zst/1", ""), ("a.jsonl.zst/2", ""), ("a.jsonl.zst/3", ""),
    ]  # fmt: skip
    assert "rows before that were read" in getattr(files[0], "message", "")


def test_signs_of_evasion_are_told_of_rows_too(tmp_path: Path) -> None:
    """Hidden characters in a row's text are what they are in a file's."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(line({"id": "n", "text": "科\u200b技\u200b创\u200b新\u200b工\u200b作总结"}))
    assert told(read(path))[1] == ("a.jsonl/n", "evasion-suspected")


def test_blank_lines_alone_are_an_empty_archive(tmp_path: Path) -> None:
    """No row, and that is said."""
    (tmp_path / "a.jsonl").write_bytes(b"\n \r\n\n")
    assert told(read(tmp_path / "a.jsonl")) == [("a.jsonl", "empty")]


def test_a_folder_of_fields_nested_without_end_is_told(tmp_path: Path) -> None:
    """What is nested deeper than a parser's stack is an entry, not an end."""
    path = tmp_path / "a.jsonl"
    deep = b"[" * 600 + b"]" * 600
    path.write_bytes(b'{"id":"d","text":"x","m":' + deep + b"}\n" + line({"id": "n", "text": "渠道"}))
    assert told(read(path))[1:] == [("a.jsonl/1", "too-deep"), ("a.jsonl/n", "")]


def test_any_file_is_an_archive_where_that_is_asked_for(tmp_path: Path) -> None:
    """`--jsonl`: names do not count then."""
    (tmp_path / "a.txt").write_bytes(line({"id": "n", "text": "渠道"}))
    assert [one.path for one in read(tmp_path / "a.txt", json_lines=JsonLines(every=True))] == ["a.txt", "a.txt/n"]
    assert [one.path for one in read(tmp_path / "a.txt")] == ["a.txt"]
