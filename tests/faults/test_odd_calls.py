"""Whatever way kejidiff is called, a user sees lines of ours and an exit code of the contract, never a traceback."""

import os
import resource
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from every_command import calls, two_reports
from fault_process import TRACEBACK, Finished, command, finished, without_privileges

from kejidiff.cli.command import COMMANDS

CODES = {0, 1, 2, 3, 4, 5, 130, 141, 143}

#: What each command needs at least; `<>` is a folder of reports.
NEEDED: dict[str, list[str]] = {
    "show": ["<>/a.txt", "<>/b.txt"],
    "explain": ["<>/a.txt", "<>/b.txt"],
    "check": ["<>/a.txt", "--against", "<>/b.txt"],
    "library list": [],
}

#: Options and arguments that make no sense, none at all, or too much; `{}` is what the command needs.
ARGUMENTS: dict[str, list[str | bytes]] = {
    "nothing": [],
    "unknown option": ["--no-such-option"],
    "empty path": [""],
    "missing path": ["no-such-folder"],
    "raw bytes": [b"\xff\xfe\x80"],
    "long path": ["x" * 5000],
    "deep path": ["a/" * 4000],
    "newline": ["a\nb\x1b[31m\u202e"],
    "device": ["/dev/null"],
    "endless device": ["/dev/zero"],
    "own memory": ["/proc/self/mem"],
    "huge width": ["{}", "--width", "99999999999999999999"],
    "negative width": ["{}", "--width", "-1"],
    "large width": ["{}", "--width", "1000000"],
    "no number": ["{}", "--width", "８０"],
    "many jobs": ["{}", "--jobs", "40"],
    "no encoding": ["{}", "--encoding", "no-such-thing"],
    "odd encoding": ["{}", "--encoding", "rot13"],
    "empty encoding": ["{}", "--encoding", ""],
    "bytes in encoding": ["{}", "--encoding", b"\xff"],
    "no format": ["{}", "--format", "\x1b[0m"],
    "output a folder": ["{}", "-o", "."],
    "output empty": ["{}", "-o", ""],
    "output nowhere": ["{}", "-o", "no/such/folder/x"],
    "output full": ["{}", "-o", "/dev/full"],
    "output undecodable": ["{}", "-o", b"out\xff\n"],
    "config missing": ["{}", "--config", "no-such.toml"],
    "config a folder": ["{}", "--config", "."],
    "config binary": ["{}", "--config", "binary.toml"],
    "config deep": ["{}", "--config", "deep.toml"],
    "config latin": ["{}", "--config", "latin.toml"],
    "config unreadable": ["{}", "--config", "unreadable.toml"],
    "config wrong types": ["{}", "--config", "types.toml"],
    "config a device": ["{}", "--config", "/dev/null"],
    "library nowhere": ["{}", "--library", "no/such.db"],
    "library a folder": ["{}", "--library", "."],
    "library a text": ["{}", "--library", "binary.toml"],
    "stock nowhere": ["{}", "--stock", "no-such-folder"],
    "two at once": ["{}", "{}", "--quiet", "--verbose"],
}

