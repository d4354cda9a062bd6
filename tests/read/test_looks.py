"""Colours that nobody can tell apart are one colour, whatever the format; a colour that is seen is none of them."""

import pytest

from kejidiff.read.looks import PALE, UNREADABLE, contrast, is_pale


def test_contrast_is_that_of_the_standard() -> None:
    """The ends of the scale, and a grey whose ratio is widely known."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.01)


def test_paper_is_what_has_no_contrast_to_it() -> None:
    """The bound of the channels is that of the ratio; yellow has less contrast than many a grey, and is seen."""
    assert contrast((PALE,) * 3, (255, 255, 255)) <= UNREADABLE < contrast((PALE - 2,) * 3, (255, 255, 255))
    assert [is_pale(colour) for colour in ("F2F2F2", "FFFFF8", "FFFF00", "EEEEEE", None)] == [
        True, True, False, False, None,
    ]  # fmt: skip
