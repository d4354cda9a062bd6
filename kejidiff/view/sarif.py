"""CheckResult -> SARIF 2.1.0: each passage, each thing to look at, each reason why a draft is incomplete, a result.

For code review and CI, which show results at the lines of the draft. No text of a document is quoted but what was left
over. Section numbers below are those of the standard (see `sarif_log`).
"""

from collections.abc import Iterator
from typing import Final

from kejidiff.model.check import CheckResult, DraftCheck, Judged
from kejidiff.span import Span
from kejidiff.view.concerns import Concern, concerns
from kejidiff.view.json_text import Record
from kejidiff.view.messages import message
from kejidiff.view.numbers import percent
from kejidiff.view.sarif_log import Places, log_of
from kejidiff.view.verdict import limit_words, reasons, value
from kejidiff.view.visible import visible_line

#: Rules and the level of their results; a passage is an `error` where its draft is over a limit.
RULES: Final[dict[str, tuple[str, str]]] = {
    "reuse": ("warning", "Text shared with another report"),
    "limit": ("error", "Reuse at or over a limit"),
    "incomplete": ("error", "Not checked in full"),
    "evasion-suspected": ("warning", "Signs of evasion"),
    "left-over-place": ("warning", "A place of the source left over"),
    "left-over-unit": ("warning", "A unit of the source left over"),
    "left-over-year": ("warning", "A year of the source left over"),
    "left-over-figure": ("warning", "A figure of the source left over"),
    "shared-mistake": ("warning", "A slip that the source has too"),
    "figures-carried-over": ("note", "Figures equal to the source's"),
    "decode-replaced": ("note", "Bytes that could not be decoded"),
}
_CONCERNS: Final = {
    "place": "left-over-place", "unit": "left-over-unit", "year": "left-over-year", "figure": "left-over-figure",
    "mistake": "shared-mistake", "figures": "figures-carried-over", "evasion-suspected": "evasion-suspected",
    "decode-replaced": "decode-replaced",
}  # fmt: skip


def check_sarif(result: CheckResult, lang: str) -> Record:
    """The log, with one run; messages in `lang`, rules in English."""
    log = _Log(result, lang)
    return log_of(
        result.scan.version,
        RULES,
        [found for draft in result.drafts for found in log.of(draft)],
        {"verdict": result.verdict, "compared": result.compared},
    )


class _Log:
    """Makes results."""

    def __init__(self, result: CheckResult, lang: str) -> None:
        self.result, self.lang = result, lang
        self.places = Places(result.scan)
        self.rules = {rule: at for at, rule in enumerate(RULES)}

    def of(self, draft: DraftCheck) -> Iterator[Record]:
        """Why incomplete, limits, passages by place, things to look at."""
        for told in reasons(draft, self.lang):
            yield self._result("incomplete", f"{visible_line(draft.name)}: {told}", draft, None)
        if not draft.document:
            return
        for limit in draft.exceeded:
            told = f"{self._limit(limit)}: {value(self.result, draft.judged, limit, self.lang)}, "
            told += message("check.limit", self.lang, limit=limit_words(self.result, limit, self.lang))
            yield self._result("limit", told, draft, self.result.scan.document(draft.document).span, key=limit)
        for one in draft.passages:
            yield self._passage(draft, one)
        for concern in concerns(self.result, draft):
            yield self._concern(draft, concern)

    def _limit(self, limit: str) -> str:
        return message(f"column.{limit}", self.lang)

    def _passage(self, draft: DraftCheck, one: Judged) -> Record:
        source = self.result.scan.document(one.source)
        document = self.result.scan.document(draft.document)
        count = message("count.characters", self.lang, n=document.countable_in(one.span))
        told = f"{message(f'tier.{one.passage.tier}', self.lang)} {count}, {percent(one.passage.similarity)}: "
        told += f"{visible_line(source.id)} {visible_line(source.title)}".rstrip()
        level = "note" if one.standing != "judged" else "error" if draft.verdict == "over-limit" else "warning"
        made = self._result("reuse", told, draft, one.span, level, key=f"{one.digest}/{one.source}")
        made["relatedLocations"] = [self.places.location(source.path, one.source_span, source)]
        if self.result.baseline is not None:
            made["baselineState"] = "unchanged" if one.known else "new"
        if one.standing != "judged":
            made["suppressions"] = [{"kind": "external", "status": "accepted", "justification": self._why(one)}]
        return made

    def _why(self, one: Judged) -> str:
        standing = message(f"check.standing.{one.standing}", self.lang)
        if one.entry < 0:
            return standing
        entry = self.result.ignore[one.entry]
        told = visible_line(f"{entry.reason} ({entry.owner}, {entry.expires})")
        return f"{standing}: {told}"

    def _concern(self, draft: DraftCheck, one: Concern) -> Record:
        told = message(f"check.concern.{one.kind}", self.lang)
        if one.kind == "figures":
            told += f": {message('check.figures', self.lang, n=one.figures)}"
        elif one.text:
            told += f" “{visible_line(one.text)}”"
        if one.own:
            told += f" ({visible_line(one.own)})"
        if one.source:
            told += f", {message('check.from', self.lang, source=visible_line(one.source))}"
        rule = _CONCERNS[one.kind]
        made = self._result(rule, told, draft, one.span, key=f"{rule}/{one.source}/{one.text}/{one.number}")
        if self.result.baseline is not None:  # all results of a run have one, or none (3.27.24)
            made["baselineState"] = "new"
        return made

    def _result(
        self, rule: str, told: str, draft: DraftCheck, span: Span | None, level: str = "", key: str = ""
    ) -> Record:
        document = self.result.scan.document(draft.document) if draft.document else None
        made: Record = {
            "ruleId": rule,
            "ruleIndex": self.rules[rule],
            "level": level or RULES[rule][0],
            "message": {"text": told},
            "locations": [self.places.location(draft.path, span, document)],
            "partialFingerprints": {"kejidiff/v1": f"{visible_line(draft.name)}/{rule}/{visible_line(key)}"},
        }
        if rule in ("incomplete", "limit") and self.result.baseline is not None:
            made["baselineState"] = "new"
        return made
