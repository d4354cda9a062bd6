"""Character -> character: written variants that OpenCC's `t2s` leaves as they are.

`VARIANTS` were found by running OpenCC 1.4's `hk2s`, `tw2s` and `jp2t` (then `t2s`) over the CJK blocks and keeping
what changes and is no character of GB2312 (a GB2312 character is somebody's ordinary word: jp2t would make 给予 into
给豫). The last seven lines are by hand: 陜, which seed 002 writes for 陕, old printed forms, and shorthand of signs and
forms (髙, 囯), none of them in GB2312. Forms that tell names apart are left alone (喆, 栢, 邨).
`LETTERS` are Greek capitals and Cyrillic letters of the shape of Latin ones: put for them by hand or by a scanner.
Small Greek letters are left alone, for μm is not mm.
`RADICALS` are radical signs that stand for whole characters in text copied from some PDFs (Unicode's
EquivalentUnifiedIdeograph); those NFKC knows are not listed.
"""


def _pairs(table: str) -> dict[str, str]:
    """`"ab cd"` -> {a: b, c: d}."""
    return {pair[0]: pair[1] for pair in table.split()}


VARIANTS = _pairs(
    "両两 乗乘 亀龟 亜亚 仏佛 仮假 伝传 価价 倹俭 児儿 円圆 処处 剣剑 剤剂 剰剩 労劳 効效 勅敕 勧劝 勲勋 "
    "単单 厳严 収收 唖哑 営营 噛啮 団团 囲围 図图 圏圈 圧压 塁垒 塩盐 増增 壊坏 壌壤 壱壹 売卖 変变 奨奖 "
    "嬢娘 実实 寛宽 対对 専专 尭尧 巌岩 巣巢 巻卷 帯带 帰归 庁厅 広广 廃废 弐贰 弾弹 従从 徳德 徴征 応应 "
    "恵惠 悩恼 悪恶 懐怀 戦战 戯戏 戻戾 払拂 抜拔 択择 拝拜 拠据 拡扩 挙擧 挿插 捜搜 掲揭 掻搔 揺摇 摂摄 "
    "撃击 撹搅 敍叙 斉齐 斎斋 晩晚 暁晓 暦历 曽曾 枱台 栄荣 桜樱 桝枡 桟栈 検检 楽乐 様样 槙槇 権权 歓欢 "
    "歩步 歯齿 歳岁 歴历 毎每 気气 沢泽 浄净 涙泪 渇渴 済济 渉涉 渋澁 渓溪 満满 滝泷 潀潨 瀬濑 焼烧 犠牺 "
    "猟猎 獣兽 畳叠 痩瘦 痺痹 発发 県县 睪睾 砕碎 稲稻 穂穗 穏稳 穣穰 竜龙 簷檐 粋粹 粛肃 粧妆 糭粽 経经 "
    "絵绘 継继 続续 総总 縁缘 縄绳 縦纵 繊纤 繍绣 聴听 脳脑 臓脏 艶艳 荘庄 蔵藏 薫薰 薬药 蛍萤 蝋蜡 衞卫 "
    "衹只 覇霸 覚觉 覧览 観观 訳译 読读 譲让 豊丰 賛赞 転转 軽轻 辺边 逓递 遅迟 郷乡 酔醉 醤酱 醸酿 釈释 "
    "鉄铁 鉱矿 銭钱 鋳铸 錬炼 関关 闘斗 陥陷 険险 隠隐 雑杂 霊灵 頼赖 顕显 駅驿 駆驱 騒骚 験验 髄髓 髪发 "
    "鴎鸥 鶏鸡 鹸碱 麹曲 麺面 黒黑 黙默 齢龄 囘回 囬回 吿告 眞真 卽即 旣既 敎教 硏研 靑青 淸清 値值 戸户 "
    "尙尚 陜陕 著着 乾干 瞭了 "
    "髙高 囯国 囻国 圀国 塲场 甎砖 秊年 夀寿 侭尽 冩写 凢凡 凣凡 亇个 緖绪 揷插 愼慎 塡填 甁瓶 倂并 姸妍 冐冒 "
    "勗勖 嶋岛 鐡铁 鄕乡 郞郎 飮饮 槪概 漑溉 亷廉 呉吴 喩喻 噐器 圗图 埀垂 寗宁 寳宝 尓尔 屛屏 惪德 愽博 慿凭 "
    "抅构 挍校 搆构 擕携 攷考 斈学 曁暨 枩松 柹柿 梹槟 槗桥 樷丛 氷冰 汚污 湼涅 濶阔 牕窗 窓窗 窻窗 猨猿 畧略 "
    "疎疏 皷鼓 稉粳 稺稚 竒奇 糓谷 罸罚 羙美 聨联 聮联 脇胁 舩船 葢盖 虗虚 裠裙 覩睹 讃赞 豋登 賔宾 贒贤 赱走 "
    "踈疏 軄职 軆体 躰体 辝辞 辤辞 迯逃 逹达 酧酬 醻酬 釼剑 閙闹 闗关 隣邻 隷隶 霛灵 靣面 頋顾 頥颐 飃飘 餠饼 "
    "駈驱 騐验 鳯凤 鴈雁 鵞鹅 麁粗 麄粗 龝秋 埜野 壄野 姙妊 尅克 帋纸 廵巡 恊协 凖准 刧劫 刼劫 卋世 厛厅 厰厂 "
    "叅参 呌叫 咲笑 囓啮 "
)

RADICALS = _pairs(
    "⺟母 ⺠民 ⻁虎 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻋车 ⻑长 ⻒长 ⻓长 ⻔门 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 "
    "⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟 ⻳龟 "
)

LETTERS = _pairs(
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЅS ЈJ "
    "аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj "
)
