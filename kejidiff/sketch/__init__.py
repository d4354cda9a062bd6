"""Folded units -> signatures, band keys, fingerprints. Knows arrays; never a file or a database."""

from kejidiff.sketch.evidence import worth_aligning
from kejidiff.sketch.sketch import Sketch, sketch

__all__ = ["Sketch", "sketch", "worth_aligning"]
