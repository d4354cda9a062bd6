"""Stages of a run -> a bar on stderr, for those who wait: only on a terminal, only after a second, gone at the end.

The only door to rich's progress; rich is imported when the bar appears, so a short run never pays for it.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kejidiff.view.messages import term
from kejidiff.view.visible import visible_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds of silence: below, a bar would only flicker (limit of uninterrupted thought, Nielsen 1993).
PATIENCE: Final = 1.0

Advance = Callable[[str, int, int], None]


@contextmanager
def progress(lang: str) -> Iterator[Advance]:
    """A function to call with (stage, done, total): stage names are words of `messages` (`progress.*`) or shown as is.

    `total` 0 means: not known. Where stderr is no terminal the function does nothing.
    """
    bar = _Bar(lang, bool(sys.stderr and sys.stderr.isatty()))
    try:
        yield bar.advance
    finally:
        bar.stop()


class _Bar:
    def __init__(self, lang: str, wanted: bool) -> None:
        self.lang, self.wanted, self.begun = lang, wanted, time.monotonic()
        self.progress: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def advance(self, stage: str, done: int, total: int) -> None:
        """Move the stage's bar; the first call after `PATIENCE` makes it appear."""
        if not self.wanted or (self.progress is None and time.monotonic() - self.begun < PATIENCE):
            return
        if self.progress is None:
            self.progress = self._started()
        if stage not in self.tasks:
            for task in self.tasks.values():
                self.progress.update(task, visible=False)
            name = visible_line(term("progress", stage, self.lang))
            self.tasks[stage] = self.progress.add_task(name, total=total or None)
        self.progress.update(self.tasks[stage], completed=done, total=total or None)

    def stop(self) -> None:
        if self.progress is not None:
            self.progress.stop()

    def _started(self) -> "Progress":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, highlight=False, emoji=False, markup=False),
            transient=True,
        )
        bar.start()
        return bar
