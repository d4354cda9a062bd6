"""A function and items -> results in input order, by one process or several. Never knows what the function does."""

from kejidiff.engine.processes import run

__all__ = ["run"]
