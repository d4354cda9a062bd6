"""What is typed comes before the settings file, the file before the defaults, and a mistake in it is told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from kejidiff.cli import main
from kejidiff.cli.command import kejidiff
from kejidiff.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def parsed(name: str, arguments: Sequence[str]) -> dict[str, Any]:
    """The options a command would run with, by Python name."""
    command = kejidiff.get_command(click.Context(kejidiff), name)
    assert command is not None
    with click.Context(kejidiff, info_name="kejidiff") as parent:
        return dict(command.make_context(name, list(arguments), parent=parent).params)


def test_typed_before_file_before_default(folder: Path) -> None:
    """The three layers, in this order, for a number, a share and a flag."""
    (folder / "kejidiff.toml").write_text('width = 60\n[scan]\nfail-on = "30%"\nno-reports = true\n', encoding="utf-8")
    from_file = parsed("scan", ["x"])
    assert (from_file["width"], from_file["fail_on"], from_file["no_reports"], from_file["color"]) == (
        60,
        0.3,
        True,
        "auto",
    )
    typed = parsed("scan", ["x", "--width", "80", "--fail-on", "0.5"])
    assert (typed["width"], typed["fail_on"], typed["no_reports"]) == (80, 0.5, True)


def test_a_commands_own_table_comes_before_the_top(folder: Path) -> None:
    """`[show]` is for show alone; a key at the top is for every command that has the option."""
    (folder / "kejidiff.toml").write_text('lang = "zh"\ncontext = 5\n[show]\nlang = "en"\n', encoding="utf-8")
    assert parsed("show", ["a", "b"])["lang"] == "en"
    assert parsed("show", ["a", "b"])["context"] == 5
    assert parsed("scan", ["x"])["lang"] == "zh"


def test_a_folder_below_may_be_named_for_one_command(folder: Path) -> None:
    """The folder of a check's pages, in the table of that command."""
    (folder / "kejidiff.toml").write_text('[check]\nreports = "out/check"\n', encoding="utf-8")
    assert parsed("check", ["x"])["reports"] == "out/check"


@pytest.mark.parametrize("key", ["reports", "work"])
@pytest.mark.parametrize("named", ["..", "/tmp", "link/deeper"])
def test_a_file_that_lies_about_keeps_what_is_written_in_its_folder(folder: Path, named: str, key: str) -> None:
    """It may name a folder below, and no other: nobody asked for it. One that was asked for may name any."""
    (folder / "link").symlink_to(folder.parent)
    (folder / "kejidiff.toml").write_text(f'[scan]\n{key} = "out/scan"\n', encoding="utf-8")
    assert parsed("scan", ["x"])[key] == "out/scan"
    (folder / "kejidiff.toml").write_text(f'{key} = "{named}"\n', encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        parsed("scan", ["x"])
    assert raised.value.subject == f"kejidiff.toml: {key}"
    assert parsed("scan", ["x", "--config", "kejidiff.toml"])[key] == named


def test_pyproject_is_read_where_it_speaks_of_kejidiff(folder: Path) -> None:
    """`[tool.kejidiff]` counts where there is no kejidiff.toml; another program's broken file is passed over."""
    (folder / "pyproject.toml").write_text("[tool.kejidiff]\nwidth = 44\n", encoding="utf-8")
    assert parsed("scan", ["x"])["width"] == 44
    (folder / "kejidiff.toml").write_text("width = 66\n", encoding="utf-8")
    assert parsed("scan", ["x"])["width"] == 66
    (folder / "kejidiff.toml").unlink()
    (folder / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    assert parsed("scan", ["x"])["width"] is None


def test_a_named_file_takes_the_place_of_the_folders(folder: Path) -> None:
    """`--config FILE` is read instead of kejidiff.toml, whatever FILE is called."""
    (folder / "kejidiff.toml").write_text("width = 66\n", encoding="utf-8")
    (folder / "mine").write_text("quiet = true\n", encoding="utf-8")
    settings = parsed("scan", ["x", "--config", "mine"])
    assert (settings["width"], settings["quiet"]) == (None, True)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("colour = 'never'", ["kejidiff.toml: colour: usage: no such setting"]),
        ("[scan]\ncontext = 1", ["kejidiff.toml: scan.context: usage: no such setting"]),
        ("[scn]\nwidth = 80", ["kejidiff.toml: scn: usage: no such setting"]),
        ("scan = 1", ["kejidiff.toml: scan: usage: not a table"]),
        ("output = 'seeds/000.txt'", ["kejidiff.toml: output: usage: no such setting"]),
        ("engine = 'spark'", ["kejidiff.toml: engine: usage: no such setting"]),
        ("[scan]\nengine = 'spark'", ["kejidiff.toml: scan.engine: usage: no such setting"]),
        ("master = 'local'", ["kejidiff.toml: master: usage: no such setting"]),
        ("debug = true", ["kejidiff.toml: debug: usage: no such setting"]),
        ("quiet = 'no'", ["kejidiff.toml: quiet: usage: neither true nor false"]),
        ("width = true", ["kejidiff.toml: width: usage: neither text nor a number"]),
        ("width = [80]", ["kejidiff.toml: width: usage: neither text nor a number"]),
        ("width = 3", ["kejidiff.toml: width: usage: 3 is not in the range"]),
        ("lang = 'fr'", ["kejidiff.toml: lang: usage: 'fr'"]),
        ("fail-on = 30", ["kejidiff.toml: fail-on: usage: '30'"]),
        ("width = ", ["kejidiff.toml: usage: not TOML"]),
        ("a = '\udcff'", ["kejidiff.toml: usage: not TOML"]),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(
    folder: Path, content: str, parts: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """A setting that does not exist or does not fit ends with 2 and one line that names file and key."""
    (folder / "kejidiff.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert main(["scan", "x"]) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert [part for part in parts if part not in err] == []
