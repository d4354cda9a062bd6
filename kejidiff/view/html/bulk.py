"""BulkResult -> report.html of a large scan: totals, what leads of each list, and the passages of the first pairs.

Sealed like the page of any scan, and no longer however large the scan: lists and passages are cut, and say by how much.
"""

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from kejidiff.model import Cluster, Comparison, ScanResult, Skipped
from kejidiff.model.bulk import BulkResult
from kejidiff.view.headline_bulk import command, counts, share_of_all, verdict
from kejidiff.view.html import appendix, documents, pairs
from kejidiff.view.html.legends import Legends, facing_legend
from kejidiff.view.html.marks import fill
from kejidiff.view.html.mast import Tile
from kejidiff.view.html.material import Material, gather
from kejidiff.view.html.page import rendered, there
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.html.strips import strips
from kejidiff.view.numbers import count, percent
from kejidiff.view.visible import visible_line

#: Documents, pairs, clusters, members of one, and files listed; pairs whose passages are shown. With what `strips`
#: allows each the page comes to some 500 kB.
DOCUMENTS: Final = 100
PAIRS: Final = 100
CLUSTERS: Final = 60
MEMBERS: Final = 8
FILES: Final = 100
LAID_OUT: Final = 20

#: Kinds of edits that a comparison paragraph by paragraph tells.
KINDS: Final = frozenset({"replacement", "insertion", "deletion", "move", "figure", "mask"})


def bulk_report(result: BulkResult, *, lang: str, seconds: float | None = None) -> str:
    """The page in `lang`; arguments as of `page.report`."""
    material = _material(result, lang)
    return rendered(
        material,
        verdict=verdict(result, lang),
        counts=counts(result, lang, seconds),
        complete=result.complete,
        caveat=" · ".join((material.say("caveat"), material.say("bulk.depth"))),
        facing_title=material.say("bulk.facing"),
        legend=Legends(facing_legend(material, KINDS), Markup()),
        files=result.extract.files,
        tiles=_tiles(result, material),
        before=there(_documents(result, material), _pairs(result, material), _clusters(result, material)),
        facings=[strips(material, comparison, number) for number, comparison in enumerate(material.facing, 1)],
        unshown=(_unshown(result, material), ""),
        after=there(_files(result, material), appendix.method(material, _method(material))),
    )


def _material(result: BulkResult, lang: str) -> Material:
    """Of the leading comparisons and of the documents with the highest share, no more than the page lists."""
    extract = result.extract
    comparisons = extract.comparisons[:PAIRS]
    wanted = {side for found in comparisons for side in (found.left, found.right)}
    wanted |= {document.id for document in result.most[:DOCUMENTS]}
    chosen = tuple(document for document in extract.documents if document.id in wanted)
    listed = replace(extract, comparisons=comparisons, documents=chosen)
    facing = tuple(found for found in comparisons[:LAID_OUT] if _text_known(listed, found))
    material = gather(listed, lang, facing, labels={one.id: one.id for one in chosen})
    return material._replace(marked={})


def _text_known(result: ScanResult, comparison: Comparison) -> bool:
    return all(result.source(result.document(side).path).text for side in (comparison.left, comparison.right))


def _tiles(result: BulkResult, material: Material) -> tuple[Tile, ...]:
    totals = result.totals
    if not result.most:
        return ()
    most = result.most[0]
    share = material.say("page.of.characters", part=most.stats.reused, whole=most.stats.countable)
    of_all = material.say("page.of.characters", part=totals.reused, whole=totals.countable)
    return (
        Tile(material.say("page.tile.documents"), count(totals.recycled), f"/ {count(totals.documents)}"),
        Tile(
            material.say("page.tile.pairs"), count(totals.comparisons), material.say("pair.passages", n=totals.passages)
        ),
        Tile(material.say("page.tile.highest"), percent(most.stats.total), f"{share} · {visible_line(most.id)}"),
        Tile(material.say("bulk.tile.reused"), share_of_all(result), of_all),
    )


def _documents(result: BulkResult, material: Material) -> Section | None:
    most = {document.id: material.documents[document.id] for document in result.most[:DOCUMENTS]}
    section = documents.section(material._replace(documents=most))
    return section and section._replace(more=_left(material, result.totals.recycled - len(most)))


def _pairs(result: BulkResult, material: Material) -> Section | None:
    section = pairs.section(material)
    left_out = result.totals.comparisons - len(material.result.comparisons)
    return section and section._replace(more=_left(material, left_out))


def _clusters(result: BulkResult, material: Material) -> Section | None:
    if not result.clusters:
        return None
    largest = sorted(result.clusters, key=lambda cluster: -len(cluster.members))[:CLUSTERS]
    columns = tuple(Column(material.say(f"page.column.{key}")) for key in ("number", "representative", "members"))
    rows = tuple(_cluster(material, cluster, number) for number, cluster in enumerate(largest, 1))
    more = _left(material, len(result.clusters) - len(rows))
    return Section("families", material.say("heading.families"), grids=(Grid("families", columns, rows),), more=more)


def _cluster(material: Material, cluster: Cluster, number: int) -> Row:
    others = [member for member in cluster.members if member != cluster.representative]
    told = [fill("{}", visible_line(member)) for member in others[:MEMBERS]]
    if len(others) > MEMBERS:
        told.append(fill("<small>{}</small>", material.say("bulk.members.left", n=len(others) - MEMBERS)))
    return Row((str(number), visible_line(cluster.representative), Markup("<br>").join(told)))


def _unshown(result: BulkResult, material: Material) -> Markup:
    """How many pairs are not laid out, and the command that looks closely at the first."""
    if not result.leading:
        return Markup()
    left_out = result.totals.comparisons - len(material.facing)
    told = (
        material.say("bulk.pairs.left", n=left_out) if left_out else material.say("bulk.closer") + material.say("colon")
    )
    return fill('<p class="more">{} <code>{}</code></p>', told, " ".join(command(result, result.leading[0])))


def _files(result: BulkResult, material: Material) -> Section | None:
    """Those that were not read, and those that were with reservations."""
    found = [
        file for file in result.extract.files if (not file.harmless if isinstance(file, Skipped) else file.warnings)
    ]
    return appendix.listed_files(material, found, FILES) if found else None


def _method(material: Material) -> list[str]:
    options = material.result.options
    bulk = options.bulk
    return [
        material.say("bulk.method.depth", alike=percent(bulk.alike), matched=bulk.matched),
        material.say("page.method.countable"),
        material.say("page.method.total"),
        material.say("page.method.single"),
        material.say("page.method.tiers", light=percent(options.light_from)),
        material.say("bulk.method.formula", n=bulk.formula),
    ]


def _left(material: Material, number: int) -> str:
    return material.say("page.more.record", n=number) if number > 0 else ""
