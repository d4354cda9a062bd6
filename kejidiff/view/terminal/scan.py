"""ScanResult -> the page a scan ends with: verdict, documents, pairs, what was left out, what to do next."""

from collections.abc import Sequence

from kejidiff.model import ScanResult, Skipped, SourceText
from kejidiff.view.headline import stock_files, stock_words
from kejidiff.view.labels import short_ids, typed
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.terminal.cells import Line, Piece, cut_text, text_width
from kejidiff.view.terminal.documents import documents
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, indented, labelled, wrapped
from kejidiff.view.terminal.lists import Lists, all_of
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.pairs import pairs
from kejidiff.view.visible import visible_line


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
    return painted([*lines, *_written(reports, width, lang), *_next(result, ids, width, lang, bool(reports))], color)


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
    if result.documents:
        lines += wrapped([Piece(message("caveat", lang), "quiet")], width)
    return lines


def _written(reports: Sequence[str], width: int, lang: str) -> list[Line]:
    """`报告已写入 reports/report.html · report.json`: a folder that several are in is told once."""
    if not reports:
        return []
    told: list[Line] = []
    folder = ""
    for report in map(visible_line, reports):
        same = folder and report.startswith(folder) and "/" not in report[len(folder) :]
        told.append([Piece(report[len(folder) :] if same else report)])
        folder = report[: report.rfind("/") + 1]
    label = message("reports.written", lang)
    return [[], *labelled(label, _label_cells(lang), width, lambda room: flow(told, room, separator=SEPARATOR), 1)]


def _next(result: ScanResult, ids: dict[str, str], width: int, lang: str, aligned: bool) -> list[Line]:
    """The command that shows the strongest pair; where it must be broken, so that a shell still reads it as one.

    aligned   with the line of the report files above it
    """
    if not result.comparisons:
        return []
    first = result.comparisons[0]
    words = ["kejidiff show", *map(typed, zip(*[iter(stock_words(result))] * 2, strict=True))]
    words += _words(result, ids, (first.left, first.right))
    cells = _label_cells(lang) if aligned else text_width(message("next", lang)) + 2
    if cells + 1 + text_width(" ".join(words)) <= width:
        command = [Piece(" ".join(words), "command")]
        return [*([] if aligned else [[]]), *labelled(message("next", lang), cells, width, lambda _: [command], 1)]
    lines = flow([[Piece(word, "command")] for word in words], width - 5, separator=Piece(" "))
    broken = [[*line, Piece(" \\", "command")] for line in lines[:-1]] + lines[-1:]
    return [[Piece(" "), Piece(message("next", lang), "heading")], *indented(broken, 3)]


def _label_cells(lang: str) -> int:
    return 2 + max(text_width(message(key, lang)) for key in ("reports.written", "next"))


def _location(result: ScanResult, source: SourceText) -> str:
    """Where a document lies; of a member of an archive as if the archive were a folder."""
    archives = [
        file.path
        for file in result.files
        if isinstance(file, SourceText) and file.format == "archive" and file.location == source.location
    ]
    return source.location + source.path.removeprefix(min(archives, key=len, default=source.path))


def _words(result: ScanResult, ids: dict[str, str], pair: Sequence[str]) -> list[str]:
    """What names two documents to `show`: short names within the one folder that was scanned, else their paths."""
    sources = {one: result.source(result.document(one).path) for one in pair}
    in_folder = len(result.scanned) <= 1 and all(source.location not in result.scanned for source in sources.values())
    words: list[str] = []
    for one, source in sources.items():
        several = sum(document.path == source.path for document in result.documents) > 1
        path = _location(result, source) + (f"#{one.rpartition('#')[2]}" if several else "")
        words.append(ids[one] if in_folder or not source.location else path)
    return [typed([word]) for word in (["--", *words] if any(word.startswith("-") for word in words) else words)]
