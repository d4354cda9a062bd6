"""What a library keeps, and what became of files -> text for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Final

from kejidiff.model.stored import LibraryInfo, StoredDocument
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count
from kejidiff.view.terminal.cells import Line, Piece, cut_middle, cut_text, padded, text_width
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, joined, labelled, wrapped
from kejidiff.view.terminal.paint import painted
from kejidiff.view.visible import visible_line

#: Cells a file's name may take before its middle gives way.
_NAME: Final = 48
_STYLES: Final = {"added": "strong", "replaced": "warning", "unchanged": "quiet", "removed": "strong"}


def render_outcome(path: str, documents: int, state: str, *, width: int, lang: str, color: bool) -> str:
    """One file that was added, in a line or two."""
    word = term("stored", state, lang)
    told: Line = [
        Piece(word, _STYLES.get(state, "")),
        GAP,
        Piece(cut_middle(visible_line(path), min(_NAME, width - 2))),
    ]
    if documents != 1:
        told += [GAP, Piece(message("library.documents", lang, n=documents), "quiet")]
    return painted(wrapped(told, width, 1, 2), color)


def render_sum(states: Mapping[str, int], unread: int, *, width: int, lang: str, color: bool) -> str:
    """What became of all files of a call."""
    numbers = {state: states.get(state, 0) for state in ("added", "unchanged", "replaced")}
    parts: list[Line] = [[Piece(message("library.sum", lang, **numbers))]]
    if unread:
        parts.append([Piece(message("library.unread", lang, n=unread), "warning")])
    return painted(wrapped(joined(parts), width), color)


def render_removed(ids: Sequence[str], *, width: int, lang: str, color: bool) -> str:
    """The documents that were taken out."""
    lines: list[Line] = []
    for name in ids:
        told = [Piece(term("stored", "removed", lang), "strong"), GAP, Piece(visible_line(name))]
        lines += wrapped(told, width, 1, 2)
    return painted([*lines, *wrapped([Piece(message("library.removed", lang, n=len(ids)))], width)], color)


def render_list(documents: Sequence[StoredDocument], *, width: int, lang: str, color: bool) -> str:
    """Every document: its id, its title, what is known of it."""
    if not documents:
        return painted(wrapped([Piece(message("library.empty", lang))], width), color)
    names = [cut_middle(visible_line(document.id), min(_NAME, width - 2)) for document in documents]
    widest = max(map(text_width, names))
    lines: list[Line] = []
    for document, name in zip(documents, names, strict=True):
        beside = width - widest > 40
        title = cut_text(visible_line(document.title), width - 3 - (widest if beside else 0))
        told = [[Piece(title, "title")], *_known(document, lang)]
        if beside:
            first, *more = flow(told, width - widest - 3, separator=SEPARATOR)
            lines.append([Piece(" "), *padded([Piece(name)], widest), GAP, *first])
            lines += [[Piece(" " * (widest + 3)), *line] for line in more]
        else:
            lines += [*wrapped([Piece(name)], width, 1), *wrapped(joined(told), width, 3)]
    return painted([*lines, *wrapped([Piece(message("library.documents", lang, n=len(documents)))], width)], color)


def render_info(info: LibraryInfo, *, width: int, lang: str, color: bool) -> str:
    """The library in figures."""
    channels = [
        [Piece(message("library.channel", lang, name=name, runs=runs, parts=parts))]
        for name, (runs, parts) in info.runs.items()
    ]
    whole = "library.checks.whole" if info.sealed else "library.checks.behind"
    rows: list[tuple[str, list[Line]]] = [
        (
            "library.holds",
            [
                [Piece(message("count.files", lang, n=info.files))],
                [Piece(message("count.documents", lang, n=info.documents))],
                [Piece(message("count.countable", lang, n=count(info.countable)))],
            ],
        ),
        ("library.size", [[Piece(message("library.bytes", lang, n=info.bytes))]]),
        ("library.index", channels),
        ("library.checks", [[Piece(message(whole, lang))]]),
        ("library.layout", [[Piece(visible_line(f"{version} {at} {tool}"))] for version, at, tool in info.history]),
        ("library.parameters", [[Piece(visible_line(f"{name} {value}"))] for name, value in info.parameters.items()]),
    ]
    cells = max(text_width(message(key, lang)) for key, _ in rows) + 2
    lines: list[Line] = wrapped([Piece(visible_line(info.path), "title")], width)
    for key, entries in rows:

        def fill(room: int, entries: list[Line] = entries) -> list[Line]:
            return flow(entries, room, separator=SEPARATOR)

        lines += labelled(message(key, lang), cells, width, fill, 1)
    return painted(lines, color)


def render_verified(path: str, problems: Sequence[str], *, width: int, lang: str, color: bool) -> str:
    """Every problem, or that there is none."""
    name = visible_line(path)
    if not problems:
        told = [Piece(name), GAP, Piece(message("library.sound", lang), "strong")]
        return painted(wrapped(told, width), color)
    lines: list[Line] = [line for problem in problems for line in wrapped([Piece(visible_line(problem))], width, 1, 2)]
    told = [Piece(name), GAP, Piece(message("library.problems", lang, n=len(problems)), "warning")]
    return painted([*lines, *wrapped(told, width)], color)


def _known(document: StoredDocument, lang: str) -> list[Line]:
    metadata = document.file.metadata
    said = (metadata.place, metadata.unit, metadata.year, *metadata.tags)
    parts: list[Line] = [[Piece(visible_line(text), "quiet")] for text in said if text]
    return [*parts, [Piece(message("count.countable", lang, n=document.part.countable), "quiet")]]
