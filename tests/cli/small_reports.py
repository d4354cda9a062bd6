"""Small reports made up for these tests, and folders of files that cannot be read."""

from pathlib import Path

#: A passage long and particular enough to be found wherever it is copied.
SHARED = (
    "今年三月，局里请来云杉镇农机站的两位老师傅，把封存多年的水轮泵重新装了起来，沿着石板渠试了四十里水路。"
    "试水当天，下游十七个生产小组都派人守在闸口，记下水头到达的钟点，晚上汇总成一张曲线图贴在公告栏上。"
    "根据这张图，我们调整了轮灌次序，把原先排在最后的槐花坪提到前面，秋后核算，每亩节省柴油六升。"
)

LEFT = (
    f"云杉镇水利工作总结\n\n{SHARED}\n\n"
    "渠道清淤由各村自行安排，镇里只负责丈量土方和登记工日，月底统一结算，结果张榜公布。\n"
)
RIGHT = (
    "槐花坪灌区年度报告\n\n灌区全年安排劳力三千余个，修补渡槽两座，更换闸门五扇，汛期未发生险情，职工宿舍也粉刷一新。\n\n"
    f"{SHARED.replace('核算', '测算').replace('节省', '节约')}\n"
)
OTHER = (
    "档案馆搬迁纪要\n\n"
    "旧馆的木架全部编号拆下，按原来的次序装车，新馆用白炽灯照了三天除湿，账册一册未少，雨布也都收了回来。\n"
)

#: What must reach neither a terminal nor a page alive: escape sequences, markup, hidden characters, a script.
HOSTILE = (
    "\x1b]0;owned\x07\x1b[31m红\x9b31m "
    "[bold red]粗[/bold red] [link=x]y[/link] "
    "\u202e反\u200b <script>alert(1)</script>"
)


def pair(folder: Path) -> Path:
    """Three reports of which two share a passage."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("left.txt", LEFT), ("other.txt", OTHER), ("right.txt", RIGHT)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def hostile_pair(folder: Path) -> Path:
    """Two reports that share a passage, with hostile characters in names, titles, what is shared and what is not."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("a\x1b[31m[bold]<b>.txt", LEFT), ("b\u202e.txt", RIGHT)):
        infected = (
            text.replace("\n\n", f" {HOSTILE}\n\n", 1)
            .replace("四十里", f"四十{HOSTILE}里")
            .replace("\n\n", f"\n\n{HOSTILE}\n", 1)
        )
        (folder / name).write_text(infected, encoding="utf-8")
    return folder
