"""name -> case: every hard input of docs/TRICKY_CASES.md, built from invented texts and the samples in seeds/."""

import random
from functools import cache
from pathlib import Path

import tricky_edits as edit
import tricky_texts as texts
import tricky_wording as wording
from tricky_measure import (
    Case,
    Taken,
    alike,
    cut_back,
    findings,
    formula,
    fragments,
    kinds,
    ledger,
    left_overs,
    relation,
    repaired,
    reuse,
    whole_scan,
)

SEEDS = Path(__file__).parents[2] / "seeds"
BODY = "\n".join(texts.PARAGRAPHS[1:]) + "\n"
#: The same, of another text than the report: what the report's own paragraphs are put into.
SENTENCES = {"20": (texts.SENTENCE_20, texts.SENTENCE_20_EDITED), "45": (texts.SENTENCE_45, texts.SENTENCE_45_EDITED)}


def around(text: str) -> list[str]:
    """The text amid a report on another subject."""
    return [texts.BEFORE, Taken(text), texts.AFTER]


def whole(text: str, title: str = texts.TITLE) -> list[str]:
    """The text as a report of its own."""
    return [Taken(f"{title}\n{text}")]


def taken(text: str, *looks: object, source: str | bytes = texts.SOURCE) -> Case:
    return Case(around(text), source, looks=looks)  # type: ignore[arg-type]  # looks are functions of one type


def byted(data: bytes, *looks: object, source: str | bytes = texts.SOURCE) -> Case:
    return Case(data, source, looks=looks)  # type: ignore[arg-type]  # as above


@cache
def long_text() -> str:
    """100,000 characters in the manner of the samples: each pair of characters goes on as it does somewhere there."""
    seeds = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    seeds = "".join(character for character in seeds if "\u4e00" <= character <= "\u9fff" or character in "，。")
    follows: dict[str, list[str]] = {}
    for at in range(len(seeds) - 2):
        follows.setdefault(seeds[at : at + 2], []).append(seeds[at + 2])
    draw = random.Random(7)
    text = list(seeds[:2])
    while len(text) < 100_000:
        text.append(draw.choice(follows.get("".join(text[-2:]), ["。"])))
        if text[-1] == "。" and draw.random() < 0.2:
            text.append("\n")
    return "".join(text)


def in_large(text: str) -> list[str]:
    large = long_text()
    at = large.index("\n", 60_000) + 1
    return [large[:at], Taken(text), large[at:]]


