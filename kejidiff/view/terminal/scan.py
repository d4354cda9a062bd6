"""ScanResult -> the page a scan ends with: verdict, documents, pairs, what was left out, what to do next."""

from collections.abc import Sequence

from kejidiff.model import ScanResult, Skipped
from kejidiff.view.headline import alarms, stock_files
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
    lines = [*_head(result, width, lang, seconds), *_verdict(result, ids, width, lang)]
    if result.documents:
        lines += [[], *documents(result, ids, width, lang, everything)]
    if result.comparisons:
        heading = [Piece(message("heading.pairs", lang), "heading")]
        lines += [[], *wrapped(heading, width, 1), *pairs(result, ids, width, lang, everything)]
    lines += all_of(Lists(result, ids, width, lang, everything, phrases))
    return painted(
        [*lines, *written(reports, width, lang), *next_command(result, ids, width, lang, bool(reports))], color
    )


def _head(result: ScanResult, width: int, lang: str, seconds: float | None) -> list[Line]:
    """What was read: three counts of files that add up, documents, characters, time."""
    unread = [file for file in result.files if isinstance(file, Skipped)]
    failed = sum(file.state == "error" for file in unread)
    states = message(
        "count.files.states",
        lang,
        read=len(result.files) - len(unread),
        skipped=len(unread) - failed,
        failed=failed,
    )
    files = message("count.files", lang, n=len(result.files)) + message("parenthesis", lang, text=states)
    countable = sum(document.countable for document in result.documents)
    entries = [
        [Piece(f"kejidiff {result.version}", "title"), GAP, Piece(files)],
        [Piece(message("count.documents", lang, n=len(result.documents)))],
        [Piece(message("count.countable", lang, n=countable))],
        [Piece(message("count.pairs", lang, n=len(result.comparisons)))],
    ]
    if result.stock_sources:
        entries.insert(1, [Piece(stock_files(result, lang))])
    if seconds is not None:
        entries.append([Piece(message("count.seconds", lang, seconds=f"{seconds:.1f}"))])
    return flow(entries, width, separator=SEPARATOR)


def _verdict(result: ScanResult, ids: dict[str, str], width: int, lang: str) -> list[Line]:
    """Is anything recycled, how much at most, and compared with what."""
    shared = [document for document in result.documents if result.stats[document.id].reused]
    if not result.documents:
        entries = [[Piece(message("verdict.empty", lang), "warning")]]
    elif not shared:
        entries = [[Piece(message("verdict.none", lang), "strong")]]
    else:
        most = max(shared, key=lambda document: result.stats[document.id].total)
        name = f"{shown(ids[most.id])} {shown(most.title)}"
        share = percent(result.stats[most.id].total)
        told = message("verdict.highest", lang, share=share, name=cut_text(name, max(12, width // 3)))
        part = message("verdict.reports", lang, part=len(shared), whole=len(result.documents))
        entries = [[Piece(message("verdict.some", lang), "warning"), GAP, Piece(part)], [Piece(told)]]
    lines = flow(entries, width, separator=SEPARATOR)
    if not result.complete:
        lines += wrapped([Piece("⚠ " + message("incomplete", lang), "warning")], width)
    for alarm in alarms(result.files, lang):
        lines += wrapped([Piece(f"⚠ {shown(alarm)}", "warning")], width, 0, 2)
    if result.documents:
        lines += wrapped([Piece(message("caveat", lang), "quiet")], width)
    return lines
