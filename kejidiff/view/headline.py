"""ScanResult -> the verdict in one line and what was counted: how every page and summary begins."""

from collections import Counter

from kejidiff.model import ScanResult, Skipped
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.visible import visible_line


def verdict(result: ScanResult, lang: str) -> str:
    """The answer to the first question: whether documents share text, and how many do."""
    if not result.documents:
        return message("verdict.empty", lang)
    if not result.comparisons:
        return message("verdict.none", lang)
    return message("page.verdict", lang, whole=len(result.documents), part=reused(result))


def stock_files(result: ScanResult, lang: str) -> str:
    """How many stock files were given; their states where one of them was not read."""
    files = [source.file for source in result.stock_sources]
    told = message("count.stock", lang, n=len(files))
    states = Counter(file.state if isinstance(file, Skipped) else "read" for file in files)
    if states["read"] == len(files):
        return told
    by_state = message(
        "count.files.states", lang, read=states["read"], skipped=states["skipped"], failed=states["error"]
    )
    return message("page.because", lang, what=told, why=by_state)


def stock_words(result: ScanResult) -> tuple[str, ...]:
    """What a command on one of the pairs needs in order to see the stock that was given: `--stock PATH`, each time."""
    return tuple(word for path in result.given_as_stock for word in ("--stock", path))


def from_stock(result: ScanResult, document_id: str, lang: str) -> tuple[float, str]:
    """How much of a document stands in the stock document it shares most with, 0 to 1, and that in words; "" where it
    shares nothing with any."""
    found = result.from_stock.get(document_id, ())
    if not found:
        return 0.0, ""
    name = visible_line(found[0].path)
    if len(found) > 1:
        name += message("comma", lang) + message("count.others.places", lang, n=len(found) - 1)
    return found[0].reuse, message("note.from-stock", lang, share=percent(found[0].reuse), name=name)


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
    if result.stock_sources:
        told.insert(1, stock_files(result, lang))
    if seconds is not None:
        told.append(message("count.seconds", lang, seconds=f"{seconds:.1f}"))
    return tuple(told)
