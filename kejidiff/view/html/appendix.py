"""Material -> the sections that stand last: text set aside or read differently, files, how to read the figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from kejidiff.model import Document, Repair, Skipped, SourceText
from kejidiff.span import Span
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import count, percent
from kejidiff.view.reservations import reservation
from kejidiff.view.visible import visible_line

#: Stretches of one kind shown as examples, and characters shown of each: three lines of the table.
EXAMPLES: Final = 4
EXAMPLE_LENGTH: Final = 36

#: Documents whose stretches are listed, and files; files that were not read, or read with a reservation, come first
#: and are always listed. What is beyond is in report.json.
DOCUMENTS: Final = 200
FILES: Final = 200

_ASIDE_COLUMNS: Final = (
    ("column.report", "broad"), ("page.column.kind", ""), ("page.column.reason", ""), ("page.column.places", "right"),
    ("page.column.characters", "right"), ("page.column.examples", "broad"),
)  # fmt: skip
_FILE_COLUMNS: Final = (
    ("page.column.file", "broad"), ("page.column.state", ""), ("page.column.message", ""), ("page.column.encoding", ""),
    ("page.column.characters", "right"), ("page.column.digest", "digest"),
)  # fmt: skip
_METHOD: Final = ("countable", "total", "single", "tiers", "stock", "direction", "anchors")


def set_aside(material: Material) -> Section | None:
    """By document; what does not count before what was repaired, reasons in alphabetical order."""
    touched = [found for found in material.documents.values() if found.excluded or found.repaired]
    if not touched:
        return None
    rows = tuple(row for document in touched[:DOCUMENTS] for row in _stretches(material, document))
    columns = tuple(Column(material.say(key), name) for key, name in _ASIDE_COLUMNS)
    more = material.left_out(touched, DOCUMENTS)
    return Section("aside", material.say("page.aside"), grids=(Grid("aside", columns, rows),), more=more)


def _stretches(material: Material, document: Document) -> Iterator[Row]:
    excluded: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    repaired: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for hole in document.excluded:
        excluded[hole.reason].append((hole.span, ""))
    for repair in document.repaired:
        repaired[repair.reason].append((repair.span, _reading(repair)))
    for kind, group, found in (("excluded", "reason", excluded), ("repaired", "repair", repaired)):
        for reason, spots in sorted(found.items()):
            yield Row(
                (
                    material.names[document.id].html,
                    material.say(f"page.aside.{kind}"),
                    material.term(group, reason),
                    count(len(spots)),
                    count(sum(span.length for span, _ in spots)),
                    _examples(material, material.texts[document.id], spots),
                )
            )


def _examples(material: Material, text: str, spots: list[tuple[Span, str]]) -> Markup:
    shown = [
        fill("<q>{}</q> → <q>{}</q>", _short(span.of(text)), _short(reading))
        if reading
        else fill("<q>{}</q>", _short(span.of(text)))
        for span, reading in spots[:EXAMPLES]
    ]
    if len(spots) > EXAMPLES:
        shown.append(fill("<small>{}</small>", material.say("count.others.places", n=len(spots) - EXAMPLES)))
    return Markup("<br>" if any(reading for _, reading in spots) else " ").join(shown)


def _reading(repair: Repair) -> str:
    """The text a stretch is read as, with 〔〕 around what the damage left open."""
    parts: list[str] = []
    position = 0
    for start, end in repair.guessed:
        parts += (repair.text[position:start], "〔", repair.text[start:end], "〕")
        position = end
    return "".join((*parts, repair.text[position:]))


def _short(text: str) -> str:
    text = " ".join(text[: 2 * EXAMPLE_LENGTH].split())
    return visible_line(text if len(text) <= EXAMPLE_LENGTH else text[: EXAMPLE_LENGTH - 1] + "…")


def files(material: Material) -> Section:
    """Files that were not read or read with a reservation, then the others; each group in the order of the scan."""
    found = sorted(material.result.files, key=lambda file: isinstance(file, SourceText) and not file.warnings)
    wanted = sum(isinstance(file, Skipped) or bool(file.warnings) for file in found)
    return listed_files(material, found, max(FILES, wanted))


def listed_files(material: Material, found: Sequence[SourceText | Skipped], most: int) -> Section:
    """The first `most` of some files."""
    rows = tuple(_file(material, file) for file in found[:most])
    columns = tuple(Column(material.say(key), name) for key, name in _FILE_COLUMNS)
    more = material.left_out(found, len(rows))
    return Section("files", material.say("page.files"), grids=(Grid("files", columns, rows),), more=more)


def _file(material: Material, file: SourceText | Skipped) -> Row:
    path = visible_line(file.path)
    if isinstance(file, Skipped):
        why = fill("<code>{}</code> {}", file.reason, visible_line(file.message))
        return Row((path, material.term("state", file.state), why, "", "", ""), "unread")
    reservations = dict.fromkeys(
        (one.reason, visible_line(reservation(one.message, material.lang))) for one in file.warnings
    )
    remarks = Markup("<br>").join(fill("<code>{}</code> {}", reason, told) for reason, told in reservations)
    encoding = file.encoding + (f" (U+FFFD ×{count(file.replaced)})" if file.replaced else "")
    return Row((path, material.say("state.read"), remarks, encoding, count(len(file.text)), file.sha256))


def method(material: Material, told: Iterable[str] = ()) -> Section:
    """What the words and the ratios of the page mean; `told` stands for the sentences of a scan in full."""
    light = percent(material.result.options.light_from)
    told = told or (material.say(f"page.method.{key}", light=light) for key in _METHOD)
    items = Markup("\n").join(fill("<li>{}</li>", sentence) for sentence in told)
    return Section("method", material.say("page.method"), html=fill('<ul class="method">{}</ul>', items))
