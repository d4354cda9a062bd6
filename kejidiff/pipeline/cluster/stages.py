"""Paths or URIs, Spark -> what joining and verifying find in an archive of any size: by the kernels of one machine.

    sketches    rows of JSON lines or Parquet, wherever Spark reads, become units     moves nothing
    hot, equal  units with one key: a group-by, and a join on the key                 moves number and key of every unit
    shared      anchors grouped by the beginning of their hashes, joined there        moves every anchor once
    candidates  what all groups say of a pair of units, grouped by the pair           moves every pair
    worth       of them those that share enough for what they have                    moves those that share two anchors
    matches     they and their texts, grouped by pair of documents, and verified      moves units, then those in pairs

What Spark finds goes into the working folder in the same files as on one machine, and the rest of the scan is the same.
The order of the documents is that of their files' names, and in a file that of its rows. Files whose names begin with a
dot or an underscore are none to Spark.

Limitations. Fields of Parquet other than text and id are written as Spark writes JSON. A file that cannot be read to
             its end stops the scan. From 2^24 units on (420,000 reports) one machine knows places of anchors less
             exactly, and may align what is alike in part a little differently.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from kejidiff.engine.spark import Spark
from kejidiff.errors import UsageError
from kejidiff.options import BulkOptions, ScanOptions
from kejidiff.pipeline.cluster.collecting import Found, Placed, write_matches, write_pieces
from kejidiff.pipeline.cluster.joining import PAIRS, PARTS, joined, parted
from kejidiff.pipeline.cluster.numbers import DOCUMENT_BITS, UNIT_BITS
from kejidiff.pipeline.cluster.rows import rows_of_lines, rows_of_table
from kejidiff.pipeline.cluster.sketching import SKETCHES, Sketching, plain, sketched
from kejidiff.pipeline.cluster.verifying import MATCHES, verified
from kejidiff.read.archives.shard import Form
from kejidiff.read.formats import PARQUET, is_archive_name

#: Every line that holds a text is longer than so many bytes: by its place in the file each document has its number.
_LINE_BYTES: Final = 8
#: Folders are read with all that is in them.
_ALL: Final = {"recursiveFileLookup": "true"}
#: Anchors of a part: what joining makes of 4 million takes 400 MB (`bulk.collection`).
_PART_ANCHORS: Final = 4_000_000
#: Bits of a hash that say which part it is in: 8 parts at least, so that a few workers share them; `joining.parted`
#: tells parts by 16 bits, which do for 2.6e11 anchors, those of 120 million reports.
_LEAST_PARTING: Final = 3
_MOST_PARTING: Final = 16
#: From so many anchors on, half a million reports, whole hashes are joined: of 2^30 of 32 bits every fourth meets a
#: stranger.
_WHOLE_FROM: Final = 1 << 30
#: Anchors, some nine bytes each, for each of the parts into which Spark divides what it moves.
_MOVED: Final = 2_000_000
#: Pairs that are verified together: some 40 MB with their texts.
_BUCKET: Final = 20_000

#: Keys of more units than are paired with each other, and the first unit of each.
_HOT: Final = "SELECT key, min(unit) AS first FROM units GROUP BY key HAVING count(*) > :holders"
#: Pairs of units of different documents that have one key. Units of keys in `hot` are tied to its first, and to each
#: other by the keys beside theirs (`unit_join.join_keys`).
_EQUAL: Final = """
    SELECT l.unit AS left, r.unit AS right
    FROM (SELECT unit, key FROM units LEFT ANTI JOIN hot USING (key)) l
    JOIN (SELECT unit, key FROM units LEFT ANTI JOIN hot USING (key)) r ON l.key = r.key AND l.unit < r.unit
    WHERE shiftright(l.unit, :bits) <> shiftright(r.unit, :bits)
    UNION ALL
    SELECT h.first, u.unit FROM units u JOIN hot h ON u.key = h.key
    WHERE shiftright(h.first, :bits) <> shiftright(u.unit, :bits)
    UNION ALL
    SELECT l.unit, r.unit
    FROM (SELECT unit, beside FROM crowd LEFT ANTI JOIN hot_beside USING (beside)) l
    JOIN (SELECT unit, beside FROM crowd LEFT ANTI JOIN hot_beside USING (beside)) r
      ON l.beside = r.beside AND l.unit < r.unit
    WHERE shiftright(l.unit, :bits) <> shiftright(r.unit, :bits)
    UNION ALL
    SELECT h.first, u.unit FROM crowd u JOIN hot_beside h ON u.beside = h.beside
    WHERE shiftright(h.first, :bits) <> shiftright(u.unit, :bits)
