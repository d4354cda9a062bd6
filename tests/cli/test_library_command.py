"""`kejidiff library`: what is printed, where, and with which code it ends."""

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, in_a_process, is_one_message
from small_reports import HOSTILE, OTHER, pair

from kejidiff.library.schema import digest
from kejidiff.view.terminal.cells import text_width

Call = Callable[..., Ended]


def test_a_line_a_file_then_listed_then_gone(call: Call, tmp_path: Path) -> None:
    """`add --format jsonl` tells path, id and state of each file; list shows the ids; remove takes one out."""
    pair(tmp_path / "in")
    added = [json.loads(line) for line in call("library", "add", "in", "--format", "jsonl").text.splitlines()]
    assert [(one["path"], one["id"], one["state"]) for one in added] == [
        (name, f"{name}#1", "added") for name in ("left.txt", "other.txt", "right.txt")
    ]
    again = call("library", "add", "in", "--format", "jsonl")
    assert (again.code, {json.loads(line)["state"] for line in again.text.splitlines()}) == (0, {"unchanged"})
    listed = json.loads(call("library", "list", "--format", "json").text)
    assert [one["id"] for one in listed["documents"]] == [one["id"] for one in added]
    assert call("library", "remove", "other.txt#1").code == 0
    assert len(json.loads(call("library", "list", "--format", "json").text)["documents"]) == 2
    assert call("library", "verify").code == 0
    assert json.loads(call("library", "info", "--format", "json").text)["documents"] == 2


@pytest.mark.parametrize("width", [30, 60, 100])
def test_a_long_title_is_cut_to_the_width(call: Call, tmp_path: Path, width: int) -> None:
    """A list is looked over line by line: a title of a thousand characters takes one of them."""
    pair(tmp_path / "in")
    assert call("library", "add", "in/left.txt", "--meta", f"title={'水利' * 500}").code == 0
    lines = call("library", "list", "--width", str(width)).text.splitlines()
    assert len(lines) <= 4 and sum("…" in line for line in lines) == 1
    assert max(map(text_width, lines)) <= width


