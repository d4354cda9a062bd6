"""Texts made up for the tests of `check`: reports to be copied from, and drafts that do or do not."""

from collections.abc import Mapping
from pathlib import Path

SOURCES: Mapping[str, str] = {
    "canal.txt": "云杉镇水利工作总结\n\n"
    "今年三月，局里请来农机站的两位老师傅，把封存多年的水轮泵重新装了起来，沿着石板渠试了四十里水路，下游十七个生产小组都派人守在"
    "闸口，记下水头到达的钟点，晚上汇总成一张曲线图贴在公告栏上。\n",
    "mill.txt": "磨坊修缮纪要\n\n"
    "磨坊在小河的转弯处，木梁被白蚁蛀空了三根，师傅们先用圆木顶住楼板，再一根一根换上晒了两年的杉木。石磨拆下来请石匠重新凿了齿，"
    "装回去的那天全村人都来看水车转动，第一袋面粉分给了学校的食堂，账目贴在磨坊的门背后，谁都可以去看，年底再清点一次。\n",
}
OURS = (
    "果园防霜记录\n\n"
    "四月十二日夜里气温骤降，看园人敲锣叫醒各家，在地头点起锯末和湿稻草，烟幕压在树冠上直到天亮，只有河滩边的两行梨树受了冻，其余花朵"
    "大都保住，第二天县里派人来看过，把点烟的间距和时辰都抄了去。\n"
)
HONEST = (
    "档案馆搬迁纪要\n\n"
    "旧馆的木架全部编号拆下，按原来的次序装车，新馆用白炽灯照了三天除湿，账册一册未少，雨布也都收了回来，搬运的人手是从邻近两所中学"
    "请来的，午饭在工地上吃。\n"
)
AFTERWARDS = (
    "鱼塘清淤\n\n塘底的淤泥挖出来堆在桑园里作肥，空塘撒上石灰晒了半个月，"
    "再放进新水和鱼苗，看塘的老人每天清早都要去看一遍水色。\n"
)


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def draft_of(*reports: str) -> str:
    """A draft that copies the body of each report, the last one first."""
    return "\n\n".join(["镇志初稿", *(report.split("\n\n")[1].strip() for report in reversed(reports))]) + "\n"
