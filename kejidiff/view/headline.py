"""ScanResult -> the verdict in one line and what was counted: how every page and summary begins."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kejidiff.errors import PARTIAL
from kejidiff.model import ScanResult, Skipped, SourceText
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.reservations import reservation
from kejidiff.view.visible import visible_line

#: Reservations that stand in the head of a page, and how many files are named for each.
_ALARMS: Final = ("evasion-suspected", *sorted(PARTIAL))
_NAMED: Final = 3


def verdict(result: ScanResult, lang: str) -> str:
    """The answer to the first question: whether documents share text, and how many do."""
    if not result.documents:
        return message("verdict.empty", lang)
    if not result.comparisons:
        return message("verdict.none", lang)
    return message("page.verdict", lang, whole=len(result.documents), part=reused(result))


def alarms(files: Iterable[SourceText | Skipped], lang: str) -> tuple[str, ...]:
    """What a reader must know before any figure: files with signs of evasion, files of which pages were not read."""
    told = []
    for reason in _ALARMS:
        found: dict[str, list[str]] = {}
        for file in files:
            for warning in file.warnings if isinstance(file, SourceText) else ():
                if warning.reason == reason:
                    found.setdefault(file.path, []).append(visible_line(reservation(warning.message, lang)))
        names = [
            visible_line(path) + message("parenthesis", lang, text=message("semicolon", lang).join(said))
            for path, said in list(found.items())[:_NAMED]
        ]
        if len(found) > _NAMED:
            names.append(message("alarm.more", lang, n=len(found) - _NAMED))
        if names:
            told.append(term("file", reason, lang) + message("colon", lang) + message("comma", lang).join(names))
    return tuple(told)


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
