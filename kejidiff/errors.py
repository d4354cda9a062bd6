"""What went wrong -> one family of errors, each with a slug and an exit code.

    KejidiffError                 70  a defect, unless a subclass says otherwise
    |-- UsageError                 2  the call's words are off: unknown path, ambiguous name, bad option
    |-- NotReadError               3  the one file that was asked for could not be read; the slug is its reason code
    |-- EngineError                2  what the wanted engine needs is not installed
    |-- ClusterError               3  the cluster did not start, or broke off: nothing of the result is known
    |-- WorkerError                3  a process of the work was ended from outside: nothing of the result is known
    |-- LibraryError               4  the persistent index is missing, damaged, foreign, too new, locked
    `-- OutputError                5  the result could not be written

A file that cannot be read is no error but data (`model.Skipped`): one bad file never ends a scan.
The slugs of files are `REASONS`; every slug has an entry in docs/MESSAGES.md.
"""

from typing import Final, Literal, Self

State = Literal["skipped", "error"]

#: Reason codes of files that were passed over; all others of `REASONS` are errors (CONTRACT: details, 3).
SKIPPED_REASONS: Final = frozenset(
    {"empty", "no-text", "garbled-text", "binary", "unsupported", "too-large", "symlink", "special-file", "ignored"}
)

#: Reason codes that come with a file that was read all the same.
RESERVATIONS: Final = frozenset(
    {"decode-replaced", "evasion-suspected", "name-undecodable", "duplicate-id", "pages-without-text"}
)

#: Those of them that leave the result incomplete: a part of the file was not read.
PARTIAL: Final = frozenset({"pages-without-text"})

REASONS: Final = SKIPPED_REASONS | RESERVATIONS | {
    "too-deep", "expands-too-much", "dtd-forbidden", "encrypted", "damaged", "ambiguous-parts", "permission",
    "vanished", "changed-while-reading", "timeout", "memory", "parser-crash",
}  # fmt: skip


def state_of(reason: str) -> State:
    """`skipped` or `error`, as the reason code decides."""
    return "skipped" if reason in SKIPPED_REASONS else "error"


class KejidiffError(Exception):
    """Base of the family.

    `slug` names the case in docs/MESSAGES.md, `subject` what it happened to (a path, an option; never a sentence of
    a document), `advice` what to do about it.
    """

    exit_code: int = 70
    slug: str = "defect"

    def __init__(self, subject: str, message: str, advice: str = "", slug: str | None = None) -> None:
        super().__init__(message)
        self.subject = subject
        self.message = message
        self.advice = advice
        if slug is not None:
            self.slug = slug

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str, str]]:
        """By which one that a worker raised reaches the process that asked: `args` alone would not make it again."""
        return type(self), (self.subject, self.message, self.advice, self.slug)

    def line(self) -> str:
        """The one line a person reads: `SUBJECT: SLUG: what happened (what to do)`."""
        advice = f" ({self.advice})" if self.advice else ""
        return f"{self.subject}: {self.slug}: {self.message}{advice}"


class UsageError(KejidiffError):
    exit_code = 2
    slug = "usage"


class NotReadError(KejidiffError):
    """What was asked for cannot be read; the slug is the file's reason code."""

    exit_code = 3


class LibraryError(KejidiffError):
    exit_code = 4
    slug = "library"


class OutputError(KejidiffError):
    exit_code = 5
    slug = "output"


class EngineError(KejidiffError):
    """What the wanted engine needs is not installed."""

    exit_code = 2
    slug = "engine"


class ClusterError(KejidiffError):
    """The cluster did not start, or broke off: nothing of the result is known."""

    exit_code = 3
    slug = "cluster"


class WorkerError(KejidiffError):
    """A process of the work was ended from outside, as the system does where memory is short."""

    exit_code = 3
    slug = "worker-ended"
