"""Attempts to hide are said, one reservation a kind; honest text is not suspected, and what is found is folded away."""

from pathlib import Path

import pytest
from documents import ofd, text_object
from rapidfuzz.distance import Indel

from kejidiff.model import SourceText
from kejidiff.read import FoundFile, read_file
from kejidiff.read.evasion import suspected
from kejidiff.text.documents import find_documents

TEXT = (
    "2019年科技工作总结\n\n一年来，我们坚持以科技创新为引领，围绕年初确定的目标任务抓好落实，各项工作取得了新的进展。"
    "全年组织申报省级以上科技计划项目176项，其中立项98项，到位资金2350万元，同比增长12.6%。\n\n"
    "下一步，将继续加大投入，完善政策，强化服务，努力开创全县科技工作新局面，建立GIS平台和ERP系统，实行一人一车。\n"
)


def after_each_hanzi(mark: str) -> str:
    return "".join(char + mark if "\u4e00" <= char <= "\u9fff" else char for char in TEXT)


RADICALS = str.maketrans("一人车工大心力方日月水火生立见金长门面", "⼀⼈⻋⼯⼤⼼⼒⽅⽇⽉⽔⽕⽣⽴⻅⾦⻓⻔⾯")
COMPATIBLE = str.maketrans("年力立不了更行", "\uf98e\uf98a\uf9f7\uf967\uf9ba\uf901\ufa08")

TRICKS = {
    "zero width": after_each_hanzi("\u200b"),
    "joiners": after_each_hanzi("\u200d"),
    "soft hyphens": after_each_hanzi("\xad"),
    "selectors": after_each_hanzi("\ufe00"),
    "rare selectors": after_each_hanzi("\U000e0100"),
    "tags": after_each_hanzi("\U000e0041"),
    "fillers": after_each_hanzi("\u3164"),
    "annotations": after_each_hanzi("\ufff9"),
    "struck out": after_each_hanzi("\u0336"),
    "blanks": after_each_hanzi(" "),
    "wide blanks": after_each_hanzi("\u3000"),
    "thin blanks": after_each_hanzi("\u2009"),
    "dots": after_each_hanzi("·"),
    "radicals": (TEXT * 3).translate(RADICALS),
    "compatible": (TEXT * 3).translate(COMPATIBLE),
    "Cyrillic": TEXT.replace("ERP", "ЕRP").replace("GIS", "GІS"),
    "turned": TEXT.replace("科技创新", "\u202e新创技科\u202c科技创新"),
    "private": "".join(char + "\ue123" if at % 9 == 8 else char for at, char in enumerate(TEXT)),
}


def folded(text: str) -> str:
    return "".join(document.folded.text for document in find_documents(SourceText("a.txt", text)))


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_are_said_and_seen_through(trick: str) -> None:
    """Each is suspected, once; and compares like the clean text."""
    text = TRICKS[trick]
    (reservation,) = suspected(text)
    assert reservation.reason == "evasion-suspected"
    assert reservation.span is not None
    assert 0 <= reservation.span.start < reservation.span.end <= len(text)
    assert reservation.message.isascii()
    clean = TEXT * 3 if trick in ("radicals", "compatible") else TEXT
    assert Indel.normalized_similarity(folded(text), folded(clean)) >= 0.97


HONEST = {
    "plain": TEXT,
    "emoji": TEXT + "开工👷\u200d♂️了，全家👨\u200d👩\u200d👧来❤\ufe0f了。" * 5,
    "mark at the head": "\ufeff" + TEXT,
    "hyphens in words": TEXT + "co\xadoper\xada\xadtion in the de\xadvel\xadop\xadment zone",
    "Greek": TEXT + "直径5μm，λmax为α-Fe2O3，Ωm，β分布，ΔT，Σ。" * 5,
    "Russian": TEXT + "与俄方（Министерство науки и высшего образования）合作。" * 5,
    "bullets": "\n".join("\uf06c" + line for line in TEXT.split("\n") * 9),
    "spaced title": "科 技 工 作 总 结 报 告\n" + TEXT,
    "a table": TEXT + "\n".join("指标\t专\t利\t论\t文\t12" for _ in range(9)),
    "a few joiners": TEXT.replace("科技", "科\u200b技", 3),
    "a rare form": TEXT + "葛\U000e0100城区" * 3,
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_text_is_not_suspected(name: str) -> None:
    """What scripts, emoji, units and titles have of themselves is no sign of anything."""
    assert suspected(HONEST[name]) == ()


def test_what_a_layout_makes_by_itself() -> None:
    """PDF and OFD yield radicals and spaced letters without anybody's will."""
    for trick in ("radicals", "blanks"):
        assert suspected(TRICKS[trick], "pdf") == ()
    assert suspected(TRICKS["zero width"], "pdf")


def test_a_files_format_is_asked(tmp_path: Path) -> None:
    """Radicals are told of a text file, and are nothing to tell of an OFD."""
    for data, reasons in (
        (TRICKS["radicals"].encode(), ["evasion-suspected"]),
        (ofd([text_object(TRICKS["radicals"], 30, 40)]), []),
    ):
        (tmp_path / "a").write_bytes(data)
        source = read_file(FoundFile("a", str(tmp_path / "a")))
        assert isinstance(source, SourceText)
        assert "⼯" in source.text
        assert [one.reason for one in source.warnings] == reasons


def test_a_file_that_was_read_says_so(tmp_path: Path) -> None:
    """A text file with the trick is read, with the reservation; a clean one without."""
    path = tmp_path / "a.txt"
    for text, reasons in ((TEXT, []), (TRICKS["tags"], ["evasion-suspected"])):
        path.write_text(text, encoding="utf-8")
        source = read_file(FoundFile("a.txt", str(path)))
        assert isinstance(source, SourceText)
        assert [one.reason for one in source.warnings] == reasons
        assert source.whole