"""
#: Units of hot keys, and what of the keys beside theirs is hot among them.
_CROWD: Final = "SELECT unit, beside FROM units LEFT SEMI JOIN hot USING (key)"
_HOT_BESIDE: Final = "SELECT beside, min(unit) AS first FROM crowd GROUP BY beside HAVING count(*) > :holders"
#: Units that no equal one stands for.
_STANDING: Final = """
    SELECT u.unit, u.hashes, u.places FROM units u LEFT JOIN hot h ON u.key = h.key
    WHERE h.first IS NULL OR h.first = u.unit
"""
#: Pairs of all parts that share enough anchors at all, or have one key.
_CANDIDATES: Final = """
    SELECT left, right, max(equal) AS equal, collect_list(places) AS places, sum(weight) AS total
    FROM (SELECT left, right, weight, places, false AS equal FROM shared
          UNION ALL SELECT left, right, 0, X'00000000', true FROM equal)
    GROUP BY left, right HAVING total >= :least OR equal
"""
#: Those of them that share enough for how many they have.
_WORTH: Final = """
    SELECT c.left, c.right, c.places FROM candidates c
    JOIN (SELECT unit, length(places) AS anchors FROM units) l ON c.left = l.unit
    JOIN (SELECT unit, length(places) AS anchors FROM units) r ON c.right = r.unit
    WHERE c.equal OR c.total >= :share * least(l.anchors, r.anchors)
"""
#: With their texts, in buckets that hold all pairs of two documents or none; and all units of related documents, each
#: as a pair with itself.
_WITH_TEXTS: Final = """
    SELECT pmod(hash(shiftright(c.left, :bits), shiftright(c.right, :bits)), :buckets) AS bucket,
           c.left, c.right, c.places,
           l.span AS left_span, l.text AS left_text, l.kept AS left_kept, l.figures AS left_figures,
           r.span AS right_span, r.text AS right_text, r.kept AS right_kept, r.figures AS right_figures
    FROM worth c JOIN units l ON c.left = l.unit JOIN units r ON c.right = r.unit
    UNION ALL
    SELECT pmod(hash(d.left, d.right), :buckets), u.unit, u.unit, CAST(array() AS array<binary>),
           u.span, u.text, u.kept, u.figures, X'', X'', X'', X''
    FROM (SELECT left, right, explode(array(left, right)) AS document FROM related) d
    JOIN units u ON shiftright(u.unit, :bits) = d.document
"""
#: Pairs of documents of which two pairs of units are worth verifying: what stands beside those is looked at, too.
_RELATED: Final = """
    SELECT shiftright(left, :bits) AS left, shiftright(right, :bits) AS right
    FROM worth GROUP BY 1, 2 HAVING count(*) > 1
"""
_PIECES: Final = """
    SELECT file, at, numbers, documents, paragraphs, entries, texts, sizes FROM sketches WHERE file IS NOT NULL
