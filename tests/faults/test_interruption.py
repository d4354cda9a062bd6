"""An interrupt ends any command soon, and whatever way it ends, no process and no temporary file is left."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from bad_inputs import inputs_of
from every_command import calls, two_reports
from fault_process import TRACEBACK, Running, command, environment, temporary_files
from mutations import good

#: Seconds within which a command ends that was told to (CONTRACT: details, 10).
SOON = 1.5

#: Moments at which a signal comes, in `make test` and in `make faults`.
FEW, MANY = 2, 25


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that keeps a scan busy for some seconds: every format, and inputs that take their time."""
    folder = tmp_path_factory.mktemp("interrupted") / "reports"
    two_reports(folder)
    for kind in ("docx", "odt", "epub", "pdf", "html", "rtf", "doc", "ofd", "zip", "txt"):
        for number in range(12):
            (folder / f"{number}.{kind}").write_bytes(good(kind, 500_000 + number))
    for one in inputs_of("packages"):
        if one.name.startswith(("deep", "wide", "bomb")):
            one.put(folder)
    return folder


def moments(name: str, number: int) -> list[float]:
    """Seconds after the start: from when the interpreter is up to when the work is nearly done."""
    chance = random.Random(name)
    return [chance.uniform(0.15, 2.5) for _ in range(number)]


def stopped(call: list[str], moment: float, number: int, root: Path) -> None:
    """Sends a signal at a moment; asserts what is promised of what comes then."""
    temporary, place = root / "tmp", root / "place"
    for folder in (temporary, place):
        folder.mkdir(exist_ok=True)
    running = Running(command(*call), place, variables={"TMPDIR": str(temporary)})
    time.sleep(moment)
    running.signal(number)
    sent = time.monotonic()
    ended = running.ended(30)
    took = time.monotonic() - sent
    what = f"{call}: {signal.Signals(number).name} at {moment:.3f}"
    assert TRACEBACK not in ended.err, what + ended.err
    assert ended.left == 0, what
    if number == signal.SIGKILL:
        return  # nobody can tidy up after that; what is promised is that no process of its own goes on
    assert took < SOON, f"{what}: {took:.2f} s"
    # A shell calls both 130: ended by the code, or by the signal itself, which came before there was any of our code.
    # (2: what is to be removed has been removed before.)
    fine = (128 + number, -number, 0, 1, 3, *((2,) if "remove" in call else ()))
    assert ended.code in fine, f"{what}: {ended.code} {ended.err}"
    assert temporary_files(place) == [] and list(temporary.iterdir()) == [], what


def tried(name: str, number: int, reports: Path, root: Path) -> None:
    """One call, stopped at so many moments, by each signal in turn."""
    call = calls(reports, root / "kejidiff.db")[name]
    if name in ("scan", "dedup", "library add"):
        call = [*call, "--jobs", "2"]
    if name == "scan":
        call = [*(part for part in call if part != "--no-reports"), "--reports", str(root / "place" / "reports")]
    for at, moment in enumerate(moments(name, number)):
        stopped(call, moment, (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)[at % 3], root)


def test_a_scan_is_interrupted(reports: Path, tmp_path: Path) -> None:
    """With two jobs and parsers at work: SIGINT and SIGTERM end it within 1.5 s, and nobody is left."""
    tried("scan", FEW, reports, tmp_path)


@pytest.mark.faults
@pytest.mark.parametrize("name", calls(Path(), Path()))
def test_every_command_is_interrupted(name: str, reports: Path, tmp_path: Path) -> None:
    """The same of every command, at many moments, SIGKILL among what comes."""
    if name in ("check library", "library list", "library info", "library verify", "library remove"):
        subprocess.run(
            command(*calls(reports, tmp_path / "kejidiff.db")["library add"]), env=environment(), check=False
        )
    tried(name, MANY, reports, tmp_path)


def test_no_reader(tmp_path: Path) -> None:
    """Whoever read the output has gone: 141 without a word, in every command that has much to say."""
    two_reports(tmp_path / "reports")
    for name, call in calls(tmp_path / "reports", tmp_path / "kejidiff.db").items():
        if call[0] not in ("scan", "show", "explain"):
            continue
        reading, writing = os.pipe()
        os.close(reading)
        form = ["--format", "json"] if name != "explain" else []
        process = subprocess.Popen(
            command(*call, *form), stdout=writing, stderr=subprocess.PIPE, env=environment(), cwd=tmp_path
        )
        os.close(writing)
        err = process.communicate(timeout=60)[1].decode()
        assert process.returncode == 141, f"{name}: {process.returncode} {err}"
        assert all(line.startswith("kejidiff: ") and ": output: " not in line for line in err.splitlines())


def test_nobody_is_left_where_nobody_waits(reports: Path, tmp_path: Path) -> None:
    """The terminal is closed (SIGHUP) while workers are at work."""
    running = Running(command("scan", str(reports), "--no-reports", "--jobs", "2"), tmp_path)
    time.sleep(0.6)
    running.signal(signal.SIGHUP)
    assert running.ended(30).left == 0
