"""What a long run is doing -> one line on stderr that goes away; nothing where nobody would see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kejidiff.cli.presentation import Presentation

Advance = Callable[[str, int, int], None]


@contextmanager
def progress(presentation: Presentation) -> Iterator[Advance | None]:
    """The callback a scan reports its stages to, or None where stderr is no terminal or `--quiet` is given."""
    if not presentation.shows_progress:
        yield None
        return
    from kejidiff.view.terminal.progress import progress as bar

    with bar(presentation.lang) as advance:
        yield advance
