"""Paragraphs of the invented report in other words: `word/other` tokens, of which any share can be exchanged."""

#: HERBS and BAG, word by word; names and figures have no other word.
_TOKENS = (
    "一是 盯住/紧扣 中药材/药材 精深/深度 加工 这条/这一 主线/主轴 ， 帮助/协助 双泉药业 等 5 家 企业/厂家 与/同 "
    "省 中医药 研究院/科研院 结成/组成 攻关/攻坚 小组/团队 ， 黄精 九蒸九晒 工艺/制法 由/从 经验/手感 操作/把握 "
    "改成/变为 参数/数据 控制/调控 ， 成品率/合格率 由/从 61% 提高/提升 到/至 88% 。 二是 把/将 闲置/空置 的 "
    "老/旧 粮库/粮仓 改造/改建 成/为 共享/公用 中试 车间/厂房 ， 购置/采购 提取 浓缩 、 喷雾 干燥 设备/装置 17 "
    "台套 ， 按/以 小时/钟点 计费/收费 开放/对外 ， 已有/现有 9 家 小微/小型 企业/厂家 在/于 这里/此处 做完/完成 "
    "放大 试验/实验 。 三是 对/针对 首次/初次 认定/评定 的 高新技术 企业/厂家 实行/采取 专人/专员 陪跑/跟踪 ， "
    "从/自 知识产权 梳理/清理 到/至 研发 费用/经费 辅助账 逐项/逐条 过筛/核对 ， 申报/申请 通过率/成功率 居/列 "
    "全市 第二 。"
)
_BAG_TOKENS = (
    "食用菌 专班/小组 把/将 羊肚菌 菌种场/制种场 建/设 到/在 了 海拔/高程 一千一百 米 的 石门垭 ， 利用/借助 "
    "废弃/弃用 隧道/山洞 的 恒温/常温 条件/环境 避开/躲开 高温/酷热 污染/杂菌 ， 菌种/种源 自给率/自供率 从/由 "
    "零 提高/提升 到/至 七成 ， 每/各 袋 成本/花费 下降/降低 1.2 元 ， 周边/附近 4 个 乡镇/乡 的 210 户 "
    "菇农/农户 不用/无需 再 到/去 外省/省外 抢购/抢买 菌种/种源 。"
)


def reworded(tenths: int, tokens: str = _TOKENS) -> str:
    """The paragraph with `tenths` of every ten words that have another word exchanged, spread evenly."""
    words: list[str] = []
    met = 0
    for token in tokens.split():
        word, _, other = token.partition("/")
        met += bool(other)
        words.append(other if other and met * 7 % 10 < tenths else word)
    return "".join(words)


def both_reworded(tenths: int) -> str:
    """HERBS and BAG, a line each."""
    return f"{reworded(tenths)}\n{reworded(tenths, _BAG_TOKENS)}\n"


#: HERBS with its clauses turned round, told by the one it was done to, and its sentences run into one another.
ORDER_CHANGED = (
    "一是紧盯一条主线，也就是中药材精深加工，由省中医药研究院与双泉药业等5家企业结成攻关小组予以帮助，由参数控制代替经验操作"
    "的黄精九蒸九晒工艺，成品率到88%，原来是61%。二是购置喷雾干燥、提取浓缩设备17台套，把共享中试车间建在改造过的闲置老粮库，"
    "开放时按小时计费，在这里做完放大试验的小微企业已有9家。三是专人陪跑首次认定的高新技术企业，从研发费用辅助账到知识产权梳理"
    "逐项过筛，全市第二的申报通过率由此而来。"
)
PASSIVE = (
    "一是中药材精深加工这条主线被我们盯住，双泉药业等5家企业得到帮助，与省中医药研究院结成攻关小组，经验操作的黄精九蒸九晒工艺"
    "被改成参数控制，成品率由61%被提高到88%。二是闲置的老粮库被改造成共享中试车间，提取浓缩、喷雾干燥设备17台套被购置进来，按"
    "小时计费开放，放大试验已有9家小微企业在这里做完。三是首次认定的高新技术企业由专人陪跑，知识产权梳理到研发费用辅助账被逐项"
    "过筛，申报通过率被推到全市第二。"
)
