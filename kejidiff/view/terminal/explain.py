"""Explanation -> what every stage decided for a pair, in the order of the stages: verdict first, then seven sections.

Text shown is the originals', a few characters of each stretch, with what has no look spelled out.
"""

from collections import Counter
from typing import NamedTuple

from kejidiff.model import Document, SourceText
from kejidiff.model.explanation import Explanation, Holders
from kejidiff.span import Span
from kejidiff.view.labels import short_ids
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import count, percent
from kejidiff.view.terminal import pair
from kejidiff.view.terminal.cells import Line, Piece, cut_text, padded, text_width
from kejidiff.view.terminal.chains import ChainLines, hanging
from kejidiff.view.terminal.documents import notes
from kejidiff.view.terminal.fragments import place
from kejidiff.view.terminal.layout import joined, wrapped
from kejidiff.view.terminal.marks import shown
from kejidiff.view.terminal.page import Page
from kejidiff.view.terminal.paint import painted
from kejidiff.view.terminal.rows import Subject

#: Cells before the lines of a section.
_INDENT = 3
#: Stock phrases, fragments and other holders of a passage that are named, and cells of a phrase: they are known by
#: how they begin.
_NAMED, _PHRASE_CELLS = 4, 24


def render_explain(explanation: Explanation, *, width: int, lang: str, color: bool, chains: int = 10) -> str:
    """The whole page as one string that ends in a newline.

    width    terminal cells, which no line exceeds; from 20 up
    lang     `zh` or `en`
    chains   how many chains are listed, the best ones
    """
    left, right = explanation.documents
    texts = explanation.sources[0].text, explanation.sources[1].text
    subject = Subject(explanation.comparison, left, right, *texts)
    page = Page(subject, max(width, 20), lang, full=False, script=False)
    return painted(_Stages(explanation, page, ChainLines(explanation, page), chains).lines(), color)


