"""Material -> the head figures of the page, each with what it is a share of."""

from typing import NamedTuple

from kejidiff.view.headline import reused
from kejidiff.view.html.material import Material
from kejidiff.view.numbers import count, percent


class Tile(NamedTuple):
    """A head figure; `below` says what it is a share of, and whose it is."""

    label: str
    figure: str
    below: str


def tiles(material: Material) -> tuple[Tile, ...]:
    """The head figures; none where nothing was found."""
    found, documents = len(material.result.comparisons), len(material.documents)
    if not found:
        return ()
    highest = max(material.documents, key=lambda document_id: material.stats(document_id).total)
    longest = max(material.documents, key=lambda document_id: material.stats(document_id).longest_run)
    most, run = material.stats(highest), material.stats(longest).longest_run
    share = material.say("page.of.characters", part=most.reused, whole=most.countable)
    return (
        Tile(material.say("page.tile.documents"), count(reused(material.result)), f"/ {count(documents)}"),
        Tile(material.say("page.tile.pairs"), count(found), f"/ {count(documents * (documents - 1) // 2)}"),
        Tile(material.say("page.tile.highest"), percent(most.total), f"{share} · {material.names[highest].label}"),
        Tile(
            material.say("page.tile.run"),
            count(run),
            f"{material.say('page.column.characters')} · {material.names[longest].label}",
        ),
    )
