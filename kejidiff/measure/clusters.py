"""Comparisons -> clusters: documents that each share a good part of their text with one representative.

Every member is verified against the representative, never against another member: chains of half-alike texts do not
grow into one cluster (one run of a well-known tool made a false cluster of 859,091 that way).
"""

from collections.abc import Sequence

from kejidiff.model import Cluster, Comparison, Document


def find_clusters(
    documents: Sequence[Document], comparisons: Sequence[Comparison], share: float
) -> tuple[Cluster, ...]:
    """By first member. A member shares at least `share` of the smaller of the two texts with the representative."""
    near: dict[str, set[str]] = {document.id: set() for document in documents}
    for comparison in comparisons:
        if comparison.reuse >= share:
            near[comparison.left].add(comparison.right)
            near[comparison.right].add(comparison.left)
    order = {document.id: at for at, document in enumerate(documents)}
    free = {document_id for document_id, others in near.items() if others}
    clusters = []
    while free:
        representative = min(free, key=lambda document_id: (-len(near[document_id] & free), order[document_id]))
        members = {representative, *(near[representative] & free)}
        free -= members
        if len(members) > 1:
            clusters.append(Cluster(tuple(sorted(members, key=order.__getitem__)), representative))
    return tuple(sorted(clusters, key=lambda cluster: order[cluster.members[0]]))
