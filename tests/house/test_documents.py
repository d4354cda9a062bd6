"""What the documents say is so: commands print what they show, and nothing that a reader meets is missing."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from console_blocks import Block, agrees, blocks, documents, run
from source_tree import PROJECT, package_modules, project_files

from kejidiff.cli.command import COMMANDS, kejidiff
from kejidiff.errors import REASONS

ERRORS = {
    "KejidiffError": "defect",
    "UsageError": "usage",
    "LibraryError": "library",
    "OutputError": "output",
    "EngineError": "engine",
    "ClusterError": "cluster",
}


@pytest.mark.parametrize("block", [b for document in documents() for b in blocks(document)], ids=lambda b: b.name)
def test_commands_print_what_the_documents_show(block: Block) -> None:
    """A reader who types a command of README or docs gets what stands below it."""
    for (command, said), (_, printed) in zip(block.steps, run(block), strict=True):
        assert agrees(said, printed), "\n".join((f"$ {command}", *printed))


def test_the_program_in_the_readme_runs(tmp_path: Path) -> None:
    """Whoever copies it, with folders and a draft of these names, gets no error and a verdict."""
    (block,) = re.findall(
        r"^```python\n(.*?)^```$", (PROJECT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    seeds = sorted((PROJECT / "seeds").glob("00*.txt"))
    for name, text in zip(("reports/2023/a.txt", "reports/2024/b.txt", "published/c.txt"), seeds, strict=False):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(text.read_bytes())
    (tmp_path / "draft.docx").write_bytes((tmp_path / "published/c.txt").read_bytes())
    ended = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "over-limit" in ended.stdout


def test_a_console_block_is_compared_line_by_line() -> None:
    """A changed, a missing and a further line are all noticed; durations, elisions and blanks at line ends are not."""
    assert agrees(("a", "took 0.9 s", "b "), ("a", "took 12.3 s", "b"))
    assert agrees(("a", "…", "z"), ("a", "b", "c", "z"))
    assert agrees(("…", "z"), ("z",))
    assert not agrees(("a",), ("a", "b"))
    assert not agrees(("a", "b"), ("a",))
    assert not agrees(("a 1",), ("a 2",))
    assert not agrees(("a", "…", "z"), ("a", "b"))


def test_commands_and_options_are_in_the_reference() -> None:
    """docs/COMMANDS.md has every command and every option that help knows."""
    reference = (PROJECT / "docs" / "COMMANDS.md").read_text(encoding="utf-8")
    context = click.Context(kejidiff, info_name="kejidiff")
    missing = []
    for name in COMMANDS:
        command = kejidiff.get_command(context, name)
        assert command is not None
        every = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
        spellings = [
            spelling
            for one in every
            for parameter in one.params
            for spelling in (*parameter.opts, *parameter.secondary_opts)
        ]
        section = reference.partition(f"## kejidiff {name}\n")[2].partition("\n## ")[0]
        missing += [
            f"{name} {spelling}" for spelling in spellings if spelling.startswith("-") and spelling not in section
        ]
        assert section, name
    assert missing == []


def slugs_in_the_source() -> set[str]:
    """Every slug an error of ours is given where it is raised, and those its class has."""
    found = set(ERRORS.values())
    for module in package_modules():
        for call in ast.walk(module.tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in ERRORS:
                given = [keyword.value for keyword in call.keywords if keyword.arg == "slug"] + call.args[3:4]
                found |= {str(value.value) for value in given if isinstance(value, ast.Constant) and value.value}
    return found


def test_messages_are_explained() -> None:
    """Whatever stands between the colons of a message can be looked up in docs/MESSAGES.md, each thing once."""
    entries = re.findall(
        r"^\| `([a-z-]+)` \|", (PROJECT / "docs/MESSAGES.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(entries) == sorted(set(entries))
    assert (REASONS | slugs_in_the_source()) - set(entries) == set()


def test_exit_codes_are_explained() -> None:
    """Every code a run can end with is in docs/MESSAGES.md."""
    codes = set(re.findall(r"^\| (\d+) \|", (PROJECT / "docs/MESSAGES.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert codes == {"0", "1", "2", "3", "4", "5", "70", "130", "141", "143"}


def test_dependencies_are_explained() -> None:
    """Every library the package imports has a row in docs/DEPENDENCIES.md that says why."""
    rows = set(
        re.findall(r"^\| `([\w-]+)` \|", (PROJECT / "docs/DEPENDENCIES.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.findall(r'^    "([a-z0-9-]+)>=', project, re.MULTILINE)
    assert declared
    assert set(declared) <= rows


def test_links_between_documents_lead_somewhere() -> None:
    """A relative link in a document leads to a file that is there."""
    broken = []
    for document in [path for path in project_files() if path.suffix == ".md"]:
        text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
        targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        relative = [target for target in targets if "://" not in target]
        broken += [f"{document.name}: {target}" for target in relative if not (document.parent / target).exists()]
    assert broken == []
