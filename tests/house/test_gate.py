"""docs/GATE.md: its hook and its snippets do what they say, in a repository and a folder made for it."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from source_tree import PROJECT

from kejidiff.pipeline.exceptions import ignore_of

GUIDE = (PROJECT / "docs" / "GATE.md").read_text(encoding="utf-8")

PUBLISHED = (
    "磨坊修缮纪要\n\n磨坊在小河的转弯处，木梁被白蚁蛀空了三根，师傅们先用圆木顶住楼板，再一根一根换上晒了两年的杉木。石磨拆下来请石匠"
    "重新凿了齿，装回去的那天全村人都来看水车转动，第一袋面粉分给了学校的食堂。\n"
)
HONEST = "档案馆搬迁纪要\n\n旧馆的木架全部编号拆下，按原来的次序装车，新馆用白炽灯照了三天除湿，账册一册未少。\n"


def snippets(language: str) -> list[str]:
    """The code blocks of the guide in one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def variables(folder: Path) -> dict[str, str]:
    """Ours, with `kejidiff` on the path and a committer."""
    command = folder / "bin" / "kejidiff"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kejidiff "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    who = {f"GIT_{role}_{part}": "gate@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **who, "PATH": path, "PYTHONPATH": str(PROJECT), "GIT_CONFIG_GLOBAL": os.devnull}


def office(folder: Path) -> Path:
    for name, text in (("published/mill.txt", PUBLISHED), ("drafts/honest.txt", HONEST)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="no git on this system")
def test_the_hook_lets_no_recycled_draft_in(tmp_path: Path) -> None:
    """An honest draft is committed; a recycled one is refused, though the working copy was mended after `git add`."""
    known, repository = variables(tmp_path), office(tmp_path / "repository")

    def git(*arguments: str) -> int:
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        return subprocess.run(command, cwd=repository, env=known, capture_output=True, timeout=60).returncode

    assert git("init") == 0
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(snippets("sh")[0], encoding="utf-8")
    hook.chmod(0o755)
    assert git("add", "published") == git("commit", "-m", "published") == 0
    assert git("add", "drafts") == git("commit", "-m", "an honest draft") == 0
    recycled = repository / "drafts" / "新 稿.txt"
    recycled.write_text(PUBLISHED.replace("磨坊", "油坊"), encoding="utf-8")
    assert git("add", "drafts") == 0
    recycled.write_text(HONEST, encoding="utf-8")
    assert git("commit", "-m", "a recycled draft") == 1
    assert git("add", "drafts") == git("commit", "-m", "mended") == 0


@pytest.mark.parametrize(("recycled", "code"), [(False, 0), (True, 1)])
def test_the_commands_of_the_snippets_run(tmp_path: Path, recycled: bool, code: int) -> None:
    """Each line that calls kejidiff in a job ends with the code that fails it, and writes the file the job keeps."""
    known, folder = variables(tmp_path), office(tmp_path / "office")
    if recycled:
        (folder / "drafts" / "new.txt").write_text(PUBLISHED, encoding="utf-8")
    commands = re.findall(r"^\s*- (?:run: )?(kejidiff .*)$", "".join(snippets("yaml")), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = subprocess.run(command, shell=True, cwd=folder, env=known, capture_output=True, timeout=60)
        assert done.returncode == code, done.stderr
        assert (folder / command.rpartition(" ")[2]).stat().st_size
    assert (folder / "reports" / "check.html").stat().st_size


def test_the_settings_and_the_entries_are_valid(tmp_path: Path) -> None:
    """The settings name options there are; the entries say all that an entry must say."""
    settings, entries = snippets("toml")
    (tmp_path / "ignore.toml").write_text(entries, encoding="utf-8")
    assert len(ignore_of(tmp_path / "ignore.toml")) == 2
    folder = office(tmp_path)
    (folder / "forms").mkdir()
    (folder / "forms" / "form.txt").write_text("年报格式\n\n一、本年度完成的主要工作及成效\n", encoding="utf-8")
    (folder / "kejidiff.toml").write_text(settings, encoding="utf-8")
    assert set(tomllib.loads(settings)) == {"check"}
    command = [sys.executable, "-m", "kejidiff", "check", "drafts", "--no-reports"]
    done = subprocess.run(command, cwd=folder, env=variables(tmp_path), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