def test_the_file_is_its_owners_only(call: Call, tmp_path: Path) -> None:
    """It quotes reports, so nobody else may read it, whatever the umask."""
    pair(tmp_path / "in")
    old = os.umask(0)
    try:
        call("library", "add", "in")
    finally:
        os.umask(old)
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("kejidiff*")} == {
        "kejidiff.db": 0o600,
        "kejidiff.db-lock": 0o600,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("library", "list"),
        ("library", "export"),
        ("library", "verify"),
        ("library", "add", "in"),
        ("check", "in/left.txt", "--against", "in/other.txt", "--no-reports"),
        ("check", "in/left.txt", "--against", "in/other.txt", "--no-reports", "--write-baseline", "kejidiff.db"),
        ("scan", "in", "--no-reports"),
    ],
)
def test_no_result_takes_the_place_of_a_library(call: Call, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A slip of `-o` would be the end of years of reports: 2, and the library is as it was."""
    pair(tmp_path / "in")
    call("library", "add", "in")
    ended = call(*arguments, *([] if "--write-baseline" in arguments else ["-o", "kejidiff.db"]))
    assert ended.code == 2
    assert "kejidiff.db: usage: is a library of kejidiff; nothing was written" in ended.err
    assert call("library", "verify").code == 0


def test_an_export_is_taken_from_stdin(tmp_path: Path) -> None:
    """`-`, as everywhere a file is expected."""
    pair(tmp_path / "in")
    in_a_process("library", "add", "in", cwd=tmp_path)
    exported = in_a_process("library", "export", cwd=tmp_path).out
    ended = in_a_process("library", "import", "-", "--library", "new.db", cwd=tmp_path, stdin=exported)
    assert (ended.code, in_a_process("library", "export", "--library", "new.db", cwd=tmp_path).out) == (0, exported)


def test_what_cannot_be_read_is_told_and_the_rest_kept(call: Call, tmp_path: Path) -> None:
    """An unreadable file makes exit 3, with its reason on stderr; the others are in the library."""
    pair(tmp_path / "in")
    (tmp_path / "in" / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    ended = call("library", "add", "in")
    assert ended.code == 3
    assert is_one_message(ended, "z.png: binary: PNG image")
    assert "3 added" in ended.text


@pytest.mark.parametrize("command", ["list", "info", "verify", "export", "remove"])
def test_reading_what_is_not_there_makes_nothing(call: Call, tmp_path: Path, command: str) -> None:
    """A missing library is exit 4 and one line, and is not made by looking for it."""
    ended = call("library", command, *(["x"] if command == "remove" else []))
    assert ended.code == 4
    assert is_one_message(ended, "kejidiff.db", "library-missing")
    assert list(tmp_path.iterdir()) == []


def test_damage_is_exit_4_and_a_line_each(call: Call, tmp_path: Path) -> None:
    """verify names what is damaged, as text and as JSON."""
    pair(tmp_path / "in")
    call("library", "add", "in")
    data = bytearray((tmp_path / "kejidiff.db").read_bytes())
    data[-100] ^= 1
    (tmp_path / "kejidiff.db").write_bytes(data)
    ended = call("library", "verify")
    assert ended.code == 4
    assert "damaged" in ended.text
    record = json.loads(call("library", "verify", "--format", "json").text)
    assert not record["sound"]
    assert record["problems"]


def test_a_library_in_a_scanned_folder_is_no_report(call: Call, tmp_path: Path) -> None:
    """The library, its lock file and metadata beside reports are ignored, and the scan stays complete."""
    pair(tmp_path)
    (tmp_path / "left.txt.meta.json").write_text('{"year": "2024"}', encoding="utf-8")
    call("library", "add", ".")
    ended = call("scan", ".", "--no-reports", "--format", "json")
    record = json.loads(ended.text)
    assert ended.code == 0
    assert record["complete"]
    states = {file["path"]: file["reason"] for file in record["files"] if file["state"] == "skipped"}
    assert states == dict.fromkeys(("kejidiff.db", "kejidiff.db-lock", "left.txt.meta.json"), "ignored")


def test_settings_of_the_group(call: Call, tmp_path: Path) -> None:
    """`[library]` holds for every command of the group that has the option; an unknown key is refused."""
    pair(tmp_path / "in")
    (tmp_path / "kejidiff.toml").write_text('[library]\nlibrary = "archive.db"\njobs = 1\n', encoding="utf-8")
    assert call("library", "add", "in").code == 0
    assert call("library", "list").code == 0
    assert (tmp_path / "archive.db").exists()
    (tmp_path / "kejidiff.toml").write_text("[library]\ncolour = 1\n", encoding="utf-8")
    assert call("library", "list").code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_text_keeps_to_the_width_and_hides_nothing(call: Call, tmp_path: Path, lang: str, width: int) -> None:
    """No line is wider than asked, no control character of a name, a title or metadata reaches the terminal."""
    (tmp_path / "in").mkdir()
    name = "a\x1b[31m[bold]\u202e.txt"
    (tmp_path / "in" / name).write_text(f"{HOSTILE}总结\n\n{OTHER}", encoding="utf-8")
    options = ("--lang", lang, "--width", str(width), "--color", "never")
    printed = [call("library", "add", "in", "--meta", f"unit={HOSTILE}", *options)]
    printed += [call("library", command, *options) for command in ("list", "info", "verify")]
    printed.append(call("library", "remove", "a", *options))
    for ended in printed:
        assert ended.code == 0
        assert max(map(text_width, ended.text.splitlines())) <= width
        assert not set("\x1b\x07\u202e\u200b") & set(ended.text)


def test_a_library_made_by_hand_sends_nothing_to_the_terminal(call: Call, tmp_path: Path) -> None:
    """Its parameters and its history are told with what has no look spelled out, as everything that came in a file."""
    pair(tmp_path)
    assert call("library", "add", "left.txt").code == 0
    with sqlite3.connect(tmp_path / "kejidiff.db") as connection:
        parameter, layout = ("a\x1b[31m", "b\u202e"), (7, "now\x1b[2J", "tool\x07")
        connection.execute("INSERT INTO settings VALUES (?, ?, ?)", (*parameter, digest(parameter)))
        connection.execute("INSERT INTO migrations VALUES (?, ?, ?, ?)", (*layout, digest(layout)))
    connection.close()
    ended = call("library", "info", "--color", "never")
    assert ended.code == 0
    assert not set("\x1b\x07\u202e") & set(ended.text)
    assert "⟦U+001B⟧" in ended.text and "⟦U+202E⟧" in ended.text


def test_csv_is_safe_to_open(call: Call, tmp_path: Path) -> None:
    """A title or a unit that would be a formula is text."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(OTHER, encoding="utf-8")
    call("library", "add", "in", "--meta", "unit==1+1", "--meta", "title=@SUM(A1)")
    rows = list(csv.DictReader(io.StringIO(call("library", "list", "--format", "csv").text.removeprefix("\ufeff"))))
    assert (rows[0]["unit"], rows[0]["title"]) == ("'=1+1", "'@SUM(A1)")


def test_a_closed_pipe_keeps_what_was_told(tmp_path: Path) -> None:
    """Results that nobody reads end the call; what was acknowledged is there."""
    pair(tmp_path / "in")
    ended = in_a_process("library", "add", "in", "--format", "jsonl", cwd=tmp_path, before=lambda: os.close(1))
    assert ended.code == 5
    listed = in_a_process("library", "verify", cwd=tmp_path)
    assert listed.code == 0
