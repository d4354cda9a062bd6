"""Invented texts: a form, reports that fill it in, a superior's notice, reports that copy from it or each other."""

FORM = """科技特派员年度考核表填写说明

本表由派驻单位组织填写，一式三份，于每年十二月二十日前报送县级管理部门，逾期不予受理，复印件须加盖公章并注明与原件一致。
派驻期间应当建立工作日志，逐日记载服务地点、服务对象、解决的技术难题和农户签字情况，日志缺页超过三分之一的，考核不得评为优秀等次。
一、基本情况：派驻乡镇________，派驻时间____年__月。
二、服务成效。请围绕技术推广、人员培训、品牌创建三个方面如实填报，不得以单位年度总结代替，字数控制在八百字以内，可另附照片和证明材料。
{done}三、存在困难和下一步打算。请写明制约当地产业发展的一至两个关键问题，并提出可以操作、能够检查的改进措施。
{plan}四、承诺。本人承诺以上内容真实准确，如有虚假，愿意承担相应责任，并退回已经领取的下乡补助和交通津贴。
"""
TEMPLATE = FORM.format(done="", plan="")

TEA = "全年驻点一百四十天，带着六户茶农把老茶园台刈更新了八十亩，春茶开采提前九天，鲜叶收购价每斤高出邻村两块三毛。"
WILT = "最要紧的是没有自己的萎凋车间，遇到连阴雨只能把鲜叶拉到县城。打算明年和合作社合建一座，资金缺口约四十万元。"
PADDY = "先后在三个村办了十一场稻虾轮作的田间课，到场四百余人次，虾沟改造后亩均增收九百六十元，带动返乡青年五人。"
SHRIMP = "虾苗全靠外地调运，死亡率接近三成。准备利用村里闲置的两口山塘试养亲虾，力争明年清明前自繁二十万尾。"

NOTICE = """关于做好山塘清淤工作的通知

各乡镇要把今冬明春清淤任务逐塘落实到人，塘长名单张挂在坝头显眼处，每旬逢五逢十向防汛值班室报送进度，漏报两次的约谈分管负责人。
清出的淤泥优先用于培肥坝下冬闲田，严禁倾倒在行洪河道和村道两侧，运泥车辆一律加盖篷布，夜间十时以后停止作业。
验收采取水准仪测量与老农现场指认相结合的办法，库容恢复不足设计八成的不予通过，限期十五天返工。
"""


def filled(town: str, when: str, done: str, plan: str) -> str:
    """The form as one station has filled it in."""
    text = FORM.format(done=f"{done}\n", plan=f"{plan}\n").replace("________", town).replace("____年__月", when)
    return text.replace("科技特派员年度考核表填写说明", f"{town}科技特派员年度考核表")


TEA_REPORT = filled("云杉镇", "2023年3月", TEA, WILT)
PADDY_REPORT = filled("槐花坪乡", "2024年5月", PADDY, SHRIMP)
#: Fills in the same form, and has copied what the tea report says it did, one word changed.
COPIED_REPORT = filled("石板渠镇", "2024年6月", TEA.replace("六户", "七户"), "暂无困难。")
#: Repeats the notice nearly to the letter, and adds a paragraph.
OBEDIENT_REPORT = (
    NOTICE.replace("关于做好山塘清淤工作的通知", "老龙潭镇清淤实施方案").replace("各乡镇", "各村")
    + "镇里的挖掘机正在大修，先由三个村合租一台小型机具，油料由受益户按亩分摊，工日记在村务公开栏。\n"
)
