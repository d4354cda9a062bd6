"""nothing -> the words of site furniture, by how much they prove: blanks out, simplified, half-width, lower case.

    NOTICES       prove a line of up to 140 characters, even one that is a sentence
    SOFT_NOTICES  stand in honest sentences, too; they prove a line that is none, or one at the head or tail of a file
    SITE_WORDS    two of them make a sentence at the head or tail of a file a site's
    TAGS          prove a short line that is no sentence
    SURE_LABELS   one of them with a colon proves a line; of LABELS it takes two, or the right place
    MENU_WORDS    whole tokens of a menu; two of them prove a line, one only at the right place
    LIST_HEADS    stand above a list of links, words before them allowed; BARE_HEADS do so as a whole line only
    WEAK_WORDS    prove nothing alone; dense at the head or tail of a file they do

Source: the five sample reports; otherwise common Chinese document-sharing, essay and government sites, from memory.
Every list was tried on 553 official texts (4.15 million characters), where it marks nothing but real furniture. Bare
words such as 举报, 来源, 作者, 注册, 收藏 stand in hundreds of honest lines there, so they are menu tokens or weak.

Limitation: a list knows the sites its author has seen; for others only the rules of position are left.
"""

from typing import Final


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


NOTICES: Final = _words(
    """
    转载请注明 转载须注明 转载时请注明 转载请保留 转载请标明 转载请标注 请勿转载 谢绝转载 珍藏版 典藏版 由会员分享
    由用户分享 正为您匹配 为您匹配 展开阅读全文 展开阅读更多 点击查看更多 点击加载更多 点击阅读全文 猜你喜欢 猜您喜欢
    设为首页 加入收藏 收藏本站 我要投稿 我要纠错 本文来自 本文来源 本文地址 本文链接 本文网址 原文链接 原文地址
    本站资源 本站不保证 本站文章 本站内容 本站不承担 本站声明 本站立场 版权归原作者 版权归作者 如有侵权 若有侵权
    如涉及侵权 如侵权 请联系删除 联系我们删除 公安网备案 仅代表作者 代表网友 导语】 未读,继续阅读 页未读 全文在线阅读
    预览结束 allrightsreserved poweredby 政府网站标识码 网站标识码 网站找错 感兴趣的文章 的人还看了 的人还喜欢
    的人还在看 小编推荐 小编精选 小编精心 小编为大家 小编为您 小编给大家 小编整理 小编收集 小编带来 小编今天
    以上是小编 以上就是小编 本站所有资源 本站仅提供 本站为文档 本网站所有
    """
)

SOFT_NOTICES: Final = _words(
    """
    侵权必究 来自网络 来自互联网 来源于网络 来源网络 来源于互联网 仅供学习 用户上传 上传用户 会员上传 网友上传
    上传分享 网友学习 下载后可 文档下载后 可自由编辑 可任意编辑 欢迎下载 欢迎收藏 扫描二维码 扫描下方 扫描上方
    扫描左侧 扫描右侧 扫码关注 微信扫一扫 微信扫码 长按识别 识别二维码 识别下方 关注公众号 关注微信公众号
    关注我们的微信 关注本站 微信公众号搜索 搜索公众号 为大家整理 为大家分享 为您整理 为你整理 供大家阅读
    整理的全部内容 感谢阅读 感谢您的阅读 感谢你的阅读 http:// https:// www. 收藏本文 分享本文 如果您喜欢本文
    如果觉得本文 如果你喜欢 展开全文 无障碍浏览 浏览器版本 支持ipv6 手机打开当前页 手机上打开 手机查看当前 互联网举报
    不良信息举报 违法和不良信息 侵权投诉 支付成功后 平台声明 站内搜索 除非注明 欢迎点评 截取该文 word格式下载
    word版下载 感兴趣的内容 觉得文章不错 联系上传者
    """
)

