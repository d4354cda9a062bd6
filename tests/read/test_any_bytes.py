"""Whatever the bytes, a file ends as read, skipped or in error: no exception, no lost member, no dead reader."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutated_files import good_files, mutated

from kejidiff.errors import REASONS, RESERVATIONS
from kejidiff.model import SourceText
from kejidiff.read import FoundFile
from kejidiff.read.contents import read_content
from kejidiff.span import Span

GOOD = good_files()
#: For each format; the long run is elsewhere.
MUTATIONS = 100


def holds(data: bytes) -> list[str]:
    """What is promised of every file; returns how each ended."""
    files = list(read_content(FoundFile("f", "f"), data, None, 1 << 20))
    assert files[0].path == "f"
    assert len({file.path for file in files}) == len(files)
    for file in files:
        if isinstance(file, SourceText):
            assert file.format == "archive" or any(map(str.isalnum, file.text))
            assert not any("\ud800" <= char <= "\udfff" for char in file.text)
            whole, last = Span(0, len(file.text)), 0
            for mark in file.marked:
                assert whole.contains(mark.span) and last <= mark.span.start < mark.span.end
                last = mark.span.end
            assert all(warning.span is None or whole.contains(warning.span) for warning in file.warnings)
        else:
            assert file.reason in REASONS - RESERVATIONS
            assert file.message
    return [file.format if isinstance(file, SourceText) else file.reason for file in files]


def test_the_good_files_are_good() -> None:
    """Mutations of what is not read would prove nothing."""
    assert {name: holds(data)[0] for name, data in GOOD.items()} == {
        **{name: name for name in GOOD}, "zip": "archive", "ole": "encrypted",
    }  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_mutated_file_is_read_or_refused(name: str) -> None:
    """And never crashes its parser: that would be a defect of ours, however well it is caught."""
    for seed in range(MUTATIONS):
        ended = holds(mutated(GOOD[name], seed))
        assert not {"parser-crash", "timeout", "memory"} & set(ended), f"{name}, seed {seed}: {ended}"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html"]), st.binary())
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes) -> None:
    """Also where nothing but the first bytes is right."""
    assert holds(start + rest)
