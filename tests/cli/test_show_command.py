"""`kejidiff show`: names, forms, width, pager, exit codes."""

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, environment, is_one_message
from small_reports import LEFT, hostile_pair, pair

Call = Callable[..., Ended]


def test_two_reports_stand_side_by_side(call: Call, tmp_path: Path) -> None:
    """Both names and both versions of what was changed are there, and nothing on stderr."""
    pair(tmp_path / "texts")
    ended = call("show", "left.txt#1", "right.txt#1", "--in", "texts")
    assert (ended.code, ended.err) == (0, "")
    for word in ("left.txt#1", "right.txt#1", "云杉镇水利工作总结", "槐花坪灌区年度报告", "核算", "测算"):
        assert word in ended.text
    assert "\x1b" not in ended.text


@pytest.mark.parametrize("names", [("texts/left.txt", "texts/right.txt"), ("left", "right"), ("云杉镇", "槐花坪灌区")])
def test_paths_beginnings_and_titles_are_names(call: Call, tmp_path: Path, names: tuple[str, str]) -> None:
    """A path, the beginning of an id and a part of a title all lead to the same pair."""
    pair(tmp_path / "texts")
    ended = call("show", *names, "--in", "texts", "--format", "json")
    assert ended.code == 0, ended.err
    record = json.loads(ended.out)
    assert record["schema"] == "kejidiff.show/1"
    assert [document["title"] for document in record["documents"]] == ["云杉镇水利工作总结", "槐花坪灌区年度报告"]
    assert len(record["comparisons"]) == 1


def test_a_name_for_nothing_and_a_name_for_several(call: Call, tmp_path: Path) -> None:
    """No match and several matches are both told in a line, the latter with the ids to choose from."""
    folder = pair(tmp_path / "texts")
    (folder / "left2.txt").write_text(LEFT, encoding="utf-8")
    nothing = call("show", "nosuch", "right", "--in", "texts")
    assert nothing.code == 2 and is_one_message(nothing, "nosuch: no-match: ")
    several = call("show", "left", "right", "--in", "texts")
    assert several.code == 2 and is_one_message(several, "left: ambiguous: ", "left.txt#1", "left2.txt#1")


def test_two_reports_that_share_nothing_can_be_shown(call: Call, tmp_path: Path) -> None:
    """Nothing in common is an answer, not an error."""
    pair(tmp_path / "texts")
    ended = call("show", "texts/left.txt", "texts/other.txt")
    assert (ended.code, ended.err) == (0, "")
    assert ended.text.strip()


def test_show_looks_where_the_last_scan_was(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a scan of a folder its ids work from anywhere without `--in`."""
    folder = pair(tmp_path / "texts")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert call("scan", str(folder), "--no-reports").code == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    ended = call("show", "left", "right")
    assert ended.code == 0, ended.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("form", ["text", "md", "html", "csv"])
def test_nothing_hostile_is_alive_in_any_form(call: Call, tmp_path: Path, form: str) -> None:
    """Control and hidden characters of a document come out spelled in every form people look at."""
    folder = hostile_pair(tmp_path / "texts")
    names = [str(path) for path in sorted(folder.iterdir())]
    ended = call("show", *names, "--full", "--format", form)
    assert ended.code == 0, ended.err
    assert not set(ended.text) & set("\x1b\x07\x9b\u202e\u200b")
    assert "⟦U+202E⟧" in ended.text
    assert "<script>alert(1)" not in ended.text or form in ("text", "csv")


@pytest.mark.parametrize("width", [20, 60, 140])
def test_the_width_binds(call: Call, tmp_path: Path, width: int) -> None:
    """No line is wider than `--width`, a Hanzi counted as two."""
    from unicodedata import east_asian_width

    pair(tmp_path / "texts")
    for command in (("show", "texts/left.txt", "texts/right.txt"), ("scan", "texts", "--no-reports")):
        ended = call(*command, "--width", str(width), "--lang", "zh")
        assert ended.code == 0, ended.err
        assert max(sum(1 + (east_asian_width(c) in "WF") for c in line) for line in ended.text.splitlines()) <= width


def on_a_terminal(folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Exit code and screen of a call with stdin, stdout and stderr on a terminal of 24 lines."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kejidiff", *arguments],
        cwd=folder,
        env=environment(TERM="xterm", LINES="24", COLUMNS="80", **variables),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    screen = b""
    try:
        while select.select([master], [], [], 30)[0]:
            try:
                data = os.read(master, 65536)
            except OSError:  # Linux: the last process closed the terminal
                break
            if not data:
                break
            screen += data
        code = process.wait(timeout=20)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    return code, screen.decode("utf-8", "replace")


def test_long_text_goes_through_the_pager(tmp_path: Path, seeds: Path) -> None:
    """On a terminal PAGER gets what is longer than the screen; `--no-pager` and a short text do without it."""
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\nread line\necho "PAGER RAN: $1"\n', encoding="utf-8")
    pager.chmod(0o755)
    long = ("show", "001#1", "002#2", "--in", str(seeds), "--full")
    code, screen = on_a_terminal(tmp_path, *long, PAGER=f"'{pager}' first")
    assert (code, screen.strip()) == (0, "PAGER RAN: first")
    code, screen = on_a_terminal(tmp_path, *long, "--no-pager", PAGER=str(pager))
    assert code == 0 and "PAGER RAN" not in screen and "001_96a2032afdb334c4.txt#1" in screen
    assert "\x1b[" in screen
    pair(tmp_path / "texts")
    code, screen = on_a_terminal(
        tmp_path, "show", "texts/left.txt", "texts/other.txt", "--context", "0", PAGER=str(pager)
    )
    assert code == 0 and "PAGER RAN" not in screen


def test_a_pager_that_is_not_there_is_done_without(tmp_path: Path, seeds: Path) -> None:
    """A PAGER nobody can start means plain output, not an error."""
    long = ("show", "001#1", "002#2", "--in", str(seeds), "--full")
    code, screen = on_a_terminal(tmp_path, *long, PAGER="no-such-pager --really", NO_COLOR="1")
    assert code == 0 and "001_96a2032afdb334c4.txt#1" in screen
