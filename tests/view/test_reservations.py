"""Reservations: what the Chinese page says of a file that was read, in Chinese."""

import re

import pytest

from kejidiff.read.evasion import _KINDS
from kejidiff.view.reservations import reservation


@pytest.mark.parametrize(
    "told",
    [
        *(f"1,234 {kind.words}" for kind in _KINDS),
        "202 characters in 3 places cannot be seen in it: hidden, tiny, or of the paper's colour",
        "20 characters in one place cannot be seen in it: hidden, tiny, or of the paper's colour",
        "32 Hanzi in 1 place that the page hides from its reader",
        "1,032 Hanzi in 2 places that the page hides from its reader",
        "90 characters that the page hides from its reader (white, tiny, or off the page)",
        "1 place could not be read as gb18030, and stand as U+FFFD",
        "3 of 12 pages have no text that can be read (page 1, 2, 3)",
        "11 of 12 pages are pictures without text (page 1, 2)",
    ],
)
def test_each_has_its_words_in_chinese(told: str) -> None:
    """Every figure is kept, no English word is; the English page says what the record says."""
    chinese = reservation(told, "zh")
    assert not re.search("[A-Za-z]{3,}", re.sub(r"gb18030|U\+FFFD", "", chinese)), chinese
    assert set(re.findall(r"[\d,]*\d", told)) <= set(re.findall(r"[\d,]*\d", chinese))
    assert reservation(told, "en") == told


def test_what_is_in_no_table_stays() -> None:
    """Better English than nothing."""
    assert reservation("something new", "zh") == "something new"
