"""Counts and shares -> the figures a person reads; nothing is rounded to all or nothing that isn't."""


def percent(share: float) -> str:
    """A share (0 to 1) in percent with one decimal: `97.4%`.

    `0.0%` and `100.0%` stand only for exactly none and all; what would round to them is `<0.1%` or `>99.9%`.
    """
    if share <= 0.0:
        return "0.0%"
    if share >= 1.0:
        return "100.0%"
    if share < 0.0005:
        return "<0.1%"
    if share > 0.9995:
        return ">99.9%"
    figure = f"{share * 100:.1f}%"
    return {"0.0%": "<0.1%", "100.0%": ">99.9%"}.get(figure, figure)


def count(number: int) -> str:
    """A count with thousands separators: `40,112`."""
    return f"{number:,}"


def numerator(share: float, countable: int) -> int:
    """The count a ratio was made from: `share` (0 to 1) of `countable`, to the nearest whole character."""
    return round(share * countable)
