"""A call that is told to stop ends so, wherever in Python the signal finds it."""

import os
import signal
import time
import weakref
from collections.abc import Callable
from contextlib import suppress

import pytest
from cli_process import Ended

from kejidiff.cli.run import run

Call = Callable[..., Ended]

#: What the call ends with by signal: as a shell reports one that the signal killed.
CODES = [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]


class Thing:
    """Something that a weak reference can be to."""


def during_a_callback(number: int) -> None:
    """The signal comes in a callback of a weak reference, as it may in any import; Python goes on as if nothing was."""
    thing = Thing()
    kept = weakref.ref(thing, lambda _: os.kill(os.getpid(), number))
    del thing
    assert kept() is None


@pytest.mark.parametrize(("number", "code"), CODES)
@pytest.mark.parametrize("seconds", [0, 5])
def test_a_signal_that_python_drops_ends_the_call(
    number: int, code: int, seconds: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Soon, if there is much to do still, or at its end; and without a word about it."""
    done = []

    def work(_: object) -> int:
        during_a_callback(number)
        time.sleep(seconds)
        done.append(seconds)
        return 0

    monkeypatch.setattr("kejidiff.cli.run.kejidiff.invoke", work)
    assert run(["scan", "x"]) == code
    assert 5 not in done, "it went on as if nothing had come"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("number", "code"), CODES[:2])
def test_a_signal_that_something_catches_is_told_at_the_end(
    number: int, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that catches everything may go on; the call says all the same that it was told to stop."""

    def work(_: object) -> int:
        with suppress(BaseException):
            os.kill(os.getpid(), number)
            time.sleep(5)
        return 0

    monkeypatch.setattr("kejidiff.cli.run.kejidiff.invoke", work)
    assert run(["scan", "x"]) == code


def test_what_was_set_before_is_set_after() -> None:
    """A call leaves a program that makes it with the handlers and hooks it had."""
    names = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGALRM)
    before = [signal.getsignal(number) for number in names]
    assert run(["--version"]) == 0
    assert [signal.getsignal(number) for number in names] == before
