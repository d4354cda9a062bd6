"""`4G`, `512M`, `800000000` on the command line -> bytes."""

import re
from typing import Any, Final

import click

_UNITS: Final = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE: Final = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)\s*([KMGT]?)(?:I?B)?", re.IGNORECASE)


class Size(click.ParamType[int]):
    """A number of bytes, at least `least`; K, M, G, T are powers of 1,024."""

    name = "size"

    def __init__(self, least: int) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """As bytes."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no size (800000000, 512M, 4G)", param, ctx)
        size = int(float(match[1]) * _UNITS[match[2].upper()])
        if size < self._least:
            self.fail(f"{value!r} is too little; at least {self._least >> 20}M", param, ctx)
        return size
