"""DedupResult -> a short summary in Markdown: what is kept, families, what reuse is left. Rules as in `markdown`."""

from collections.abc import Iterator

from kejidiff.model.dedup import DedupResult
from kejidiff.view.labels import short_ids
from kejidiff.view.markdown import ROWS, escaped
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent


def dedup_markdown(result: DedupResult, lang: str) -> str:
    """The summary in `lang`; ends with a newline. Equal results give equal text."""
    return "\n".join(_lines(result, lang)) + "\n"


def _lines(result: DedupResult, lang: str) -> Iterator[str]:
    counts, whole = result.counts(), sum(document.countable for document in result.documents)
    gone, ids = result.countable_removed(), short_ids([document.id for document in result.documents])
    kept = message("dedup.keep", lang, part=counts["kept"] + counts["trimmed"], n=len(result.documents))
    told = message("dedup.characters", lang, part=gone, whole=whole, share=percent(gone / max(whole, 1)))
    yield f"# {kept}"
    yield ""
    yield escaped(told)
    if not result.complete:
        yield from ("", f"**{message('incomplete', lang)}**")
    titles = {document.id: document.title for document in result.documents}
    rows = [
        f"| {one.family} | {escaped(ids[one.document])} {escaped(titles[one.document])} | {escaped(ids[one.kept])} | "
        f"{message(f'dedup.{one.reason}', lang)} | {escaped(percent(one.share))} |"
        for one in result.decisions
        if one.kept
    ]
    if rows:
        heads = (message(f"dedup.{key}", lang) for key in ("families", "dropped", "kept"))
        columns = [*heads, message("page.column.reason", lang), message("dedup.share", lang)]
        yield from _table(message("dedup.families", lang), columns, rows, lang)
    left = [
        f"| {escaped(ids[one.left])} | {escaped(percent(one.left_share))} | {escaped(ids[one.right])} | "
        f"{escaped(percent(one.right_share))} |"
        for one in result.remaining
    ]
    if left:
        columns = [message(f"page.column.{key}", lang) for key in ("left", "reuse", "right", "reuse")]
        yield from _table(message("dedup.remaining", lang), columns, left, lang)


def _table(heading: str, columns: list[str], rows: list[str], lang: str) -> Iterator[str]:
    yield from ("", f"## {heading}", "", f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}")
    yield from rows[:ROWS]
    if len(rows) > ROWS:
        yield from ("", message("page.more.record", lang, n=len(rows) - ROWS))
