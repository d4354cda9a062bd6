"""Documents of a file: one of them alone is the same as among all."""

from pathlib import Path

import pytest

from kejidiff.model import SourceText
from kejidiff.text.documents import find_documents

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize("name", ["001_96a2032afdb334c4.txt", "002_f11c072e94adb095.txt"])
def test_one_document_is_as_among_all(name: str) -> None:
    """Whatever is asked for by its ordinal has the spans, exclusions and folded text it has when nothing is."""
    source = SourceText(name, (SEEDS / name).read_text(encoding="utf-8"))
    every = find_documents(source)
    assert len(every) > 1
    for document in every:
        (alone,) = find_documents(source, document.ordinal)
        assert (alone.id, alone.span, alone.excluded, alone.repaired, alone.paragraphs, alone.years, alone.places) == (
            document.id, document.span, document.excluded, document.repaired, document.paragraphs, document.years,
            document.places,
        )  # fmt: skip
        assert alone.folded.text == document.folded.text


def test_no_document_of_that_ordinal() -> None:
    """An ordinal beyond the last is none; so is nought."""
    source = SourceText("one", "2013年科技工作总结\n全市科技创新工作取得进展。\n")
    assert [len(find_documents(source, ordinal)) for ordinal in (0, 1, 2)] == [0, 1, 0]
