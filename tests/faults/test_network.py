"""Nothing leaves the machine: no command opens a socket, whatever it is given to read."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bad_inputs import inputs_of
from every_command import calls, formats_of, two_reports
from fault_process import PYTHON, command, finished

STRACE = shutil.which("strace")


def _traces() -> bool:
    """True where strace may trace: containers can forbid it."""
    return (
        bool(STRACE) and subprocess.run([str(STRACE), "-o", "/dev/null", "true"], capture_output=True).returncode == 0
    )


def _folder(root: Path) -> Path:
    """Two reports, and of every kind some inputs that ask to be fetched from somewhere."""
    folder = root / "reports"
    two_reports(folder)
    for kind in ("docx", "packages", "office", "pdf", "html"):
        for one in inputs_of(kind)[:4]:
            one.put(folder / kind)
    for one in inputs_of("packages"):
        if one.name.startswith(("external", "parameter", "doctype")):
            one.put(folder / "packages")
    return folder


@pytest.mark.skipif(not _traces(), reason="needs strace and the right to trace")
def test_no_system_call_asks_for_a_socket(tmp_path: Path) -> None:
    """Every command, its parsers and workers included, makes no call of socket, socketpair or connect."""
    folder = _folder(tmp_path)
    for name, call in calls(folder, tmp_path / "kejidiff.db").items():
        trace = tmp_path / f"{name}.trace"
        line = [str(STRACE), "-f", "-qq", "-e", "trace=socket,socketpair,connect,bind,sendto", "-o", str(trace)]
        jobs = ["--jobs", "2"] if name == "scan" else []
        ended = finished([*line, *command(*call, *jobs)], tmp_path)
        assert ended.code in (0, 1, 3), (name, ended.err)
        calls_made = [row for row in trace.read_text().splitlines() if "(" in row]
        assert calls_made == [], name


def test_no_python_code_opens_a_socket(tmp_path: Path) -> None:
    """The same as Python tells it, which needs no tool: no `socket.*` event, and the module is not even loaded."""
    folder = _folder(tmp_path)
    lines = [
        [*call, *(["--format", form] if form else [])]
        for call in calls(folder, tmp_path / "kejidiff.db").values()
        for form in formats_of(call)[-1:] or ("",)
    ]
    program = (
        "import json, sys\n"
        "seen = []\n"
        "watched = ('socket.', 'urllib.', 'http.', 'ftplib.', 'smtplib.')\n"
        "sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(watched) else None)\n"
        "from kejidiff.cli import main\n"
        "codes = [main(line) for line in json.load(sys.stdin)]\n"
        "print(json.dumps([codes, seen]), file=sys.stderr)\n"
    )
    ended = finished([PYTHON, "-c", program], tmp_path, stdin=json.dumps(lines).encode())
    codes, seen = json.loads(ended.err.splitlines()[-1])
    assert seen == []
    assert set(codes) <= {0, 1, 3}, ended.err[-500:]
