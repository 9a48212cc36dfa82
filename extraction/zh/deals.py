"""The grammar of money and rights: investment, acquisition, grant, transfer, procurement."""

from __future__ import annotations

from trihelix.extraction.zh.frame import frame

_FIRM = (
    r"(?!者|人|公司|机构|有限|基金|总额|额|项目|环境|合作|与|集团|管理|股份|促进|"
    r"控股|方|回报|并购|平台|\d)"
)
INVESTMENT = (
    frame(
        "Investment",
        rf"领投|跟投|参投|投资{_FIRM}|入股|注资|增资(?!扩股)|战略投资",
        subject="investor",
        object="investee",
        object_kinds="Ⓞ",
        markers={"向": "investee", "对": "investee", "给": "investee"},
        needs=("investor",),
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
        reach=20,
        confidence=0.7,
    ),
    frame(
        "Investment",
        r"(?:斥资|拟投|投)(?=[近约超逾]*[\d.]+[余多]?[百千万亿])",
        subject="investor",
        needs=("investor",),
        confidence=0.6,
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
        r"(?:全资|控股|要约|战略)?(?:收购|并购|吞并|买下)(?!案|基金|方|重组|贷款|资金|价款|金额|协议|要约)",
        subject="acquirer",
        object="acquired",
        object_kinds="Ⓞ",
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
        r"资助|拨款|补助|奖补|捐赠|捐资|出资支持",
        subject="funder",
        object="recipient",
        markers={"向": "recipient", "给": "recipient", "为": "recipient"},
        needs=("funder", "recipient"),
        reach=8,
        confidence=0.55,
    ),
)
TRANSFER = (
    frame(
        "Transfer",
        r"转让|许可|转化|作价入股|作价投资|授权给|技术转移",
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
        r"(?:招标|采购)(?:人|单位|方|机构)(?:为|是)",
        object="buyer",
        needs=("buyer",),
        inherits=False,
        reach=3,
        confidence=0.85,
    ),
    frame(
        "Procurement",
        r"(?:中标|成交|供应)(?:人|单位|方|商|供应商|企业)(?:为|是)",
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
