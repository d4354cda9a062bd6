"""Chains of an explanation -> lines: each with its place, its scores, how it begins on both sides, and its fate."""

from typing import NamedTuple

from kejidiff.model.explanation import ChainAccount, Explanation
from kejidiff.span import Span
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.terminal import marks
from kejidiff.view.terminal.cells import Line, Piece
from kejidiff.view.terminal.fragments import place
from kejidiff.view.terminal.layout import SEPARATOR, flow, indented, joined, wrapped
from kejidiff.view.terminal.page import Page

#: Characters of the original shown of either side of a chain.
_EXCERPT = 30
#: Cells before the lines of a section, and before all but the first line of an entry besides.
_INDENT, _HANGING = 3, 3

#: What stands before a chain's fate, so that it is seen at a glance.
_SIGNS = {"founded": "✓ ", "absorbed": "+ "}


def hanging(entries: list[Line], width: int, indent: int) -> list[Line]:
    """Entries one after another, lines after the first further in."""
    first, *rest = flow(entries, width - indent - _HANGING, separator=SEPARATOR)
    return indented([first], indent) + indented(rest, indent + _HANGING)


class ChainLines(NamedTuple):
    """The chains of one page."""

    explanation: Explanation
    page: Page

    def listed(self, most: int) -> list[Line]:
        """How many there are, and the best of them."""
        chains = self.explanation.chains
        floor = f"{self.explanation.rules.chain_floor:g}"
        if not chains:
            head = self.say("explain.chains.none", floor=floor)
        elif len(chains) > most:
            head = self.say("explain.chains.listed", n=len(chains), listed=most)
        else:
            head = self.say("explain.chains.all", n=len(chains))
        lines = wrapped([Piece(head, "quiet")], self.page.width, _INDENT)
        usual = self.explanation.result.options.align
        if self.explanation.rules != usual:
            related = self.say("explain.chains.kin", share=percent(usual.kin))
            lines += wrapped([Piece(related, "quiet")], self.page.width, _INDENT)
        for number, chain in enumerate(chains[:most], start=1):
            lines += self._chain(number, chain)
        return lines

    def best(self) -> Line:
        """Where the best chain is, and why it is no passage."""
        chain = self.explanation.chains[0]
        where = "".join(piece.text for piece in self._places(chain.left, chain.right))
        return [Piece(self.say("explain.best-chain", place=where, why=self._why(chain)))]

    def say(self, key: str, **values: str | int) -> str:
        return message(key, self.page.lang, **values)

    def _chain(self, number: int, chain: ChainAccount) -> list[Line]:
        floor = f"{self.explanation.rules.core_floor:g}"
        entries = [
            [Piece(f"{number}  "), *self._places(chain.left, chain.right)],
            [Piece(self.say("explain.chain.score", score=f"{chain.score:.1f}"))],
            [Piece(self.say("explain.chain.core", core=f"{chain.core:.1f}", floor=floor))],
            [Piece(self.say("explain.chain.matched", n=chain.matched))],
            [Piece(self.say("explain.alike", share=percent(chain.similarity)))],
        ]
        sign = _SIGNS.get(chain.fate, "✗ ")
        why = [Piece(sign, "strong" if chain.passage >= 0 else "quiet"), Piece(self._why(chain))]
        texts = self.page.subject.left_text, self.page.subject.right_text
        return [
            *hanging(entries, self.page.width, _INDENT),
            *(
                line
                for side, span, text in zip(("left", "right"), (chain.left, chain.right), texts, strict=True)
                for line in wrapped(self._excerpt(side, span, text), self.page.width, _INDENT + 3, 3)
            ),
            *wrapped(why, self.page.width, _INDENT + 3, 2),
        ]

    def _places(self, left: Span, right: Span) -> Line:
        documents = self.explanation.documents
        return joined(
            [place(self.page, documents[0], left), place(self.page, documents[1], right)], Piece(" ⇄ ", "quiet")
        )

    def _excerpt(self, side: str, span: Span, text: str) -> Line:
        shown = span.of(text)[:_EXCERPT]
        rest = "…" if span.length > _EXCERPT else ""
        return [Piece(f"{self.say(f'side.{side}')} ", "quiet"), *marks.plain(shown), Piece(rest, "quiet")]

    def _why(self, chain: ChainAccount) -> str:
        """Why it founds a passage or does not, and what became of it."""
        rules = self.explanation.rules
        tie = chain.sentence
        founding = self.say(
            f"founding.{chain.founding}",
            core_floor=f"{rules.core_floor:g}",
            density=f"{chain.density:.1f}",
            telling=f"{rules.telling:g}",
            sentence=rules.sentence,
            sentence_floor=f"{rules.sentence_floor:g}",
            sentence_alike=percent(rules.sentence_alike),
            length=tie.length if tie else 0,
            bits=f"{tie.bits:.1f}" if tie else "",
            alike=percent(tie.alike) if tie and tie.alike is not None else "",
        )
        fate = self.say(
            f"fate.{chain.fate}",
            passage=chain.passage + 1,
            absorb_gap=rules.absorb_gap,
            length_ratio=f"{rules.length_ratio:g}",
            share_floor=percent(rules.share_floor),
        )
        return founding + self.say("semicolon") + fate
