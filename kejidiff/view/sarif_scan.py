"""ScanResult -> SARIF 2.1.0: each passage of each pair a result at its place on the left, each file not read one.

No text of a document is quoted. See `sarif_log`; what a check finds has a log of its own (`sarif`).
"""

from collections.abc import Iterator
from typing import Final

from kejidiff.model import Comparison, Passage, ScanResult, Skipped
from kejidiff.view.json_text import Record
from kejidiff.view.messages import message, term
from kejidiff.view.numbers import percent
from kejidiff.view.sarif_log import Places, log_of
from kejidiff.view.visible import visible_line

RULES: Final[dict[str, tuple[str, str]]] = {
    "reuse": ("warning", "Text shared by two reports"),
    "incomplete": ("error", "Not read, or not in full"),
    "reservation": ("note", "Read with reservations"),
}
_NUMBERS: Final = {rule: at for at, rule in enumerate(RULES)}


def scan_sarif(result: ScanResult, lang: str) -> Record:
    """The log, with one run; messages in `lang`, rules in English."""
    places = Places(result)
    passages = [
        _passage(result, places, comparison, number, lang)
        for comparison in result.comparisons
        for number in range(len(comparison.passages))
    ]
    return log_of(result.version, RULES, [*passages, *_files(result, places, lang)], {"complete": result.complete})


def _passage(result: ScanResult, places: Places, comparison: Comparison, number: int, lang: str) -> Record:
    passage: Passage = comparison.passages[number]
    left, right = result.document(comparison.left), result.document(comparison.right)
    count = message("count.characters", lang, n=left.countable_in(passage.left))
    told = f"{message(f'tier.{passage.tier}', lang)} {count}, {percent(passage.similarity)}: "
    told += f"{visible_line(right.id)} {visible_line(right.title)}".rstrip()
    return {
        **_result("reuse", told, f"{left.id}/{right.id}/{number + 1}"),
        "locations": [places.location(left.path, passage.left, left)],
        "relatedLocations": [places.location(right.path, passage.right, right)],
    }


def _files(result: ScanResult, places: Places, lang: str) -> Iterator[Record]:
    for file in result.files:
        if isinstance(file, Skipped):
            if not file.harmless:
                yield _of_file("incomplete", file.path, file.reason, places, lang)
            continue
        for reason in dict.fromkeys(warning.reason for warning in file.warnings):
            yield _of_file("reservation" if file.whole else "incomplete", file.path, reason, places, lang)


def _of_file(rule: str, path: str, reason: str, places: Places, lang: str) -> Record:
    told = f"{visible_line(path)}: {term('file', reason, lang)}"
    return {**_result(rule, told, f"{path}/{reason}"), "locations": [places.location(path, None, None)]}


def _result(rule: str, told: str, key: str) -> Record:
    return {
        "ruleId": rule,
        "ruleIndex": _NUMBERS[rule],
        "level": RULES[rule][0],
        "message": {"text": told},
        "partialFingerprints": {"kejidiff/v1": f"{rule}/{visible_line(key)}"},
    }
