"""ScanResult -> the page a scan ends with: verdict, documents, pairs, what was left out, what to do next."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kejidiff.model import ScanResult, Skipped, SourceText
from kejidiff.view.headline import alarms, counts
from kejidiff.view.labels import short_ids
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.terminal.cells import Line, Piece, cut_text
from kejidiff.view.terminal.documents import documents
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, wrapped
from kejidiff.view.terminal.lists import Lists, all_of
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.pairs import pairs
from kejidiff.view.terminal.written import next_command, written


class Found(NamedTuple):
    """Documents with reuse and all; the highest share, 0 to 1, and whose it is, made visible."""

    part: int
    whole: int
    share: float = 0.0
    name: str = ""


def render_scan(
    result: ScanResult,
    *,
    width: int,
    lang: str,
    color: bool,
    seconds: float | None = None,
    everything: bool = False,
    reports: Sequence[str] = (),
    phrases: str = "grey",
) -> str:
    """The whole page as one string that ends in a newline.

    width       terminal cells, which no line exceeds (a command to be typed excepted); from 20 up
    lang        `zh` or `en`
    seconds     how long the scan took, where that is to be told
    everything  leave nothing out of the lists
    reports     paths of the report files that were written
    phrases     `show` lists all stock phrases, `grey` a few, `exclude` none
    """
    width = max(width, 20)
    ids = short_ids([document.id for document in result.documents])
    lines = [
        *head(result.version, counts(result, lang, seconds), width),
        *verdict(_found(result, ids), result.complete, result.files, width, lang),
    ]
    if result.documents:
        lines += [[], *documents(result, ids, width, lang, everything)]
    if result.comparisons:
        heading = [Piece(message("heading.pairs", lang), "heading")]
        lines += [[], *wrapped(heading, width, 1), *pairs(result, ids, width, lang, everything)]
    lines += all_of(Lists(result, ids, width, lang, everything, phrases))
    return painted(
        [*lines, *written(reports, width, lang), *next_command(result, ids, width, lang, bool(reports))], color
    )


def head(version: str, counts: Sequence[str], width: int) -> list[Line]:
    """What was read: three counts of files that add up, documents, characters, time."""
    first, *others = counts
    entries = [[Piece(f"kejidiff {version}", "title"), GAP, Piece(first)], *([Piece(count)] for count in others)]
    return flow(entries, width, separator=SEPARATOR)


def _found(result: ScanResult, ids: dict[str, str]) -> Found:
    shared = [document for document in result.documents if result.stats[document.id].reused]
    if not shared:
        return Found(0, len(result.documents))
    most = max(shared, key=lambda document: result.stats[document.id].total)
    name = f"{shown(ids[most.id])} {shown(most.title)}"
    return Found(len(shared), len(result.documents), result.stats[most.id].total, name)


def verdict(found: Found, complete: bool, files: Iterable[SourceText | Skipped], width: int, lang: str) -> list[Line]:
    """Is anything recycled, how much at most, and compared with what; `files` as of `headline.alarms`."""
    if not found.whole:
        entries = [[Piece(message("verdict.empty", lang), "warning")]]
    elif not found.part:
        entries = [[Piece(message("verdict.none", lang), "strong")]]
    else:
        name = cut_text(found.name, max(12, width // 3))
        told = message("verdict.highest", lang, share=percent(found.share), name=name)
        part = message("verdict.reports", lang, part=found.part, whole=found.whole)
        entries = [[Piece(message("verdict.some", lang), "warning"), GAP, Piece(part)], [Piece(told)]]
    lines = flow(entries, width, separator=SEPARATOR)
    if not complete:
        lines += wrapped([Piece("⚠ " + message("incomplete", lang), "warning")], width)
    for alarm in alarms(files, lang):
        lines += wrapped([Piece(f"⚠ {shown(alarm)}", "warning")], width, 0, 2)
    if found.whole:
        lines += wrapped([Piece(message("caveat", lang), "quiet")], width)
    return lines
