"""Two documents -> how they stand to each other: another year's text (跨年), another place's (跨地)."""

from kejidiff.model import Document


def find_relation(left: Document, right: Document) -> tuple[str, ...]:
    """`cross-year`, `cross-place`, both or neither: where the years (places) that both name have none in common."""
    relation = []
    if left.years and right.years and not set(left.years) & set(right.years):
        relation.append("cross-year")
    if left.places and right.places and not set(left.places) & set(right.places):
        relation.append("cross-place")
    return tuple(relation)
