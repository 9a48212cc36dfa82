"""The grammar of money and rights: investment, acquisition, grant, transfer, procurement."""

from __future__ import annotations

from trihelix.extraction.zh.frame import frame

_FIRM = (
    r"(?!者|人|公司|机构|有限|基金|总额|额|项目|环境|合作|与|集团|管理|股份|促进|"
    r"控股|方|回报|并购|平台|经理|部|总监|意向|协议|银行|界|条款|建设|规划|领域|计划|事业|"
    r"负责|主管|决策|委员|机会|价值|团队|合同|生态|热|市场|行为|活动|业务|收益|\d)"
)
_SUM = r"[近约超逾达共]*[\d.]+[余多]?[百千万亿]"
INVESTMENT = (
    frame(
        "Investment",
        rf"领投|跟投|参投|(?<![轮总笔的股轨])投资{_FIRM}|入股|注资|增资(?!扩股|项目|前|后)|战略投资(?!者)|"
        r"投(?:给|向)(?:了)?(?=[Ⓞ])",
        subject="investor",
        object="investee",
        object_kinds="Ⓞ",
        markers={"向": "investee", "对": "investee", "给": "investee"},
        needs=("investor",),
        unless=r"专利|技术[^，]{0,6}作价|作价[^，]{0,14}入股|以[^，]{0,6}技术",
        reach=6,
        confidence=0.65,
    ),
    frame(
        "Investment",
        r"(?:完成|获得?|斩获|喜获|宣布|拿到|敲定)(?:了)?[^，。；]{0,28}?(?:融资|"
        r"投资(?=[，。；]|$))",
        subject="investee",
        subject_kinds="Ⓞ",
        needs=("investee",),
        object="investor",
        object_kinds="Ⓞ",
        markers={"从": "investor"},
        reach=20,
        confidence=0.7,
    ),
    frame(
        "Investment",
        rf"(?:斥资|拟投|(?<!总)投(?:资|入)?(?:了)?|认购)(?={_SUM})",
        subject="investor",
        markers={"向": "investee", "对": "investee", "给": "investee"},
        needs=("investor",),
        unless=r"收购|总投资|融资",
        gap=30,
        confidence=0.6,
    ),
    frame(
        "Investment",
        r"(?:投资|领投|跟投|出资)(?:方|人|机构)(?:为|是|包括|有|换成了?|则?由)",
        object="investor",
        object_kinds="Ⓞ",
        needs=("investor",),
        inherits=False,
        reach=6,
        confidence=0.7,
    ),
    frame(
        "Investment",
        r"新增(?=[^，。；]{0,30}股东)",
        subject="investee",
        object="investor",
        needs=("investor",),
        reach=4,
    ),
)
ACQUISITION = (
    frame(
        "Acquisition",
        r"(?:全资|控股|要约|战略|整体)*(?:收购|并购|吞并|买下|购入(?=[Ⓞ])|拿下(?=[Ⓞ][^，。；Ⓐ]{0,10}股[权份])|"
        r"入主(?=[Ⓞ])|控股(?=[Ⓞ]))(?!案|基金|方|重组|贷款|资金|价款|金额|协议|要约|委员)",
        subject="acquirer",
        object="acquired",
        object_kinds="Ⓞ",
        markers={"对": "acquired"},
        needs=("acquirer", "acquired"),
        reach=14,
        confidence=0.75,
    ),
    frame(
        "Acquisition",
        r"(?:无偿)?(?:划转|划拨|转让)(?:给|至|到)",
        object="acquirer",
        markers={"持有的": "acquired"},
        needs=("acquirer", "acquired"),
        requires="股权|股份",
        reach=2,
        inherits=False,
        confidence=0.7,
    ),
    frame(
        "Acquisition",
        r"受让(?:了)?(?:[^，。；]{0,24}持有的)?(?=[Ⓞ][^，。；Ⓐ]{0,10}股[权份])",
        subject="acquirer",
        object="acquired",
        object_kinds="Ⓞ",
        needs=("acquirer", "acquired"),
        reach=0,
        confidence=0.7,
    ),
)
GRANT = (
    frame(
        "Grant",
        r"(?:揭榜|承担|立项|依托|牵头|获资助|项目)单位(?:为|是)",
        object="recipient",
        needs=("recipient",),
        inherits=False,
        context="立项|资助|揭榜|项目",
        reach=3,
        confidence=0.7,
    ),
    frame(
        "Grant",
        r"(?:予以|批准|同意)(?:立项|资助)|(?:公布|公示|下达)[^，。；]{0,40}立项",
        subject="funder",
        subject_kinds="Ⓞ",
        needs=("funder",),
        inherits=False,
        confidence=0.65,
    ),
    frame(
        "Grant",
        r"(?:获批|获得?|喜获|得到|申获|中标)(?:了)?[^，。；]{0,34}?(?:立项|资助|"
        r"资金支持|经费支持|拨款|补助|基金项目|科研项目|专项)",
        subject="recipient",
        object="project",
        object_kinds="Ⓣ",
        needs=("recipient",),
        employers=False,
        object_before=True,
        reach=40,
        confidence=0.6,
    ),
    frame(
        "Grant",
        r"资助|拨款|补助|奖补|捐赠|捐资|捐款|捐给|出资支持|(?:出资|安排|拨付|投入|给予)"
        r"[^，。；Ⓐ]{0,16}元[^，。；Ⓐ]{0,8}(?:支持|资助|奖励)",
        subject="funder",
        object="recipient",
        markers={"向": "recipient", "给": "recipient", "为": "recipient"},
        needs=("funder", "recipient"),
        reach=8,
        confidence=0.55,
    ),
    frame(
        "Grant",
        r"(?:捐赠|捐资|捐款|捐出)(?:了)?(?=[^，。；Ⓐ的]{0,12}(?:[\d一二三四五六七八九十两]+余?[多]?[百千万亿]*(?:元|台|套|辆|件|册|本|吨)))",
        subject="funder",
        markers={"向": "recipient", "给": "recipient", "为": "recipient"},
        needs=("funder",),
        unless=r"协议|获捐|受赠",
        confidence=0.55,
    ),
    frame(
        "Grant",
        r"获捐|受赠",
        subject="recipient",
        subject_kinds="ⓄⓂ",
        needs=("recipient",),
        inherits=False,
        confidence=0.6,
    ),
    frame(
        "Grant",
        r"(?:牵头|主持|联合|共同)*承担(?:的|了)?(?=[^，。；]{0,30}(?:重点研发|自然科学基金|社会科学基金|重大专项|科技计划|专项))",
        subject="recipient",
        needs=("recipient",),
        inherits=False,
        employers=False,
        unless=r"希望|鼓励|支持|先后|累计|近年|曾",
        confidence=0.55,
    ),
)
TRANSFER = (
    frame(
        "Transfer",
        r"转让|许可(?!证)|转化|作价[^，。；Ⓐ]{0,14}(?:入股|投资)|授权(?=给|[Ⓞ])|技术转移|"
        r"(?:独家|独占)(?:授权|许可)|授予(?=[Ⓞ][^，。；]{0,8}(?:权|许可))",
        subject="provider",
        object="recipient",
        object_kinds="Ⓞ",
        markers={"向": "recipient", "给": "recipient", "与": "recipient", "至": "recipient"},
        needs=("provider", "recipient"),
        thing="technology",
        unless=r"签|股权",
        reach=8,
        confidence=0.5,
    ),
)
PROCUREMENT = (
    frame(
        "Procurement",
        r"(?:招标|采购)(?:人|单位|方|机构)(?:(?:为|是)|(?=[Ⓞ]))",
        object="buyer",
        needs=("buyer",),
        inherits=False,
        reach=3,
        confidence=0.85,
    ),
    frame(
        "Procurement",
        r"(?:中标|成交|供应)(?:供应商|人|单位|方|商|企业)(?:(?:为|是)|(?=[Ⓞ]))",
        object="supplier",
        needs=("supplier",),
        inherits=False,
        reach=3,
        confidence=0.85,
    ),
    frame(
        "Procurement",
        r"中标|承建|承接",
        subject="supplier",
        object="buyer",
        object_kinds="Ⓞ",
        needs=("supplier",),
        requires=r"中标|承建[^，]*[Ⓞ]|承接[^，]*[Ⓞ]",
        unless=r"中标(?:结果|公告|人|单位|候选|公示|通知|金额)",
        gap=14,
        reach=12,
        confidence=0.6,
    ),
    frame(
        "Procurement",
        r"采购(?!人|方|商|平台|中心|网|团|合[同约]|协议|订单)|委托|订购|招标(?!人|方|公告)",
        subject="buyer",
        object="supplier",
        object_kinds="Ⓞ",
        markers={"向": "supplier", "从": "supplier"},
        needs=("buyer", "supplier"),
        unless=r"受[^，]*委托",
        reach=6,
        confidence=0.55,
    ),
    frame(
        "Procurement",
        r"采购(?=[^，。；Ⓐ]{0,4}\d)",
        subject="buyer",
        markers={"向": "supplier", "从": "supplier"},
        needs=("buyer",),
        confidence=0.5,
    ),
)
