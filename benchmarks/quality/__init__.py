"""A folder of texts -> labelled pairs made from it, and how well kejidiff does on them."""
