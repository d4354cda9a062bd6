"""Alignments -> counts, ratios, findings. Never re-aligns, rounds or formats."""
