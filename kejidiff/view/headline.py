"""ScanResult -> the verdict in one line and what was counted: how every page and summary begins."""

from collections import Counter

from kejidiff.model import ScanResult, Skipped
from kejidiff.view.messages import message


def verdict(result: ScanResult, lang: str) -> str:
    """The answer to the first question: whether documents share text, and how many do."""
    if not result.documents:
        return message("verdict.empty", lang)
    if not result.comparisons:
        return message("verdict.none", lang)
    return message("page.verdict", lang, whole=len(result.documents), part=reused(result))


def reused(result: ScanResult) -> int:
    """How many documents share a passage with another."""
    return len({side for found in result.comparisons for side in (found.left, found.right)})


def counts(result: ScanResult, lang: str, seconds: float | None = None) -> tuple[str, ...]:
    """Files and their states, documents, countable characters, pairs, and how long it took where that is known."""
    states = Counter(file.state if isinstance(file, Skipped) else "read" for file in result.files)
    by_state = message(
        "count.files.states", lang, read=states["read"], skipped=states["skipped"], failed=states["error"]
    )
    told = [
        message("page.because", lang, what=message("count.files", lang, n=len(result.files)), why=by_state),
        message("count.documents", lang, n=len(result.documents)),
        message("count.countable", lang, n=sum(document.countable for document in result.documents)),
        message("count.pairs", lang, n=len(result.comparisons)),
    ]
    if seconds is not None:
        told.append(message("count.seconds", lang, seconds=f"{seconds:.1f}"))
    return tuple(told)
