"""What a scan said of the bad inputs -> which of them it got right, and what was wrong with the others.

`python tests/faults/judgement.py` prints the figure and the table of misses.
"""

import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from bad_input import ERRORS, EVASION, READ, SKIPPED, BadInput
from bad_inputs import KINDS, inputs_of
from fault_process import PYTHON, Finished, NeverEndedError, finished, without_privileges


class Miss(NamedTuple):
    """`wrong_read`: it was read and must not have been, or not as it stands there: the worst that can happen."""

    name: str
    what: str
    wrong_read: bool


class Verdict(NamedTuple):
    """On one kind: `judged` inputs and members of archives; the record of the scan and the texts behind it."""

    kind: str
    folder: Path
    judged: int
    misses: tuple[Miss, ...]
    ended: Finished
    record: dict[str, Any]
    texts: dict[str, Any]


def judged(kind: str, root: Path, every: int = 1) -> Verdict:
    """Makes every so many-th input of a kind, scans their folder in a process, and judges each."""
    folder, texts = root / kind, root / f"{kind}-texts.json"
    folder.mkdir(parents=True)
    inputs = inputs_of(kind)[::every]
    for one in inputs:
        one.put(folder)
    number = sum(1 + len(one.members) for one in inputs)
    driver = str(Path(__file__).with_name("listening_scan.py"))
    line = [PYTHON, driver, str(texts), "scan", str(folder), "--format", "json", "--no-reports", "--jobs", "2"]
    try:
        ended = finished(line, root, before=without_privileges, limit=300)
    except NeverEndedError:
        ended = Finished(-9, b"", "it never ended", 0)
    if not ended.out or not texts.exists():
        broken = Miss(kind, f"the scan ended with {ended.code}: {ended.err[-300:]}", False)
        return Verdict(kind, folder, number, (broken,) * number, ended, {"files": [], "complete": False}, {})
    record, read = json.loads(ended.out), json.loads(texts.read_text(encoding="ascii"))
    scanned = _Scan(record, read)
    misses = [
        miss
        for one in inputs
        for each in (one, *(member._replace(name=f"{one.name}/{member.name}") for member in one.members))
        for miss in scanned.misses(each)
    ]
    return Verdict(kind, folder, number, tuple(misses), ended, record, read)


def table_of(verdicts: Iterable[Verdict]) -> str:
    """The figure, and a line for every miss."""
    known = tuple(verdicts)
    total = sum(verdict.judged for verdict in known)
    rows = [
        f"{verdict.kind:9} {'READ' if miss.wrong_read else '':5}{miss.name!a}: {miss.what}"
        for verdict in known
        for miss in verdict.misses
    ]
    worst = sum(miss.wrong_read for verdict in known for miss in verdict.misses)
    share = 100 * (1 - len(rows) / max(1, total))
    return "\n".join([*rows, f"{total} judged, {len(rows)} wrong, {worst} of them read: {share:.1f} % right"])


class _Scan:
    """The record of a scan and the texts behind it."""

    def __init__(self, record: dict[str, Any], texts: dict[str, Any]) -> None:
        self.files = {file["path"]: file for file in record["files"]}
        self.texts = texts
        self.excluded: dict[str, list[list[int]]] = {}
        for document in record["documents"]:
            spans = [each["span"] for each in document["excluded"]]
            self.excluded.setdefault(document["path"], []).extend(spans)

    def misses(self, one: BadInput) -> list[Miss]:
        """At most one miss, the gravest."""
        path = one.name
        found = self.files.get(path) or self._below(path)
        if found is None:
            return [] if "ignored" in one.reasons else [Miss(path, "is in no list", False)]
        state, reason = found["state"], found["reason"] or READ
        if state != "read":
            if state != _state(reason):
                return [Miss(path, f"{state} for {reason}", False)]
            wrong = reason not in one.reasons
            return [Miss(path, f"{reason}, not {_spoken(one.reasons)}", False)] if wrong else []
        if READ not in one.reasons:
            return [Miss(path, f"read, not {_spoken(one.reasons)}", True)]
        wrong_text = self._text_misses(one, found["path"])
        if wrong_text:
            return [Miss(path, wrong_text, True)]
        return self._warning_misses(one, path, {warning["reason"] for warning in found.get("warnings", ())})

    def _below(self, path: str) -> dict[str, Any] | None:
        """A folder that cannot be entered is one entry, wherever on the way in that was."""
        return next((file for name, file in self.files.items() if name.startswith(path + "/")), None)

    def _text_misses(self, one: BadInput, path: str) -> str:
        text = self.texts[path]["text"]
        if one.exact is not None and text != one.exact:
            return f"another text: {len(text)} characters, not {len(one.exact)}"
        marked = [mark[:2] for mark in self.texts[path]["marked"]] + self.excluded.get(path, [])
        seen = _plain(_outside(text, marked))
        for number, piece in enumerate(one.text):
            if _plain(piece) not in seen:
                where = "is marked" if _plain(piece) in _plain(text) else "is not there"
                return f"piece {number + 1} of {len(one.text)} {where}"
        for number, piece in enumerate(one.absent):
            if _plain(piece) in seen:
                return f"what must not be there is (piece {number + 1})"
        return ""

    def _warning_misses(self, one: BadInput, path: str, told: set[str]) -> list[Miss]:
        if missing := one.warnings - told:
            return [Miss(path, f"{_spoken(missing)} was not told", False)]
        if EVASION in told - one.warnings:
            return [Miss(path, "suspected without a cause", False)]
        return []


def _state(reason: str) -> str:
    return "skipped" if reason in SKIPPED else "error" if reason in ERRORS else "no reason at all"


def _spoken(reasons: frozenset[str] | set[str]) -> str:
    return " or ".join(sorted(reason or "read" for reason in reasons))


def _plain(text: str) -> str:
    """Without blanks: where lines are broken and cells parted, formats and readers may differ."""
    return "".join(text.split())


def _outside(text: str, spans: list[list[int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = "\0" * (end - start)
    return "".join(chars).replace("\0", "")


def main() -> int:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as root:
        verdicts = [judged(kind, Path(root)) for kind in sys.argv[1:] or KINDS]
    sys.stdout.write(table_of(verdicts) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
