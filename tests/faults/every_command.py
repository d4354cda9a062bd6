"""A folder of reports -> a call of every command there is, in every format it has: for promises that hold for all."""

from pathlib import Path

import click
from bad_input import Material

from kejidiff.cli.command import COMMANDS, kejidiff


def formats_of(call: list[str]) -> tuple[str, ...]:
    """What `--format` of the command that is called may be; nothing where it has no such option."""
    found = kejidiff.get_command(click.Context(kejidiff), call[0])
    if isinstance(found, click.Group):
        found = found.get_command(click.Context(found), call[1])
    assert found is not None
    types = [parameter.type for parameter in found.params if "--format" in parameter.opts]
    return tuple(str(choice) for kind in types if isinstance(kind, click.Choice) for choice in kind.choices)


def calls(folder: Path, library: Path) -> dict[str, list[str]]:
    """By name, one call or several of every command of this version; none writes into `folder`.

    `folder` holds `a.txt` and `b.txt`. The library commands stand in the order in which they must be made.
    """
    one, two = str(folder / "a.txt"), str(folder / "b.txt")
    store = ["--library", str(library)]
    made = {
        "scan": ["scan", str(folder), "--no-reports"],
        "show": ["show", one, two],
        "explain": ["explain", one, two],
        "check": ["check", one, "--against", two, "--no-reports"],
        "dedup": ["dedup", str(folder)],
        "library add": ["library", "add", str(folder), *store],
        "library list": ["library", "list", *store],
        "library info": ["library", "info", *store],
        "library verify": ["library", "verify", *store],
        "check library": ["check", one, *store, "--no-reports"],
        "library remove": ["library", "remove", "a.txt", *store],
    }
    known = {name: call for name, call in made.items() if set(name.split()) & set(COMMANDS) and call[0] in COMMANDS}
    assert set(COMMANDS) <= {call[0] for call in known.values()}, "a command without a call here"
    return known


def two_reports(folder: Path, extra: str = "") -> None:
    """`a.txt` and `b.txt`, which share their beginning, with `extra` in both."""
    material = Material(7)
    shared = [extra + material.paragraph(3) + extra for _ in range(3)]
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("a.txt", "b.txt"):
        own = material.paragraph(4)
        text = "\n".join([material.sentence()[:12] + extra, *shared, own]) + "\n"
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
