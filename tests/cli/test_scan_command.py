"""`kejidiff scan`: exit codes, what goes where, and what happens when something fails."""

import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, environment, in_a_process, is_one_message, without_privileges
from small_reports import HOSTILE, LEFT, OTHER, hostile_pair, pair

Call = Callable[..., Ended]

RECORD = ("--format", "json", "--no-reports")
ALIVE = set("\x1b\x07\x9b\u202e\u200b")


def test_a_scan_says_what_it_found_and_where_it_wrote_it(call: Call, tmp_path: Path) -> None:
    """The summary names the pair, stderr stays silent, the three report files are there, and all is well."""
    pair(tmp_path / "texts")
    ended = call("scan", "texts")
    assert (ended.code, ended.err) == (0, "")
    assert "云杉镇水利工作总结" in ended.text and "槐花坪灌区年度报告" in ended.text and "\x1b" not in ended.text
    assert "reports/report.html" in ended.text
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"report.html", "report.json", "passages.csv"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "reports").iterdir()} == {0o600}


def test_one_report_alone_is_said_to_be_alone(tmp_path: Path) -> None:
    """Nothing is wrong with it, so the exit code is 0; but that nothing was compared is said, in one line."""
    (tmp_path / "a.txt").write_text("科技创新工作取得进展。", encoding="utf-8")
    run = in_a_process("scan", "a.txt", "--no-reports", cwd=tmp_path)
    assert run.code == 0
    assert run.err.splitlines() == [
        "kejidiff: a.txt#1: one-document: there is nothing to compare it with (name another file or a folder)"
    ]


