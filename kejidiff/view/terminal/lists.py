"""ScanResult -> the short lists below the pairs: families, words, stock phrases, fragments, files not read in full."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kejidiff.model import ScanResult, Skipped, SourceText
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, percent
from kejidiff.view.reservations import reservation
from kejidiff.view.terminal import pair
from kejidiff.view.terminal.cells import Line, Piece, cut_middle, padded, text_width
from kejidiff.view.terminal.layout import GAP, SEPARATOR, flow, indented, labelled, wrapped
from kejidiff.view.terminal.marks import shown
from kejidiff.view.visible import visible_line

#: Families, and files of one list, told without `--all`; stock phrases told.
_FAMILIES, _FILES, _PHRASES = 6, 8, 3

#: Members from which a family says more than the list of pairs does.
_FAMILY = 3

#: Cells of a stock phrase and of a file's name.
_PHRASE_CELLS, _PATH_CELLS = 36, 48


class Lists(NamedTuple):
    """Each list comes with its heading and an empty line before it, or is nothing at all."""

    result: ScanResult
    ids: dict[str, str]
    width: int
    lang: str
    everything: bool
    phrases: str = "grey"

    def findings(self) -> list[Line]:
        """What the scan found besides the pairs, a label and a line or two each."""
        fills = {
            "heading.families": self._families,
            "heading.substitutions": self._substitutions,
            "heading.stock": self._stock,
            "heading.sources": self._sources,
            "heading.fragments": self._fragments,
        }
        if not self.result.stock_sources:
            del fills["heading.sources"]
        cells = 2 + max(text_width(message(key, self.lang)) for key in fills)
        lines: list[Line] = []
        for key, fill in fills.items():
            lines += labelled(message(key, self.lang), cells, self.width, fill, 1)
        return [[], *lines] if lines else []

    def _families(self, room: int) -> list[Line]:
        found = [cluster for cluster in self.result.clusters if len(cluster.members) >= _FAMILY]
        listed = found if self.everything else found[:_FAMILIES]
        lines: list[Line] = []
        for cluster in listed:
            name = shown(self.ids[cluster.representative])
            head = message("family", self.lang, n=len(cluster.members), representative=name)
            members = [[Piece(shown(self.ids[member]), "strong")] for member in cluster.members]
            more = None if self.everything else self._more("count.others.reports")
            lines += flow([[Piece(head + message("colon", self.lang)), *members[0]], *members[1:]], room, 2, more)
        return lines + self._rest("more.families", found, listed, room)

    def _substitutions(self, room: int) -> list[Line]:
        """Over the whole scan; where there is one pair only, that pair has told them."""
        found = self.result.substitutions
        if len(self.result.comparisons) < 2 or not found:
            return []
        more = None if self.everything else self._more("count.others")
        return flow([pair.substitution(one) for one in found], room, 2, more)

    def _stock(self, room: int) -> list[Line]:
        found = sorted(self.result.stock_phrases, key=lambda phrase: -phrase.documents)
        if self.phrases == "exclude" and found:
            hint = message("parenthesis", self.lang, text=message("stock.see", self.lang))
            return wrapped([Piece(message("stock.hidden", self.lang, n=len(found)) + hint, "quiet")], room)
        listed = found if self.everything or self.phrases == "show" else found[:_PHRASES]
        entries = [
            [
                Piece(cut_middle(shown(phrase.text), min(_PHRASE_CELLS, room - 6))),
                Piece(f" ×{count(phrase.documents)}", "quiet"),
            ]
            for phrase in listed
        ]
        if not entries:
            return []
        notes = [message("stock.head", self.lang, n=len(found))]
        if len(listed) < len(found):
            hint = message("parenthesis", self.lang, text=message("more.all", self.lang))
            notes.insert(0, f"… {message('more.phrases', self.lang, n=len(found) - len(listed))}{hint}")
        return flow(entries, room) + flow([[Piece(note, "quiet")] for note in notes], room, separator=SEPARATOR)

    def _sources(self, room: int) -> list[Line]:
        """What was given as stock: each file, and how many reports hold text of it."""
        found = self.result.stock_sources
        listed = found if self.everything else found[:_FILES]
        lines: list[Line] = []
        for source in listed:
            holders = [
                (held.reuse, document.id)
                for document in self.result.documents
                for held in self.result.from_stock.get(document.id, ())
                if held.path == source.file.path
            ]
            told = [Piece(cut_middle(visible_line(source.file.path), min(_PATH_CELLS, room)), "strong")]
            if isinstance(source.file, Skipped):
                told.append(Piece(f"  {source.file.reason} {term('file', source.file.reason, self.lang)}", "warning"))
            elif holders:
                share, name = max(holders, key=lambda one: one[0])
                number = len({identity for _, identity in holders})
                most = message("sources.most", self.lang, share=percent(share), name=shown(self.ids[name]))
                held_by = message("sources.held", self.lang, n=number)
                told += [Piece(f"  {held_by}", "quiet"), SEPARATOR, Piece(most, "quiet")]
            else:
                told.append(Piece(f"  {message('sources.unused', self.lang)}", "quiet"))
            lines += wrapped(told, room)
        return lines + self._rest("more.files", found, listed, room)

    def _fragments(self, room: int) -> list[Line]:
        found = self.result.fragments_only
        if not found:
            return []
        told = message("fragments.only", self.lang, n=len(found))
        if not self.result.options.fragments:
            told += message("parenthesis", self.lang, text=message("fragments.see", self.lang))
        lines = wrapped([Piece(told, "quiet")], room)
        if not self.result.options.fragments:
            return lines
        listed = found if self.everything else found[:_FILES]
        for comparison in listed:
            names = f"{shown(self.ids[comparison.left])} ⇄ {shown(self.ids[comparison.right])}"
            number = message("pair.fragments", self.lang, n=len(comparison.alignment.fragments))
            lines += wrapped([Piece(names, "strong"), Piece(f"  {number}")], room)
        return lines + self._rest("more.pairs", found, listed, room)

    def skipped(self) -> list[Line]:
        """Every file that was not read and should have been; hidden ones are counted only."""
        unread = [file for file in self.result.every_file if isinstance(file, Skipped)]
        telling = unread if self.everything else [file for file in unread if not file.harmless]
        listed = telling if self.everything else telling[:_FILES]
        lines = self._files([(file.path, file.reason, file.message) for file in listed], "warning")
        lines += self._rest("more.files", unread, listed, self.width - 1)
        return self._section("heading.skipped", str(len(unread)), lines)

    def reservations(self) -> list[Line]:
        found = [
            (file.path, warning.reason, reservation(warning.message, self.lang))
            for file in self.result.every_file
            if isinstance(file, SourceText)
            for warning in file.warnings
        ]
        listed = found if self.everything else found[:_FILES]
        lines = self._files(listed, "strong") + self._rest("more.files", found, listed, self.width - 1)
        return self._section("heading.reservations", "", lines)

    def _files(self, files: Sequence[tuple[str, str, str]], style: str) -> list[Line]:
        """One file a line: its name, the reason code and its meaning, what happened."""
        names = [cut_middle(visible_line(path), min(_PATH_CELLS, self.width - 1)) for path, _, _ in files]
        widest = max(map(text_width, names), default=0)
        lines: list[Line] = []
        for name, (_, reason, what) in zip(names, files, strict=True):
            meaning = [Piece(reason, style)]
            if self.lang == "zh":
                meaning.append(Piece(f" {term('file', reason, self.lang)}"))
            told = [*meaning, *([Piece(f"  {visible_line(what)}", "quiet")] if what else [])]
            if self.width - widest > 40:
                first, *more = wrapped(told, self.width - widest - 3)
                lines += [[*padded([Piece(name)], widest), GAP, *first], *indented(more, widest + 2)]
            else:
                lines += [[Piece(name)], *wrapped(told, self.width - 1, 2)]
        return lines

    def _section(self, key: str, note: str, lines: list[Line]) -> list[Line]:
        if not lines:
            return []
        head = [Piece(message(key, self.lang), "heading"), *([Piece(f"  {note}", "quiet")] if note else [])]
        return [[], *wrapped(head, self.width, 1), *indented(lines, 1)]

    def _rest(self, key: str, found: Sequence[object], listed: Sequence[object], room: int) -> list[Line]:
        n = len(found) - len(listed)
        if not n:
            return []
        hint = message("parenthesis", self.lang, text=message("more.all", self.lang))
        return wrapped([Piece(f"… {message(key, self.lang, n=n)}{hint}", "quiet")], room)

    def _more(self, key: str) -> Callable[[int], Line]:
        hint = message("parenthesis", self.lang, text="--all")
        return lambda n: [Piece(f"… {message(key, self.lang, n=n)}{hint}", "quiet")]


def all_of(lists: Lists) -> Iterable[Line]:
    """Every list in the order a reader asks for them."""
    yield from lists.findings()
    yield from lists.skipped()
    yield from lists.reservations()
