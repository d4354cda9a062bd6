"""kejidiff.toml, or [tool.kejidiff] of pyproject.toml -> defaults for a command's options.

Keys are the long names of options without their dashes. At the top they hold for every command that has the option,
in a table named like a command for that command alone, which comes first:

    lang = "zh"
    [scan]
    fail-on = 0.3
    stock = ["form.txt", "notices"]
    [library]
    library = "archive.db"

Without `--config` the current folder's `kejidiff.toml` is read, or its pyproject.toml where that has such a table.
Where to write, what to print in place of a scan, and which settings file to read are said on the command line only:
a file that lies about in a folder must not make a command overwrite something. Some places it may name: a library,
which is told from other files before it is written to, and the folders of the reports and of a large scan's work, below
the current one unless the file was asked for with `--config`. Nor must it start other programs that open sockets, or
send texts to a machine that nobody named: `--engine` and `--master` are no settings.
"""

import os
from collections.abc import Mapping
from typing import Any, Final

import click

from kejidiff.cli.failure import SETTINGS
from kejidiff.errors import UsageError

_COMMAND_LINE_ONLY: Final = frozenset({
    "config", "output", "dump-text", "debug", "engine", "help", "in", "manifest", "master", "write", "write-baseline",
    "today",
})  # fmt: skip
#: Where texts are written that nobody else shall find.
_FOLDERS: Final = ("reports", "work")


def load_settings(context: click.Context, _parameter: click.Parameter, given: str | None) -> None:
    """Click's callback for `--config`: puts the file's values under the command's options, below what is typed.

    Raises UsageError for a file that cannot be read, is not TOML, or says what no command knows.
    """
    if context.resilient_parsing:
        return
    name = given if given is not None else next(filter(os.path.isfile, ("kejidiff.toml", "pyproject.toml")), None)
    if name is None:
        return
    table = _table(name, asked_for=given is not None)
    if not table:  # a project's file that does not speak of us: no reason to load every command
        return
    root = context.find_root()
    assert isinstance(root.command, click.Group)
    known = {
        command: _keys(root.command.get_command(context, command)) for command in root.command.list_commands(context)
    }
    _check(name, table, known)
    mine = _keys(context.command)
    merged = {**table, **table.get(_table_name(context), {})}
    merged = {key: value for key, value in merged.items() if key in mine}
    for key in _FOLDERS:
        if given is None and key in merged and not _is_below_here(str(merged[key])):
            advice = "say it on the command line, or name the file with --config"
            raise UsageError(f"{name}: {key}", "leads out of the current folder", advice)
    context.meta[SETTINGS] = name
    context.default_map = {str(mine[key].name): _as_given(mine[key], value) for key, value in merged.items()}


def _table_name(context: click.Context) -> str:
    """The command as the root knows it: `library` for `library add`."""
    while context.parent is not None and context.parent.parent is not None:
        context = context.parent
    return str(context.info_name)


def _is_below_here(path: str) -> bool:
    """True for the current folder and what is in it, links followed."""
    here = os.path.realpath(os.curdir)
    try:
        return os.path.commonpath([here, os.path.realpath(path)]) == here
    except ValueError:  # another drive, or no path at all
        return False


def _as_given(option: click.Option, value: object) -> object:
    """One value of an option that may be given several times is a list of one."""
    return [value] if option.multiple and not isinstance(value, list) else value


def _table(name: str, asked_for: bool) -> dict[str, Any]:
    """The settings in the file; empty for a pyproject.toml nobody asked for that does not speak of kejidiff."""
    try:
        with open(name, "rb") as file:
            content = file.read()
    except OSError as error:
        raise UsageError(name, (error.strerror or "cannot be read").lower(), "check --config") from error
    in_project = os.path.basename(name) == "pyproject.toml"
    if in_project and not asked_for and b"tool.kejidiff" not in content:
        return {}
    import tomllib

    try:
        table = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:  # nested deeper than Python's calls, as no settings are
        raise UsageError(name, f"not TOML: {error}", "mend the file, or name another with --config") from error
    if in_project:
        tool = table.get("tool")
        table = tool.get("kejidiff", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise UsageError(name, "tool.kejidiff is not a table", "see docs/COMMANDS.md")
    return table


def _keys(command: click.Command | None) -> dict[str, click.Option]:
    """A command's options that a settings file may set, by key; of a group those of all its commands."""
    if isinstance(command, click.Group):
        return {key: option for own in command.commands.values() for key, option in _keys(own).items()}
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)] if command else []
    named = {max(option.opts, key=len).lstrip("-"): option for option in options}
    return {key: option for key, option in named.items() if key not in _COMMAND_LINE_ONLY}


def _check(name: str, table: Mapping[str, Any], known: Mapping[str, Mapping[str, click.Option]]) -> None:
    everywhere = {key: option for keys in known.values() for key, option in keys.items()}
    for key, value in table.items():
        if key in known:
            if not isinstance(value, dict):
                raise UsageError(f"{name}: {key}", "not a table", f"write [{key}]")
            for inner, setting in value.items():
                _check_one(f"{name}: {key}.{inner}", known[key].get(inner), setting)
        else:
            _check_one(f"{name}: {key}", everywhere.get(key), value)


def _check_one(subject: str, option: click.Option | None, value: object) -> None:
    """Whether the option exists and takes a value of this kind; its own type looks at the value itself."""
    if option is None:
        raise UsageError(subject, "no such setting", "docs/COMMANDS.md lists them")
    if option.is_flag and not isinstance(value, bool):
        raise UsageError(subject, "neither true nor false", "write true or false")
    if option.multiple and isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            raise UsageError(subject, "not a list of texts", "see docs/COMMANDS.md")
        return
    if not option.is_flag and (isinstance(value, bool) or not isinstance(value, str | int | float)):
        raise UsageError(subject, "neither text nor a number", "see docs/COMMANDS.md")
