"""A command's name -> the command, loaded when it is called; and the shape of help: headings, examples.

A command lives in the module of its name beside this one, as `command`. That module may import click and its
neighbours; the rooms it needs it imports when it runs, so that help stays quick.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final, TypeVar

import click

from kejidiff.cli.output import write_stdout

#: What there is, in the order a reader meets it, and in a line what it is for: known without loading any of it.
COMMANDS: Final = {
    "scan": "Compare every report with every other.",
    "show": "Show two reports side by side, with every change marked.",
    "explain": "Say why two reports do or do not share a passage.",
    "dedup": "Decide what to keep of a corpus, and write a clean copy.",
}

#: Help names both spellings everywhere.
CONTEXT: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"]}

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class GroupedOption(click.Option):
    """An option that stands in help under the heading `group`."""

    def __init__(self, *names: Any, group: str = "Options", **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.group = group


class HelpfulCommand(click.Command):
    """A command whose help shows its options under their headings and its examples as they are typed."""

    def __init__(self, name: str | None, *, examples: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(name, context_settings=CONTEXT, **attributes)
        self.examples = tuple(examples)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options by heading, in the order the headings first appear."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, click.Option):
                headings.setdefault(getattr(parameter, "group", "Other"), []).append(record)
        for heading, records in headings.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's own
        """The examples, each on a line of its own."""
        if self.examples:
            with formatter.section("Examples"):
                formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in self.examples))


class LazyGroup(click.Group):
    """The group of `COMMANDS`; a command's module is imported when the command is asked for."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own signature
        """The names, not by alphabet but in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's own
        """None where there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kejidiff.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's own
        """The commands with what they are for."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _help_option(option: click.Option | None) -> click.Option | None:
    """Click's help option, writing through our own door: a full or closed stdout is an error there, not silence."""
    if option is not None:
        option.callback = _print_help
        option.help = "Show this help and exit."
    return option


def _print_help(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        write_stdout((context.get_help() + "\n").encode())
        context.exit()


def _print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from kejidiff.version import __version__

        write_stdout(f"kejidiff {__version__}\n".encode())
        context.exit()


@click.group(
    cls=LazyGroup,
    context_settings=CONTEXT,
    no_args_is_help=False,
    invoke_without_command=True,
    epilog="`kejidiff COMMAND --help` explains a command. Exit codes: 0 fine, 1 reuse at or over a limit, 2 wrong "
    "usage, 3 done but not everything was read, 4 library, 5 output, 70 a defect of kejidiff.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def kejidiff(context: click.Context) -> None:
    """Find recycled text in Chinese reports.

    Compares every report with every other, and shows what is shared, how much, and what was changed to hide it.
    """
    if context.invoked_subcommand is None:
        context.fail(f"no command given: {', '.join(COMMANDS)}")


def option(*names: str, group: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """`click.option` under the heading `group` of the command's help."""
    return click.option(*names, cls=GroupedOption, group=group, **attributes)