class _Stages(NamedTuple):
    """The sections of one page."""

    explanation: Explanation
    page: Page
    chain_lines: ChainLines
    chains: int

    def lines(self) -> list[Line]:
        """Everything, in the order of the stages."""
        sections = (
            ("reading", self.reading()),
            ("candidates", self.candidates()),
            ("seeds", self.seeds()),
            ("chains", self.chain_lines.listed(self.chains)),
            ("passages", self.passages()),
            ("formula", self.formula()),
            ("measures", self.measures()),
        )
        lines = self.head()
        for number, (key, body) in enumerate(sections, start=1):
            heading = [Piece(f"{number} {self.say(f'explain.{key}')}", "heading")]
            lines += [[], *wrapped(heading, self.page.width, 1), *body]
        return lines

    def say(self, key: str, **values: str | int) -> str:
        return message(key, self.page.lang, **values)

    def flowing(self, entries: list[Line], indent: int = _INDENT) -> list[Line]:
        return hanging([one for one in entries if one], self.page.width, indent)

    def head(self) -> list[Line]:
        """Which two, what came of it, how it was judged."""
        ids = short_ids([document.id for document in self.explanation.result.documents])
        names = [
            [Piece(shown(ids[document.id]), "strong"), Piece(f" {shown(document.title)}", "title")]
            for document in self.explanation.documents
        ]
        judged = (
            self.say("explain.within", n=len(self.explanation.result.documents))
            if self.explanation.within_scan
            else self.say("explain.alone")
        )
        return [
            *wrapped(joined(names, Piece("  ⇄  ", "quiet")), self.page.width, 1),
            *self.flowing(self.verdict(), 1),
            *wrapped([Piece(judged, "quiet")], self.page.width, 1),
        ]

    def verdict(self) -> list[Line]:
        """Passages and how much they are, or why there is none."""
        explanation, comparison = self.explanation, self.explanation.comparison
        if comparison.passages:
            shares = [
                [Piece(f"{self.say(f'side.{side}')} "), *pair.shares(reuse, document.countable, self.page.lang)]
                for side, reuse, document in zip(
                    ("left", "right"),
                    (comparison.left_reuse, comparison.right_reuse),
                    explanation.documents,
                    strict=True,
                )
            ]
            return [[Piece(self.say("explain.found", n=len(comparison.passages)), "warning")], *shares]
        nothing = [Piece(self.say("explain.nothing"), "strong")]
        if comparison.formula:
            return [nothing, [Piece(self.say("explain.only-formula", n=len(comparison.formula)))]]
        if explanation.chains:
            return [nothing, self.chain_lines.best()]
        return [nothing, [Piece(self.say("explain.no-chain" if explanation.seeds.runs else "explain.no-run"))]]

    def reading(self) -> list[Line]:
        """What each file was read as, and what of each document is compared."""
        sides = zip(("left", "right"), self.explanation.documents, self.explanation.sources, strict=True)
        return [line for side, document, source in sides for line in self._document(side, document, source)]

    def _document(self, side: str, document: Document, source: SourceText) -> list[Line]:
        folded = document.folded
        facts = [
            [Piece(f"{self.say(f'side.{side}')} ", "heading"), Piece(shown(document.id), "strong")],
            [Piece(source.encoding)],
            [Piece(self.say("explain.replaced", n=source.replaced), "warning")] if source.replaced else [],
            [Piece(self.say("explain.characters", n=document.span.length))],
            [Piece(self.say("count.countable", n=document.countable))],
            [Piece(self.say("explain.folded", n=len(folded.text)))],
            [Piece(self.say("explain.sentences", n=max(len(folded.breaks) - 1, 0)))],
            [Piece(self.say("explain.paragraphs", n=sum(paragraph.number > 0 for paragraph in document.paragraphs)))],
        ]
        told = [[Piece(note, "quiet")] for note in notes(document, self.page.lang)]
        return [*self.flowing(facts), *(self.flowing(told, _INDENT + 2) if told else [])]

    def candidates(self) -> list[Line]:
        """The evidence of each channel against its floor, and what comes of it."""
        candidacy = self.explanation.candidacy
        floors = [] if self.explanation.within_scan else [Piece(self.say("explain.floors"), "quiet")]
        chosen = "explain.candidate" if candidacy.chosen else "explain.no-candidate"
        lines = self.flowing([[Piece(self.say(chosen))], floors])
        share = percent(candidacy.shared)
        lines += self.flowing(
            [[Piece(self.say("explain.family" if candidacy.family else "explain.no-family", share=share))]]
        )
        if candidacy.family:
            return lines
        names = [self.say(f"channel.{channel.name}") for channel in candidacy.channels]
        cells = max(map(text_width, names)) + 2
        for name, channel in zip(names, candidacy.channels, strict=True):
            sign = "✓ " if channel.enough else "✗ "
            compared = f"{channel.evidence:.1f} {'≥' if channel.enough else '<'} {channel.floor:.1f} "
            entry = [
                *padded([Piece(name)], cells),
                Piece(sign, "strong" if channel.enough else "quiet"),
                Piece(compared),
                Piece(self.say(f"channel.{channel.name}.unit"), "quiet"),
            ]
            lines += wrapped(entry, self.page.width, _INDENT, 2)
        return lines

    def seeds(self) -> list[Line]:
        """From equal 3-grams to runs in chains."""
        seeds = self.explanation.seeds
        floor = f"{self.explanation.rules.run_floor:g}"
        runs = [
            [Piece(self.say(f"explain.runs.{sort}", n=number), "quiet")]
            for sort, number in (
                ("drowned", seeds.drowned),
                ("alone", seeds.alone),
                ("loose", seeds.loose),
                ("chained", seeds.chained),
            )
        ]
        return [
            *self.flowing(
                [
                    [Piece(self.say("explain.grams", n=seeds.grams))],
                    [Piece(self.say("explain.common", n=seeds.common), "quiet")],
                    [Piece(self.say("explain.places", n=seeds.places))],
                ]
            ),
            *self.flowing([[Piece(self.say("explain.runs", n=seeds.runs, found=seeds.found, floor=floor))]]),
            *self.flowing(runs, _INDENT + 2),
            *self.flowing(
                [[Piece(self.say("explain.bits", left=f"{seeds.bits[0]:.1f}", right=f"{seeds.bits[1]:.1f}"))]]
            ),
        ]

    def passages(self) -> list[Line]:
        """What became of the chains, and the passages they came to."""
        explanation, lang = self.explanation, self.page.lang
        fates = Counter(chain.fate for chain in explanation.chains)
        told = [
            [Piece(f"{message(f'fate.short.{fate}', lang)} {count(number)}", "quiet")]
            for fate, number in sorted(fates.items(), key=lambda item: -item[1])
        ]
        lines = self.flowing([[Piece(self.say("explain.fates", n=len(explanation.chains)))], *told])
        for number, passage in enumerate(explanation.passages, start=1):
            own = [chain for chain in explanation.chains if chain.passage == number - 1]
            by: Counter[str] = Counter(chain.founding if chain.fate == "founded" else chain.fate for chain in own)
            entries = [
                [Piece(f"{number}  "), *self._places(passage.left, passage.right)],
                [Piece(term("tier", passage.tier, lang), passage.tier)],
                [Piece(self.say("explain.alike", share=percent(passage.similarity)))],
                [Piece(self.say("count.characters", n=explanation.documents[0].countable_in(passage.left)))],
                [Piece(self.say("explain.holders", n=passage.commonness))] if explanation.within_scan else [],
                [Piece(self.say("mark.formula"), "quiet")] if passage in explanation.comparison.formula else [],
                [Piece(self._founders(by), "quiet")],
            ]
            lines += self.flowing(entries)
        return lines

    def _founders(self, by: Counter[str]) -> str:
        """How many chains founded a passage, and by what; how many joined it."""
        if not by["core"] + by["sentence"]:
            return self.say("explain.equal")
        return self.say("explain.founded-by", core=by["core"], sentence=by["sentence"], absorbed=by["absorbed"])

    def _places(self, *spans: Span) -> Line:
        sides = zip(self.explanation.documents, spans, strict=True)
        return joined([place(self.page, document, span) for document, span in sides], Piece(" ⇄ ", "quiet"))

    def formula(self) -> list[Line]:
        """Is a passage formula, and who else holds it; stock phrases and fragments."""
        explanation = self.explanation
        lines: list[Line] = []
        for number, (passage, holders) in enumerate(zip(explanation.passages, explanation.holders, strict=False), 1):
            is_formula = passage in explanation.comparison.formula
            decided = "explain.is-formula" if is_formula else "explain.no-formula"
            decision = f" {self.say(decided)}" if explanation.within_scan else ""
            told = [Piece(self.say("explain.passage", n=number) + decision)]
            lines += self.flowing([told, [Piece(self._because(holders), "quiet")]])
        phrases = [cut_text(shown(phrase.text), _PHRASE_CELLS) for phrase in explanation.stock_phrases]
        lines += self._some(self.say("explain.stock", n=len(phrases)), [[Piece(phrase)] for phrase in phrases])
        fragments = [
            [
                *self._places(fragment.left, fragment.right),
                Piece(" “" + cut_text(shown(fragment.left.of(self.page.subject.left_text)), _PHRASE_CELLS) + "”"),
            ]
            for fragment in explanation.comparison.alignment.fragments
        ]
        return lines + self._some(self.say("explain.fragments", n=len(fragments)), fragments)

    def _some(self, head: str, entries: list[Line]) -> list[Line]:
        """The first few of a list, and how many more there are."""
        more = len(entries) - _NAMED
        rest = [[Piece("… " + self.say("count.others.places", n=more), "quiet")]] if more > 0 else []
        return self.flowing([[Piece(head)], *entries[:_NAMED], *rest])

    def _because(self, holders: Holders) -> str:
        if not self.explanation.within_scan:
            return self.say("explain.two-only")
        if holders.kin:
            return self.say("explain.kin")
        if not holders.families:
            return self.say("explain.no-families", needed=holders.needed)
        ids = short_ids([document.id for document in self.explanation.result.documents])
        named = [shown(ids[family[0]]) for family in holders.families[:_NAMED]]
        names = self.say("comma").join([*named, *(["…"] if len(holders.families) > _NAMED else [])])
        return self.say(
            "explain.families",
            families=len(holders.families),
            names=names,
            needed=holders.needed,
            share=percent(holders.share),
            common=percent(0.5),
        )

    def measures(self) -> list[Line]:
        """Which was made from which, how the two stand to each other, what to look at."""
        comparison, lang = self.explanation.comparison, self.page.lang
        found = pair.direction(comparison, lang) or [
            Piece(self.say("direction") + self.say("colon") + self.say("direction.unknown"))
        ]
        return [
            *self.flowing([found, *pair.relation(comparison, lang)]),
            *(self.flowing(told) if (told := pair.findings(comparison, lang)) else []),
        ]