def order_and_size() -> dict[str, Case]:
    moved = [texts.TITLE, texts.INTRO, texts.SECTION_ONE, texts.LOANS, texts.HERBS]
    between = [
        texts.SECTION_ONE,
        texts.HERBS,
        texts.WEAK,
        texts.SECTION_TWO,
        texts.BAG,
        texts.LOANS,
        texts.SECTION_THREE,
        texts.NEXT,
        texts.ENVOYS,
    ]
    large_page = f"{texts.HERBS}\n" * 500
    fifty = "".join(dict.fromkeys(edit.SENTENCE.findall(long_text())))[:50_000].replace("\n", "")
    return {
        "sentences-shuffled": taken(edit.sentences_reversed(BODY)),
        "clauses-shuffled": taken(edit.clauses_shuffled(BODY)),
        "blocks-swapped": Case(whole("\n".join(moved[1:]) + "\n"), texts.SOURCE),
        "blocks-between-sections": taken("\n".join(between) + "\n"),
        "paragraphs-split": taken("\n".join(edit.SENTENCE.findall(BODY)) + "\n"),
        "paragraphs-merged": taken(BODY.replace("\n", "") + "\n"),
        "small-in-large": Case(in_large(f"{texts.ENVOYS}\n"), texts.SOURCE),
        "small-in-large-reworded": Case(in_large(f"{wording.reworded(3)}\n"), texts.SOURCE),
        "twice-in-derived": Case(
            [texts.BEFORE, Taken(f"{texts.HERBS}\n"), texts.ATTIC, Taken(f"{texts.HERBS}\n"), texts.AFTER], texts.SOURCE
        ),
        "page-500-times": Case([Taken(large_page)], texts.SOURCE, looks=(cut_back,)),
        "identical-mark": Case([Taken("。\n")], "。\n", looks=(whole_scan,)),
        "identical-3": Case([Taken("工作好\n")], "工作好\n", looks=(whole_scan,)),
        "identical-20": Case([Taken(f"{texts.SENTENCE_20}\n")], f"{texts.SENTENCE_20}\n"),
        "identical-periodic": Case([Taken("的" * 300)], "的" * 300),
        "identical-line-50000": Case([Taken(fifty)], fifty),
        "identical-100": Case([Taken(BODY)], BODY, (BODY,) * 98, (whole_scan,)),
        "in-headings": Case(
            [texts.BEFORE, Taken("废弃隧道恒温种植羊肚菌攻下自给难关\n"), texts.AFTER],
            f"{texts.ATTIC}废弃隧道恒温种植羊肚菌攻下自给难关\n{texts.GUTTER}",
            looks=(fragments,),
        ),
        "at-start": Case([Taken(f"{texts.HERBS}\n"), texts.BEFORE], texts.SOURCE),
        "at-end": Case([texts.BEFORE, Taken(texts.HERBS)], texts.SOURCE),
        "start-to-end": Case([Taken(f"{texts.NEXT}\n"), texts.BEFORE, texts.AFTER], f"{texts.ATTIC}{texts.NEXT}"),
    }


def little_text() -> dict[str, Case]:
    figures = "".join(f"{at}\t{at * 37 % 901}.{at % 10}\t{at * at % 97}%\n" for at in range(1, 80))
    other = "".join(f"{at}\t{at * 53 % 887}.{at % 7}\t{at * at % 89}%\n" for at in range(1, 80))
    names = (
        "高新技术企业数",
        "技术合同额",
        "专利授权量",
        "科技特派员数",
        "培训农民人次",
        "科普活动场次",
        "研发平台数",
        "成果登记数",
    )
    one = "".join(f"{name}（个）\t{at * 7 + 12}\n" for at, name in enumerate(names))
    two = "".join(f"{name}（个）\t{at * 11 + 31}\n" for at, name in enumerate(names))
    rows = "".join(f"| {name} | {at * 7 + 12} | {at * 9 + 5} |\n" for at, name in enumerate(names))
    return {
        "figures-only-same": Case([Taken(figures)], figures),
        "figures-only-others": Case([other], figures),
        "indicators-other-figures": Case(
            [f"禾川县科技指标完成表\n{two}"], f"沅浦市科技指标完成表\n{one}", looks=(formula, ledger)
        ),
        "indicator-table": Case(["科技指标表\n", Taken(rows)], f"科技指标表\n{rows}"),
        "headings-only": Case([texts.HEADINGS], texts.HEADINGS.replace("2019", "2021"), looks=(fragments,)),
        "headings-same": Case(
            [f"{texts.HEADINGS}{texts.BEFORE}"], f"{texts.HEADINGS}{texts.ATTIC}{texts.GUTTER}", looks=(fragments,)
        ),
        "stock-only": Case([f"甲县工作总结\n{texts.STOCK}"], f"乙县工作总结\n{texts.STOCK}", looks=(formula,)),
        "stock-amid-own": Case(
            [texts.BEFORE, texts.STOCK, texts.AFTER], f"{texts.ATTIC}{texts.STOCK}{texts.GUTTER}", looks=(formula,)
        ),
        "stock-in-four": Case(
            [texts.BEFORE, texts.STOCK, texts.AFTER],
            f"{texts.ATTIC}{texts.STOCK}{texts.GUTTER}",
            (f"{texts.NEIGHBOUR}{texts.STOCK}", f"{BODY}{texts.STOCK}"),
            (formula, reuse),
        ),
        "same-kind-of-report": Case([texts.SOURCE], texts.NEIGHBOUR),
    }


