"""`kejidiff check`: exit codes, what goes where, and that it says on one line why something did not pass."""

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, environment, in_a_process, is_one_message, without_privileges
from small_reports import LEFT, OTHER, RIGHT, hostile_pair

import kejidiff

Call = Callable[..., Ended]

GATE = ("--against", "published", "--no-reports")
FORMS = ("text", "json", "jsonl", "csv", "md", "html", "sarif", "junit")
ALIVE = set("\x1b\x07\x9b\u202e\u200b")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder of published reports; a draft that copies one of them, and one that does not."""
    (tmp_path / "published").mkdir()
    for name, text in (("published/right.txt", RIGHT), ("copied.txt", LEFT), ("honest.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_recycled_draft_does_not_pass(call: Call, office: Path) -> None:
    """1, the verdict first on stdout, one line on stderr, the page in reports/ readable by its owner only."""
    ended = call("check", "copied.txt", "--against", "published")
    assert ended.code == 1
    assert is_one_message(ended, "copied.txt#1: over-limit: ", "limit 30%")
    assert "over the limit  copied" in ended.text and "right.txt" in ended.text
    assert [path.name for path in (office / "reports").iterdir()] == ["check.html"]
    assert (office / "reports" / "check.html").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in office.iterdir()} == {"published", "reports", "copied.txt", "honest.txt"}


def test_an_honest_draft_passes(call: Call, office: Path) -> None:
    """0, and nothing on stderr."""
    ended = call("check", "honest.txt", *GATE)
    assert (ended.code, ended.err) == (0, "")
    assert call("check", "honest.txt", *GATE, "--lang", "zh").text.splitlines()[2].startswith("✓ 通过  honest#1")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("check",), 2, "DRAFT...: usage: missing"),
        (("check", "honest.txt"), 2, "no-collection"),
        (("check", "nosuch.txt", *GATE), 2, "nosuch.txt: no-such-path"),
        (("check", "honest.txt", "--against", "nosuch"), 2, "nosuch: no-such-path"),
        (("check", "honest.txt", "--against", "-"), 2, "--against -"),
        (("check", "honest.txt", *GATE, "--fail-on", "new"), 2, "--baseline"),
        (("check", "honest.txt", *GATE, "--max-total", "0"), 2, "--max-total"),
        (("check", "honest.txt", *GATE, "--max-run", "x"), 2, "--max-run"),
        (("check", "honest.txt", *GATE, "--today", "soon"), 2, "--today"),
        (("check", "honest.txt", *GATE, "--ignore", "nosuch.toml"), 2, "nosuch.toml: bad-ignore"),
        (("check", "honest.txt", *GATE, "--baseline", "honest.txt"), 2, "honest.txt: bad-baseline"),
        (("check", "honest.txt", *GATE, "-o", "honest.txt"), 2, "honest.txt: usage"),
        (("check", "honest.txt", *GATE, "-o", "published/right.txt"), 2, "nothing was written"),
        (("check", "honest.txt", *GATE, "--write-baseline", "honest.txt"), 2, "nothing was written"),
        (("check", "honest.txt", *GATE, "--write-baseline", "k.json", "-o", "./k.json"), 2, "--write-baseline: usage"),
        (("check", "honest.txt", *GATE, "--own", ""), 2, "--own: usage"),
        (("check", "honest.txt", "--against", "honest.txt", "--no-reports"), 3, "check: nothing-compared"),
        (("check", "honest.txt", "--library", "nosuch.db", "--no-reports"), 4, "nosuch.db: library-missing"),
        (("check", "honest.txt", "--library", "copied.txt", "--no-reports"), 4, "copied.txt: library-foreign"),
        (("check", "honest.txt", *GATE, "-o", "nosuch/out"), 5, "nosuch/out: output"),
    ],
)
def test_what_does_not_pass_says_why_in_one_line(
    call: Call, office: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """Each with the code of the contract, and no traceback."""
    ended = call(*arguments)
    assert ended.code == code
    assert is_one_message(ended, told), ended.err


def test_an_unread_file_on_either_side_is_no_pass(call: Call, office: Path) -> None:
    """3: what was not read may hold anything; over a limit it is 1 all the same."""
    (office / "published" / "blank.txt").write_text("", encoding="utf-8")
    assert call("check", "honest.txt", *GATE).code == 3
    assert call("check", "copied.txt", *GATE).code == 1
    (office / "blank.txt").write_text(" \n", encoding="utf-8")
    (office / "published" / "blank.txt").unlink()
    ended = call("check", "honest.txt", "blank.txt", *GATE)
    assert (ended.code, "not checked in full  blank.txt" in ended.text) == (3, True)


def test_a_draft_that_looks_like_kejidiffs_own_is_told(call: Call, office: Path) -> None:
    """3 and why; a `.kejidiffignore` leaves it out knowingly. The reports of the call before are no drafts."""
    folder = office / "drafts"
    folder.mkdir()
    (folder / "honest.txt").write_text(OTHER, encoding="utf-8")
    arguments = ("check", "drafts", "--against", "published", "--reports", "drafts/reports")
    assert [call(*arguments).code for _ in range(2)] == [0, 0]
    (folder / "copied.txt").write_text(f"kejidiff library lock\n{LEFT}", encoding="utf-8")
    ended = call(*arguments)
    assert ended.code == 3
    assert is_one_message(ended, "copied.txt: ignored: ", ".kejidiffignore")
    (folder / ".kejidiffignore").write_text("copied.txt\n", encoding="utf-8")
    assert call(*arguments).code == 0
    assert call("library", "add", "honest.txt").code == 0
    (office / ".kejidiffignore").write_text("copied.txt\npublished/\n", encoding="utf-8")
    assert call("check", ".", "--against", "published", "--reports", "drafts/reports").code == 0


def test_stdin_and_folders_are_drafts(office: Path) -> None:
    """`-` is a draft like any other, and a folder all that is in it."""
    piped = in_a_process("check", "-", *GATE, "--format", "json", cwd=office, stdin=LEFT.encode())
    assert (piped.code, json.loads(piped.out)["drafts"][0]["path"]) == (1, "-")
    (office / "drafts").mkdir()
    for name in ("copied.txt", "honest.txt"):
        shutil.move(office / name, office / "drafts")
    both = in_a_process("check", "drafts", *GATE, "--format", "json", cwd=office)
    assert [(draft["path"], draft["verdict"]) for draft in json.loads(both.out)["drafts"]] == [
        ("copied.txt", "over-limit"),
        ("honest.txt", "pass"),
    ]


def test_settings_hold_the_limits(call: Call, office: Path) -> None:
    """kejidiff.toml, section [check]: an office sets its limits and what it checks against once."""
    settings = '[check]\nmax-total = "99%"\nmax-single = 0.99\nmax-run = 100000\nagainst = ["published"]\n'
    (office / "kejidiff.toml").write_text(settings, encoding="utf-8")
    assert call("check", "copied.txt", "--no-reports").code == 0
    assert call("check", "copied.txt", "--no-reports", "--max-total", "30%").code == 1


def test_a_baseline_is_written_and_used(call: Call, office: Path) -> None:
    """The first run writes what is known; the next fails on what is new only, and names what is known."""
    assert call("check", "copied.txt", *GATE, "--write-baseline", "known.json").code == 1
    again = call("check", "copied.txt", *GATE, "--baseline", "known.json", "--fail-on", "new")
    assert (again.code, "1 known, 0 new" in again.text) == (0, True)
    (office / "published" / "other.txt").write_text(OTHER, encoding="utf-8")
    (office / "copied.txt").write_text(LEFT + OTHER.split("\n\n")[1], encoding="utf-8")
    more = call("check", "copied.txt", *GATE, "--baseline", "known.json", "--fail-on", "new", "--max-total", "5%")
    assert (more.code, "1 known, 1 new" in more.text) == (1, True)


IGNORED = '[[ignore]]\nsource = "right.txt"\nreason = "our <own> series"\nowner = "=王芳"\nexpires = 2999-01-01\n'


@pytest.mark.parametrize("form", FORMS)
def test_what_is_ignored_is_listed_in_every_view(call: Call, office: Path, form: str) -> None:
    """It does not count, and everybody sees by whose word, and until when."""
    (office / ".kejidiff-check.toml").write_text(IGNORED, encoding="utf-8")
    ended = call("check", "copied.txt", *GATE, "--format", form, "--today", "2026-11-25")
    assert ended.code == 0
    for told in ("series", "王芳", "2999-01-01"):
        assert told in ended.text
    assert form != "csv" or ",'=王芳," in ended.text


@pytest.mark.parametrize("form", FORMS)
def test_a_result_is_the_same_under_any_seed_locale_and_jobs(office: Path, form: str) -> None:
    """Every form but those that tell seconds; and `-o` writes what stdout gets."""
    arguments = ("check", "copied.txt", "honest.txt", *GATE, "--format", form, "--lang", "zh")
    one = in_a_process(*arguments, cwd=office, variables={"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"})
    two = in_a_process(*arguments, "-j", "2", cwd=office, variables={"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.UTF-8"})
    if form not in ("text", "html"):
        assert one.out == two.out
    file = in_a_process(*arguments, "-o", "out", "-q", cwd=office)
    assert (one.code, file.code, file.out, file.err) == (1, 1, b"", "")
    if form not in ("text", "html"):
        assert (office / "out").read_bytes() == one.out


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_and_names_stay_dead(call: Call, tmp_path: Path, form: str) -> None:
    """No control character, no markup, no formula gets out of names, titles, texts, owners."""
    folder = hostile_pair(tmp_path / "texts")
    draft, published = sorted(folder.iterdir())
    entry = (
        IGNORED.replace("right.txt", "*b*").replace("our <own> series", "\\u001b[31m <script>").replace("2999", "2020")
    )
    (tmp_path / ".kejidiff-check.toml").write_text(entry, encoding="utf-8")
    ended = call("check", str(draft), "--against", str(published), "--no-reports", "--format", form)
    assert ended.code in (1, 3)
    out = ended.text.replace("\ufeff", "", 1)
    assert not ALIVE & set(out) and not ALIVE & set(ended.err)
    if form in ("json", "sarif"):
        assert json.loads(out)
    if form == "junit":
        assert ElementTree.fromstring(out).tag == "testsuites"
    if form == "html":
        assert "<script" not in out


def test_the_report_that_cannot_be_written_is_told(call: Call, office: Path) -> None:
    """5, though the verdict came out: whoever looks for the page must not find last week's."""
    (office / "reports").write_text("", encoding="utf-8")
    ended = call("check", "honest.txt", "--against", "published")
    assert (ended.code, "passed" in ended.text) == (5, True)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare on this system")
