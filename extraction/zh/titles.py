"""The grammar of titles: what ends a title, what a title cannot hold, several in a row."""

from __future__ import annotations

import re

_WORDS = """
院士 学部委员 讲席教授 教授 研究员 副研究员 工程师 设计师 讲师 教师 科学家 经济师 会计师 架构师
助教 医师 药师 护士长 馆员 统计师 规划师 建筑师 农艺师 畜牧师 兽医师 地质师 评估师 分析师 会士
辅导员 班主任 技术员 推广员 教练 领队
院长 校长 书记 主任 董事长 董事 监事长 监事 理事长 理事 会长 秘书长 总经理 经理 总裁 总监 总工
总师 总管 主席 厅长 局长 部长 司长 处长 科长 所长 组长 市长 省长 县长 区长 州长 镇长 乡长 委员长
委员 常委 行长 社长 台长 馆长 园长 店长 厂长 站长 庭长 检察长 审判长 系主任 系副主任 教务长
总编辑 主编 副主编 编辑 创始人 联合创始人 合伙人 负责人 首席代表 总代表 顾问 专员 巡视员 调研员
参赞 大使 总领事 领事 督学 法定代表人 法人代表 实际控制人 掌门人 首席专家 参事 干事 带头人 盟主
会员 议员 总统 总理 首相 署长 团长 队长 班长 主管 巡察员 召集人 协调人 发言人 助理 秘书 执委
政委 司令员 CEO CTO CFO COO CIO CMO CSO CHO CPO VP
首席执行官 首席技术官 首席财务官 首席运营官 首席信息官 首席科学官 执行官 首席产品官 首席营销官
首席软件官 首席医学官 首席数据官 首席人力官 首席人才官 首席战略官 首席市场官 首席投资官 首席风险官
首席合规官 首席安全官 首席创新官 首席商务官 首席增长官 首席品牌官 首席法务官 首席架构官
首席人力资源官 首席知识产权官 首席可持续发展官 首席代表 谈判代表 委派代表 驻华代表 保荐代表人
党组成员 领导小组成员 董秘 主理人 副总 创办人 厂长 指挥长 支队长 专员 盟长 旗长 村长 支书
""".split()
HEADS = tuple(sorted(_WORDS, key=lambda h: (-len(h), h)))
HEAD = "(?:" + "|".join(HEADS) + ")"
# Titles that stand after a name: those before it too, save the honorific ones.
AFTER = (
    r"(?:(?:常务|执行|名誉|党委|党组|高级|首席|全球)*副?(?:校长|院长|书记|主任|"
    r"董事长|理事长|会长|秘书长|总经理|"
    r"总裁|总监|主席|厅长|局长|部长|司长|处长|所长|市长|省长|县长|区长|行长|社长|经理|CEO))"
)
HONORIFIC = r"(?:博士|先生|女士|同志|教授|院士|研究员|老师|校友|博导|医生|小姐|将军|董事)"
# 、法国人 between a title and a foreign name
NATION = re.compile(
    r"[、，]?(?:[\u4e00-\u9fff]{1,5}国|日本|意大利|俄罗斯|西班牙|荷兰|瑞士|瑞典|澳大利亚|加拿大|"
    r"印度|巴西|新加坡|以色列|台湾|香港)人$"
)
DESCRIBED = re.compile(
    r"[^，。；：、由与和及对向在为是有]{0,8}(?:博士后|博士生?|硕士生?|本科生|"
    r"研究生|学生|同学|毕业生|校友|获得者|得主|作者|记者|通讯员)$"
)
_VERB = re.compile(
    r"宣布|聘|收到|递交|辞去|任命|邀|会见|介绍|表示|主持|出席|陪同|带领|率领|率队|"
    r"选举|感谢|代表|来自|从|对|是|为|向|联合|"
    r"举行|举办|成立|签署|签订|授予|获得|当选|担任|由|在|的|了|让|给|共建|记者|"
    r"通讯员|得主|获得者|作者|"
    r"到访|拜访|走访|参加|参观|接受|听取|指出|提出|发布|推荐|随后|同时|包括|以及|"
    r"等|与(?!.*[部处室办系科院心])"
)
_NOT_VERB = re.compile(
    r"(?:求是)?(?:特|长|准|返|外)聘(?=[^任请为]*$)|特邀|高等|(?<=谈判|委派|驻华|保荐)代表|"
    r"联合(?=创始|主席|发起|培养)|(?<=法定)代表|(?<=首席)代表|(?<=总)代表|代表(?=处|人)"
)
_PIECES = re.compile(r"兼任|兼(?!职)|[、，暨和及/]")


_EDGES = re.compile(r"^(?:[ 、，暨和及/]|兼(?!职))+|[ 、，兼暨和及/]+$")


def titles_of(segment: str) -> list[str]:
    """The titles of a segment (党组书记、厅长兼), or nothing when it is not all titles."""
    segment = _EDGES.sub("", segment)
    if not segment or not segment.endswith(HEADS):
        return []
    titles: list[str] = []
    rest = ""
    at = 0
    for m in (*_PIECES.finditer(segment), None):
        piece = rest + segment[at : m.start() if m else len(segment)]
        if piece.endswith(HEADS) or m is None:
            titles.append(piece)
            rest = ""
        else:
            rest = piece + m[0]
        at = m.end() if m else at
    good = all(0 < len(t) <= 22 and t.endswith(HEADS) and not acts(t) for t in titles)
    return titles if good else []


def acts(segment: str) -> bool:
    """Whether a segment says that someone does something, so it is no title."""
    return bool(_VERB.search(_NOT_VERB.sub("", segment)))


def unknown_house(rest: str) -> str:
    """What names the house of a title when it is no known mention: 、某国 of 、某国总统Ⓟ."""
    m = _HOUSE.search(rest)
    return m[1] if m and not acts(m[1]) else ""


_HOUSE = re.compile(r"、((?!(?:[前原时现新]任?|其)$)[\u4e00-\u9fff]{1,8})$")
