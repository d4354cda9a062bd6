"""Counts and shares -> the figures a person reads; nothing is rounded to all, to nothing or to a limit that isn't."""

from typing import Final

#: Decimals at most: a tenth of what one character is of ten million.
_DECIMALS: Final = 6


def percent(share: float, limit: float | None = None) -> str:
    """A share (0 to 1) in percent with one decimal: `97.4%`.

    `0.0%` and `100.0%` stand only for exactly none and all; what would round to them is `<0.1%` or `>99.9%`. With
    `limit` there are as many decimals as it takes to see on which side of it the share is: `29.96%` of 30%.
    """
    if share <= 0.0:
        return "0.0%"
    if share >= 1.0:
        return "100.0%"
    if share < 0.0005:
        return "<0.1%"
    if share > 0.9995:
        return ">99.9%"
    figure = f"{share * 100:.{_decimals(share, limit)}f}%"
    return {"0.0%": "<0.1%", "100.0%": ">99.9%"}.get(figure, figure)


def _decimals(share: float, limit: float | None) -> int:
    if limit is None:
        return 1
    edge = round(limit * 100, 8)  # 29% is 28.999999999999996 otherwise
    told = (decimals for decimals in range(1, _DECIMALS) if (round(share * 100, decimals) >= edge) == (share >= limit))
    return next(told, _DECIMALS)


def count(number: int) -> str:
    """A count with thousands separators: `40,112`."""
    return f"{number:,}"


def numerator(share: float, countable: int) -> int:
    """The count a ratio was made from: `share` (0 to 1) of `countable`, to the nearest whole character."""
    return round(share * countable)
