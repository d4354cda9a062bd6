"""ScanResult -> a short summary in Markdown: verdict, pairs, documents, files that were not read.

For pasting into an issue, a merge request, a chat: no evidence, only where it is. Tables are GitHub Flavored Markdown.
Text of documents and names of files is inert: every character that could open markup, a link or a cell is escaped, and
nothing in it is hidden. Limitation: sites that look for @names in finished text will find them here too.
Source: CommonMark 0.31 (a backslash before ASCII punctuation makes it literal); GFM 0.29 (tables, autolinks).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kejidiff.model import Comparison, ScanResult, Skipped, SourceText
from kejidiff.view.carried import carried
from kejidiff.view.headline import counts, reused, stock_words, verdict
from kejidiff.view.labels import short_ids, typed
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, numerator, percent
from kejidiff.view.visible import visible_line

#: Rows of each table; a summary longer than two screens is none.
ROWS: Final = 20

_TIERS: Final = ("verbatim", "light", "rewritten")

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>|~#$&@^=]|(?<=:)/(?=/)|(?<=[wW]{3})\.")


def escaped(text: str) -> str:
    """`text` as literal Markdown on one line, with nothing hidden in it."""
    return _MARKUP.sub(lambda match: "&lt;" if match.group() == "<" else f"\\{match.group()}", visible_line(text))


def scan_markdown(result: ScanResult, lang: str) -> str:
    """The summary in `lang` (`zh`, or English for any other); ends with a newline. Equal results give equal text."""
    return "\n".join(_lines(result, lang)) + "\n"


def _lines(result: ScanResult, lang: str) -> Iterator[str]:
    yield f"# {verdict(result, lang)}"
    yield ""
    yield " · ".join(counts(result, lang))
    yield ""
    yield f"*{message('caveat', lang)}*"
    if not result.complete:
        yield ""
        yield f"**{message('incomplete', lang)}**"
    names = _names(result)
    if result.comparisons:
        yield from pairs(result, names, lang)
        yield from _carried(result, lang)
        yield from documents(result, names, lang)
        others = len(result.documents) - reused(result)
        if others:
            yield from ("", message("more.documents", lang, n=others))
        yield from _next(result, lang)
    yield from unread(result.every_file, lang)


def _names(result: ScanResult) -> dict[str, str]:
    """Document ids -> label and title."""
    labels = short_ids([document.id for document in result.documents])
    return {document.id: f"{escaped(labels[document.id])} {escaped(document.title)}" for document in result.documents}


def pairs(result: ScanResult, names: dict[str, str], lang: str, beyond: int = 0) -> Iterator[str]:
    """The table of pairs. `beyond`: pairs that the result does not hold."""
    countable = {document.id: document.countable for document in result.documents}

    def share(document_id: str, part: float) -> str:
        whole = countable[document_id]
        return f"{escaped(percent(part))} ({count(numerator(part, whole))} / {count(whole)})"

    def row(comparison: Comparison) -> tuple[str, ...]:
        tiers = Counter(pair.tier for pair in comparison.pairs) or Counter(found.tier for found in comparison.passages)
        return (
            names[comparison.left],
            share(comparison.left, comparison.left_reuse),
            names[comparison.right],
            share(comparison.right, comparison.right_reuse),
            " · ".join(f"{term('tier', tier, lang)} {count(number)}" for tier in _TIERS if (number := tiers[tier])),
        )

    columns = ("page.column.left", "page.column.reuse", "page.column.right", "page.column.reuse", "page.column.finding")
    rows = [row(comparison) for comparison in result.comparisons[:ROWS]]
    yield from section("heading.pairs", columns, "l r l r l", rows, lang)
    if left_out := len(result.comparisons) - len(rows) + beyond:
        yield from ("", message("page.more.record", lang, n=left_out))


def _carried(result: ScanResult, lang: str) -> Iterator[str]:
    """What was left over, pair by pair."""
    labels = short_ids([document.id for document in result.documents])
    rows = []
    for comparison in result.comparisons:
        left, right = result.document(comparison.left), result.document(comparison.right)
        pair = f"{escaped(labels[left.id])} ⇄ {escaped(labels[right.id])}"
        for one in carried(comparison, left, right, (result.text_of(left), result.text_of(right))):
            told = "".join(escaped(part) for part in (one.before, "“", one.text, "”", one.after))
            rows.append((pair, one.named(lang), one.at(lang), told, escaped(one.owner(lang))))
    if rows:
        columns = ("heading.pairs", "page.column.kind", "page.carried.place", "page.carried.sentence",
                   "page.carried.owner")  # fmt: skip
        yield from section("heading.carried", columns, "l l l l l", rows[:ROWS], lang)
    if len(rows) > ROWS:
        yield from ("", message("page.more.record", lang, n=len(rows) - ROWS))


def documents(result: ScanResult, names: dict[str, str], lang: str, beyond: int = 0) -> Iterator[str]:
    """The table of documents with reuse. `beyond`: such as the result does not hold."""
    found = sorted(
        (document for document in result.documents if result.stats[document.id].reused),
        key=lambda document: -result.stats[document.id].total,
    )
    rows = []
    for document in found[:ROWS]:
        stats = result.stats[document.id]
        total = f"{escaped(percent(stats.total))} ({count(stats.reused)} / {count(stats.countable)})"
        run = count(stats.longest_run)
        rows.append((names[document.id], total, escaped(percent(stats.single)), run, percent(stats.stock_share)))
    columns = ("column.report", "column.total", "column.single", "column.run", "column.stock")
    yield from section("heading.documents", columns, "l r r r r", rows, lang)
    if left_out := len(found) - len(rows) + beyond:
        yield from ("", message("page.more.record", lang, n=left_out))


def _next(result: ScanResult, lang: str) -> Iterator[str]:
    labels = short_ids([document.id for document in result.documents])
    first = result.comparisons[0]
    command = f"kejidiff show {typed((*stock_words(result), labels[first.left], labels[first.right]))}"
    yield from command_line(command, lang)


def command_line(command: str, lang: str) -> Iterator[str]:
    """A command to be typed, in a fence that no backtick in it ends."""
    fence = "`" * (1 + max((len(ticks) for ticks in re.findall("`+", command)), default=0))
    yield from ("", f"{message('next', lang)}: {fence} {command} {fence}")


def unread(files: Iterable[SourceText | Skipped], lang: str) -> Iterator[str]:
    """The files that were not read and should have been."""
    skipped = [file for file in files if isinstance(file, Skipped) and not file.harmless]
    if skipped:
        columns = ("page.column.file", "page.column.state", "page.column.reason", "page.column.message")
        rows = [
            (escaped(file.path), term("state", file.state, lang), escaped(file.reason), escaped(file.message))
            for file in skipped[:ROWS]
        ]
        yield from section("heading.skipped", columns, "l l l l", rows, lang)
    if len(skipped) > ROWS:
        yield from ("", message("page.more.record", lang, n=len(skipped) - ROWS))


def section(
    heading: str, columns: Sequence[str], sides: str, rows: Iterable[Sequence[str]], lang: str, of: str = ""
) -> Iterator[str]:
    """A heading and a table; `sides` says for each column whether it is flush left or right, `of` whose it is."""
    yield from ("", f"## {message(heading, lang)}{message('colon', lang) + of if of else ''}", "")
    yield _row([message(column, lang) for column in columns])
    yield _row(["--:" if side == "r" else "---" for side in sides.split()])
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
