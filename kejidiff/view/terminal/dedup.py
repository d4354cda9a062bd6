"""DedupResult -> the page `dedup` ends with: what is kept, families, trimmed paragraphs, what reuse is left.

Text shown is titles and names only, with what has no look spelled out.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from kejidiff.model import Skipped
from kejidiff.model.dedup import Decision, DedupResult, Family
from kejidiff.view.labels import short_ids
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.terminal.cells import Line, Piece, cut_line, line_width
from kejidiff.view.terminal.layout import SEPARATOR, flow, indented, joined, spread, wrapped
from kejidiff.view.terminal.lists import Lists
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.paint import painted
from kejidiff.view.visible import visible_line

#: Families, trimmed reports and pairs listed, and members of a family, without `--all`.
_LISTED, _MEMBERS = 10, 6
_TIERS = ("verbatim", "light", "rewritten")
#: Cells beyond which a name and its figures would stand too far apart to be read as one line.
_WIDEST = 110
#: Cells of a name beside its figures below which it gets a line of its own.
_NAME = 24


Entry = TypeVar("Entry")


class Written(NamedTuple):
    """What was written: the folder of the clean copy and how many files, the manifest; "" where none was."""

    folder: str = ""
    files: int = 0
    manifest: str = ""


def render_dedup(
    result: DedupResult,
    *,
    width: int,
    lang: str,
    color: bool,
    seconds: float | None = None,
    everything: bool = False,
    written: Written | None = None,
) -> str:
    """The whole page as one string that ends in a newline; arguments as of `render_scan`."""
    width = max(width, 20)
    titles = {document.id: document.title for document in result.documents}
    page = _Page(result, short_ids(list(titles)), titles, width, lang, everything)
    lines = [*page.head(seconds), *page.verdict(), *page.families(), *page.trimmed(), *page.remaining()]
    lists = Lists(result.kept, page.ids, width, lang, everything)
    lines += [*lists.skipped(), *lists.reservations(), *page.outcome(written or Written())]
    return painted(lines, color)


class _Page(NamedTuple):
    result: DedupResult
    ids: dict[str, str]
    titles: dict[str, str]
    width: int
    lang: str
    everything: bool

    def say(self, key: str, **values: str | int) -> str:
        return message(key, self.lang, **values)

    def head(self, seconds: float | None) -> list[Line]:
        """What was read."""
        files = self.result.files
        unread = [file for file in files if isinstance(file, Skipped)]
        failed = sum(file.state == "error" for file in unread)
        read, skipped = len(files) - len(unread), len(unread) - failed
        states = self.say("count.files.states", read=read, skipped=skipped, failed=failed)
        told = self.say("count.files", n=len(files)) + self.say("parenthesis", text=states)
        entries = [
            [Piece(f"kejidiff {self.result.version}", "title"), Piece("  "), Piece(told)],
            [Piece(self.say("count.documents", n=len(self.result.documents)))],
        ]
        if seconds is not None:
            entries.append([Piece(self.say("count.seconds", seconds=f"{seconds:.1f}"))])
        return flow(entries, self.width, separator=SEPARATOR)

    def verdict(self) -> list[Line]:
        """How many stay, how much goes, and by what rules."""
        result = self.result
        if not result.documents:
            return [[], *wrapped([Piece(self.say("verdict.empty"), "strong")], self.width, 1)]
        counts, whole = result.counts(), sum(document.countable for document in result.documents)
        gone = result.countable_removed()
        entries = [
            [
                Piece(
                    self.say("dedup.keep", part=counts["kept"] + counts["trimmed"], n=len(result.documents)),
                    "strong",
                )
            ],
            [Piece(self.say("dedup.drop", n=counts["dropped"]), "warning")] if counts["dropped"] else [],
            [Piece(self.say("dedup.trim", n=counts["trimmed"]), "warning")] if counts["trimmed"] else [],
            [Piece(self.say("dedup.characters", part=gone, whole=whole, share=percent(gone / max(whole, 1))))]
            if gone
            else [Piece(self.say("dedup.nothing"))],
        ]
        rules = result.rules
        how = [[Piece(self.say("dedup.rules", keep=self.say(f"dedup.keep.{rules.keep}"),
                               threshold=percent(rules.threshold)), "quiet")]]  # fmt: skip
        if rules.level == "paragraph":
            tiers = [term("tier", one, self.lang) for one in _TIERS[: _TIERS.index(rules.tier) + 1]]
            how.append([Piece(self.say("dedup.tier", tiers=self.say("comma").join(tiers)), "quiet")])
        return [
            [],
            *indented(flow([one for one in entries if one], self.width - 1, separator=SEPARATOR), 1),
            *indented(flow(how, self.width - 1, separator=SEPARATOR), 1),
        ]

    def families(self) -> list[Line]:
        """The kept member of each, and what was dropped for it."""
        found = self.result.families
        decisions = {one.document: one for one in self.result.decisions}
        lines = [line for family in self._first(found) for line in self._family(family, decisions)]
        return self._section("dedup.families", len(found), [*lines, *self._rest("families", found)])

    def _family(self, family: Family, decisions: dict[str, Decision]) -> list[Line]:
        dropped = [decisions[member] for member in family.members if member != family.kept]
        listed = dropped if self.everything else dropped[:_MEMBERS]
        number = f"{family.number:>2}  "
        lines = self._row([Piece(number, "quiet"), Piece(self.say("dedup.kept") + "  ", "strong")], family.kept, [])
        for one in listed:
            facts = [
                [Piece(self.say(f"dedup.{one.reason}"))],
                [Piece(self.say("dedup.held", share=percent(one.share)), "number")],
                [Piece(self.say("dedup.alike", share=percent(one.similarity)), "quiet")],
            ]
            mark = [Piece(" " * len(number)), Piece(self.say("dedup.dropped") + "  ", "quiet")]
            lines += self._row(mark, one.document, joined(facts))
        if len(dropped) > len(listed):
            told = f"… {self.say('dedup.more.documents', n=len(dropped) - len(listed))}{self._all()}"
            lines += wrapped([Piece(told, "quiet")], self.width - 1, len(number))
        return lines

    def trimmed(self) -> list[Line]:
        """Of each trimmed report: how many paragraphs go, and where they stand."""
        found = [one for one in self.result.decisions if one.removed]
        documents = {document.id: document for document in self.result.documents}
        lines: list[Line] = []
        for one in self._first(found):
            document = documents[one.document]
            gone = sum(document.countable_in(removal.span) for removal in one.removed)
            holders = list(dict.fromkeys(shown(self.ids[removal.holder]) for removal in one.removed))
            named = self.say("comma").join([*holders[:2], *(["…"] if len(holders) > 2 else [])])
            facts = [
                [Piece(self.say("dedup.paragraphs", n=len(one.removed)))],
                [Piece(self.say("count.characters", n=gone))],
                [Piece(percent(gone / max(document.countable, 1)), "number")],
                [Piece(self.say("dedup.from", name=named), "quiet")],
            ]
            lines += self._row([], one.document, joined(facts))
        return self._section("dedup.trimmed", len(found), [*lines, *self._rest("documents", found)])

    def remaining(self) -> list[Line]:
        """Pairs of kept reports that still share text."""
        found = self.result.remaining
        lines: list[Line] = []
        for one in self._first(found):
            names = [Piece(shown(self.ids[one.left]), "strong"), Piece("  ⇄  ", "quiet"),
                     Piece(shown(self.ids[one.right]), "strong")]  # fmt: skip
            told = self.say("dedup.left", left=percent(one.left_share), right=percent(one.right_share))
            lines += self._beside(names, [Piece(told)])
        return self._section("dedup.remaining", len(found), [*lines, *self._rest("pairs", found)])

    def outcome(self, written: Written) -> list[Line]:
        """What was written, and where."""
        if not written.folder and not written.manifest:
            return [[], *wrapped([Piece(self.say("dedup.dry"), "quiet")], self.width, 1)]
        entries: list[Line] = []
        if written.folder:
            number = self.say("parenthesis", text=self.say("dedup.files", n=written.files))
            folder = Piece(visible_line(written.folder), "strong")
            entries.append([Piece(self.say("dedup.wrote") + self.say("colon")), folder, Piece(number)])
        if written.manifest:
            name = Piece(visible_line(written.manifest), "strong")
            entries.append([Piece(self.say("dedup.manifest") + self.say("colon")), name])
        return [[], *(line for entry in entries for line in wrapped(entry, self.width, 1, 2))]

    def _row(self, mark: Line, name: str, facts: Line) -> list[Line]:
        """A report by its short name and title, its facts at the end of the line, or below where there is no room."""
        line = [*mark, Piece(shown(self.ids[name]), "strong"), Piece(f" {shown(self.titles[name])}")]
        return self._beside(line, facts, line_width(mark))

    def _beside(self, line: Line, facts: Line, below: int = 0) -> list[Line]:
        room = min(self.width, _WIDEST) - 1
        free = room - line_width(facts) - 2
        if not facts:
            return [cut_line(line, room)]
        if free >= below + _NAME:
            return spread(cut_line(line, free), facts, room)
        return [cut_line(line, room), *wrapped(facts, room, below + 2)]

    def _first(self, found: Sequence[Entry]) -> Sequence[Entry]:
        return found if self.everything else found[:_LISTED]

    def _rest(self, what: str, found: Sequence[object]) -> list[Line]:
        left_out = 0 if self.everything else len(found) - _LISTED
        if left_out <= 0:
            return []
        told = f"… {self.say(f'dedup.more.{what}', n=left_out)}{self._all()}"
        return wrapped([Piece(told, "quiet")], self.width - 1)

    def _all(self) -> str:
        return self.say("parenthesis", text=self.say("more.all"))

    def _section(self, key: str, number: int, lines: list[Line]) -> list[Line]:
        if not number:
            return []
        heading = [Piece(self.say(key), "heading"), Piece(f"  {number:,}", "quiet")]
        return [[], *wrapped(heading, self.width, 1), *indented(lines, 1)]
