"""CheckResult -> check.html: the page of a scan with the verdict on each draft at its head.

Sealed like that page: one file, no script, no request.
"""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from kejidiff.model.check import LIMITS, CheckResult, DraftCheck, Judged, Limit
from kejidiff.view import verdict as words
from kejidiff.view.concerns import Concern, concerns, ranges
from kejidiff.view.html import appendix, carried, findings, fragments, pairs, stock_sources
from kejidiff.view.html.anchors import comparison_anchor
from kejidiff.view.html.marks import fill, linked
from kejidiff.view.html.mast import Tile
from kejidiff.view.html.material import Material, gather
from kejidiff.view.html.page import rendered, there, unshown
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.messages import message
from kejidiff.view.numbers import count, percent
from kejidiff.view.reservations import reservation
from kejidiff.view.visible import visible_line

#: Sources and passages listed of one draft; what is beyond is in the record.
SOURCES: Final = 100
PASSAGES: Final = 300


def check_report(result: CheckResult, *, lang: str, seconds: float | None = None, phrases: str = "grey") -> str:
    """The whole check as one page; arguments as of `report`."""
    material = gather(result.scan, lang, phrases=phrases)
    counts = [
        message("check.drafts", lang, n=len(result.drafts)),
        message("count.countable", lang, n=sum(draft.stats.countable for draft in result.drafts)),
        message("check.compared", lang, n=result.compared),
        *filter(None, [words.looked_at(result, lang)]),
    ]
    if seconds is not None:
        counts.append(message("count.seconds", lang, seconds=f"{seconds:.1f}"))
    return rendered(
        material,
        verdict=words.headline(result, lang),
        title=message("check.page.title", lang),
        caveat=words.caveat(result, lang),
        complete=result.complete,
        files=words.draft_files(result),
        counts=tuple(counts),
        tiles=_tiles(result, lang),
        before=there(
            _drafts(result, material),
            _sources(result, material),
            _concerns(result, material),
            _passages(result, material),
            _exceptions(result, material),
            pairs.section(material),
            carried.section(material),
            findings.figures(material),
            findings.stock_phrases(material),
            stock_sources.section(material),
            fragments.section(material),
        ),
        unshown=unshown(material),
        after=there(appendix.set_aside(material), appendix.files(material), appendix.method(material)),
    )


def _tiles(result: CheckResult, lang: str) -> tuple[Tile, ...]:
    """Of each judged figure the greatest of all drafts, with its limit and the draft it is of."""
    drafts = [draft for draft in words.in_order(result) if draft.document]
    tiles = []
    for limit in LIMITS if drafts else ():
        worst = max(drafts, key=lambda draft: _judged(draft, limit))
        label, why = message(f"column.{limit}", lang), words.left_out(worst, lang)
        tiles.append(
            Tile(
                message("check.judged.figure", lang, figure=label, why=why) if why else label,
                words.value(result, worst.judged, limit, lang),
                f"{'✗ ' if limit in worst.exceeded else ''}{words.limit_told(result, limit, lang)}"
                f" · {visible_line(worst.name)}",
            )
        )
    return tuple(tiles)


def _judged(draft: DraftCheck, limit: Limit) -> float:
    judged = draft.judged
    return {"total": judged.total, "single": judged.single, "run": judged.longest_run}[limit]


def _drafts(result: CheckResult, material: Material) -> Section:
    """Every draft with its verdict, its figures and what they are held against."""
    lang = material.lang
    keys = [("check.column.draft", "broad"), ("check.column.verdict", "key"), ("column.counts", "right"),
            ("column.total", "right")]  # fmt: skip
    keys += [("check.column.own", "right")] if result.own else []
    keys += [("column.single", "right"), ("column.run", "right"), ("column.stock", "right"), ("column.notes", "")]
    limits = " · ".join(
        f"{message(f'column.{limit}', lang)} {words.limit_words(result, limit, lang)}" for limit in LIMITS
    )
    grid = Grid(
        "documents",
        tuple(Column(message(key, lang), name) for key, name in keys),
        tuple(_draft(result, material, draft) for draft in words.in_order(result)),
    )
    explained = f"{message('check.limits', lang)}{message('colon', lang)}{limits}"
    if result.itself:
        names = message("comma", lang).join(visible_line(name) for name in result.itself)
        explained = f"{explained} · {message('check.itself', lang, names=names)}"
    return Section("drafts", message("check.column.verdict", lang), explained, (grid,))


