"""Archives on the command line: the options that say how they are read, ids on every screen, and what is told."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, in_a_process, is_one_message
from small_reports import HOSTILE, LEFT, OTHER, RIGHT

Call = Callable[..., Ended]

#: What may reach no screen and no file: controls but the line end, what turns the direction, halves of characters.
ALIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def archive(folder: Path, ids: tuple[str, str, str] = ("a", "b", "c"), text: str = "text", own: str = "id") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{own: name, text: words, "unit": "站"} for name, words in zip(ids, (LEFT, RIGHT, OTHER), strict=True)]
    (folder / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder / "t.jsonl"


@pytest.mark.parametrize("asked", [("--text-field", "body", "--id-field", "n"), ("--config", "k.toml")])
def test_fields_are_named_by_options_or_settings(call: Call, tmp_path: Path, asked: tuple[str, ...]) -> None:
    """For a scan, a look at two and a check; the record holds what was asked for, and other fields."""
    archive(tmp_path / "texts", text="body", own="n")
    (tmp_path / "k.toml").write_text('text-field = "body"\nid-field = "n"\n')
    ended = call("scan", "texts", *asked, "--format", "json", "--no-reports")
    record = json.loads(ended.text)
    assert (ended.code, ended.err) == (0, "")
    assert [one["id"] for one in record["documents"]] == ["t.jsonl/a#1", "t.jsonl/b#1", "t.jsonl/c#1"]
    assert record["options"]["json_lines"] == {"text": "body", "id": "n", "every": False}
    assert {one["metadata"]["unit"] for one in record["documents"]} == {"站"}
    assert call("show", "a", "b", "--in", "texts/t.jsonl", *asked, "--format", "json").code == 0
    (tmp_path / "draft.txt").write_text(RIGHT)
    checked = call("check", "draft.txt", "--against", "texts/t.jsonl", *asked, "--no-reports", "--format", "json")
    assert checked.code == 1 and json.loads(checked.text)["verdict"] == "over-limit"
    added = call("library", "add", "texts", *asked, "--format", "jsonl")
    assert [json.loads(line)["path"] for line in added.text.splitlines()] == ["t.jsonl/a", "t.jsonl/b", "t.jsonl/c"]
    assert call("explain", "a", "b", "--in", "texts/t.jsonl", *asked).code == 0


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "md", "html", "sarif"])
def test_no_id_reaches_a_screen_alive(tmp_path: Path, form: str) -> None:
    """Escapes, line ends, marks that turn the direction, lone surrogates: seen in every form, active in none."""
    archive(tmp_path / "texts", (f"a{HOSTILE}", "b\n\r\x00/../#2\ud800", "=1+1"))
    ended = in_a_process("scan", "texts", "--format", form, "--no-reports", "--color", "never", cwd=tmp_path)
    assert ended.code == 0 and not ALIVE.search(ended.text.replace("\r\n", "\n") if form == "csv" else ended.text)
    assert not ALIVE.search(ended.err)


def test_where_to_look_is_a_command_that_works(call: Call, tmp_path: Path) -> None:
    """The last line of a scan shows the strongest pair: the archive's path and the ids behind it."""
    archive(tmp_path / "texts")
    ended = call("scan", "texts/t.jsonl", "--no-reports", "--width", "120")
    (command,) = re.findall("kejidiff (show .*)", ended.text)
    assert command.split() == ["show", "texts/t.jsonl/a", "texts/t.jsonl/b"]
    assert call(*command.split()).code == 0


def test_a_file_of_other_fields_is_told_once(call: Call, tmp_path: Path) -> None:
    """Exit 3, one line that names the fields there are and the option."""
    archive(tmp_path / "texts", text="body")
    for name, words in (("a.txt", LEFT), ("b.txt", OTHER)):
        (tmp_path / "texts" / name).write_text(words)
    ended = call("scan", "texts", "--no-reports")
    assert ended.code == 3 and is_one_message(ended, "t.jsonl", "damaged", "'body'", "--text-field")


def test_an_archive_has_no_text_of_its_own(call: Call, tmp_path: Path) -> None:
    """`--dump-text` says so, as of a zip archive."""
    archive(tmp_path / "texts")
    ended = call("scan", "--dump-text", "texts/t.jsonl")
    assert ended.code == 3 and is_one_message(ended, "t.jsonl", "no-text") and ended.out == b""


def test_parquet_without_its_extra_is_told(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install; the other files are compared."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "t.parquet").write_bytes(b"PAR1 PAR1")
    for name, words in (("a.txt", LEFT), ("b.txt", OTHER)):
        (tmp_path / "texts" / name).write_text(words)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ended = call("scan", "texts", "--no-reports")
    assert ended.code == 3 and is_one_message(ended, "t.parquet", "unsupported", "kejidiff[parquet]")


def test_stdin_may_be_an_archive(tmp_path: Path) -> None:
    """With `--jsonl`; its rows are `-/ID`."""
    rows = archive(tmp_path / "texts").read_bytes()
    ended = in_a_process("scan", "-", "--jsonl", "--format", "json", "--no-reports", cwd=tmp_path, stdin=rows)
    assert ended.code == 0 and [one["id"] for one in json.loads(ended.text)["documents"]] == ["-/a#1", "-/b#1", "-/c#1"]
