"""A checked draft -> the words about it that terminal, page, Markdown and CI share: figures, limits, reasons."""

from collections import Counter
from collections.abc import Mapping

from kejidiff.errors import PARTIAL
from kejidiff.model import ReuseStats, Skipped, SourceText
from kejidiff.model.check import LIMITS, VERDICTS, CheckResult, DraftCheck, Limit
from kejidiff.span import Span, merged
from kejidiff.view.concerns import concerns
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, percent
from kejidiff.view.reservations import reservation
from kejidiff.view.visible import visible_line

TIERS = ("verbatim", "light", "rewritten")


def limit_words(result: CheckResult, limit: Limit, lang: str) -> str:
    """A limit as people read it: `30%`, `200 字`."""
    if limit == "run":
        return message("check.run.limit", lang, n=result.limits.run)
    share = 100 * (result.limits.total if limit == "total" else result.limits.single)
    return f"{share:.10g}%"


def limit_told(result: CheckResult, limit: Limit, lang: str) -> str:
    """`上限 30%`."""
    return message("check.limit", lang, limit=limit_words(result, limit, lang))


def value(result: CheckResult, stats: ReuseStats, limit: Limit, lang: str) -> str:
    """The figure that a limit is for; never rounded to the limit or past it."""
    if limit == "run":
        return message("check.run.limit", lang, n=stats.longest_run)
    if limit == "total":
        return percent(stats.total, result.limits.total)
    return percent(stats.single, result.limits.single)


def judged_source(result: CheckResult, draft: DraftCheck, limit: Limit) -> str:
    """The id of the source that the judged 单篇最大 or 最长连续 comes from; "" where nothing is judged."""
    judged = [one for one in draft.passages if one.standing == "judged"]
    if not judged:
        return ""
    if limit == "run":
        return min(judged, key=lambda one: (-one.passage.longest_run, one.source)).source
    document = result.scan.document(draft.document)
    spans: dict[str, list[Span]] = {}
    for one in judged:
        spans.setdefault(one.source, []).append(one.span)
    return min(spans, key=lambda name: (-sum(map(document.countable_in, merged(spans[name]))), name))


def judged_told(result: CheckResult, draft: DraftCheck, names: Mapping[str, str], lang: str) -> str:
    """The judged figures, each with the limit it is held against and the source it comes from; "" where they are those
    of all that was found."""
    why = left_out(draft, lang)
    if not why:
        return ""
    whole = message("count.fraction", lang, part=draft.judged.reused, whole=draft.judged.countable)
    told = []
    for limit in LIMITS:
        source = "" if limit == "total" else judged_source(result, draft, limit)
        beside = whole if limit == "total" else names[source] if source else ""
        told.append(
            f"{message(f'column.{limit}', lang)} {value(result, draft.judged, limit, lang)}"
            f"{message('parenthesis', lang, text=beside) if beside else ''}"
            f" {'✗ ' if limit in draft.exceeded else ''}{limit_told(result, limit, lang)}"
        )
    return message("check.judged", lang, why=why) + message("colon", lang) + " · ".join(told)


def left_out(draft: DraftCheck, lang: str) -> str:
    """By what the judged figures are less than all: own sources, entries, the baseline; "" where they are all."""
    standings = Counter(one.standing for one in draft.passages)
    told = [message("check.judged.own", lang)] if standings["own"] else []
    told += [
        message(f"check.judged.{standing}", lang, n=standings[standing])
        for standing in ("ignored", "known")
        if standings[standing]
    ]
    return message("comma", lang).join(told)


def baseline_told(result: CheckResult, draft: DraftCheck, lang: str) -> str:
    """How many passages the baseline holds, and how many not; "" without one."""
    if result.baseline is None or not draft.document:
        return ""
    known = sum(one.known for one in draft.passages)
    return message("check.baseline", lang, known=known, new=len(draft.passages) - known)


def reasons(draft: DraftCheck, lang: str) -> tuple[str, ...]:
    """Why it was not compared in full."""
    return tuple(
        message(f"check.reason.{reason}", lang)
        if reason in ("nothing-compared", "not-compared")
        else message(
            "check.reason.part" if reason in PARTIAL else "check.reason.file", lang, why=term("file", reason, lang)
        )
        for reason in draft.reasons
    )


def draft_files(result: CheckResult) -> tuple[SourceText | Skipped, ...]:
    """The files that the drafts are in."""
    paths = {draft.path for draft in result.drafts}
    return tuple(file for file in result.scan.files if file.path in paths)


def evasions(result: CheckResult, draft: DraftCheck, lang: str) -> tuple[str, ...]:
    """Signs that the draft was made to escape comparison, as they stand right under its verdict."""
    head = message("check.concern.evasion-suspected", lang) + message("colon", lang)
    found = (one for one in concerns(result, draft) if one.kind == "evasion-suspected")
    return tuple(dict.fromkeys(head + visible_line(reservation(one.own, lang)) for one in found))


def caveat(result: CheckResult, lang: str) -> str:
    """With how many, and that it is no result of another collection."""
    if result.in_library is None:
        return message("check.caveat", lang, n=result.compared)
    return message("check.caveat.both" if result.given else "check.caveat.library", lang, n=result.compared)


def looked_at(result: CheckResult, lang: str) -> str:
    """How much of a large library was looked at for verbatim runs only; "" where nothing was."""
    most = max(result.looked_at.documents.values(), default=0)
    return message("check.looked-at", lang, n=most, found=len(result.looked_at.listed)) if most else ""


def in_order(result: CheckResult) -> tuple[DraftCheck, ...]:
    """The drafts, the gravest verdict first."""
    return tuple(sorted(result.drafts, key=lambda draft: VERDICTS.index(draft.verdict)))


def headline(result: CheckResult, lang: str) -> str:
    """The answer in one line: how many drafts are over, incomplete, or that all passed."""
    numbers = Counter(draft.verdict for draft in result.drafts)
    graver = [
        message(f"check.page.{verdict}", lang, n=numbers[verdict])
        for verdict in ("over-limit", "incomplete")
        if numbers[verdict]
    ]
    if not result.drafts:
        return message("verdict.empty", lang)
    return " · ".join(graver) or message("check.page.pass", lang, n=numbers["pass"])


def tiers(draft: DraftCheck, lang: str) -> tuple[str, ...]:
    """`逐字 120 字` for each tier, and what formula and stock phrases come to."""
    counts = {"verbatim": draft.stats.verbatim, "light": draft.stats.light, "rewritten": draft.stats.rewritten}
    told = [
        f"{term('tier', tier, lang)} {message('count.characters', lang, n=counts[tier])}"
        for tier in TIERS
        if counts[tier]
    ]
    if draft.stats.stock:
        told.append(message("check.stock", lang, share=percent(draft.stats.stock_share)))
    return tuple(told)


def entry_use(result: CheckResult) -> dict[int, int]:
    """By entry of the ignore file: how many passages it names."""
    return Counter(one.entry for draft in result.drafts for one in draft.passages if one.entry >= 0)


def of_characters(part: int, whole: int) -> str:
    """`1,204 / 2,915`."""
    return f"{count(part)} / {count(whole)}"
