"""Console blocks of a document -> the commands in them, run, and what they print beside what the document says.

A block that is tried:

    ```console
    $ kejidiff scan seeds/
    what it prints
    …
    ```

A line of a lone `…` stands for any number of lines, durations are compared as if all were alike, blanks at line ends
are passed over, and `(exit 3)` as a command's last line says with which code it ends (0 where nothing is said). Stderr
is printed with stdout. Commands run in an empty folder with `seeds` in it, a block's one after another; COLUMNS is 100
and the language English unless a command says otherwise.

A block under `<!-- tried: no: REASON -->` is left alone. `python tests/house/console_blocks.py` prints the blocks that
differ, `--write` puts in what was printed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from source_tree import PROJECT

BLOCK = re.compile(r"(?P<before>[^\n]*)\n+```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_ALONE = re.compile(r"<!-- tried: no: .+ -->")
DURATION = re.compile(r"\b\d+(?:\.\d+)? ?(?:秒|s\b)")
ANY_LINES = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """A block's place and its steps: a command, and the lines the document says it prints."""

    document: Path
    start: int
    end: int
    steps: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        return f"{self.document.relative_to(PROJECT).as_posix()}: {self.steps[0][0]}"


def documents() -> list[Path]:
    return [*sorted(PROJECT.glob("README*.md")), *sorted((PROJECT / "docs").glob("*.md"))]


def blocks(document: Path) -> Iterator[Block]:
    """The blocks to try, in order. A block that does not begin with a command is a mistake of its author."""
    for match in BLOCK.finditer(document.read_text(encoding="utf-8")):
        if LEFT_ALONE.search(match["before"]):
            continue
        if not match["body"].startswith("$ "):
            raise ValueError(f"{document.name}: a console block begins with no `$ `: {match['body'][:40]!r}")
        steps = []
        for part in re.split(r"^\$ ", match["body"], flags=re.MULTILINE)[1:]:
            command, *printed = part.rstrip("\n").split("\n")
            steps.append((command, tuple(printed)))
        yield Block(document, match.start("body"), match.end("body"), tuple(steps))


def run(block: Block) -> list[tuple[str, tuple[str, ...]]]:
    """Every command of the block with what it prints now."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(PROJECT / "seeds")
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": folder,
            "LANG": "C.UTF-8",
            "COLUMNS": "100",
        }
        return [(command, _print_of(command, folder, environment)) for command, _ in block.steps]


def _print_of(command: str, folder: str, environment: dict[str, str]) -> tuple[str, ...]:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    lines = done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if done.stdout else []
    return (*lines, *([f"(exit {done.returncode})"] if done.returncode else []))


def agrees(said: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether a document's lines describe what was printed."""
    parts = [r"(?:[^\n]*\n)*?" if line.strip() == ANY_LINES else re.escape(_plain(line)) + r"\n" for line in said]
    return re.fullmatch("".join(parts), "".join(f"{_plain(line)}\n" for line in printed)) is not None


def _plain(line: str) -> str:
    return DURATION.sub("0 s", line).rstrip()


def rewritten(document: Path) -> str:
    """The document with the outputs that differ put right; an elided output that still agrees stays elided."""
    text = document.read_text(encoding="utf-8")
    for block in reversed(list(blocks(document))):
        steps = [
            (command, said if agrees(said, printed) else _cut_like(said, printed))
            for (command, said), (_, printed) in zip(block.steps, run(block), strict=True)
        ]
        body = "".join(f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in lines) for command, lines in steps)
        text = text[: block.start] + body + text[block.end :]
    return text


def _cut_like(said: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """What was printed, no longer than a document said that breaks off with `…`."""
    if not said or said[-1].strip() != ANY_LINES or len(printed) <= len(said):
        return printed
    return (*printed[: len(said) - 1], ANY_LINES)


def main() -> int:
    """Print, or with `--write` mend, the documents that say what is not so; 1 where there is one."""
    differing = 0
    for document in documents():
        fresh = rewritten(document)
        if fresh == document.read_text(encoding="utf-8"):
            continue
        differing = 1
        if "--write" in sys.argv:
            document.write_text(fresh, encoding="utf-8")
        print(document.relative_to(PROJECT))  # noqa: T201 -- a script's output
    return differing


if __name__ == "__main__":
    sys.exit(main())