def test_the_record_is_the_same_wherever_it_goes(call: Call, tmp_path: Path) -> None:
    """stdout, `-o` and report.json hold the same bytes under any locale, hash seed, width, colour, order of paths."""
    folder = pair(tmp_path / "texts")
    chinese = {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "gbk", "PYTHONHASHSEED": "2", "COLUMNS": "40"}
    runs = [
        in_a_process("scan", "texts", *RECORD, cwd=tmp_path, variables={"LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        in_a_process("scan", "texts", *RECORD, "--color", "always", cwd=tmp_path, variables=chinese),
        call("scan", "texts", *RECORD, "--jobs", "2"),
    ]
    assert [run.code for run in runs] == [0, 0, 0]
    assert runs[0].out == runs[1].out == runs[2].out
    assert json.loads(runs[0].out)["schema"] == "kejidiff.scan/1"
    assert call("scan", "texts", "--format", "json", "-o", "out.json").out == b""
    assert (tmp_path / "out.json").read_bytes() == runs[0].out
    assert (tmp_path / "reports" / "report.json").read_bytes() == runs[0].out
    names = [str(path.relative_to(tmp_path)) for path in sorted(folder.iterdir())]
    assert call("scan", *names, *RECORD).out == call("scan", *names[::-1], *RECORD).out


@pytest.mark.parametrize(
    ("form", "beginning"), [("jsonl", b"{"), ("csv", b"\xef\xbb\xbf"), ("md", b"#"), ("html", b"<")]
)
def test_every_format_comes_on_stdout(call: Call, tmp_path: Path, form: str, beginning: bytes) -> None:
    """Each format is what it says and goes to stdout, with nothing on stderr and no file beside it."""
    pair(tmp_path / "texts")
    ended = call("scan", "texts", "--format", form, "--no-reports")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(beginning)
    if form == "jsonl":
        assert json.loads(ended.text.splitlines()[0])["type"] == "scan"
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_reuse_at_the_limit_ends_with_one(call: Call, tmp_path: Path) -> None:
    """`--fail-on` at or under the greatest ratio is over it, a little more is not; and 1 beats 3."""
    folder = pair(tmp_path / "texts")
    record = json.loads(call("scan", "texts", *RECORD).out)
    highest = max(document["reuse"]["total"] for document in record["documents"])
    assert 0.3 < highest < 1
    over = call("scan", "texts", *RECORD, "--fail-on", "30%")
    assert over.code == 1 and is_one_message(over, ".txt#1: over-limit: ", "30.0%")
    assert call("scan", "texts", *RECORD, "--fail-on", f"{highest - 0.00001:.6f}").code == 1
    assert call("scan", "texts", *RECORD, "--fail-on", f"{highest + 0.00001:.6f}").code == 0
    (folder / "empty.txt").write_bytes(b"")
    assert call("scan", "texts", *RECORD, "--fail-on", "0.3").code == 1
    assert call("scan", "texts", *RECORD, "--fail-on", "1").code == 3


def test_one_report_is_enough_to_read(call: Call, tmp_path: Path) -> None:
    """A single report is read, has nothing to be compared with, and that is no mistake."""
    (tmp_path / "alone.txt").write_text(LEFT, encoding="utf-8")
    ended = call("scan", "alone.txt", *RECORD)
    assert ended.code == 0
    record = json.loads(ended.out)
    assert (len(record["documents"]), record["comparisons"]) == (1, [])
    assert call("scan", "alone.txt").code == 0


@pytest.mark.parametrize("given", [["nowhere"], ["texts", "nowhere.txt"], ["hollow"], [""]])
def test_nothing_to_read_is_a_wrong_call(call: Call, tmp_path: Path, given: list[str]) -> None:
    """A path that does not exist, and a folder without any file: 2, one line, and no report files."""
    pair(tmp_path / "texts")
    (tmp_path / "hollow").mkdir()
    ended = call("scan", *given)
    assert (ended.code, ended.out) == (2, b"")
    assert is_one_message(ended, given[-1])
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("marks.txt", "。…！——\n".encode(), "no-text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("noise.txt", bytes(range(128, 256)) * 40, None),
        ("paper.caj", b"CAJ\0" + bytes(50), "unsupported"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_done(
    call: Call, tmp_path: Path, name: str, content: bytes, reason: str | None
) -> None:
    """One bad file: 3, a line on stderr with its name and code, an entry in the record, and the others compared."""
    (pair(tmp_path / "texts") / name).write_bytes(content)
    ended = call("scan", "texts", *RECORD)
    assert ended.code == 3
    record = json.loads(ended.out)
    entry = next(file for file in record["files"] if file["path"] == name)
    assert entry["state"] in ("skipped", "error")
    assert reason in (None, entry["reason"])
    assert is_one_message(ended, f"kejidiff: {name}: {entry['reason']}: ")
    assert (record["complete"], len(record["comparisons"])) == (False, 1)
    assert len(record["files"]) == 4


def test_files_without_permission_links_and_pipes_are_told(tmp_path: Path) -> None:
    """Every file found is accounted for, readable or not, and hidden ones cost nothing."""
    folder = pair(tmp_path / "texts")
    (folder / "secret.txt").write_text(LEFT, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    (folder / "link.txt").symlink_to("left.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden.txt").write_text(OTHER, encoding="utf-8")
    ended = in_a_process("scan", "texts", *RECORD, cwd=tmp_path, before=without_privileges)
    states = {file["path"]: (file["state"], file["reason"]) for file in json.loads(ended.out)["files"]}
    assert states["secret.txt"] == ("error", "permission")
    assert states["link.txt"] == ("skipped", "symlink")
    assert states["pipe.txt"] == ("skipped", "special-file")
    assert states[".hidden.txt"] == ("skipped", "ignored")
    assert len(states) == 7
    assert ended.code == 3
    assert len(ended.lines) == 3 and ".hidden" not in ended.err


def test_quiet_and_verbose_change_what_is_said_and_nothing_else(call: Call, tmp_path: Path) -> None:
    """`--verbose` gives each file a line on stderr, `--quiet` none to any; stdout and the code are the same."""
    folder = pair(tmp_path / "texts")
    (folder / ".hidden.txt").write_text(OTHER, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    plain, verbose, quiet = (call("scan", "texts", *RECORD, *more) for more in ((), ("-v",), ("-q",)))
    assert [line.split(": ")[1] for line in plain.lines] == ["empty.txt"]
    assert [line.split(": ")[1] for line in verbose.lines] == sorted(path.name for path in folder.iterdir())
    assert quiet.err == ""
    assert plain.out == verbose.out == quiet.out
    assert plain.code == verbose.code == quiet.code == 3


def test_nothing_hostile_reaches_a_terminal_or_a_page(call: Call, tmp_path: Path) -> None:
    """Escape sequences, markup and hidden characters of names, titles and texts are shown, never obeyed."""
    (hostile_pair(tmp_path / "texts") / "bad\x1b[2J.txt").write_bytes(b"")
    plain = call("scan", "texts", "--all", "--color", "never", "--lang", "en")
    assert plain.code == 3
    assert not set(plain.text) & ALIVE and not set(plain.err) & ALIVE
    assert "⟦U+001B⟧[2J.txt" in plain.err and "⟦U+001B⟧" in plain.text
    page = (tmp_path / "reports" / "report.html").read_text(encoding="utf-8")
    assert not set(page) & ALIVE
    assert "<script>alert(1)" not in page and "<b>.txt" not in page
    assert "[bold red]" in page
    coloured = call("scan", "texts", "--color", "always", "--no-reports").text
    assert "\x1b[" in coloured
    assert "\x1b]0;owned" not in coloured and "\x1b[2J" not in coloured and not set(coloured) & (ALIVE - {"\x1b"})
    assert HOSTILE not in (tmp_path / "reports" / "passages.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", ["missing/out.json", "texts", "texts/left.txt/out.json"])
def test_an_output_that_cannot_be_written_is_five(call: Call, tmp_path: Path, target: str) -> None:
    """A missing folder, a folder in the file's place, a file in the folder's: 5, one line, nothing left behind."""
    folder = pair(tmp_path / "texts")
    ended = call("scan", "texts", *RECORD, "-o", target)
    assert (ended.code, ended.out) == (5, b"")
    assert is_one_message(ended, f"{target}: output: ")
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("name", ["new.json", "old.json"])
def test_a_read_only_folder_or_file_stays_as_it_is(tmp_path: Path, name: str) -> None:
    """No new file in a folder that may not be written to, and no old one replaced: 5, the old file whole and alone."""
    pair(tmp_path / "texts")
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "old.json").write_bytes(b"old")
    locked.chmod(0o500)
    ended = in_a_process("scan", "texts", *RECORD, "-o", f"locked/{name}", cwd=tmp_path, before=without_privileges)
    assert (ended.code, ended.out) == (5, b"")
    assert is_one_message(ended, f"locked/{name}: output: ")
    assert [(path.name, path.read_bytes()) for path in locked.iterdir()] == [("old.json", b"old")]


def test_reports_that_cannot_be_written_do_not_swallow_the_result(call: Call, tmp_path: Path) -> None:
    """The summary is printed, says nothing of reports, and the run ends with 5."""
    pair(tmp_path / "texts")
    ended = call("scan", "texts", "--reports", "missing/reports")
    assert ended.code == 5
    assert "云杉镇水利工作总结" in ended.text and "report.html" not in ended.text
    assert is_one_message(ended, "missing/reports: output: ")


def test_a_full_a_closed_and_a_deserted_stdout(tmp_path: Path) -> None:
    """A full device and a closed stdout end with 5 and a line; a reader that went away with 141 and without one."""
    pair(tmp_path / "texts")
    command = [sys.executable, "-m", "kejidiff", "scan", "texts", "--no-reports"]
    run = {"cwd": tmp_path, "env": environment(), "stderr": subprocess.PIPE, "text": True}
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, stdout=full, **run)
        assert (done.returncode, done.stderr.count("\n")) == (5, 1)
        assert done.stderr.startswith("kejidiff: stdout: output: ")
    done = subprocess.run([*command, "--format", "json"], preexec_fn=lambda: os.close(1), **run)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as deserted:
        done = subprocess.run(command, stdout=deserted, **run)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("target", ["texts/left.txt", "alias"])
def test_no_input_is_overwritten(call: Call, tmp_path: Path, target: str) -> None:
    """`-o` on one of the texts compared, by any of its names, ends with 2 and leaves the text as it was."""
    folder = pair(tmp_path / "texts")
    (tmp_path / "alias").symlink_to(folder / "left.txt")
    for paths in (["texts"], ["texts/left.txt", "texts/right.txt"]):
        ended = call("scan", *paths, *RECORD, "-o", target)
        assert ended.code == 2 and is_one_message(ended, target)
    assert (folder / "left.txt").read_text(encoding="utf-8") == LEFT


def test_stdin_is_a_file_like_any_other(tmp_path: Path) -> None:
    """`-` is read from stdin and compared with the rest."""
    pair(tmp_path / "texts")
    ended = in_a_process("scan", "-", "texts/right.txt", *RECORD, cwd=tmp_path, stdin=LEFT.encode())
    assert ended.code == 0
    assert len(json.loads(ended.out)["comparisons"]) == 1


def test_dump_text_prints_the_text_and_nothing_else(call: Call, tmp_path: Path) -> None:
    """The text that spans count in comes as UTF-8 on stdout, byte order mark removed, whatever the file's encoding."""
    (tmp_path / "gb.txt").write_bytes(LEFT.encode("gb18030"))
    (tmp_path / "bom.txt").write_bytes(b"\xef\xbb\xbf" + LEFT.replace("\n", "\r\n").encode())
    assert call("scan", "--dump-text", "gb.txt").out == LEFT.encode()
    assert call("scan", "--dump-text", "bom.txt").out == LEFT.replace("\n", "\r\n").encode()
    (tmp_path / "empty.txt").write_bytes(b"")
    ended = call("scan", "--dump-text", "empty.txt")
    assert (ended.code, ended.out) == (3, b"") and is_one_message(ended, "empty.txt: empty: ")
    ended = call("scan", "--dump-text", "nowhere.txt")
    assert (ended.code, ended.out) == (2, b"") and is_one_message(ended, "nowhere.txt")


@pytest.mark.parametrize("name", ["no-such", "base64"])
def test_an_encoding_nobody_knows_is_a_wrong_call(call: Call, tmp_path: Path, name: str) -> None:
    """`--encoding` with a name that is no text encoding ends with 2, whatever there is to read and whoever reads."""
    pair(tmp_path / "texts")
    for jobs in ("1", "2"):
        ended = call("scan", "texts", "--no-reports", "--encoding", name, "--jobs", jobs)
        assert ended.code == 2 and is_one_message(ended, f"{name}: unknown-encoding: ")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_run_at_once_and_leaves_nothing(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """Stopped while it reads, a run ends with the signal's code, without a word, a report or a temporary file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kejidiff", "scan", "-", "-o", "out.json"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdin is not None
        process.stdin.write(b"x")
        process.stdin.flush()
        _wait_until_read(process.stdin.fileno())
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out, err.strip()) == (code, b"", b"")
    assert list(tmp_path.iterdir()) == []


def _wait_until_read(pipe: int) -> None:
    """Until the other side has taken what was written: from then on it is reading, its handlers in place."""
    end = time.monotonic() + 20
    while struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0\0\0\0"))[0]:
        assert time.monotonic() < end
        time.sleep(0.01)