def test_it_works_with_the_network_cut_off(office: Path) -> None:
    """In a network namespace of its own, where nothing but itself can be reached."""
    cut = ["unshare", "-rn"]
    if subprocess.run([*cut, "true"], capture_output=True, timeout=20).returncode:
        pytest.skip("not allowed to leave the network here")
    command = [*cut, sys.executable, "-m", "kejidiff", "check", "honest.txt", *GATE]
    done = subprocess.run(command, cwd=office, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_else_is_left_behind(call: Call, office: Path) -> None:
    """No remembered folder, no temporary file, nothing written beside the drafts."""
    before = {str(path): path.stat().st_mtime_ns for path in office.rglob("*") if path.is_file()}
    call("check", "copied.txt", *GATE)
    assert {str(path): path.stat().st_mtime_ns for path in office.rglob("*") if path.is_file()} == before


def test_the_library_that_lies_here_is_used(call: Call, office: Path) -> None:
    """kejidiff.db of the current folder, where nothing else is named; it is neither changed nor made."""
    with kejidiff.Library(office / "kejidiff.db") as library:
        list(library.add([office / "published"]))
    before, names = (office / "kejidiff.db").read_bytes(), sorted(office.iterdir())
    ended = call("check", "copied.txt", "--no-reports")
    assert (ended.code, "compared with the 1 report of this library" in ended.text) == (1, True)
    refused = call("check", "copied.txt", "--no-reports", "-o", "kejidiff.db")
    assert (refused.code, "nothing was written" in refused.err) == (2, True)
    assert (office / "kejidiff.db").read_bytes() == before
    assert sorted(office.iterdir()) == names


def test_what_may_not_be_looked_at_is_no_pass(office: Path) -> None:
    """A draft or a report in a folder that may not be entered: 3 and a reason, not a pass and not a defect."""
    (office / "locked").mkdir()
    (office / "locked" / "draft.txt").write_text(OTHER, encoding="utf-8")
    (office / "loop").symlink_to("loop")
    (office / "locked").chmod(0)
    try:
        for draft, against in (("locked/draft.txt", "published"), ("honest.txt", "locked"), ("loop", "published")):
            arguments = ("check", draft, "--against", against, "--no-reports")
            ended = in_a_process(*arguments, cwd=office, before=without_privileges)
            assert (ended.code, "defect" in ended.err) == (3, False), ended.err
    finally:
        (office / "locked").chmod(0o700)