TAGS: Final = _words(
    """
    展开剩余 阅读全文 阅读剩余 阅读更多 加载更多 查看更多 查看全部 查看全文 更多>> 更多> 点击展开 收起全文 还剩
    继续阅读 下载本文 下载文档 下载此文档 下载该文档 下载word 下载提示 下载地址 下载链接 下载积分 下载权限 立即下载
    免费下载 限时下载 打包下载 本地下载 高速下载 下载原文 下载全文 下载完整 下载资源 一键下载 点击下载 全文下载
    文档下载 复制全文 一键复制 复制链接 复制本文 正文复制 扫码 扫一扫 二维码 我要评论 我要打印 我要下载 我要提问
    我要留言 我要分享 我要收藏 我来说两句 发表评论 网友评论 最新评论 热门评论 暂无评论 条评论 打印本页 打印此页
    打印本文 打印文章 关闭窗口 关闭本页 返回顶部 返回首页 回到顶部 回到首页 返回列表 返回上页 返回上一页 分享到 分享至
    分享给 一键分享 视力保护色 字体大小 阅读下一篇 上一篇 下一篇 上一页 下一页 客服qq 客服微信 qq群 加微信 官方微信
    官方微博 官方公众号 关注我们 联系我们 关于我们 网站地图 网站首页 网站声明 网站公告 免责声明 版权声明 法律声明
    隐私声明 隐私政策 用户协议 付费协议 上传文档 账号登录 登录注册 登录/注册 立即登录 免费注册 立即注册 忘记密码
    用户登录 会员登录 开通vip vip免费 购买vip vip会员 vip专享 vip下载 升级vip 本类推荐 本类热门 相关热词 文档预览
    在线预览 文档介绍 文档简介 文档信息 文档分类 文档属性 文档页数 文档大小 文档热度 资源简介 资源描述 文库首页
    免费文库 人阅读 次阅读 次浏览 次下载 人浏览 人下载 人收藏 人点赞 阅读量 阅读数 浏览量 浏览次数 点击次数 阅读次数
    访问次数 下载次数 打开app 下载app app下载 长按复制 应用内打开 超出预览 免费预览 app内打开 客户端下载 手机版 电脑版
    触屏版 桌面版 领取福利 小编 举报文档 意见反馈 内容纠错 侵权申诉 版权申诉 版权投诉 copyright
    """
)

SURE_LABELS: Final = frozenset(
    _words(
        """
        上传人 上传者 上传时间 上传日期 上传用户 文档编号 文档编码 文档格式 文档页数 文档大小 文档热度 资源id 资源编号
        文件大小 页数 下载积分 下载次数 下载量 浏览次数 浏览量 阅读次数 阅读量 阅读数 点击次数 点击量 点击数 访问次数
        访问量 收藏数 评论数 责任编辑 责编 本文责编 文字编辑 网络编辑 您的位置 你的位置 您所在的位置 您现在的位置
        您当前的位置 上一篇 下一篇 上一条 下一条 文章来源 信息来源 新闻来源 稿件来源 本文来源 本文标签 文章标签
        本文链接 本文地址 原文链接 原文地址 分享到 分享至 字体 字号 字体大小 视力保护色 网站标识码 技术支持 网站备案号
        备案号 信息索引号 索引号 浏览字号 录入员 录入者 文章录入 信息员 原标题 内容提供方 审核编号 推荐度 推荐访问
        推荐指数 本文标题 文章关键词 投稿信箱 投稿邮箱 微信号 相关标签 上一篇文章 下一篇文章 链接地址 内容简介
        文档分类 文章分类 相关热词搜索 客服qq 客服电话 客服热线 客服微信
        """
    )
)

#: Labels that official texts use as well.
LABELS: Final = (
    frozenset(
        _words(
            """
            时间 日期 来源 作者 编辑 格式 大小 浏览 阅读 点击 人气 热度 下载 评论 点赞 标签 关键词 关键字 分类
            所属分类 栏目 所属栏目 类别 发布时间 发布日期 发布者 发布人 发布机构 发布单位 发布部门 更新时间 更新日期
            创建时间 添加时间 整理时间 录入时间 撰稿 撰稿人 供稿 供稿单位 稿源 审核 审核人 校对 编审 初审 复审 终审
            监制 来自 出处 语言 位置 主题分类 信息分类 公开方式 公开时限 公开形式 公开日期 成文日期 发文日期 发文机关
            发文机构 发文字号 信息名称 有效性 生成日期 内容分类 体裁 浏览器 版权 星级 评分 价格 积分 售价 软件大小
            授权 文件格式 文件类型 类型 作者姓名 推荐 主办单位 主办 承办单位 承办 邮编 联系地址 传真
            """
        )
    )
    | SURE_LABELS
)

