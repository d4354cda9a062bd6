"""A check of made-up drafts with everything in it: limits reached, own sources, entries, a baseline, left-overs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import kejidiff
from kejidiff.model import LeftOver, Reservation, SharedMistake, SourceText
from kejidiff.model.check import CheckResult
from kejidiff.span import Span
from kejidiff.view.json_text import dumps
from kejidiff.view.records_check import check_record

MILL = (
    "磨坊在小河的转弯处，木梁被白蚁蛀空了三根，师傅们先用圆木顶住楼板，再一根一根换上晒了两年的杉木。石磨拆下来请石匠重新凿了齿，"
    "装回去的那天全村人都来看水车转动，第一袋面粉分给了学校的食堂，账目贴在磨坊的门背后，谁都可以去看，年底再清点一次。"
)
CANAL = (
    "今年三月，局里请来农机站的两位老师傅，把封存多年的水轮泵重新装了起来，沿着石板渠试了四十里水路，下游十七个生产小组都派人守在"
    "闸口，记下水头到达的钟点，晚上汇总成一张曲线图贴在公告栏上。"
)
ORCHARD = (
    "四月十二日夜里气温骤降，看园人敲锣叫醒各家，在地头点起锯末和湿稻草，烟幕压在树冠上直到天亮，只有河滩边的两行梨树受了冻，其余花朵"
    "大都保住，第二天县里派人来看过，把点烟的间距和时辰都抄了去。"
)
FILES: Mapping[str, str] = {
    "published/mill.txt": f"2019年平乐县磨坊修缮纪要\n\n{MILL}\n",
    "published/canal.txt": f"安化县2023年水利工作总结\n\n{CANAL}\n",
    "published/orchard.txt": f"2021年果园防霜记录\n\n{ORCHARD}\n",
    "published/canal.txt.meta.json": '{"unit": "安化县水利局"}',
    "drafts/镇志.txt": f"2024年平乐县镇志初稿\n\n{MILL}\n\n{CANAL}\n\n{ORCHARD}\n",
    "drafts/honest.txt": "档案馆搬迁纪要\n\n"
    "旧馆的木架全部编号拆下，按原来的次序装车，新馆用白炽灯照了三天除湿，账册一册未少。\n",
    "drafts/blank.txt": " \n",
    "ignore.toml": '[[ignore]]\nsource = "orchard*"\nreason = "转载，已获同意"\nowner = "王芳"\nexpires = 2999-01-01\n'
    '[[ignore]]\nsource = "old/*"\ntext = "今年三月，局里请来"\n'
    'reason = "旧稿"\nowner = "李明"\nexpires = 2020-01-01\n',
}


@cache
def checked() -> CheckResult:
    """Two drafts and a blank file against three reports; the left-overs are put in by hand."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in FILES.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        against = [folder / "published"]
        before = kejidiff.check([folder / "drafts" / "镇志.txt"], against=[folder / "published" / "mill.txt"])
        (folder / "baseline.json").write_text(dumps(check_record(before)), encoding="utf-8")
        result = kejidiff.check(
            [folder / "drafts"],
            against=against,
            own=["安化县水利局"],
            baseline=folder / "baseline.json",
            ignore=folder / "ignore.toml",
            today=date(2026, 11, 25),
        )
    return _with_left_overs(result)


def _with_left_overs(result: CheckResult) -> CheckResult:
    scan = result.scan
    text = scan.text_of(scan.document("镇志.txt#1"))

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    first, *others = scan.comparisons
    left_overs = (LeftOver("place", "left", at("小河"), Span(3, 5)), LeftOver("year", "left", at("两年"), Span(0, 2)))
    mistakes = (SharedMistake(at("圆木"), Span(30, 32), "原木"),)
    files = tuple(
        replace(file, warnings=(Reservation("evasion-suspected", "3 invisible characters", at("杉木")),), location="")
        if isinstance(file, SourceText) and file.path == "镇志.txt"
        else replace(file, location="")
        for file in scan.files
    )
    scan = replace(
        scan, files=files, scanned=(), comparisons=(first._replace(left_overs=left_overs, mistakes=mistakes), *others)
    )
    return replace(result, scan=scan)
