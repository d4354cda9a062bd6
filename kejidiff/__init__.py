"""Finds recycled text in Chinese reports."""

from kejidiff.version import __version__

__all__ = ["__version__"]
