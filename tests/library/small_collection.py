"""A collection made up -> a folder of drafts and a folder of reports, some of which share text in some way.

Each text is made of words of its own, drawn from those of the sample reports, so that no two share a phrase by chance.
"""

import random
import re
from pathlib import Path

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def words() -> list[str]:
    """Two and three characters that stand together in the sample reports."""
    text = "".join(path.read_text("utf-8") for path in sorted(_SEEDS.glob("0*.txt")))
    runs = re.findall("[\u4e00-\u9fa5]{4,}", text)
    return sorted({run[at : at + 2 + at % 2] for run in runs for at in range(0, len(run) - 3, 3)})


def body(drawn: random.Random, known: list[str]) -> list[str]:
    """Eight paragraphs of three sentences."""
    own = drawn.sample(known, 150)
    return [
        "".join(
            "，".join("".join(drawn.choices(own, k=drawn.randint(3, 6))) for _ in range(drawn.randint(2, 4))) + "。"
            for _ in range(3)
        )
        for _ in range(8)
    ]


def collection(folder: Path) -> tuple[Path, Path]:
    """Three drafts and 24 reports: a copied report, one paragraph, one sentence, one clause, and nothing."""
    drawn, known = random.Random(11), words()
    texts = [body(drawn, known) for _ in range(24)]
    drafts = [body(drawn, known) for _ in range(3)]
    drafts[0] = [*texts[3][:5], drafts[0][0]]
    drafts[1][2] = texts[7][1]
    drafts[1][0] += texts[9][2].partition("。")[0] + "。"
    drafts[2][1] += texts[15][0][-18:]
    for place, own in (("kept", texts), ("drafts", drafts)):
        (folder / place).mkdir()
        for number, paragraphs in enumerate(own):
            text = f"{paragraphs[0][:9]}\n\n" + "\n\n".join(paragraphs) + "\n"
            (folder / place / f"{place}{number:02}.txt").write_text(text, encoding="utf-8")
    return folder / "drafts", folder / "kept"
