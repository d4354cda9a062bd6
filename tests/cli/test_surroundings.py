"""Language, width and colour come from where a user expects them; the memory of the last scan holds a path only."""

import os
from pathlib import Path

import pytest

from kejidiff.cli.surroundings import coloured, language, remember_scan, remembered_folder, width


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": ""}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_language_is_the_locales(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """LC_ALL before LC_MESSAGES before LANG, empty ones passed over; `--lang` before them all."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language(None) == expected
    assert (language("zh"), language("en")) == ("zh", "en")


@pytest.mark.parametrize(
    ("given", "columns", "expected"),
    [(None, None, 120), (80, None, 80), (80, "60", 80), (None, "60", 60), (None, "5", 20), (None, "wide", 120),
     (None, "0", 120), (None, "-3", 120), (None, "٣٣", 120), (10**20, None, 10_000), (None, "9" * 20, 10_000),
     (None, "9" * 5000, 10_000)],
)  # fmt: skip
def test_the_width_is_typed_or_columns_or_a_page(
    given: int | None, columns: str | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Away from a terminal: `--width`, else a COLUMNS that is a number, else 120; 20 to 10,000."""
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert width(given, to_terminal=False) == expected


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`auto` colours a terminal only, and none with NO_COLOR or a dumb one; what is typed holds."""
    monkeypatch.setenv("TERM", "xterm")
    assert coloured("auto", True) and not coloured("auto", False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured("auto", True)
    assert coloured("always", False) and not coloured("never", True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured("auto", True)


def test_the_last_scanned_folder_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state file holds the folder's absolute path and nothing else, for its owner only."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "reports 报告").mkdir()
    monkeypatch.chdir(tmp_path)
    remember_scan(("reports 报告",))
    memory = tmp_path / "state" / "kejidiff" / "last-scan"
    assert memory.read_bytes() == os.fsencode(tmp_path / "reports 报告")
    assert memory.stat().st_mode & 0o777 == 0o600
    assert remembered_folder() == str(tmp_path / "reports 报告")
    (tmp_path / "reports 报告").rmdir()
    assert remembered_folder() == "."
    (tmp_path / "seeds").mkdir()
    assert remembered_folder() == "seeds"


def test_a_scan_of_no_single_folder_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a scan of files or of several folders, `show` does not look in a folder of some scan before."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    remember_scan((str(tmp_path),))
    assert remembered_folder() == str(tmp_path)
    remember_scan((str(tmp_path), str(tmp_path)))
    assert remembered_folder() == "."


def test_a_memory_that_cannot_be_kept_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the state folder cannot be made, or holds nonsense, there is simply no memory."""
    (tmp_path / "state").write_bytes(b"a file in the folder's place")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    remember_scan((str(tmp_path),))
    assert remembered_folder() == "."
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "kejidiff").mkdir()
    (tmp_path / "kejidiff" / "last-scan").write_bytes(b"\0relative/nonsense")
    assert remembered_folder() == "."
