"""A file that was found -> its texts, the documents in them and the keys of those: what a library keeps, made by
workers.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kejidiff.library.folded import written
from kejidiff.library.index import kept_keys
from kejidiff.model import Document, Skipped, SourceText
from kejidiff.model.stored import Part
from kejidiff.options import ScanOptions, SketchParams
from kejidiff.pipeline.candidates import by_channel, sketcher
from kejidiff.pipeline.sidecars import Sidecars
from kejidiff.read import FoundFile, read_texts
from kejidiff.sketch import Sketch
from kejidiff.text.documents import find_documents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

#: What the probe is made of: every kind of character that folding changes. Its keys change with any part of the way.
_PROBE: Final = (
    "２０２３年，我市“十四五”科技創新工作總結：全年完成投资12.5亿元，同比增长百分之十；推進領(lǐng)導班子建設，"
    "召開动员大会3次，Ａ級企業若干家。云杉镇水利站职工共同努力，超额完成了年初制定的各项任务指标。"
)


class Prepared(NamedTuple):
    """A file as a worker made it ready: its documents, the keys and the folded text (`library/folded`) of each.

    `said` are fields of its metadata; an imported one brings when it was added first.
    """

    source: SourceText
    parts: tuple[Part, ...]
    keys: "tuple[Keys, ...]"
    folded: tuple[bytes, ...]
    said: Mapping[str, Any]
    added: str = ""


def parameters(params: SketchParams | None = None) -> dict[str, str]:
    """What keys depend on: the settings of sketching, and the keys that a probe gets on the way from text to sketch."""
    import hashlib
    import json

    params = params or SketchParams()
    (document,) = find_documents(SourceText("probe", _PROBE))
    own = sketcher(ScanOptions(sketch=params))(document)
    probe = hashlib.blake2b(digest_size=16)
    for keys in (own.keys, own.fingerprints, own.anchors.keys):
        probe.update(keys.astype("<u8").tobytes())
    return {"sketch": json.dumps(asdict(params), sort_keys=True), "probe": probe.hexdigest()}


def preparer(options: ScanOptions, said: Sidecars) -> Callable[[FoundFile], list[Prepared | Skipped]]:
    """What a worker does with a file: read it and all that is in it, and prepare each text."""
    sketched = sketcher(options)

    def prepared(file: FoundFile) -> list[Prepared | Skipped]:
        outcomes: list[Prepared | Skipped] = []
        for source in read_texts(file, options):
            if isinstance(source, SourceText) and source.format != "archive":
                placed = replace(source, location=_location(file, source))
                outcomes.append(prepare(placed, sketched, said.fields_of(file, source)))
            elif isinstance(source, Skipped):
                outcomes.append(source)
        return outcomes

    return prepared


def prepare(
    source: SourceText, sketched: Callable[[Document], Sketch], said: Mapping[str, Any], added: str = ""
) -> Prepared | Skipped:
    """Find the documents of a text and sketch them; `location` is what the library shall know it by."""
    found = find_documents(source)
    if not found:
        return Skipped(source.path, "no-text", "holds no text to compare", "skipped", source.location)
    postings = list(zip(*by_channel([sketched(one) for one in found]), strict=True))
    parts = [
        Part(one.ordinal, one.title, one.span, one.countable, one.years, one.places, len(fingerprints.keys))
        for one, (_, fingerprints, _) in zip(found, postings, strict=True)
    ]
    keys = tuple(kept_keys(fingerprints, anchors) for _, fingerprints, anchors in postings)
    folded = tuple(written(one.folded.text) for one in found)
    return Prepared(source, tuple(parts), keys, folded, said, added)


def _location(file: FoundFile, source: SourceText) -> str:
    """What a file is known by beside its content: the absolute path; of an archive's member with its path in it."""
    if file.location == "-":
        return ""
    return os.path.abspath(file.location) + source.path.removeprefix(file.path)  # noqa: PTH100
