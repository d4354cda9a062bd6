"""A function and items -> results in input order, by one process or several. Never knows what the function does."""

from kejidiff.engine.processes import each, run

__all__ = ["each", "run"]
