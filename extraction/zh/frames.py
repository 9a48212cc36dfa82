"""The event grammar as data: for every kind of event its cues, who stands where around them."""

from __future__ import annotations

import re

from trihelix.extraction.zh.deals import ACQUISITION, GRANT, INVESTMENT, PROCUREMENT, TRANSFER
from trihelix.extraction.zh.deeds import AWARD, RELEASE, RESEARCH, VISIT
from trihelix.extraction.zh.frame import frame

SIGNING = (
    frame(
        "Signing",
        r"签署|签订|[续再补]签|签约(?!仪式上|项目|率|人|者|会|[前时]|高校|企业|单位|机构|方|当[日天])|签[下了]|缔结|互换[^，]{0,6}文本|"
        r"(?:达成|订立)(?:了)?[^，。；]{0,20}(?:协议|备忘录|合同|合作意向)|签[字协](?!仪式上)|"
        r"签(?=[^，。；Ⓐ字约署]{0,8}(?:协议|合同|备忘录|意向书|大单))",
        subject="signatory",
        object="signatory",
        reach=3,
        with_="signatory",
        markers={"代表": "signatory"},
        unless=r"出席|参加|主持|观摩|见证(?!下|[^，]*[Ⓞ][^，]*签)|根据|按照|签约率|邀请|宣布|报告上|签字台|博士|学位",
        confidence=0.75,
    ),
    frame(
        "Signing",
        r"(?:公告|披露|公布|宣布)(?:了)?(?=[Ⓖ](?:的)?[^，。；Ⓐ]{0,8}协议)",
        object="signatory",
        reach=0,
        least=2,
        inherits=False,
        confidence=0.65,
    ),
    frame(
        "Signing",
        r"签约(?:企业|单位|高校|机构)[^，。；：Ⓐ]{0,8}(?:为|是|有|包括)?[：:]?(?=[Ⓖ])",
        object="signatory",
        needs=("signatory",),
        inherits=False,
        reach=3,
        confidence=0.6,
    ),
    frame(
        "Signing", r"见证(?!下)", subject="witness", context="签", employers=False, inherits=False
    ),
    frame(
        "Signing",
        r"见证下",
        markers={"在": "witness"},
        context="签",
        inherits=False,
        employers=False,
    ),
)
_NEW = r"(?:共同|联合|合作|携手|协同|联手)?"
FOUNDING = (
    frame(
        "Founding",
        rf"{_NEW}(?:共建|合建|合办|合设|合作设立|新设立?|组建|筹建|创建|创办|设立|创立|成立|揭牌|"
        rf"挂牌|发起)(?!以来|于|之初|时间|后|[人方]|单位|仪式上)",
        subject="founder",
        object="founded",
        object_kinds="Ⓞ",
        with_="founder",
        markers={"为": "founded", "依托": "founder"},
        needs=("founded",),
        unless=r"揭牌仪式上|出席|参加|鼓励|推动|支持(?!下)|前身|挂牌(?:出让|[^，Ⓐ]{0,4}[Ⓞ][^，]{0,6}(?:首日|专板|上市|交易))",
        reach=24,
        confidence=0.7,
    ),
    frame(
        "Founding",
        r"(?:正式|隆重|宣告|今日|顺利|联合|揭牌|挂牌)*(?:揭牌|成立|挂牌|落成|启用|授牌|"
        r"投入运[营行]|正式运[营行])(?:成立|启用|运营|"
        r"暨|和)*(?:仪式|大会|典礼)?(?=$|在|，|暨|合影|举行|隆重|的$)",
        object="founded",
        object_kinds="Ⓞ",
        markers={"为": "founded"},
        needs=("founded",),
        object_before=True,
        reach=0,
        unless=r"揭牌仪式上|出席|参加|鼓励|互相|随后为|挂牌(?:出让)?$[^牌]|全部挂牌|举行启用|委员会成立|换电站|为[^，]{0,16}(?:新所|中心|基地|实验室)授牌",
        confidence=0.65,
    ),
    frame(
        "Founding",
        r"(?:成立|创立|创建|始建|创办)于(?=[^，。；]{0,4}\d)",
        object="founded",
        object_kinds="Ⓞ",
        needs=("founded",),
        object_before=True,
        reach=0,
        inherits=False,
        confidence=0.6,
    ),
    frame(
        "Founding",
        r"(?<=[年月日])(?:正式|注册|在[Ⓐ])*(?:成立|创立|创建|创办|始建|建[院校所厂会])(?=$|于[^\d]|在|之初|时)",
        object="founded",
        object_kinds="Ⓞ",
        needs=("founded",),
        object_before=True,
        reach=0,
        unless=r"公司将|合作以来|由",
        confidence=0.6,
    ),
    frame(
        "Founding",
        r"(?:指导|支持|批准|推动|牵头|发起)下?(?:成立|设立|组建)",
        subject="founder",
        subject_kinds="ⓄⓂ",
        markers={"在": "founder", "经": "founder"},
        object="founded",
        object_kinds="Ⓞ",
        object_before=True,
        needs=("founder", "founded"),
        confidence=0.6,
    ),
    frame(
        "Founding",
        rf"{_NEW}(?:建设|建立|打造|新建|开设|建成)(?!成|为)",
        subject="founder",
        object="founded",
        object_kinds="Ⓞ",
        with_="founder",
        needs=("founder", "founded"),
        reach=4,
        unless=r"鼓励|推动|支持|与[^，]*建立|以建设|在[^，]*建设中",
        confidence=0.55,
    ),
)
_HOUSE = (
    r"(?:中心|基地|实验室|平台|学院|研究院|研究所|工作站|联盟|公司|企业|工厂|[产园]区|厂|机构|"
    r"基金|团队)"
)
UNNAMED = (
    frame(
        "Founding",
        r"(?:发起|共建|建设|出资|承建|牵头建设|设立)(?:单位|方|人)(?:还)?(?:为|是|有|包括)",
        object="founder",
        needs=("founder",),
        inherits=False,
        reach=3,
        context=r"成立|共建|设立|组建|联盟|中心|实验室|研究院|学院|基地|基金",
        confidence=0.6,
    ),
    frame(
        "Founding",
        r"(?:共同|联合)出资",
        subject="founder",
        subject_kinds="ⓄⓂ",
        needs=("founder",),
        least=2,
        inherits=False,
        requires="由",
        unless="研发|项目|工程",
        confidence=0.6,
    ),
    frame(
        "Founding",
        rf"(?:{_NEW}(?:共建|合建|共设)|(?:合资|共同|联合|合作|携手|出资|注册|签约)+"
        rf"(?:组建|成立|设立|建立|建设|创办|打造|承建))(?:了)?(?=[^，。；Ⓐ]{{0,20}}{_HOUSE}|$)",
        subject="founder",
        subject_kinds="ⓄⓂ",
        with_="founder",
        needs=("founder",),
        least=2,
        unless=r"鼓励|推动|支持(?!下)|以建设|在[^，]*建设中|出席|参加",
        confidence=0.6,
    ),
)
COLLABORATION = (
    frame(
        "Collaboration",
        r"(?:战略|深度|全面|开展|达成|深化|展开|开启|加强|密切|紧密)*合作(?!社|组织|"
        r"协议|意向|医疗)|携手|联手|牵手|"
        r"共同(?:开展|推进|打造|探索|培养|实施|推动|承担|完成|组织)|联合(?:培养|开展|"
        r"攻关|推出|打造|实施|组织|申报|共建|制定)|"
        r"对接(?!需求)|结对",
        subject="partner",
        object="partner",
        subject_kinds="ⓄⓂ",
        object_kinds="ⓄⓂ",
        reach=3,
        with_="partner",
        needs=("partner",),
        least=2,
        unless=r"签|主办|承办|协办|举办|研发|研制|发布|出席|参加|希望|期待|揭牌|融资|投资|"
        r"负责|致辞|讲话|状告|终止|单位|院士|培养博士",
        confidence=0.5,
    ),
)
EVENTS = (
    *SIGNING, *FOUNDING, *UNNAMED, *COLLABORATION, *RESEARCH, *RELEASE, *INVESTMENT, *ACQUISITION,
    *GRANT, *TRANSFER, *PROCUREMENT, *AWARD, *VISIT,
)  # fmt: skip

