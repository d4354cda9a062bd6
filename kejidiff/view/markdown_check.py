"""CheckResult -> a short summary in Markdown: verdicts, sources, what to look at, exceptions, files not read.

For a merge request or a chat; escaped as `markdown` does, and no longer than its tables are.
"""

from collections.abc import Iterator, Sequence

from kejidiff.model import ReuseStats, Skipped
from kejidiff.model.check import LIMITS, CheckResult, DraftCheck
from kejidiff.view import verdict as words
from kejidiff.view.concerns import concerns, ranges
from kejidiff.view.labels import short_ids
from kejidiff.view.markdown import ROWS, escaped, section
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, percent
from kejidiff.view.reservations import reservation


def check_markdown(result: CheckResult, lang: str) -> str:
    """The summary in `lang`; ends with a newline. Equal results give equal text."""
    return "\n".join(_lines(result, lang)) + "\n"


def _lines(result: CheckResult, lang: str) -> Iterator[str]:
    yield f"# {words.headline(result, lang)}"
    yield ""
    yield f"*{words.caveat(result, lang)}*"
    if told := words.looked_at(result, lang):
        yield from ("", told)
    if result.itself:
        names = message("comma", lang).join(escaped(name) for name in result.itself)
        yield from ("", message("check.itself", lang, names=names))
    yield from _drafts(result, lang)
    labels = short_ids([document.id for document in result.scan.documents])
    for draft in words.in_order(result):
        if draft.document:
            yield from _of_draft(result, draft, labels, lang)
    yield from _exceptions(result, lang)
    yield from _unread(result, lang)


def _drafts(result: CheckResult, lang: str) -> Iterator[str]:
    columns = ["check.column.draft", "check.column.verdict", "column.total", "check.column.judged", "column.single",
               "column.run", "column.notes"]  # fmt: skip
    limits = [words.limit_told(result, limit, lang) for limit in LIMITS]
    rows = []
    for draft in words.in_order(result)[:ROWS]:
        notes = [*words.reasons(draft, lang), words.left_out(draft, lang), words.baseline_told(result, draft, lang)]
        rows.append(
            (
                escaped(draft.name),
                message(f"check.verdict.{draft.verdict}", lang),
                *(_figures(result, draft, limits, lang) if draft.document else ("—",) * 4),
                escaped("; ".join(note for note in notes if note)),
            )
        )
    yield from section("check.page.title", columns, "l l r r r r l", rows, lang)
    if len(result.drafts) > ROWS:
        yield from ("", message("check.more.record", lang, n=len(result.drafts) - ROWS))


def _figures(result: CheckResult, draft: DraftCheck, limits: Sequence[str], lang: str) -> tuple[str, str, str, str]:
    """All that is reused, then against each limit what is judged; of a source and of a run, where less of it is judged
    than there is, both."""
    stats, judged = draft.stats, draft.judged

    def value(of: ReuseStats) -> str:
        return words.value(result, of, "single", lang)

    def told(whole: str, part: str, limit: str) -> str:
        less = message("parenthesis", lang, text=f"{message('check.column.judged', lang)} {part}")
        return escaped(f"{whole}{less if part != whole else ''}, {limit}")

    return (
        f"{escaped(words.value(result, stats, 'total', lang))} ({words.of_characters(stats.reused, stats.countable)})",
        escaped(f"{words.value(result, judged, 'total', lang)}, {limits[0]}"),
        told(value(stats), value(judged), limits[1]),
        told(count(stats.longest_run), count(judged.longest_run), limits[2]),
    )


def _of_draft(result: CheckResult, draft: DraftCheck, labels: dict[str, str], lang: str) -> Iterator[str]:
    """Sources and what to look at; nothing where there is neither."""
    rows = [
        (
            f"{escaped(labels[source.id])} {escaped(source.title)}",
            escaped(percent(source.share)),
            " · ".join(
                [*(term("relation", slug, lang) for slug in source.relation),
                 *([message("check.own.mark", lang)] if source.own else [])]
            ),
            ranges(source.paragraphs, lang),
        )
        for source in draft.sources
    ]  # fmt: skip
    if rows:
        columns = ("check.column.source", "check.column.share", "check.column.relation", "check.column.paragraphs")
        yield from section("check.sources", columns, "l r l l", rows[:ROWS], lang, escaped(labels[draft.document]))
    if len(rows) > ROWS:
        yield from ("", message("check.more.record", lang, n=len(rows) - ROWS))
    found = concerns(result, draft)
    told = [
        (
            message(f"check.concern.{one.kind}", lang),
            ranges((one.number,), lang) if one.number is not None else "",
            "".join(escaped(part) for part in (one.before, one.text, one.after)),
            escaped(labels[one.source]) if one.source else escaped(reservation(one.own, lang)),
        )
        for one in found[:ROWS]
    ]
    if told:
        columns = ("page.column.kind", "check.column.paragraphs", "page.carried.sentence", "check.column.source")
        yield from section("check.concerns", columns, "l l l l", told, lang, escaped(labels[draft.document]))
    if len(found) > ROWS:
        yield from ("", message("check.more.record", lang, n=len(found) - ROWS))


def _exceptions(result: CheckResult, lang: str) -> Iterator[str]:
    """All of them, however many: what is left out is told."""
    used = words.entry_use(result)
    rows = [
        (
            escaped(entry.source) or message("check.any", lang), escaped(entry.text), escaped(entry.reason),
            escaped(entry.owner),
            entry.expires + (f" ({message('check.ignored.expired', lang)})" if at in result.expired else ""),
            str(used.get(at, 0)),
        )
        for at, entry in enumerate(result.ignore)
    ]  # fmt: skip
    if rows:
        columns = ("check.column.source", "page.column.text", "check.column.reason", "check.column.owner",
                   "check.column.expires", "page.column.places")  # fmt: skip
        yield from section("check.ignored", columns, "l l l l l r", rows, lang)


def _unread(result: CheckResult, lang: str) -> Iterator[str]:
    skipped = [file for file in result.scan.every_file if isinstance(file, Skipped) and not file.harmless]
    rows = [
        (escaped(file.path), term("state", file.state, lang), escaped(file.reason), escaped(file.message))
        for file in skipped[:ROWS]
    ]
    if rows:
        columns = ("page.column.file", "page.column.state", "page.column.reason", "page.column.message")
        yield from section("heading.skipped", columns, "l l l l", rows, lang)
    if len(skipped) > ROWS:
        yield from ("", message("check.more.record", lang, n=len(skipped) - ROWS))
