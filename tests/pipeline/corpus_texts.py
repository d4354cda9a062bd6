"""A seed -> made reports for tests of dedup: paragraphs of words in any order, no two alike, and copies of them."""

import random

_HANZI = (
    "水渠 闸门 农机 合作社 粮库 苗圃 灌溉 柴油 曲线 公告 轮灌 槐花 石板 师傅 宿舍 渡槽 劳力 汛期 账册 木架 白炽灯 "
    "档案 搬迁 编号 装车 除湿 丈量 土方 工日 张榜 结算 清淤 村民 茶园 剪枝 炒青 摊晾 竹匾 晒场 仓门 铁锁 钥匙 邮路 "
    "驿站 石桥 桥墩 木桩 打捞 渔网 船坞 桐油 麻绳 锚链 灯塔 守夜 潮汐 盐田 卤水 结晶 风车 磨坊 麦麸 酵母 蒸笼 炭火 陶窑 "
    "釉料 拉坯 素烧 匣钵 窑变 瓷片 展柜 讲解 票根 剧场 幕布 锣鼓 行头 脸谱 票友 茶馆 评书 醒木 折扇 方言 录音 磁带 校对"
).replace(" ", "")

#: Twelve hundred words, so that two texts share next to none in a row.
_WORDS = tuple("".join(random.Random(number).choices(_HANZI, k=2)) for number in range(1200))


def paragraph(chance: random.Random, sentences: int = 3) -> str:
    """Sentences of ten words or so."""
    return "".join(
        "，".join("".join(chance.choices(_WORDS, k=5)) for _ in range(chance.randint(2, 3))) + "。"
        for _ in range(sentences)
    )


def report(seed: int, paragraphs: int = 5) -> list[str]:
    """A title and its paragraphs."""
    chance = random.Random(seed)
    return [f"{''.join(chance.choices(_WORDS, k=3))}工作总结", *(paragraph(chance) for _ in range(paragraphs))]


def text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def edited(words: str, share: float, seed: int) -> str:
    """The text with that share of its Hanzi exchanged for others, marks and line ends as they are."""
    chance = random.Random(seed)
    return "".join(
        chance.choice(_HANZI) if char not in "，。\n" and chance.random() < share else char for char in words
    )
