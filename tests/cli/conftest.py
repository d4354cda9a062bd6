"""A call of kejidiff inside the tests' own process: ten times as quick as one of its own, for what needs none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended

from kejidiff.cli import main


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Ended]:
    """Run the command line in the test's folder and say how it ended."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ended:
        capfdbinary.readouterr()
        code = main(arguments)
        out, err = capfdbinary.readouterr()
        return Ended(code, out, err.decode())

    return run
