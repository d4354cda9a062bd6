"""CheckResult -> the page a check ends with: each draft's verdict, figures, sources, what to look at; exceptions."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kejidiff.model import ReuseStats, ScanResult
from kejidiff.model.check import CheckResult, DraftCheck, Limit, RankedSource
from kejidiff.view import verdict as words
from kejidiff.view.concerns import Concern, by_source, concerns, ranges
from kejidiff.view.labels import short_ids
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.reservations import reservation
from kejidiff.view.terminal.cells import Line, Piece, cut_middle, padded, text_width
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, indented, joined, wrapped
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.written import next_command, written

#: Sources and things to look at that are listed of one draft without `--all`: with its figures one screen.
_SOURCES, _CONCERNS = 8, 10

#: Cells of a source's name at most; beside it stand paragraphs and relation.
_NAME_MOST = 44

_MARKS = {"pass": ("✓", "strong"), "over-limit": ("✗", "warning"), "incomplete": ("⚠", "warning")}


def render_check(
    result: CheckResult,
    *,
    width: int,
    lang: str,
    color: bool,
    seconds: float | None = None,
    everything: bool = False,
    reports: Sequence[str] = (),
) -> str:
    """The whole page as one string that ends in a newline; arguments as of `render_scan`."""
    page = _Page(result, max(width, 20), lang, everything)
    lines = page.head(seconds)
    for draft in words.in_order(result):
        lines += [[], *page.draft(draft)]
    lines += page.exceptions()
    lines += page.foot()
    lines += written(reports, page.width, lang)
    return painted([*lines, *next_command(_to_show(result.scan), page.ids, page.width, lang, bool(reports))], color)


def _to_show(scan: ScanResult) -> ScanResult:
    """The scan with the comparisons whose texts lie in files of their own: what `kejidiff show` can be told to show."""
    nameless = {file.path for file in scan.files if file.location in ("", "-")}
    return replace(
        scan,
        comparisons=tuple(
            one
            for one in scan.comparisons
            if not nameless & {scan.document(one.left).path, scan.document(one.right).path}
        ),
    )


def unbroken(text: str, style: str = "") -> Line:
    """A name that no line break divides, if it fits in a line at all."""
    return [Piece(text[:1], style), Piece(text[1:], style, "close")]


def tied(text: str, style: str = "") -> Line:
    """Numbers of paragraphs, of which no `4–9` is divided."""
    parts = re.split(r"(\d+–\d+)", text)
    return [
        piece for at, part in enumerate(parts) for piece in (unbroken(part, style) if at % 2 else [Piece(part, style)])
    ]


class _Page:
    def __init__(self, result: CheckResult, width: int, lang: str, everything: bool) -> None:
        self.result, self.width, self.lang, self.everything = result, width, lang, everything
        self.ids = short_ids([document.id for document in result.scan.documents])
        self.indent = 4 if width >= 40 else 1

    def say(self, key: str, **values: str | int) -> str:
        return message(key, self.lang, **values)

    def head(self, seconds: float | None) -> list[Line]:
        scan = self.result.scan
        countable = sum(draft.stats.countable for draft in self.result.drafts)
        entries = [
            [
                Piece(f"kejidiff {scan.version}", "title"),
                GAP,
                Piece(self.say("check.drafts", n=len(self.result.drafts))),
            ],
            [Piece(self.say("count.countable", n=countable))],
            [Piece(self.say("check.compared", n=self.result.compared))],
        ]
        if seconds is not None:
            entries.append([Piece(self.say("count.seconds", seconds=f"{seconds:.1f}"))])
        lines = flow(entries, self.width, separator=SEPARATOR)
        if told := words.looked_at(self.result, self.lang):
            lines += wrapped([Piece(told, "quiet")], self.width)
        if len(self.result.drafts) != 1:
            style = "strong" if self.result.verdict == "pass" else "warning"
            lines += wrapped([Piece(words.headline(self.result, self.lang), style)], self.width)
        return lines

    def draft(self, draft: DraftCheck) -> list[Line]:
        mark, style = _MARKS[draft.verdict]
        head: Line = [
            Piece(f"{mark} {self.say(f'check.verdict.{draft.verdict}')}", style), GAP,
            Piece(shown(self.ids.get(draft.document, draft.path)), "strong"),
        ]  # fmt: skip
        if draft.document:
            head.append(Piece(f" {shown(self.result.scan.document(draft.document).title)}"))
        lines = wrapped(head, self.width, 0, self.indent)
        for reason in (*words.evasions(self.result, draft, self.lang), *words.reasons(draft, self.lang)):
            lines += wrapped([Piece(f"⚠ {shown(reason)}", "warning")], self.width, self.indent, 2)
        if draft.document:
            lines += indented(self._figures(draft), self.indent)
            lines += [*self._sources(draft), *self._concerns(draft)]
        return lines

    def _figures(self, draft: DraftCheck) -> list[Line]:
        room, why = self.width - self.indent, words.left_out(draft, self.lang)
        own: Line = []
        if draft.without_own is not None:
            own = [Piece(self.say("check.own", share=percent(draft.without_own.total, self.result.limits.total)))]
        lines = self._stats(draft, draft.stats, draft.sources[0].id if draft.sources else "", own, limited=not why)
        lines += flow([[Piece(told, "quiet")] for told in words.tiers(draft, self.lang)], room, separator=SEPARATOR)
        if why:
            lines += wrapped([Piece(self.say("check.judged", why=why), "strong")], room)
            single, run = (words.judged_source(self.result, draft, limit) for limit in ("single", "run"))
            judged = self._stats(draft, draft.judged, single, [], run=run)
            lines += indented(judged, 2) if self.width >= 40 else judged
        if baseline := words.baseline_told(self.result, draft, self.lang):
            lines += wrapped([Piece(baseline)], room)
        return lines

    def _stats(
        self, draft: DraftCheck, stats: ReuseStats, single: str, own: Line, *, run: str = "", limited: bool = True
    ) -> list[Line]:
        """Three figures, the last two with the sources they come from; with the limits, where they are held against
        them."""
        room = self.width - self.indent - 2

        def told(limit: Limit, beside: str) -> Line:
            value = Piece(words.value(self.result, stats, limit, self.lang), "number" if limit == "total" else "")
            line = [Piece(f"{self.say(f'column.{limit}')} "), value]
            line += [Piece(self.say("parenthesis", text=beside), "quiet")] if beside else []
            return [*line, GAP, self._limit(draft, limit)] if limited else line

        of = self.say("count.fraction", part=stats.reused, whole=stats.countable)
        names = [cut_middle(shown(self.ids[source]), 24) if source else "" for source in (single, run)]
        second = [*([own] if own else []), told("single", names[0]), told("run", names[1])]
        return [*wrapped(told("total", of), room), *flow(second, room, separator=SEPARATOR)]

    def _limit(self, draft: DraftCheck, limit: Limit) -> Piece:
        told = words.limit_told(self.result, limit, self.lang)
        return Piece(f"✗ {told}", "warning") if limit in draft.exceeded else Piece(told, "quiet")

    def _sources(self, draft: DraftCheck) -> list[Line]:
        if not draft.sources:
            fragments = any(one.left == draft.document for one in self.result.scan.fragments_only)
            key = "check.only-fragments" if fragments else "check.nothing"
            return wrapped([Piece(self.say(key), "quiet")], self.width, self.indent)
        listed = draft.sources if self.everything else draft.sources[:_SOURCES]
        lines = self._heading("check.sources", len(draft.sources))
        name = min(_NAME_MOST, max(text_width(shown(self.ids[one.id])) for one in listed))
        for source in listed:
            lines += self._source(source, name)
        return lines + self._more("check.more.sources", len(draft.sources) - len(listed))

    def _source(self, source: RankedSource, cells: int) -> list[Line]:
        share = padded([Piece(percent(source.share, self.result.limits.single), "number")], 6, right=True)
        relation = [term("relation", slug, self.lang) for slug in source.relation]
        relation += [self.say("check.own.mark")] if source.own else []
        told = tied(ranges(source.paragraphs, self.lang))
        about: Line = [Piece(" · ".join(relation), "quiet")] if relation else []
        room = self.width - self.indent - 8
        if room < cells + 20:
            rest = [*told, *([GAP, *about] if about else [])]
            name = [Piece(cut_middle(shown(self.ids[source.id]), max(room, 8)), "strong")]
            return [
                *indented([[*share, GAP, *name]], self.indent),
                *wrapped(rest, self.width, self.indent + 6 if self.width >= 40 else 1, 2),
            ]
        name = padded([Piece(cut_middle(shown(self.ids[source.id]), cells), "strong")], cells)
        beside = room - cells - 2
        lines = flow([told, about] if about else [told], beside, separator=SEPARATOR)
        first, *others = lines
        return [
            *indented([[*share, GAP, *name, GAP, *first]], self.indent),
            *indented(others, self.indent + 8 + cells + 2),
        ]

    def _concerns(self, draft: DraftCheck) -> list[Line]:
        found = by_source(concerns(self.result, draft))
        if not found:
            return []
        listed = found if self.everything else found[:_CONCERNS]
        lines = self._heading("check.concerns", len(found))
        kinds = max(text_width(self.say(f"check.concern.{one.kind}")) for one, _ in listed)
        for one, numbers in listed:
            lines += self._concern(one, numbers, kinds)
        return lines + self._more("check.more.concerns", len(found) - len(listed))

    def _concern(self, one: Concern, numbers: tuple[int, ...], kinds: int) -> list[Line]:
        sign = Piece("✗ ", "warning") if one.certain else Piece("⚠ ", "quiet")
        label: Line = [sign, Piece(self.say(f"check.concern.{one.kind}"))]
        body = self._told(one, numbers)
        cells = kinds + 4
        if self.width - self.indent - cells < 24:
            return wrapped([*label, GAP, *body], self.width, self.indent, 2)
        lines = flow([body], self.width - self.indent - cells)
        first, *others = lines
        return [
            *indented([[*padded(label, cells), *first]], self.indent),
            *indented(others, self.indent + cells),
        ]

    def _told(self, one: Concern, numbers: tuple[int, ...]) -> Line:
        place, own = ranges(numbers, self.lang), shown(reservation(one.own, self.lang))
        parts: list[Line] = [tied(place, "heading")] if place else []
        if one.kind == "figures":
            parts.append([Piece(self.say("check.figures", n=one.figures))])
        elif one.text:
            quoted = Piece(f"“{shown(one.text)}”", "strong")
            parts.append([Piece(shown(one.before), "quiet"), quoted, Piece(shown(one.after), "quiet")])
        if own and one.kind in ("place", "year"):
            own = self.say(f"check.own.{one.kind}", own=own)
        elif own and one.kind == "mistake":
            own = self.say("carried.expected", text=own)
        parts += [[Piece(own)]] if own else []
        if one.source:
            before, _, after = self.say("check.from", source="\n").partition("\n")
            parts.append([Piece(before), *unbroken(shown(self.ids[one.source])), Piece(after)])
        return joined(parts, GAP)

    def exceptions(self) -> list[Line]:
        """Every entry of the ignore file, whatever it came to: what is left out is left out by somebody's word."""
        if not self.result.ignore:
            return []
        used = words.entry_use(self.result)
        lines = [[], *wrapped([Piece(self.say("check.ignored"), "heading"), Piece(f"  {sum(used.values())}")],
                              self.width, 1)]  # fmt: skip
        for at, entry in enumerate(self.result.ignore):
            source = shown(entry.source) or self.say("check.any")
            who = self.say("check.ignored.who", reason=shown(entry.reason), owner=shown(entry.owner),
                           expires=entry.expires)  # fmt: skip
            line: Line = [Piece(self.say("check.ignored.entry", n=used.get(at, 0), source=source)), GAP, Piece(who)]
            if entry.text:
                line[1:1] = [Piece(f" “{shown(entry.text)}”")]
            if at in self.result.expired:
                line += [GAP, Piece("✗ " + self.say("check.ignored.expired"), "warning")]
            elif not used.get(at):
                line += [GAP, Piece(self.say("check.ignored.unused"), "quiet")]
            lines += wrapped(line, self.width, self.indent, 2)
        return lines

    def foot(self) -> list[Line]:
        lines: list[Line] = [[]]
        if self.result.itself:
            names = self.say("comma").join(shown(name) for name in self.result.itself)
            lines += wrapped([Piece(self.say("check.itself", names=names))], self.width, 1)
        return lines + wrapped([Piece(words.caveat(self.result, self.lang), "quiet")], self.width, 1)

    def _heading(self, key: str, number: int) -> list[Line]:
        return wrapped([Piece(self.say(key), "heading"), Piece(f"  {number:,}")], self.width, self.indent - 1)

    def _more(self, key: str, number: int) -> list[Line]:
        if not number:
            return []
        hint = self.say("parenthesis", text=self.say("more.all"))
        return wrapped([Piece(f"… {self.say(key, n=number)}{hint}", "quiet")], self.width, self.indent)