MENU_WORDS: Final = frozenset(
    _words(
        """
        首页 主页 返回 返回首页 返回列表 返回顶部 回顶部 顶部 下载 下载文档 免费下载 立即下载 相关 举报 分享 收藏
        加入收藏 收藏本站 设为首页 我要投稿 投稿 点赞 赞 踩 顶 打赏 评论 留言 转发 转载 关注 打印 关闭 关闭窗口
        打印本页 复制 纠错 登录 注册 登陆 退出 会员 会员中心 搜索 上一篇 下一篇 上一页 下一页 首 尾 尾页 末页 末条
        更多 更多> 更多>> 详情 全文 展开 收起 查看更多 阅读全文 字体 字号 大 中 小 特大 加大 减小 大字 小字 默认 微信
        微博 新浪微博 腾讯微博 qq qq空间 qq好友 朋友圈 微信好友 微信朋友圈 人人网 豆瓣 贴吧 百度贴吧 知乎 抖音 快手
        头条 今日头条 公众号 客户端 app 手机版 电脑版 触屏版 wap版 移动版 简体版 繁体版 繁体 简体 english 网站地图
        网站首页 关于我们 关于本站 联系我们 联系方式 联系客服 免责声明 版权声明 隐私政策 隐私声明 法律声明 用户协议
        服务协议 服务条款 意见反馈 反馈 帮助 帮助中心 客服 在线客服 常见问题 友情链接 广告服务 广告合作 商务合作
        诚聘英才 加入我们 人才招聘 网站声明 站点地图 rss订阅 rss 无障碍 无障碍阅读 长者模式 长者助手 老年模式 适老化
        智能问答 浏览 阅读 人阅读 次阅读 次浏览 浏览次数 阅读次数 条评论 人参与 tags tag 范文 范文大全 作文 作文大全
        文库 范文网 工作总结范文 文档 ppt模板 简历 合同范本 热门 最新 最热 推荐 排行 排行榜 导航 资源描述 相关资源
        相关搜索 最新文档 相关文档 文档简介 下载app vip 开通vip 免费注册 上传 上传文档 购物车 我的文库 我的收藏
        个人中心 办公文档 扫码 二维码 赏
        """
    )
)

LIST_HEADS: Final = _words(
    """
    相关文章 相关推荐 相关阅读 相关范文 相关热词 猜你喜欢 猜您喜欢 推荐阅读 推荐文章 延伸阅读 拓展阅读 扩展阅读
    精彩推荐 热门推荐 热点推荐 为您推荐 为你推荐 热门文章 最新文章 感兴趣的文章 感兴趣的内容 的人还看了 的人还喜欢
    的人还在看 大家都在看 大家还在看 更多文章 更多范文 同类文章 相关文章推荐 相关新闻推荐
    """
)

BARE_HEADS: Final = frozenset(
    _words(
        """
        相关内容 相关资源 相关搜索 相关文档 相关链接 相关信息 相关新闻 相关专题 相关标签 相关资料 相关栏目 最新文档
        最新推荐 最新范文 最新资讯 本类推荐 本类热门 本类最新 本栏推荐 编辑推荐 小编推荐 站长推荐 今日推荐 随机推荐
        图文推荐 热门范文 热门文档 热门标签 热门搜索 热门专题 热门排行 热门内容 热点文章 点击排行 阅读排行 下载排行
        文章排行 排行榜 栏目导航 本站推荐 友情链接 热搜 热搜词 相似文档 相似文章 精品推荐 精选推荐 精选文章 精彩文章
        推荐内容 推荐专题 推荐文档 推荐范文 往期回顾 往期推荐 更多推荐 更多相关 更多相关文章 大家在看 大家喜欢
        同类推荐 同类文档 关联文档 您可能喜欢 你可能喜欢 喜欢此内容 下载此文档的人还喜欢 该用户其他文档
        该用户的其他文档 作者其他文档
        """
    )
) | frozenset(LIST_HEADS)

SITE_WORDS: Final = _words(
    """
    本站 本网站 本文档 该文档 此文档 网友 会员 客服 预览 邮件 邮箱 浏览器 下载 积分 资源 观点 用户 侵权 转载 小编 作者
    版权 付费 格式 素材 文库 二维码 公众号
    """
)

WEAK_WORDS: Final = _words(
    """
    下载 会员 关注 推荐 展开 评论 qq 微信 微博 公众号 客服 登录 登陆 注册 免费 收藏 分享 点赞 浏览 阅读 点击 网站 本站
    网友 小编 编辑 文库 文档 范文 模板 首页 顶部 返回 搜索 热门 最新 更多 vip 积分 金币 上传 举报 反馈 版权 声明 隐私
    协议 广告 二维码 app 客户端 手机 电脑 电话: 邮箱 传真 地址: 预览 格式 页数 大小 字体 打印 关闭 投稿 福利 扫码 资源
    相关 猜你 喜欢 专题 频道 导航 排行 标签 来源: 作者: 时间: 发布 日期: 链接 转载 侵权 备案 许可证 技术支持 主办 承办
    用户 账号 密码 支付 购买 价格 打赏 赞赏 上一 下一 全文 热线: 人气 原创 话题 粉丝 等级 收录 温馨提示 更新 次数 分类
    栏目 目录 繁体 无障碍 copyright .com .cn .net @
    """
)

#: Every entry of NOTICES, TAGS and the list heads, and every footer, holds one of these: a set of characters that is
#: rare in official texts (one in 150 there), found greedily by count in the corpus. A line without them needs no look.
TELLING: Final = (
    ">PQVWpqvw©】享仅介付传侵击删别剩号声字录往微您我户打扫描整文最栏榜欢注热版相看码"
    "福窗站篇编网良荐藏视览许论访读赞趣载返链错键长隐页顶馈"
)
