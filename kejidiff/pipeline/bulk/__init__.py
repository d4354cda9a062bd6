"""Paths, options -> the reuse in a collection too large to hold: the same stages, over arrays that lie on the disk."""