#: Variables that a session may have set, or not.
VARIABLES: dict[str, dict[str, str]] = {
    "posix locale": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "gbk": {"PYTHONIOENCODING": "gbk", "LC_ALL": "zh_CN.GBK"},
    "nonsense locale": {"LC_ALL": "xx_YY.nonsense", "LANG": "\u202e"},
    "dumb": {"TERM": "dumb"},
    "no term": {"TERM": ""},
    "columns": {"COLUMNS": "99999999999999999999", "LINES": "-1"},
    "columns odd": {"COLUMNS": "²"},
    "no home": {"HOME": "", "XDG_STATE_HOME": ""},
    "home a file": {"HOME": "/dev/null", "XDG_STATE_HOME": "/dev/null"},
    "state unwritable": {"XDG_STATE_HOME": "/proc"},
    "cache unwritable": {"XDG_CACHE_HOME": "/proc", "HOME": "/proc"},
    "temporary nowhere": {"TMPDIR": "/no/such/folder"},
    "pager": {"PAGER": "'unclosed"},
    "no path": {"PATH": ""},
    "unbuffered": {"PYTHONUNBUFFERED": "1"},
    "dev mode": {"PYTHONOPTIMIZE": "2"},
    "hash seed": {"PYTHONHASHSEED": "77"},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports and with settings files of every wrong kind."""
    root = tmp_path_factory.mktemp("odd")
    two_reports(root / "reports")
    (root / "binary.toml").write_bytes(bytes(range(256)))
    (root / "deep.toml").write_text("a = " + "[" * 100_000, encoding="ascii")
    (root / "latin.toml").write_bytes(b'lang = "\xe9"\n')
    (root / "types.toml").write_text('width = [1, 2]\njobs = {a = 1}\nlang = 1979-05-27\n[scan]\n"" = 1\n')
    (root / "unreadable.toml").write_text('lang = "zh"\n')
    (root / "unreadable.toml").chmod(0)
    return root


def assert_decent(ended: Finished, what: str) -> None:
    """Lines of ours, a code of the contract, nobody left."""
    assert TRACEBACK not in ended.err, f"{what}: {ended.err[-1500:]}"
    assert ended.complaints == [], what
    assert ended.code in CODES, f"{what}: {ended.code} {ended.err}"
    assert ended.left == 0, what
    assert b"\x1b" not in ended.out and "\x1b" not in ended.err, what


#: What is tried on every change: the rest takes a minute, and is behind `make faults`.
ALWAYS = {"posix locale", "(1,)"}
SOME = ("raw bytes", "endless device", "huge width", "odd encoding", "output full", "config deep", "config wrong types")


def each(names: Iterable[str]) -> list[Any]:
    """Parameters of a test, those that are not tried always behind the marker."""
    return [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.faults) for name in names]


def heads() -> list[str]:
    """Every command, with the words that make it one."""
    stored = ["library add", "library list"] if "library" in COMMANDS else []
    return [name for name in COMMANDS if name != "library"] + stored


def test_some_odd_arguments(place: Path) -> None:
    """The oddest calls of a scan: those that once ended in a defect, or would have."""
    try_arguments("scan", SOME, place)


@pytest.mark.faults
@pytest.mark.parametrize("head", heads())
def test_odd_arguments(head: str, place: Path) -> None:
    """Options and paths that make no sense, for every command."""
    try_arguments(head, ARGUMENTS, place)


def try_arguments(head: str, names: Iterable[str], place: Path) -> None:
    for what in names:
        given = ARGUMENTS[what]
        needed = [part.replace("<>", str(place / "reports")) for part in NEEDED.get(head, ["<>"])]
        filled = [part for one in given for part in (needed if one == "{}" else [one])]
        quiet = ["--reports", str(place / "written")] if head == "scan" else []
        assert_decent(
            finished(command(*head.split(), *filled, *quiet), place, before=without_privileges), f"{head}: {what}"
        )


@pytest.mark.parametrize("what", each(VARIABLES))
def test_odd_environments(what: str, place: Path, tmp_path: Path) -> None:
    """Every command, under locales, streams and folders as no developer has them."""
    for name, call in calls(place / "reports", tmp_path / "kejidiff.db").items():
        ended = finished(command(*call), tmp_path, variables=VARIABLES[what], before=without_privileges)
        assert_decent(ended, f"{name}: {what}")
        assert ended.code in (0, 1, 3, 5), f"{name}: {what}: {ended.err}"


def _closing(*descriptors: int) -> Callable[[], None]:
    return lambda: [os.close(descriptor) for descriptor in descriptors] and None


@pytest.mark.parametrize("streams", each(["(0,)", "(1,)", "(2,)", "(0, 1)", "(0, 1, 2)"]))
def test_closed_streams(streams: str, place: Path, tmp_path: Path) -> None:
    """Standard streams that are closed: a result that has nowhere to go ends with 5, all else goes on."""
    closed = tuple(int(digit) for digit in streams if digit.isdigit())
    for name, call in calls(place / "reports", tmp_path / "kejidiff.db").items():
        ended = finished(command(*call), tmp_path, before=_closing(*closed))
        assert_decent(ended, f"{name}: {closed} closed")
        assert (ended.code == 5) == (1 in closed), f"{name}: {closed} closed: {ended.code} {ended.err}"


@pytest.mark.faults
def test_a_folder_that_is_gone(place: Path, tmp_path: Path) -> None:
    """The current folder was deleted: paths that are absolute can be read all the same."""
    for name, call in calls(place / "reports", tmp_path / "kejidiff.db").items():
        gone = tmp_path / "gone"
        gone.mkdir()

        def leave(gone: Path = gone) -> None:
            os.chdir(gone)
            shutil.rmtree(gone)

        ended = finished(command(*call), tmp_path, before=leave)
        assert_decent(ended, name)
        assert ended.code in (0, 1, 3), f"{name}: {ended.err}"
    if "scan" in COMMANDS:
        (tmp_path / "gone").mkdir()
        assert_decent(finished(command("scan", "."), tmp_path, before=leave), "scan .")


@pytest.mark.faults
def test_a_read_only_folder(place: Path, tmp_path: Path) -> None:
    """Where nothing may be written, what writes nothing works, and what does says so with 5."""
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    for name, call in calls(place / "reports", tmp_path / "kejidiff.db").items():
        ended = finished(command(*call), closed, before=without_privileges)
        assert_decent(ended, name)
        assert ended.code in (0, 1, 3), f"{name}: {ended.err}"
    ended = finished(command("scan", str(place / "reports")), closed, before=without_privileges)
    assert ended.code == 5 and ended.complaints == []


def test_few_open_files_and_little_room(place: Path, tmp_path: Path) -> None:
    """Limits that a system may set: 20 open files, files of at most 1 kB."""

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    for limit in (few, small):
        call = command("scan", str(place / "reports"), "--reports", str(tmp_path / "written"), "--jobs", "2")
        ended = finished(call, tmp_path, before=limit)
        assert_decent(ended, limit.__name__)
        assert ended.code in (0, 3, 5), ended.err
        assert not any(path.stat().st_size == 1000 for path in tmp_path.rglob("*") if path.is_file())


#: Contents of files that are read because an option names them or because they lie beside a report.
CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n \n",
    "binary": bytes(range(256)) * 30,
    "nul": b"path,title\n\x00,\x00\n",
    "deep": b"[" * 200_000,
    "deep object": b'{"a":' * 100_000,
    "numbers": b"1\n2\n3\n",
    "null": b"null\n",
    "list": b'[1, null, {"path": 7}, {"path": "a.txt", "title": {}}]',
    "wrong types": b'{"a.txt": [], "schema": [], "entries": 7, "findings": {"a": 1}, "text": 7, "id": {}}\n',
    "huge number": b'{"a.txt": {"year": ' + b"9" * 5000 + b'}, "id": 1e999, "text": NaN}\n',
    "long cell": b'path,title\na.txt,"' + b"x" * 300_000 + b'"\n',
    "many columns": b"path,title\n" + b"a.txt," + b"," * 5000 + b"\n",
    "open quote": b'path,title\n"a.txt,x\n',
    "surrogates": b'{"a.txt": {"title": "\\ud800\\u202e\\u0000"}, "id": "\\udfff", "text": "\\ud800"}\n',
    "own record": b'{"schema": "kejidiff.check/99", "findings": [{"a": 1}], "documents": [{}], "comparisons": [7]}',
    "library header": b'{"schema": "kejidiff.library/1"}\n{"path": 1}\n[]\n',
    "deep toml": b"a = " + b"[" * 100_000,
    "toml": b'[[ignore]]\nid = 1\nreason = []\nexpires = 2024-13-45\n',
    "good toml, wrong types": b"[[ignore]]\nfingerprint = 1\nreason = []\nowner = {}\nexpires = 12:00:00\n",
    "cut": b'{"id": "a", "text": "\xe7\xa7\x91\xe6',
    "sqlite": b"SQLite format 3\x00" + bytes(5000),
}  # fmt: skip

#: Where such a file can be given; `{}` is the file, `<>` the folder of reports.
PLACES: dict[str, list[str]] = {
    "scan": ["scan", "<>", "--config", "{}", "--no-reports"],
    "scan stock": ["scan", "<>", "--stock", "{}", "--no-reports"],
    "check library": ["check", "<>/a.txt", "--library", "{}"],
    "check baseline": ["check", "<>/a.txt", "--against", "<>/b.txt", "--baseline", "{}"],
    "check ignore": ["check", "<>/a.txt", "--against", "<>/b.txt", "--ignore", "{}"],
    "check sidecar": ["check", "<>/a.txt", "--against", "<>/b.txt", "--sidecar", "{}"],
    "scan rows": ["scan", "{}", "--jsonl", "--no-reports"],
    "show rows": ["show", "a", "#1", "--in", "{}", "--jsonl"],
    "check rows": ["check", "<>/a.txt", "--against", "{}", "--jsonl"],
    "add rows": ["library", "add", "{}", "--jsonl", "--library", "new.db"],
    "dedup": ["dedup", "{}", "--jsonl"],
    "dedup beside": ["dedup", "{}", "<>"],
    "library sidecar": ["library", "add", "<>", "--library", "new.db", "--sidecar", "{}"],
    "library import": ["library", "import", "{}", "--library", "new.db"],
    "library verify": ["library", "verify", "--library", "{}"],
    "library add": ["library", "add", "<>", "--library", "{}"],
}


@pytest.mark.faults
@pytest.mark.parametrize("where", [where for where, call in PLACES.items() if call[0] in COMMANDS])
def test_files_that_options_name(where: str, place: Path, tmp_path: Path) -> None:
    """Settings, side files, baselines, exports and libraries of every wrong kind: told in a line, never a defect."""
    for ending in ("", ".csv", ".json", ".jsonl", ".toml", ".db"):
        for what, content in CONTENTS.items():
            file = tmp_path / f"{what}{ending}"
            file.write_bytes(content)
            call = [part.replace("{}", str(file)).replace("<>", str(place / "reports")) for part in PLACES[where]]
            ended = finished(command(*call), tmp_path)
            assert_decent(ended, f"{where}: {what}{ending}")
            (tmp_path / "new.db").unlink(missing_ok=True)


@pytest.mark.faults
def test_files_that_lie_beside_reports(place: Path, tmp_path: Path) -> None:
    """`metadata.csv`, `NAME.meta.json` and `.kejidiffignore` of every wrong kind, for every command."""
    for what, content in CONTENTS.items():
        folder = tmp_path / what
        two_reports(folder)
        for name in ("metadata.csv", "a.txt.meta.json", ".kejidiffignore", "kejidiff.db", "kejidiff.toml"):
            (folder / name).write_bytes(content)
        for name, call in calls(folder, tmp_path / f"{what}.db").items():
            assert_decent(finished(command(*call), tmp_path), f"{name}: {what}")