def script_and_width() -> dict[str, Case]:
    latin = (
        BODY.replace("科技特派员", "ABC平台特派员")
        .replace("专班", "VIP专班")
        .replace("高新技术企业", "OEM高新技术企业")
    )
    taiwan = edit.traditional(
        "我们用软件打印数据，通过网络把信息传到服务器，质量管理程序默认自动运行，鼠标和硬盘由项目组采购，移动硬盘里的视频信息按智能优化算法归类。\n"
    )
    mainland = (
        "我们用软件打印数据，通过网络把信息传到服务器，质量管理程序默认自动运行，鼠标和硬"
        "盘由项目组采购，移动硬盘里的视频信息按智能优化算法归类。\n"
    )
    taiwanese = (
        "我們用軟體列印資料，透過網路把資訊傳到伺服器，品質管理程式預設自動執行，滑鼠和硬"
        "碟由專案組採購，行動硬碟裡的視訊資訊按智慧最佳化演算法歸類。\n"
    )
    half = edit.exchanged(BODY, {chr(key): value for key, value in edit.HALF_MARKS.items() if isinstance(value, str)})
    return {
        "traditional": taken(edit.traditional(BODY), kinds),
        "taiwan-script": taken(edit.traditional(BODY, "s2twp"), kinds),
        "traditional-sentence": Case(around(taiwan), f"{texts.ATTIC}{mainland}{texts.GUTTER}", looks=(kinds,)),
        "taiwan-wording": Case(around(taiwanese), f"{texts.ATTIC}{mainland}{texts.GUTTER}", looks=(kinds,)),
        "variants": taken(edit.exchanged(BODY, edit.VARIANT), kinds),
        "variant-shan": Case(
            around("陜西的试验田里，陕北山地苹果矮化砧木由我们自己的育苗车间提供，冻害以后补种的三千株全部成活。\n"),
            f"{texts.ATTIC}陕西的试验田里，陜北山地苹果矮化砧木由我们自己的育苗车间提供，冻害以后补种的三千株全部成活。\n{texts.GUTTER}",
            looks=(kinds,),
        ),
        "cyrillic": taken(latin.translate(edit.LOOK_ALIKE_LATIN), kinds, source=latin),
        "greek": taken(latin.translate(edit.LOOK_ALIKE_GREEK), kinds, source=latin),
        "radicals": taken(edit.exchanged(BODY, edit.RADICAL), kinds),
        "compatibility": taken(edit.exchanged(BODY, edit.COMPATIBILITY), kinds),
        "full-width": taken(BODY.translate(edit.FULL_WIDTH), kinds),
        "half-width-marks": taken(half, kinds),
        "letter-spaced": taken(edit.letter_spaced(BODY)),
        "letter-spaced-wide": taken(edit.letter_spaced(BODY, "\u3000")),
        "zero-width": taken(
            "".join(
                f"{character}{edit.INVISIBLE[at % 6]}" if at % 3 == 0 and character != "\n" else character
                for at, character in enumerate(BODY)
            ),
            kinds,
        ),
        "bidi": taken(
            "".join(
                f"{character}{edit.BIDI[at % 6]}" if at % 5 == 0 and character != "\n" else character
                for at, character in enumerate(BODY)
            ),
            kinds,
        ),
        "combining-marks": taken(edit.each_nth(BODY, 2, "\u0336"), kinds),
        "pinyin-notes": taken(edit.pinyin_noted(BODY), kinds, repaired),
        "pinyin-notes-toneless": taken(edit.pinyin_noted(BODY, toneless=True), kinds, repaired),
        "wrapped-20": taken(edit.wrapped(BODY, 20)),
        "wrapped-40": taken(edit.wrapped(BODY, 40)),
        "wrapped-40-blank-lines": taken(edit.wrapped(BODY, 40).replace("\n", "\n\n")),
        "wrapped-20-throughout": Case([Taken(edit.wrapped(texts.SOURCE, 20))], texts.SOURCE),
        "wrapped-sentence": Case(
            around(edit.wrapped(texts.SENTENCE_45, 20) + "\n"), f"{texts.ATTIC}{texts.SENTENCE_45}\n{texts.GUTTER}"
        ),
        "html-entities": taken(edit.html_entities(BODY)),
        "markdown": taken(edit.markdown(BODY)),
        "renumbered": taken(edit.renumbered(BODY), kinds),
    }


