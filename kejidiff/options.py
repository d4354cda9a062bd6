"""Everything that changes a result, frozen: one value per stage, gathered in `ScanOptions` and written into records."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from kejidiff.errors import UsageError

Depth = Literal["full", "paragraphs"]


@dataclass(frozen=True, slots=True)
class SketchParams:
    """How texts become signatures. Stored with every library; a mismatch is an error, never a silent mix.

    shingle      characters per shingle. 2- and 3-grams keep Jaccard .57-.66 on a passage with 11 of its words
                 exchanged where 5-grams keep .40 (trial, 164 characters)
    bands, rows  42 x 3: of the settings tried on 1,000 report-like documents the one with the highest recall (.94,
                 against .84 for 32 x 4)
    window       folded characters of a sentence-aligned window
    winnow_gram, winnow_window   a fingerprint of `gram` characters is kept in every `window` of them, so that every
                 common run of gram + window - 1 = 13 characters shares one (Schleimer, Wilkerson, Aiken 2003)
    hash_seed    of the permutations; 1 is datasketch's default, so that its MinHash reads our signatures
    """

    shingle: int = 3
    bands: int = 42
    rows: int = 3
    window: int = 160
    winnow_gram: int = 8
    winnow_window: int = 6
    hash_seed: int = 1

    @property
    def permutations(self) -> int:
        return self.bands * self.rows


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """Seed, chain, core, absorb. Bits are surprisal under the trigram model; distances are folded characters.

    The values are those of a trial on 242 labelled pairs (plagdet .991, no passage in 80 unrelated pairs) but for
    core_floor: three stock phrases side by side, each worth cap_low - run_price, must not make a passage, and in the
    seeds two years' reports of one city hold such a place (77 bits).

    seed_gram, seed_product   grams that start runs; one that would pair up more often than this does not
    run_floor, run_price      a run is kept from, and pays
    gap_price, chain_gap      bits a skipped character costs, and how many may be skipped
    lookback                  runs looked back at for the one before
    chain_floor               weakest chain that is of use
    core_floor                weakest chain that founds a passage, its runs capped: full up to cap_low, then no more
                              up to cap_high, beyond that less the difference
    telling                   bits per matched character that a core or a sentence must hold: the lines that say when a
                              law was passed and amended come to 1.3 to 1.8 in cores of up to 240 bits, the cores of 162
                              labelled pairs to 2.15 and more
    merge_gap                 distance on both sides within which strong chains are one passage
    bridge, bridge_alike, passage_alike   a gap longer than `bridge` on a side counts only where its two sides (if both
                              are longer) are this much alike, and the whole that it makes one. Two unrelated stretches
                              of 40 to 200 characters come to .10, one pair in 1,200 to .27 or more; of 263 labelled
                              passages the least alike come to .29 and .39
    closely, own_text         whole paragraphs that one side of a gap has alone are the writer's own: from `own_text`
                              characters on, and from `bridge` where both sides of the gap are `closely` alike; there
                              merge_gap of anything is. (Of laws, whose paragraphs are items of 40 to 60 characters, a
                              copy may lack one: at 60 instead of 90 plagdet of reworded passages falls by .02)
    absorb_gap, absorb_price  distance within which a weak chain may join, and bits each character of it costs
    novelty                   share of a chain that may be matched already
    share_floor               least share of a passage's information that its runs hold
    length_ratio              longest side over shortest
    snap_share                share of a sentence that makes the passage take all of it
    kin                       share of one of the texts, covered by passages, from which the two are related, and looked
                              at once more with the `kin_` values: who took over a tenth took over short and reworded
                              sentences too. Of sentences and articles reworded in five yearly reports of one county
                              .84 are found without and .87 with it, in two successor laws 10 and 12 of 15; on 242
                              labelled pairs plagdet stays .992 (strict, with what texts share by nature: .990, .988)
    sentence                  folded characters of the shortest sentence that may be a passage by itself
    sentence_floor            bits that its runs hold, prices paid
    sentence_alike            least similarity of the two sentences: in the seeds, sentences of two years' reports that
                              are no copies of each other reach .73. Of 600 pairs of unrelated texts with one sentence
                              put in (20 to 60 Hanzi, half of them with a fifth of the words changed) these three find
                              .99 of the unchanged and .90 of the changed ones, and three sentences nobody put there
    """

    seed_gram: int = 3
    seed_product: int = 400
    run_floor: float = 8.0
    run_price: float = 8.0
    gap_price: float = 0.35
    chain_gap: int = 60
    lookback: int = 80
    chain_floor: float = 20.0
    core_floor: float = 81.0
    telling: float = 1.9
    cap_low: float = 35.0
    cap_high: float = 110.0
    merge_gap: int = 120
    bridge: int = 40
    bridge_alike: float = 0.25
    closely: float = 0.90
    own_text: int = 90
    passage_alike: float = 0.30
    absorb_gap: int = 200
    absorb_price: float = 0.3
    novelty: float = 0.5
    share_floor: float = 0.10
    length_ratio: float = 3.0
    snap_share: float = 0.25
    sentence: int = 20
    sentence_floor: float = 28.0
    sentence_alike: float = 0.74
    kin: float = 0.10
    kin_sentence: int = 14
    kin_sentence_floor: float = 20.0
    kin_sentence_alike: float = 0.66
    kin_core_floor: float = 60.0
    kin_telling: float = 1.5

    def among_kin(self) -> "AlignOptions":
        """The options for two texts that are known to be related."""
        return replace(
            self,
            sentence=self.kin_sentence,
            sentence_floor=self.kin_sentence_floor,
            sentence_alike=self.kin_sentence_alike,
            core_floor=self.kin_core_floor,
            telling=self.kin_telling,
        )


@dataclass(frozen=True, slots=True)
class JsonLines:
    """How archives are read, JSON lines and Parquet: the fields of a row that hold its text and its id.

    every   all files are archives, whatever their names; else those called `.jsonl` or `.ndjson`, or so and `.gz` or
            `.zst`, or `.parquet`
    """

    text: str = "text"
    id: str = "id"
    every: bool = False

    def __post_init__(self) -> None:
        if self.text == self.id:
            raise UsageError("--text-field", f"{self.text!r} cannot be the text and the id at once", "name two fields")


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How large collections are scanned: paragraph by paragraph, by sorted arrays; see docs/METHOD.md.

    gram, sample   anchors are runs of `gram` folded characters, one in `sample` kept by its hash (a power of two)
    short          lines below this many folded characters are joined with short neighbours into one unit
    least, most    units shorter are not compared, units longer are cut at sentence ends; `most` is at most 512
    holders        units up to which all holders of an anchor are paired; beyond, each is tied to the first
    common         share of all units beyond which an anchor is nobody's
    common_least   units up to which an anchor is somebody's, however few there are in all
    shared         anchors two units share at least
    share          share of the anchors of the unit with fewer that two units must share, too. Of 10,000 made reports'
                   recycled paragraphs .9982 are found (.9966 at .1 with grams of six, the same time; .9985 at .05, with
                   twice as many candidates)
    tied           anchors that tie to the first of many which count as one that few hold: of 21,687 candidates in 2,500
                   made reports 7,174 were brought by stock phrases alone, by four anchors as a rule, and not one of
                   these matched
    alike          least similarity of two whole units (normalised indel)
    matched        folded characters that agree, less .6 for each that does not, where units are alike in part only: at
                   30 a tenth of the misses on made reports go, and four times as many pairs are false. Whole units
                   must have `least` in common
    formula        documents of different clusters from which what they hold is formula, in no ratio
    """

    gram: int = 7
    sample: int = 4
    short: int = 40
    least: int = 20
    most: int = 480
    holders: int = 8
    common: float = 0.003
    common_least: int = 1000
    shared: int = 2
    share: float = 0.07
    tied: int = 4
    alike: float = 0.5
    matched: int = 40
    formula: int = 20


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """Every setting of a scan that changes what is found.

    depth      `full` compares whole documents, `paragraphs` paragraph with paragraph (a large collection; the command
               `kejidiff scan` and `kejidiff.scan_large` do)
    light_from tier threshold: similarity of the folded texts from which they are light and not rewritten; equal ones
               are verbatim
    fragment   shortest verbatim run (folded characters) listed as a fragment
    stock      shortest run that can count as a stock phrase
    formula    documents of different families that make what they share formula; 0: nothing is
    cluster    share of the smaller document that must be shared with the representative
    json_lines how archives are read
    """

    depth: Depth = "full"
    encoding: str | None = None
    fragments: bool = False
    light_from: float = 0.80
    fragment: int = 13
    stock: int = 8
    formula: int = 3
    cluster: float = 0.50
    max_file_bytes: int = 64 * 1024 * 1024
    sketch: SketchParams = field(default_factory=SketchParams)
    align: AlignOptions = field(default_factory=AlignOptions)
    bulk: BulkOptions = field(default_factory=BulkOptions)
    json_lines: JsonLines = field(default_factory=JsonLines)

    def as_record(self) -> dict[str, Any]:
        """Plain values, nested by stage, in the order they are declared; those of the other depth left out."""
        record = asdict(self)
        for stage in ("sketch", "align") if self.depth == "paragraphs" else ("bulk",):
            del record[stage]
        return record
