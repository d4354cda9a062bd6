"""What every test stands on: an environment that nobody's settings leak into, and the sizes told at the end."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

#: Variables that change what is printed or where; a test that wants one sets it.
_OUTSIDE = ("NO_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "PYTHONIOENCODING")


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """English, no terminal settings, and a state folder of the tests' own: no run reads or writes the user's."""
    for name in _OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture
def project() -> Path:
    """The project's root folder."""
    return PROJECT


@pytest.fixture
def seeds() -> Path:
    """The folder of the five sample reports."""
    return PROJECT / "seeds"
