"""Hundreds of bad and tricky inputs end in the state that the contract names, with the text that they hold.

What is right is written down with each input (`bad_*.py`), after the specification; `judgement.py` compares.
"""

import re
from collections import Counter

import pytest
from bad_inputs import KINDS
from fault_process import TRACEBACK, command, finished
from judgement import Verdict, judged, table_of

#: The share of inputs that must end right. Not one may be read that must not be, or read as something else.
RIGHT = 0.98


@pytest.fixture(scope="module", params=[6, pytest.param(1, marks=pytest.mark.faults)], ids=["a sixth", "all"])
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """On every sixth input in `make test`, on all in `make faults`."""
    root = tmp_path_factory.mktemp("bad-inputs")
    return {kind: judged(kind, root, request.param) for kind in KINDS}


def test_bad_inputs_end_right(verdicts: dict[str, Verdict]) -> None:
    """At least 98 % of all inputs end in the right state with the right text."""
    total = sum(verdict.judged for verdict in verdicts.values())
    misses = sum(len(verdict.misses) for verdict in verdicts.values())
    assert total >= 100
    assert 1 - misses / total >= RIGHT, table_of(verdicts.values())


def test_nothing_is_read_that_must_not_be(verdicts: dict[str, Verdict]) -> None:
    """Not one input is read as something that it is not: a wrong text compared is worse than none."""
    assert [(kind, miss.name, miss.what) for kind, v in verdicts.items() for miss in v.misses if miss.wrong_read] == []


def test_every_file_is_accounted_for(verdicts: dict[str, Verdict]) -> None:
    """Every file found ends as exactly one of read, skipped and error, and what was not read makes the scan say so."""
    for kind, verdict in verdicts.items():
        files = verdict.record["files"]
        states = Counter(file["state"] for file in files)
        assert set(states) <= {"read", "skipped", "error"}, kind
        assert sum(states.values()) == len(files) == len({file["path"] for file in files}), kind
        harmless = all(file["state"] == "read" or file["reason"] == "ignored" for file in files)
        assert verdict.record["complete"] is harmless, kind
        assert verdict.ended.code == (0 if harmless else 3), kind


def test_bad_inputs_are_told_in_one_line_each(verdicts: dict[str, Verdict]) -> None:
    """Nothing but lines of ours on stderr: no traceback, no library's complaint, no process left."""
    for kind, verdict in verdicts.items():
        assert TRACEBACK not in verdict.ended.err, kind
        assert verdict.ended.complaints == [], kind
        assert verdict.ended.left == 0, kind


def test_names_lead_nowhere(verdicts: dict[str, Verdict]) -> None:
    """No path in a record leaves the folder that was scanned, whatever names an archive's members bear."""
    for verdict in verdicts.values():
        for file in verdict.record["files"]:
            assert not file["path"].startswith("/") and ".." not in file["path"].split("/")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "archives"])
def test_dumped_text_is_the_text_compared(kind: str, verdicts: dict[str, Verdict]) -> None:
    """`--dump-text` prints what spans count in, and nothing else: here of the first input of each kind."""
    name, text = next((name, kept["text"]) for name, kept in sorted(verdicts[kind].texts.items()) if kept["text"])
    folder = verdicts[kind].folder
    ended = finished(command("scan", "--dump-text", name if name[0] != "-" else f"./{name}"), folder)
    assert ended.code == 0
    assert ended.out.decode() == re.sub("[\ud800-\udfff]", "\ufffd", text)