CUES = re.compile(
    r"单位|作者|自研|选育|获奖|捧|包揽|折桂|夺冠|榜|位列|到|赴|走进|抵达|率|同行|随行|代表团|一行|察看|签|公告|披露|划转|划拨|受让|洽谈|商谈|取经|缔结|互换|达成|见证|共建|建|创办|设立|创立|成立|揭牌|挂牌|发起|打造|开设|"
    r"落成|启用|落户|运[营行]|合作|携手|联手|牵手|共同|联合|对接|结对|"
    r"协同|研|开发|攻克|发明|首创|设计|创制|培育|合成|制备|突破|首次|揭示|发表|"
    r"作出|组成|发布|公布|印发|出台|推出|下发|颁布|公示|亮相|问世|首发|上线|上市|"
    r"股|兼并|合并|私有化|取得|接手|增持|卖|售|投|融资|入股|注资|增资|新增|收购|并购|吞并|买下|获|立项|资助|拨款|补助|奖|捐|"
    r"转让|许可|转化|作价|授|转移|中标|承建|承接|采购|委托|订购|招标|"
    r"摘得|荣膺|夺得|入选|上榜|跻身|评|认定|命名|列|确定|纳入|选为|颁|表彰|调研|"
    r"客户|用户|买家|购|预订|订单|引进|买|受让|许可|给予|安排|拨付|下达|切出|补贴|承担|牵头|领衔|主持|发现|揭示|实现|构建|阐明|绘制|出资|晤|"
    r"入围|晋级|头筹|问鼎|得主|考察|走访|参观|访|座谈|视察|慰问|指导|交流|来校|接待|会见|接见"
)
