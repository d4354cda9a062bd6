"""BulkResult -> the page a large scan ends with: as that of any scan, with what leads of each list."""

from collections.abc import Sequence

from kejidiff.model.bulk import BulkResult
from kejidiff.view.headline_bulk import command, counts
from kejidiff.view.messages import message
from kejidiff.view.terminal.beyond import Beyond
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.documents import REUSED, documents
from kejidiff.view.terminal.layout import wrapped
from kejidiff.view.terminal.lists import Lists, all_of
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.pairs import LISTED, pairs
from kejidiff.view.terminal.scan import Found, head, verdict
from kejidiff.view.terminal.written import command_of, written


class WholeIds(dict[str, str]):
    """Document ids as they are: what is short among those that lead may mean many of all."""

    def __missing__(self, document_id: str) -> str:
        return document_id


def render_bulk_scan(
    result: BulkResult,
    *,
    width: int,
    lang: str,
    color: bool,
    seconds: float | None = None,
    everything: bool = False,
    reports: Sequence[str] = (),
) -> str:
    """The whole page as one string that ends in a newline; arguments as of `render_scan`."""
    width = max(width, 20)
    lines = [*head(result.version, counts(result, lang, seconds), width), *_verdict(result, width, lang)]
    ids, extract = WholeIds(), result.extract
    if result.most:
        beyond = _beyond(result, lang, everything or len(result.most) <= REUSED, bool(reports))
        lines += [[], *documents(result.most_only, ids, width, lang, everything, beyond)]
    if result.leading:
        beyond = _beyond(result, lang, everything or len(result.leading) <= LISTED, bool(reports))
        heading = [Piece(message("heading.pairs", lang), "heading")]
        lines += [[], *wrapped(heading, width, 1), *pairs(extract, ids, width, lang, everything, beyond)]
    lines += all_of(Lists(extract, ids, width, lang, everything))
    lines += written(reports, width, lang)
    if result.leading:
        lines += command_of(command(result, result.leading[0]), width, lang, bool(reports))
    return painted(lines, color)


def _verdict(result: BulkResult, width: int, lang: str) -> list[Line]:
    found = Found(0, result.totals.documents)
    if result.most:
        most = result.most[0]
        name = f"{shown(most.id)} {shown(most.title)}"
        found = Found(result.totals.recycled, result.totals.documents, most.stats.total, name)
    lines = verdict(found, result.complete, result.extract.files, width, lang)
    told = [message("bulk.depth", lang)] if result.totals.documents else []
    if result.resumed[0]:
        told.append(message("bulk.resumed", lang, part=result.resumed[0], whole=result.resumed[1]))
    return lines + [line for one in told for line in wrapped([Piece(one, "quiet")], width)]


def _beyond(result: BulkResult, lang: str, all_listed: bool, reported: bool) -> Beyond:
    """What is in no list of the result, and where it is to be found; `all_listed`: the page lists all that it holds."""
    totals = result.totals
    return Beyond(
        reused=totals.recycled - len(result.most),
        rest=totals.documents - totals.recycled,
        pairs=totals.comparisons - len(result.leading),
        where=message(f"bulk.{'all' if all_listed else 'more'}.{'report' if reported else 'record'}", lang),
    )
