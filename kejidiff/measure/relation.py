"""Two documents -> how they stand to each other: another year's text (跨年), another place's (跨地)."""

from kejidiff.model import Document


def find_relation(left: Document, right: Document) -> tuple[str, ...]:
    """`cross-year`, `cross-place`, both or neither; from what titles and texts name first."""
    relation = []
    if left.years and right.years and left.years[0] != right.years[0]:
        relation.append("cross-year")
    if left.places and right.places and not set(left.places) & set(right.places):
        relation.append("cross-place")
    return tuple(relation)