def _draft(result: CheckResult, material: Material, draft: DraftCheck) -> Row:
    lang, stats = material.lang, draft.stats
    mark = {"pass": "✓", "over-limit": "✗", "incomplete": "⚠"}[draft.verdict]
    verdict = fill("<b>{}\u00a0{}</b>", mark, message(f"check.verdict.{draft.verdict}", lang))
    notes = [f"⚠ {told}" for told in (*words.evasions(result, draft, lang), *words.reasons(draft, lang))]
    if told := words.judged_told(result, draft, {name: one.label for name, one in material.names.items()}, lang):
        notes.append(told)
    if baseline := words.baseline_told(result, draft, lang):
        notes.append(baseline)
    if tiers := " · ".join(words.tiers(draft, lang)):
        notes.append(tiers)
    figures = [words.of_characters(stats.reused, stats.countable), words.value(result, stats, "total", lang)]
    if result.own:
        figures.append(words.value(result, draft.without_own, "total", lang) if draft.without_own is not None else "")
    figures += [words.value(result, stats, "single", lang), count(stats.longest_run), percent(stats.stock_share)]
    name = material.document_link(draft.document) if draft.document else fill("{}", visible_line(draft.path))
    shown = figures if draft.document else ["—"] * len(figures)
    lines = Markup("<br>").join(fill("{}", note) for note in notes)
    return Row((name, verdict, *shown, lines), "unread" if draft.verdict == "incomplete" else "")


def _sources(result: CheckResult, material: Material) -> Section | None:
    keys = (("check.column.source", "broad"), ("check.column.share", "right"), ("page.column.characters", "right"),
            ("check.column.relation", ""), ("check.column.paragraphs", "broad"))  # fmt: skip
    columns = tuple(Column(material.say(key), name) for key, name in keys)
    grids = tuple(
        Grid("sources", columns, tuple(_source_rows(result, material, draft)), material.document_link(draft.document))
        for draft in words.in_order(result)
        if draft.sources
    )
    return Section("sources-ranked", material.say("check.sources"), grids=grids) if grids else None


def _source_rows(result: CheckResult, material: Material, draft: DraftCheck) -> Iterator[Row]:
    for source in draft.sources[:SOURCES]:
        relation = [material.term("relation", slug) for slug in source.relation]
        relation += [material.say("check.own.mark")] if source.own else []
        anchor = comparison_anchor(draft.document, source.id)
        name = linked(anchor if anchor in material.laid_out else None, material.names[source.id].html)
        yield Row(
            (name, percent(source.share, result.limits.single), count(source.characters), " · ".join(relation),
             ranges(source.paragraphs, material.lang))
        )  # fmt: skip


def _concerns(result: CheckResult, material: Material) -> Section | None:
    """发布前请核对, draft by draft."""
    keys = (("page.column.kind", ""), ("check.column.paragraphs", ""), ("page.carried.sentence", "broad"),
            ("check.column.source", "broad"))  # fmt: skip
    columns = tuple(Column(material.say(key), name) for key, name in keys)
    grids = []
    for draft in words.in_order(result):
        rows = tuple(_concern(material, one) for one in concerns(result, draft))
        if rows:
            grids.append(Grid("carried", columns, rows, material.document_link(draft.document)))
    return Section("to-check", material.say("check.concerns"), grids=tuple(grids)) if grids else None