"""

#: Told of every stage that is done.
Tell = Callable[[str, int, int], None]


def find_on_spark(
    engine: Spark, paths: Sequence[str], options: ScanOptions, texts: bool, folder: Path, tell: Tell
) -> Found:
    """Write into `folder` what is found, and the original texts if `texts` are wanted.

    UsageError where a path does not exist, or holds neither JSON lines nor Parquet.
    """
    engine.split(0)
    engine.doing("sketch")
    files = _sketch(engine, paths, options, texts)
    told = engine.columns(engine.sql("SELECT count(*) AS c, coalesce(sum(length(places)), 0) AS a FROM units"))
    units, anchors = int(told["c"][0]), int(told["a"][0])
    engine.doing("collect pieces")
    order = engine.columns(engine.sql("SELECT file, at, lines, count FROM sketches WHERE file IS NOT NULL"))
    placed = Placed.of(order, files)
    found = write_pieces(engine.rows(engine.sql(_PIECES)), placed, texts, folder)
    tell("read", len(placed.pieces), len(placed.pieces))
    engine.split(anchors // _MOVED)
    _join(engine, units, anchors, options.bulk)
    engine.doing("join")
    share = options.bulk.tied * options.bulk.share
    worth = engine.name("worth", engine.sql(_WORTH, share=share), keep=True)
    buckets = max(1, worth.count() // _BUCKET)
    tell("sketch", 1, 1)
    engine.doing("verify")
    engine.name("related", engine.sql(_RELATED, bits=UNIT_BITS))
    bucketed = engine.sql(_WITH_TEXTS, bits=UNIT_BITS, buckets=buckets)
    verify = partial(verified, options=options.bulk)
    matches = engine.name("matches", engine.grouped(bucketed, "bucket", verify, MATCHES), keep=True)
    matches.count()
    engine.doing("collect matches")
    write_matches(engine.rows(matches), buckets, found, folder)
    tell("align", 1, 1)
    return found._replace(buckets=buckets)


def _sketch(engine: Spark, paths: Sequence[str], options: ScanOptions, texts: bool) -> Mapping[str, tuple[int, str]]:
    """Name `units`, and `sketches`, which holds them and the pieces of the files; the files, as of `Sketching`."""
    names = sorted(map(plain, engine.read("text", paths, **_ALL).inputFiles()), key=unquote)
    form = _form(names, options.json_lines.every)
    shift = DOCUMENT_BITS - len(names).bit_length()
    files = {uri: (at << shift, name) for at, (uri, name) in enumerate(zip(names, _display(names, paths), strict=True))}
    fields, most = options.json_lines, options.max_file_bytes
    where = ("_metadata.file_path AS file", f"_metadata.file_block_start div {_LINE_BYTES} AS at")
    if form == "parquet":
        rows = engine.read("parquet", paths, **_ALL)
        others = ", ".join(f"`{name}`" for name in rows.columns if name not in (fields.text, fields.id))
        given = f"CAST(`{fields.id}` AS string)" if fields.id in rows.columns else "CAST(NULL AS string)"
        table = rows.selectExpr(
            *where, f"CAST(`{fields.text}` AS string) AS text", f"{given} AS id",
            f"to_json(struct({others}))" + " AS rest" if others else "CAST(NULL AS string) AS rest",
        )  # fmt: skip
        how = Sketching(partial(rows_of_table, max_bytes=most), files, form, options, texts)
    else:
        table = engine.read("text", paths, lineSep="\n", **_ALL).selectExpr(*where, "CAST(value AS binary) AS line")
        how = Sketching(partial(rows_of_lines, fields=fields, max_bytes=most), files, form, options, texts)
    engine.name("sketches", engine.mapped(table, partial(sketched, how=how), SKETCHES), keep=True)
    engine.name("units", engine.sql("SELECT * FROM sketches WHERE file IS NULL"))
    return files


def _form(names: Sequence[str], every: bool) -> Form:
    """The form of all files. Of plain lines each piece counts its own here, as packed files do on one machine."""
    tables = [name.lower().endswith(PARQUET) for name in names]
    if names and all(tables):
        return "parquet"
    other = next((name for name in names if not every and not is_archive_name(name)), None)
    if other is not None:
        advice = "name archives, or say --jsonl"
        raise UsageError(unquote(other), "Spark reads JSON lines and Parquet, and it is called neither", advice)
    if any(tables):
        raise UsageError("PATH...", "JSON lines and Parquet do not go together with --engine spark", "scan one form")
    return "gzip"


def _display(names: Sequence[str], paths: Sequence[str]) -> list[str]:
    """What the files are called: by their paths in the folder given, by base name where they are given themselves, and
    by as much of the path as keeps all apart where that does not."""
    plainly = [unquote(name) for name in names]
    roots = [unquote(plain(path)) if ":" in path.split("/")[0] else f"file:{Path(path).absolute()}" for path in paths]
    shown = [_below(name, roots) for name in plainly]
    depth = 1
    while len(set(shown)) < len(shown):
        depth += 1
        shown = ["/".join(name.split("/")[-depth:]) for name in plainly]
    return shown


def _below(name: str, roots: Sequence[str]) -> str:
    """The part of a path behind the first of the roots that it lies in, else its last part."""
    root = next((root.rstrip("/") for root in roots if name.startswith(root.rstrip("/") + "/")), None)
    return name.rpartition("/")[2] if root is None else name[len(root) + 1 :]


def _join(engine: Spark, count: int, anchors: int, options: BulkOptions) -> None:
    """Name `equal`, `shared` and `candidates`: pairs of units."""
    engine.doing("keys")
    hot = engine.name("hot", engine.sql(_HOT, holders=options.holders), keep=True)
    hot.count()  # so that Spark knows its size: a small one goes to every worker, and nothing else has to move
    engine.name("crowd", engine.sql(_CROWD))
    engine.name("hot_beside", engine.sql(_HOT_BESIDE, holders=options.holders))
    engine.name("equal", engine.sql(_EQUAL, bits=UNIT_BITS))
    parting = min(max((anchors // _PART_ANCHORS).bit_length(), _LEAST_PARTING), _MOST_PARTING)
    whole = anchors >= _WHOLE_FROM
    common = max(int(options.common * count), options.common_least)
    parts = engine.mapped(engine.sql(_STANDING), partial(parted, parting=parting, whole=whole), PARTS)
    join = partial(joined, options=options, common=common, parting=parting, whole=whole)
    engine.name("shared", engine.grouped(parts, "part", join, PAIRS))
    engine.name("candidates", engine.sql(_CANDIDATES, least=options.tied * options.shared))
