"""What is written is safe to open, whatever names, titles and texts are: on a terminal, in a browser, in a table."""

import csv
import io
import json
import os
import pty
import re
import resource
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from every_command import calls, formats_of
from fault_process import PYTHON, Finished, command, finished, temporary_files, without_privileges
from hostile_reports import RAW, hostile_folder

#: What a spreadsheet takes for the beginning of a formula, behind whatever it passes over.
FORMULA = re.compile(
    r"[\s\x00-\x20\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫−]"
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_folder(tmp_path_factory.mktemp("hostile") / "reports")


#: Formats that are looked at on every change, of a scan; the rest is behind `make faults`.
ALWAYS = {"text", "html", "csv", "md", "json"}


@pytest.fixture(
    scope="module", params=["scan", pytest.param("every command", marks=pytest.mark.faults)], ids=lambda what: what
)
def outputs(
    request: pytest.FixtureRequest, hostile: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Finished]:
    """What every command prints, in every format, text in both languages."""
    root = tmp_path_factory.mktemp("outputs")
    lines: dict[tuple[str, str], list[str]] = {}
    for name, call in calls(hostile, root / "kejidiff.db").items():
        once = name == "library remove"  # a second time there is nothing to remove
        for form in formats_of(call)[-1:] if once else formats_of(call) or ("",):
            if request.param == "scan" and (name != "scan" or form not in ALWAYS):
                continue
            for lang in ("zh", "en") if form == "text" and call[0] != "library" else ("zh",):
                looks = ["--format", form, "--lang", lang, "--color", "never"] if form else []
                lines[name, f"{form or 'text'}-{lang}"] = [*call, *looks]
    program = [PYTHON, str(Path(__file__).with_name("forked_calls.py")), str(root)]
    ended = finished(program, root, stdin=json.dumps(list(lines.values())).encode())
    assert ended.code == 0, ended.err
    codes = json.loads(ended.out)
    made = {}
    for number, what in enumerate(lines):
        err = (root / f"err-{number}").read_bytes().decode("utf-8", "backslashreplace")
        assert codes[number] in (0, 1, 3), (what, codes[number], err)
        made[what] = Finished(codes[number], (root / f"out-{number}").read_bytes(), err, 0)
    return made


def test_nothing_steers_a_terminal(outputs: dict[tuple[str, str], Finished]) -> None:
    """No control, no bidirectional and no invisible character reaches stdout or stderr, in any command and format."""
    for what, ended in outputs.items():
        text = ended.out.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        assert RAW.findall(text) == [], what
        assert "\r" not in text, what
        assert RAW.findall(ended.err) == [] and "\r" not in ended.err, what
        assert ended.complaints == [], what


class _Page(HTMLParser):
    """What a browser would make of a page: its elements, and whether the policy came before all that it governs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.policy = ""
        self.before_policy: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "meta" and dict(attrs).get("http-equiv", "") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"] or ""
        elif not self.policy:
            self.before_policy.append(tag)


def test_pages_run_and_fetch_nothing(outputs: dict[tuple[str, str], Finished]) -> None:
    """A page holds no script, no element that fetches, no handler; its policy comes first and forbids everything."""
    pages = {what: ended for what, ended in outputs.items() if what[1].startswith("html")}
    assert pages
    for what, ended in pages.items():
        text = ended.out.decode()
        page = _Page()
        page.feed(text)
        page.close()
        assert set(page.before_policy) <= {"html", "head", "meta"}, what
        assert "default-src 'none'" in page.policy, what
        fetching = {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "link",
            "form",
            "audio",
            "video",
            "svg:script",
        }
        assert not fetching & set(page.tags), what
        names = {name for name, _ in page.attributes}
        assert not {name for name in names if name.startswith("on")} | (names & {"src", "srcset", "style", "action"}), (
            what
        )
        links = [value or "" for name, value in page.attributes if name in ("href", "xlink:href")]
        assert all(link.startswith("#") for link in links), what
        assert not [value for name, value in page.attributes if name == "http-equiv" and value == "refresh"], what
        styles = re.findall(r"<style[^>]*>(.*?)</style>", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), re.DOTALL)
        assert not any("url(" in style or "@import" in style for style in styles), what
        assert re.match(r"(?i)<!doctype html>\s*<html[^>]*>\s*<head>\s*<meta charset=\"?utf-8", text), what


def test_tables_hold_no_formula(outputs: dict[tuple[str, str], Finished]) -> None:
    """No cell that is no number begins with what a spreadsheet calculates, blanks and invisible characters aside."""
    tables = {what: ended for what, ended in outputs.items() if what[1].startswith("csv")}
    assert tables
    for what, ended in tables.items():
        assert ended.out.startswith(b"\xef\xbb\xbf"), what
        text = ended.out.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len(rows) > 1, what
        assert len({len(row) for row in rows}) == 1, what
        for cell in (cell for row in rows for cell in row):
            assert NUMBER.fullmatch(cell) or not FORMULA.match(cell), (what, cell[:40])


def test_records_are_sound(outputs: dict[tuple[str, str], Finished]) -> None:
    """JSON is JSON, one record or one a line, and markup of other kinds is well-formed."""
    for (name, form), ended in outputs.items():
        text = ended.out.decode()
        if form.startswith(("json-", "sarif")):
            json.loads(text)
        if form.startswith("jsonl"):
            assert [json.loads(line) for line in text.splitlines()], name
        if form.startswith("junit"):
            import xml.etree.ElementTree as ElementTree

            ElementTree.fromstring(ended.out)


def test_markdown_is_inert(outputs: dict[tuple[str, str], Finished]) -> None:
    """No markup of a document's becomes markup of ours: no tag, no link, no picture."""
    for what, ended in outputs.items():
        if what[1].startswith("md"):
            bare = re.sub(r"`+ [^\n]*? `+", "", re.sub(r"\\[!-/:-@\[-`{-~]", "", ended.out.decode()))
            assert not re.findall(r"<[a-zA-Z/!]|\]\(|https?://", bare), what


def test_a_terminal_gets_colours_and_nothing_else(hostile: Path, tmp_path: Path) -> None:
    """On a real terminal, colours on: every escape sequence is one of colour, every other control a line's end."""
    for name, call in calls(hostile, tmp_path / "kejidiff.db").items():
        if name not in ("scan", "show", "explain", "check", "dedup"):
            continue
        main, other = pty.openpty()
        pid = os.fork()
        if pid == 0:
            os.dup2(other, 1)
            os.environ.update(TERM="xterm-256color", PAGER="cat", LANG="zh_CN.UTF-8", PYTHONPATH=str(Path.cwd()))
            line = [os.fsencode(part) for part in command(*call, "--color", "always")]
            os.execv(line[0], line)
        os.close(other)
        data = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            data += piece
        os.close(main)
        os.waitpid(pid, 0)
        plain = re.sub("\x1b\\[[0-9;]*m", "", data.decode("utf-8"))
        assert data and RAW.findall(plain.replace("\r\n", "\n")) == [], name


def test_files_belong_to_their_owner(hostile: Path, tmp_path: Path) -> None:
    """Reports and results are 0600, under any mask, and nothing lies beside them."""
    ended = finished(command("scan", str(hostile), "--reports", "out", "-o", "result.txt"), tmp_path,
                     before=lambda: os.umask(0) and None)  # fmt: skip
    assert ended.code in (0, 3)
    written = [*(tmp_path / "out").iterdir(), tmp_path / "result.txt"]
    assert len(written) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert temporary_files(tmp_path) == []


@pytest.mark.parametrize("trouble", ["full", "small files", "read-only folder", "read-only file", "missing", "folder"])
def test_what_cannot_be_written_leaves_the_old_whole(trouble: str, hostile: Path, tmp_path: Path) -> None:
    """5, one line, the old file as it was, no temporary file."""
    folder = tmp_path / "kept"
    folder.mkdir()
    old = folder / "result.json"
    old.write_bytes(b"old")
    target, before = str(old), without_privileges
    if trouble == "full":
        target = "/dev/full"
    elif trouble == "small files":

        def before() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    elif trouble == "read-only folder":
        folder.chmod(0o500)
    elif trouble == "read-only file":
        old.chmod(0o400)
    elif trouble == "missing":
        target = str(folder / "none" / "result.json")
    else:
        target = str(folder)
    call = command("scan", str(hostile), "--no-reports", "--format", "json", "-o", target)
    ended = finished(call, tmp_path, before=before)
    folder.chmod(0o700)
    assert ended.code == 5, ended.err
    assert sum(": output: " in line for line in ended.err.splitlines()) == 1
    assert ended.complaints == []
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in folder.iterdir()) == ["result.json"]
