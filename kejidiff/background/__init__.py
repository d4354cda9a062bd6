"""Texts -> how surprising they are: shipped tables of counts, and a scan's own."""
