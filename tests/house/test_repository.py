"""What is kept in the repository works on any machine, and installs what was chosen and nothing else."""

import re
import tomllib

import pytest
from source_tree import PROJECT, project_files

LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")

#: Folders of a machine, an index, or a file's address, put so that this line is none itself.
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|farm)/[A-Za-z0-9.]")
INDEX = re.compile(r"index[-_]url|find[-_]links|py" r"pi\.org|python" r"hosted\.org|/simple/?[\"'\s]", re.IGNORECASE)


def texts() -> list[tuple[str, str]]:
    """Name and content of every text file of the project but the sample reports."""
    found = []
    for path in project_files():
        name = path.relative_to(PROJECT).as_posix()
        content = path.read_bytes()
        if name.startswith("seeds/0") or b"\0" in content:
            continue
        found.append((name, content.decode("utf-8", "replace")))
    return found


@pytest.mark.parametrize("pattern", [MACHINE, INDEX], ids=["folder of a machine", "package index"])
def test_nothing_names_a_machine_or_a_package_index(pattern: re.Pattern[str]) -> None:
    """No file tells where somebody's checkout lay, or from where packages are to come: that is each machine's own."""
    here = "tests/house/test_repository.py"
    found = [f"{name}: {match.group()}" for name, text in texts() if name != here for match in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(lock: str) -> None:
    """pip installs exactly what was tried, byte for byte, and a lock names no address to get it from."""
    text = (PROJECT / lock).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=[^\s#])", text) if entry.strip()]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9-]*==[\w.]+", entry), entry[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:60]
    assert "://" not in text


def test_locks_hold_what_the_project_asks_for() -> None:
    """A dependency added to pyproject.toml and not locked would be missing on every fresh machine."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements-build.lock": project["dependency-groups"]["build"],
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["dev"],
    }
    for lock, requirements in wanted.items():
        locked = set(re.findall(r"^([a-z0-9-]+)==", (PROJECT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        assert {re.split(r"[^a-z0-9-]", requirement.lower())[0] for requirement in requirements} <= locked


def test_the_dev_lock_agrees_with_the_run_lock() -> None:
    """The tests run against the versions people run: every pin of requirements.lock is one of requirements-dev.lock.

    (For which versions of Python, the two may say differently: a library of the tests may want more.)
    """
    pins = [
        set(re.findall(r"^\S+==\S+", (PROJECT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] - pins[1] == set()
