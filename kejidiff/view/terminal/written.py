"""ScanResult, report files -> the last lines of a page: where the reports are, and the command that shows evidence."""

from collections.abc import Sequence

from kejidiff.model import ScanResult, SourceText
from kejidiff.view.headline import stock_words
from kejidiff.view.labels import typed
from kejidiff.view.messages import message
from kejidiff.view.terminal.cells import Line, Piece, text_width
from kejidiff.view.terminal.layout import SEPARATOR, flow, indented, labelled
from kejidiff.view.visible import visible_line


def written(reports: Sequence[str], width: int, lang: str) -> list[Line]:
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


def next_command(result: ScanResult, ids: dict[str, str], width: int, lang: str, aligned: bool) -> list[Line]:
    """The command that shows the strongest pair. `aligned`: with the line of the report files above it."""
    if not result.comparisons:
        return []
    first = result.comparisons[0]
    words = ["kejidiff show", *map(typed, zip(*[iter(stock_words(result))] * 2, strict=True))]
    return command_of([*words, *_words(result, ids, (first.left, first.right))], width, lang, aligned)


def command_of(words: Sequence[str], width: int, lang: str, aligned: bool) -> list[Line]:
    """A command to be typed; where it must be broken, so that a shell still reads it as one."""
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
        if file.location == source.location and source.path.startswith(f"{file.path}/")
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
