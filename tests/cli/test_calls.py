"""Wrong calls, help and version: one line, the right code, nothing imported in vain."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import environment

from kejidiff.cli import main

#: What help may not load: each costs more than a bare Python takes to start (docs/DEPENDENCIES.md).
HEAVY = (
    "numpy", "rich", "markupsafe", "opencc", "rapidfuzz", "datasketch", "scipy", "sqlite3", "multiprocessing",
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], ["no command given", "scan, show"]),
        (["scn"], ["scn"]),
        (["scan"], ["PATH...: usage:"]),
        (["scan", "x", "--widht", "80"], ["--widht"]),
        (["scan", "x", "--width", "19"], ["--width: usage:", "19"]),
        (["scan", "x", "--width", "wide"], ["--width: usage:"]),
        (["scan", "x", "--jobs", "0"], ["--jobs: usage:"]),
        (["scan", "x", "--format", "docx"], ["--format: usage:", "docx"]),
        (["scan", "x", "--lang", "fr"], ["--lang: usage:"]),
        (["scan", "x", "--color", "blue"], ["--color: usage:"]),
        (["scan", "x", "--fail-on", "30"], ["--fail-on: usage:", "30%"]),
        (["scan", "x", "--fail-on", "0"], ["--fail-on: usage:"]),
        (["scan", "x", "--fail-on", "nan"], ["--fail-on: usage:"]),
        (["check", "x", "--against", "x", "--lock-timeout", "nan"], ["--lock-timeout: usage:", "nan"]),
        (["library", "list", "--lock-timeout", "nan"], ["--lock-timeout: usage:", "nan"]),
        (["scan", "x", "--output"], ["--output"]),
        (["scan", "--dump-text", "x", "y"], ["--dump-text: usage:"]),
        (["scan", "x", "--config", "there-is-none.toml"], ["there-is-none.toml: usage:"]),
        (["show", "x"], ["B: usage: missing"]),
        (["show", "x", "y", "z"], ["z"]),
        (["show", "x", "y", "--context", "-1"], ["--context: usage:"]),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    arguments: list[str], parts: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage ends with 2 and one line on stderr that names what is wrong; stdout stays empty."""
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("kejidiff: ")
    assert err.count("\n") == 1
    assert [part for part in parts if part not in err] == []


def test_what_a_stranger_typed_comes_out_harmless(capfd: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, line breaks and hidden characters in an argument are spelled out, not passed on."""
    assert main(["scan", "x", "--config", "\x1b[31mred\nkejidiff: fine\u202e"]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert "\x1b" not in err and "\u202e" not in err
    assert "⟦U+001B⟧[31mred" in err and "⟦U+202E⟧" in err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["scan", "--help"], ["show", "-h"]])
def test_help_explains_every_option(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """Help goes to stdout, ends with 0, and leaves no option without a word about it."""
    assert main(arguments) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert out.startswith("Usage: kejidiff")
    rows = [line for line in out.splitlines() if line.startswith("  -")]
    assert rows
    following = dict(zip(out.splitlines(), [*out.splitlines()[1:], ""], strict=True))
    silent = [row for row in rows if "  " not in row.strip() and not following[row].startswith("      ")]
    assert silent == []


def test_help_comes_even_where_settings_are_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever asks for help with a broken kejidiff.toml gets help."""
    (tmp_path / "kejidiff.toml").write_text("= broken", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["scan", "--help"]) == 0
    assert capfd.readouterr().out.startswith("Usage: kejidiff scan")


def test_the_version_is_the_packages(capfd: pytest.CaptureFixture[str]) -> None:
    """`--version` prints the version that records carry."""
    from kejidiff.version import __version__

    assert main(["--version"]) == 0
    assert capfd.readouterr().out == f"kejidiff {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["show", "--help"], ["--version"], ["scan"]])
def test_what_needs_no_engine_starts_none(arguments: list[str], tmp_path: Path) -> None:
    """Help, the version and a wrong call load no library but click."""
    program = (
        "import sys; from kejidiff.cli import main; main(sys.argv[1:]); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_process_ends_with_the_code_once_all_is_cleaned_up() -> None:
    """What was registered for the end runs, what was printed arrives, and nothing is taken apart piece by piece."""
    program = (
        "import atexit, sys, kejidiff.__main__ as program\n"
        "class Kept:\n"
        "    def __del__(self): print('taken apart')\n"
        "def run():\n"
        "    atexit.register(print, 'cleaned up')\n"
        "    return 3\n"
        "kept, program.main = Kept(), run\n"
        "sys.exit(program.start())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (3, "cleaned up\n", "")


def test_a_defect_is_owned_up_to_without_quoting_a_document(tmp_path: Path) -> None:
    """An exception nobody foresaw ends with 70 and one line with its type and place; its words stay inside."""
    program = (
        "import sys, kejidiff.cli.run as run, kejidiff.cli.scan as scan\n"
        "def broken(*_): raise ValueError('a sentence of the document')\n"
        "scan.refuse_overwriting = broken\n"
        "sys.exit(run.run(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", program, "scan", "x"]
    plain = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert plain.returncode == 70
    assert plain.stderr.startswith("kejidiff: cli/scan.py:") and plain.stderr.count("\n") == 1
    assert "ValueError" in plain.stderr and "sentence" not in plain.stderr and "--debug" in plain.stderr
    debug = subprocess.run([*command, "--debug"], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert debug.returncode == 70
    assert "Traceback" in debug.stderr
