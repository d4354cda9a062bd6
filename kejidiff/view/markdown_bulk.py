"""BulkResult -> a short summary in Markdown: verdict, leading pairs and documents, files not read. As `markdown`."""

from collections.abc import Iterator

from kejidiff.model.bulk import BulkResult
from kejidiff.view.headline_bulk import command, counts, verdict
from kejidiff.view.markdown import command_line, documents, escaped, pairs, unread
from kejidiff.view.messages import message


def bulk_markdown(result: BulkResult, lang: str) -> str:
    """The summary in `lang` (`zh`, or English for any other); ends with a newline. Equal results give equal text."""
    return "\n".join(_lines(result, lang)) + "\n"


def _lines(result: BulkResult, lang: str) -> Iterator[str]:
    totals = result.totals
    yield from (f"# {verdict(result, lang)}", "", " · ".join(counts(result, lang)), "")
    yield f"*{message('caveat', lang)}*"
    if totals.documents:
        yield from ("", f"*{message('bulk.depth', lang)}*")
    if not result.complete:
        yield from ("", f"**{message('incomplete', lang)}**")
    if result.leading:
        names = {one.id: f"{escaped(one.id)} {escaped(one.title)}" for one in result.extract.documents}
        yield from pairs(result.extract, names, lang, totals.comparisons - len(result.leading))
        yield from documents(result.most_only, names, lang, totals.recycled - len(result.most))
        if others := totals.documents - totals.recycled:
            yield from ("", message("more.documents", lang, n=others))
        yield from command_line(" ".join(command(result, result.leading[0])), lang)
    yield from unread(result.unread, lang)
