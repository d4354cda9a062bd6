"""BulkResult -> the verdict in one line, what was counted, the command that looks closely at a pair. As `headline`."""

from kejidiff.model.bulk import BulkComparison, BulkResult
from kejidiff.view.labels import typed
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent


def verdict(result: BulkResult, lang: str) -> str:
    """The answer to the first question."""
    totals = result.totals
    if not totals.documents:
        return message("verdict.empty", lang)
    if not totals.comparisons:
        return message("verdict.none", lang)
    return message("page.verdict", lang, whole=totals.documents, part=totals.recycled)


def counts(result: BulkResult, lang: str, seconds: float | None = None) -> tuple[str, ...]:
    """Files and their states, documents, countable characters, pairs, and how long it took where that is known."""
    totals = result.totals
    states = message("count.files.states", lang, read=totals.read, skipped=totals.skipped, failed=totals.failed)
    files = message("count.files", lang, n=totals.read + totals.skipped + totals.failed)
    told = [
        message("page.because", lang, what=files, why=states),
        message("count.documents", lang, n=totals.documents),
        message("count.countable", lang, n=totals.countable),
        message("count.pairs", lang, n=totals.comparisons),
    ]
    if seconds is not None:
        told.append(message("count.seconds", lang, seconds=f"{seconds:.1f}"))
    return tuple(told)


def share_of_all(result: BulkResult) -> str:
    """How much of all countable characters is reused."""
    return percent(result.totals.reused / max(result.totals.countable, 1))


def command(result: BulkResult, comparison: BulkComparison) -> list[str]:
    """The words of the command that looks closely at a pair, each as it is typed."""
    names = [comparison.left, comparison.right]
    if not result.one_folder:
        paths = [name.rpartition("#") for name in names]
        names = [f"{result.extract.source(path).location or path}#{ordinal}" for path, _, ordinal in paths]
    dashed = ["--"] if any(name.startswith("-") for name in names) else []
    return ["kejidiff", "show", *(typed([word]) for word in (*dashed, *names))]
