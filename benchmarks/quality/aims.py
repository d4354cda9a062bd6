"""The lines of the table in their order, and what the project holds itself to in each."""

from collections.abc import Mapping

from quality.edits import KINDS
from quality.measure_direction import LINES as DIRECTION_LINES
from quality.measure_families import LINES as FAMILY_LINES
from quality.measure_kinds import KINDS as EDIT_KINDS
from quality.measure_share import SHARES

#: `None` for a line with no aim, else the bound: no less, for shares; no more, for what should not be.
Aim = float | None

_SHARE_AIMS = (0.995, 0.995, 0.99, 0.97, 0.90, 0.50)
_LENGTHS = ("20-30", "30-45", "45-60")

#: Of these figures less is better.
BOUNDED_ABOVE = frozenset(
    {
        ("pairs", "unrelated: passages in"),
        ("pairs", "same skeleton: passages in"),
        ("formula", "unrelated pairs accused"),
        ("runs", "missed"),
        ("runs", "cut short"),
        ("repairs", "as it is"),
        ("repairs", "traditional"),
        ("repairs", "traditional, half-width marks"),
    }
)

AIMS: Mapping[tuple[str, str], Aim] = {
    ("pairs", "all"): 0.985,
    **{("pairs", kind): 0.96 for kind in KINDS},
    ("pairs", "unrelated: passages in"): 0,
    ("pairs", "same skeleton: passages in"): 0,
    ("together", "all"): 0.985,
    **{("together", kind): 0.95 for kind in KINDS},
    ("candidates", "pairs of all kinds"): 0.998,
    ("candidates", "times fewer than all pairs"): 100,
    ("short", "verbatim"): 0.98,
    **{("short", f"verbatim, {length}"): None for length in _LENGTHS},
    ("short", "verbatim, precision"): 0.95,
    ("short", "edited"): 0.85,
    **{("short", f"edited, {length}"): None for length in _LENGTHS},
    ("short", "edited, precision"): 0.95,
    **{("share", f"{share:.2f} edited"): aim for share, aim in zip(SHARES, _SHARE_AIMS, strict=True)},
    **{("families", line): None for line in FAMILY_LINES},
    ("formula", "unrelated pairs accused"): 0.05,
    ("formula", "real copy among them"): 0.995,
    **{("kinds", kind): 0.95 for kind in EDIT_KINDS},
    **{("direction", line): 0.90 if line == "all: right if decided" else None for line in DIRECTION_LINES},
    ("runs", "missed"): 0,
    ("runs", "cut short"): 0,
    ("repairs", "as it is"): 0,
    ("repairs", "traditional"): 0,
    ("repairs", "traditional, half-width marks"): 0,
}


def aim_shown(line: tuple[str, str], value: float) -> str:
    """`≥ .985`, with a star where the figure falls short of it."""
    aim = AIMS.get(line)
    if aim is None:
        return ""
    above = line in BOUNDED_ABOVE
    bound = f"{aim:g}".replace("0.", ".")
    return ("≤ " if above else "≥ ") + bound + (" *" if (value > aim if above else value < aim) else "")