def _concern(material: Material, one: Concern) -> Row:
    mark = "✗" if one.certain else "⚠"
    place = ranges((one.number,), material.lang) if one.number is not None else ""
    before, text, after = (visible_line(part) for part in (one.before, one.text, one.after))
    words_there = fill('{}<i class="f">{}</i>{}', before, text, after) if text else fill("{}", "")
    about = []
    if one.own and one.kind in ("place", "year"):
        about.append(material.say(f"check.own.{one.kind}", own=visible_line(one.own)))
    elif one.own and one.kind == "mistake":
        about.append(material.say("carried.expected", text=visible_line(one.own)))
    elif one.own:
        about.append(visible_line(reservation(one.own, material.lang)))
    if one.kind == "figures":
        about.append(material.say("check.figures", n=one.figures))
    source = material.names[one.source].html if one.source else Markup()
    told = fill("{} <small>{}</small>", source, " · ".join(about))
    return Row((f"{mark} {material.say(f'check.concern.{one.kind}')}", place, words_there, told))


def _passages(result: CheckResult, material: Material) -> Section | None:
    """Every passage with how it stands to the verdict, where not all of them are simply judged."""
    keys = (("check.column.source", "broad"), ("check.column.paragraphs", ""), ("page.column.tier", ""),
            ("page.column.characters", "right"), ("check.column.standing", ""),
            ("check.column.digest", "digest"))  # fmt: skip
    columns = tuple(Column(material.say(key), name) for key, name in keys)
    grids, left = [], 0
    for draft in words.in_order(result):
        plain = all(one.standing == "judged" for one in draft.passages) and result.baseline is None
        if plain or not draft.passages:
            continue
        rows = tuple(_passage(material, result, draft, one) for one in draft.passages[:PASSAGES])
        left += len(draft.passages) - len(rows)
        grids.append(Grid("passages", columns, rows, material.document_link(draft.document)))
    more = material.say("check.more.record", n=left) if left else ""
    return Section("standing", material.say("check.passages"), grids=tuple(grids), more=more) if grids else None


def _passage(material: Material, result: CheckResult, draft: DraftCheck, one: Judged) -> Row:
    document = material.documents[draft.document]
    numbers = tuple(sorted(paragraph.number for paragraph in document.paragraphs if paragraph.span.overlaps(one.span)))
    standing = material.say(f"check.standing.{one.standing}")
    if result.baseline is not None:
        standing += f" · {material.say('check.known' if one.known else 'check.new')}"
    if one.entry >= 0:
        entry = result.ignore[one.entry]
        who = material.say("check.ignored.who", reason=visible_line(entry.reason), owner=visible_line(entry.owner),
                           expires=entry.expires)  # fmt: skip
        standing += f" · {who}"
    return Row(
        (material.names[one.source].html, ranges(numbers, material.lang), material.term("tier", one.passage.tier),
         count(document.countable_in(one.span)), standing, one.digest)
    )  # fmt: skip


def _exceptions(result: CheckResult, material: Material) -> Section | None:
    """Every entry of the ignore file, and what it came to."""
    if not result.ignore:
        return None
    keys = (("check.column.source", "broad"), ("page.column.text", "broad"), ("check.column.reason", ""),
            ("check.column.owner", ""), ("check.column.expires", ""), ("page.column.places", "right"))  # fmt: skip
    used = words.entry_use(result)
    rows = tuple(
        Row(
            (visible_line(entry.source) or material.say("check.any"), visible_line(entry.text),
             visible_line(entry.reason), visible_line(entry.owner),
             entry.expires + (f" ✗ {material.say('check.ignored.expired')}" if at in result.expired else ""),
             count(used.get(at, 0)))
        )
        for at, entry in enumerate(result.ignore)
    )  # fmt: skip
    columns = tuple(Column(material.say(key), name) for key, name in keys)
    return Section("ignored", material.say("check.ignored"), grids=(Grid("ignored", columns, rows),))