def damage() -> dict[str, Case]:
    slips = (
        "工厂已于日前复工，未来三年自己培育的出口企业由五家增至十二家，口径以统计局发布的"
        "为准，未经核实的数据一律不得入库。\n"
    )
    misread = (
        "工厂己于曰前复工，末来三年自已培育的出囗企业由五家增至十二家，囗径以统计局发布的"
        "为准，末经核实的数据一律不得入库。\n"
    )
    data = texts.SOURCE.encode()
    gbk = texts.SOURCE.encode("gb18030")
    big5 = edit.traditional(BODY).encode("big5", "ignore")
    return {
        "ocr-look-alikes": Case(around(misread), f"{texts.ATTIC}{slips}{texts.GUTTER}", looks=(kinds,)),
        "ocr-noise-1-in-20": taken(edit.noisy(BODY, 20), kinds),
        "ocr-noise-1-in-8": taken(edit.noisy(BODY, 8), kinds),
        "ocr-noise-1-in-4": taken(edit.noisy(BODY, 4), kinds),
        "ocr-noise-1-in-2": taken(edit.noisy(BODY, 2), kinds),
        "stray-spaces": taken(edit.each_nth(BODY, 3, " ")),
        "utf8-as-gbk": taken(BODY.encode().decode("gb18030", "replace"), kinds, repaired),
        "utf8-as-latin1": taken(BODY.encode().decode("latin-1").replace("\x85", "\u2026"), kinds, repaired),
        "utf8-as-cp1252": taken(edit.read_in_windows(BODY), kinds, repaired),
        "gbk-as-latin1": taken(BODY.encode("gbk").decode("latin-1"), kinds, repaired),
        "gbk-one-byte-off": taken(edit.in_gbk_shifted(BODY), kinds, repaired),
        "big5-as-gbk": taken(big5.decode("gb18030", "replace"), kinds, repaired),
        "twice-misread": taken(BODY.encode().decode("latin-1").encode().decode("latin-1"), repaired),
        "whole-file-utf8-as-latin1": byted(texts.SOURCE.encode().decode("latin-1").encode(), repaired),
        "gbk-file": byted(gbk, alike),
        "big5-file": byted(edit.traditional(texts.SOURCE).encode("big5hkscs", "ignore"), alike),
        "utf16-file": byted(texts.SOURCE.encode("utf-16"), alike),
        "two-encodings": byted(data + texts.NEIGHBOUR.encode("gb18030"), alike, cut_back),
        "gbk-then-utf8": byted(texts.NEIGHBOUR.encode("gb18030") + data, cut_back),
        "ufffd-1-in-20": taken(edit.lost_every(BODY, 20), kinds),
        "ufffd-1-in-5": taken(edit.lost_every(BODY, 5), kinds),
        "cut-in-a-character": byted(
            data[: len(data) // 2 + (1 if (data[len(data) // 2] & 0xC0) != 0x80 else 0)], alike
        ),
        "gbk-cut-in-a-character": byted(gbk[: gbk.index("验收".encode("gbk")) + 1]),
        "bytes-lost-in-gbk-file": byted(bytes(byte for at, byte in enumerate(gbk) if at % 200 != 199), alike),
    }


def figures_and_names() -> dict[str, Case]:
    last_year = edit.other_figures(texts.SOURCE.replace("2019", "二零二零")).replace("二零二零", "2020")
    elsewhere = texts.SOURCE.replace("禾川县", "苇塘县")
    left = elsewhere.replace("枫树坳村", "禾川县枫树坳村")
    return {
        "figures-others": taken(edit.other_figures(BODY), kinds, ledger, findings),
        "figures-hanzi": taken(edit.figures_in_hanzi(BODY), kinds, ledger),
        "figures-masked-xx": taken(edit.masked_figures(BODY, "xx"), kinds, ledger),
        "figures-masked-crosses": taken(edit.masked_figures(BODY, "××"), kinds, ledger),
        "figures-masked-underscores": taken(edit.masked_figures(BODY, "___"), kinds, ledger),
        "figures-masked-stars": taken(edit.masked_figures(BODY, "***"), kinds, ledger),
        "figures-masked-words": taken(edit.masked_figures(BODY, "若干"), kinds, ledger),
        "names-masked-mou": taken(
            BODY.replace("禾川县", "某某县").replace("双泉药业", "某某药业").replace("枫树坳村", "某某村"),
            kinds,
            ledger,
        ),
        "names-masked-crosses": taken(
            BODY.replace("禾川县", "××县").replace("双泉药业", "XX药业").replace("枫树坳村", "**村"), kinds, ledger
        ),
        "figures-other-unit": taken(
            BODY.replace("6750万元", "0.675亿元").replace("1.86亿元", "18600万元").replace("一百八十天", "180天"),
            kinds,
            ledger,
        ),
        "last-year": Case(
            whole(last_year.partition("\n")[2], texts.TITLE.replace("2019", "2020")),
            texts.SOURCE,
            looks=(ledger, findings, relation),
        ),
        "last-year-same-figures": Case(
            whole(BODY.replace("2019年", "2020年"), texts.TITLE.replace("2019", "2020")),
            texts.SOURCE,
            looks=(ledger, findings, relation),
        ),
        "other-county": Case(
            whole(elsewhere.partition("\n")[2], texts.TITLE.replace("禾川", "苇塘")), texts.SOURCE, looks=(relation,)
        ),
        "real-county": Case(
            whole(texts.SOURCE.replace("禾川县", "桃源县").partition("\n")[2], texts.TITLE.replace("禾川", "桃源")),
            texts.SOURCE.replace("禾川县", "安化县"),
            looks=(relation, left_overs),
        ),
        "left-over-name": Case(
            whole(
                texts.SOURCE.replace("禾川县", "桃源县")
                .replace("我们会同县农商行", "我们会同安化县农商行")
                .partition("\n")[2],
                texts.TITLE.replace("禾川", "桃源"),
            ),
            texts.SOURCE.replace("禾川县", "安化县").replace("我们会同县农商行", "我们会同安化县农商行"),
            looks=(relation, left_overs),
        ),
        "invented-left-over": Case(
            whole(left.partition("\n")[2], texts.TITLE.replace("禾川", "苇塘")), texts.SOURCE, looks=(left_overs,)
        ),
    }


def wording_changed() -> dict[str, Case]:
    passive = f"{wording.PASSIVE}\n"
    return {
        "synonyms-30": taken(wording.both_reworded(3), kinds),
        "synonyms-60": taken(wording.both_reworded(6), kinds),
        "synonyms-90": taken(wording.both_reworded(9), kinds),
        "word-order": taken(f"{wording.ORDER_CHANGED}\n"),
        "active-passive": taken(passive),
        "sentences-joined": taken(edit.sentences_joined(BODY), kinds),
        "clause-in-each-sentence": taken(edit.clauses_inserted(BODY), kinds),
        "every-second-sentence": taken(edit.every_second_sentence(BODY), kinds),
        "reworded-and-shuffled": taken(edit.sentences_reversed(wording.both_reworded(3))),
        "traditional-reworded-masked": taken(
            edit.traditional(edit.masked_figures(wording.both_reworded(3), "××")), kinds
        ),
        "summarised": taken(
            "我们围绕中药材加工帮助5家企业攻关，黄精工艺改成参数控制；把老粮库改成中试车间，9家企业用过；申报通过率全市第二。\n"
        ),
    }


def many_sources() -> dict[str, Case]:
    three = [Taken(f"{texts.HERBS}\n"), f"{edit.SENTENCE.findall(texts.NEIGHBOUR)[4]}\n", texts.GUTTER]
    quoted = f"按照规定，{texts.LAW}\n"
    superior = "湖南省科学技术厅2019年科技工作要点\n" + BODY.replace("禾川县科学技术局", "全省科技系统")
    return {
        "three-sources": Case(
            ["合编材料\n", *three], texts.SOURCE, (texts.NEIGHBOUR, f"{texts.ATTIC}{texts.GUTTER}"), (whole_scan, reuse)
        ),
        "law-quoted-by-two": Case(
            [texts.BEFORE, Taken(quoted), texts.AFTER], f"{texts.ATTIC}{quoted}{texts.GUTTER}", looks=(formula,)
        ),
        "law-quoted-by-four": Case(
            [texts.BEFORE, Taken(quoted), texts.AFTER],
            f"{texts.ATTIC}{quoted}{texts.GUTTER}",
            (f"{texts.NEIGHBOUR}{quoted}", f"{BODY}{quoted}"),
            (formula, reuse),
        ),
        "superior": Case(
            [
                Taken(
                    "安化县科学技术局2019年科技工作要点\n" + BODY.replace("禾川县科学技术局", "湖南省安化县科技系统")
                ),
                texts.AFTER,
            ],
            superior,
            looks=(relation,),
        ),
        "both-from-third": Case(
            [texts.BEFORE, Taken(f"{texts.HERBS}\n{texts.WEAK}\n")],
            f"{texts.ATTIC}{texts.HERBS}\n{texts.WEAK}\n",
            (texts.SOURCE,),
            (whole_scan,),
        ),
    }


def short_cases() -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for length, (verbatim, edited) in SENTENCES.items():
        source = f"{texts.ATTIC}{verbatim}\n{texts.GUTTER}"
        inside = texts.BEFORE.rstrip("\n")
        cases[f"sentence-{length}-verbatim"] = Case(around(f"{verbatim}\n"), source, looks=(fragments,))
        cases[f"sentence-{length}-edited"] = Case(around(f"{edited}\n"), source, looks=(fragments,))
        cases[f"sentence-{length}-in-paragraph"] = Case(
            [inside, Taken(verbatim), texts.AFTER],
            f"{texts.ATTIC.rstrip()}{verbatim}{texts.GUTTER}",
            looks=(fragments,),
        )
    for run in (texts.RUN_13, texts.RUN_12):
        sides = f"老船工说，{run}也能拿来养鱼。\n", f"租户讲起{run}时眉飞色舞。\n"
        cases[f"run-{len(run)}-alone"] = Case(
            [texts.BEFORE, sides[0], texts.AFTER], f"{texts.ATTIC}{sides[1]}{texts.GUTTER}", looks=(fragments,)
        )
    cases["run-13-across-marks"] = Case(
        [texts.BEFORE, "老船工说，废弃隧道，恒温避开高温；污染法也能拿来养鱼。\n", texts.AFTER],
        f"{texts.ATTIC}租户讲起{texts.RUN_13}时眉飞色舞。\n{texts.GUTTER}",
        looks=(fragments,),
    )
    return cases


GROUPS = {
    "Order and size": order_and_size,
    "Little text, or everybody's": little_text,
    "Script, width, marks, layout": script_and_width,
    "Damage": damage,
    "Figures and names": figures_and_names,
    "Wording": wording_changed,
    "Several sources": many_sources,
    "Short": short_cases,
}
CASES = {name: case for group in GROUPS.values() for name, case in group().items()}
