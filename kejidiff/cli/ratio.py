"""A share as it is typed (`0.3`, `30%`) -> a fraction: the type of every option that takes one."""

from typing import Any

import click


class Ratio(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.5 on
    """A share of a text: `0.3` or `30%`; more than none, at most all."""

    name = "ratio"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share as a fraction."""
        text = str(value).strip()
        try:
            share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            share = -1.0
        if not 0.0 < share <= 1.0:
            self.fail(f"{text!r} is neither a fraction (0.3) nor a percentage (30%) above 0 and up to 1", param, ctx)
        return share
