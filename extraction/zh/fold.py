"""Fold what a sentence says about its participants into single letters.

Posts, honorifics, representatives (有关负责同志), brackets and quotation marks go; coordinated
lists become one letter, so that the event grammar sees `Ⓖ主办，Ⓖ承办的大会在Ⓖ举行`.
"""

from __future__ import annotations

import re

from trihelix.extraction.zh.posts import Introduction
from trihelix.extraction.zh.reading import Reading, Sentence, compile_pattern, is_kind, letter_kind

_BRACKET = re.compile(r"[（(【\[][^（）()【】\[\]]{0,60}[）)】\]]")
_WHOLE = re.compile(r"[（(][^（）()]*[）)]")
_QUOTED = compile_pattern(r"[“\"「‘《]([Ⓐ])[”\"」’》]")
_STAFF = (
    r"(?:的|方面?|单位)?(?:(?:有关|相关|主要|主管|分管|部分|各|多位|多名|众多|一些|两位)*"
    r"(?:部门|职能部门|职能|院系|单位|机构|企业|科室|学院|科研|专业|技术|教学|管理|"
    r"研发|研究|高层|核心|和(?=院系|部门)|及(?=院系|部门))*)?"
    r"(?:和|及|、)?(?:负责同志|负责人|主要领导|校领导|院领导|领导班子|班子成员|"
    r"领导|代表团|代表队|代表(?!着|作|性|了|我|双|合|[Ⓐ])|"
    r"专家学者|专家组(?!成)|专家(?!组成)|学者|师生代表|师生|教师|老师|学生|同学|同志|嘉宾|高管|"
    r"骨干|企业家|科研人员|技术人员|工作人员|研究人员|"
    r"科学家|科学团队|研究团队|科研团队|创新团队|团队|课题组|项目组|研究小组|"
    r"研究者|一行)(?:们|\d*余?人)?"
)
_INNER_STAFF = re.compile("部门|院系|单位|学院|师生|教师|学生|科室")
_AFFILIATED = compile_pattern(r"([Ⓞ])([Ⓟ])")
_DATELINE = compile_pattern(
    r"^\s*(?:[Ⓞ]|本报|本网|新华社|新闻网)?(?:[Ⓛ]|"
    r"[^，。：\d\sⒶ]{2,5})?\s*((?:\d{4}年)?\d+月\d+日)\s*[电讯]|^\s*(?:[Ⓞ]|新闻网|"
    r"本网|本报)(?:讯|"
    r"消息)(?!息)"
)
_QUOTE = compile_pattern(r"“[^“”Ⓐ]{5,60}”")
_LABEL = compile_pattern(r"(单位|[标购办]人|方|机构|供应商)[：:]\s*(?=[Ⓐ])")
_CALLED = compile_pattern(
    r"((?:主讲|主持|报告|演讲|发言|点评|致辞|对话|分享|宣讲)(?:人|嘉宾|专家)?|"
    r"(?:出席|参会|与会|到会|列席)(?:人员|嘉宾|领导|单位|专家)?|(?:主办|承办|协办|支持|指导)|"
    r"(?:签约|获奖|入选|揭榜|中标|发起|共建|成员|参与|合作|协作|申报|客户|用户)"
    r"(?:单位|企业|高校|机构|团队|者|人)?[^，。；：Ⓐ]{0,8})"
    r"[：:]\s*(?=[Ⓖ])"
)
_CAME = compile_pattern(
    r"((?:出席|参加|参会|与会|到会|到场)[^，。；：Ⓐ]{0,10}的)(?:[，：:]|(?:还)?(?:有|包括)?：)\s*"
    r"(?:还)?(?:有|包括|除了)?(?=[^，。；Ⓐ]{0,6}[Ⓖ])"
)
_DEEDS = compile_pattern(
    r"(?<=[主承协合联举]办|指导|支持|牵头|发起|组织|领投|跟投|参投|出资|赞助|冠名|监制|研发|研制|生产|编制|颁布|投资|建设|运营|执行|共建)"
    r"、(?=[^，。；：Ⓐ]{0,4}[Ⓖ])"
)
_STAFFED = compile_pattern(rf"([ⓄⓂ]){_STAFF}(?:[、和及与]{_STAFF})*")
_TOGETHER = r"[，,]?(?:携手|联合|会同|联手|牵手|协同|联袂)"
_LEADS = compile_pattern(r"([Ⓖ])(?:率领?|带领|率队|带队|偕|陪同下?)(?=[Ⓖ])")
_HEADED = compile_pattern(r"([Ⓞ])(?:主要|[党政军]+)?(?:领导|负责人|负责同志|专家|代表|高管)(?=[Ⓟ])")
_UNKNOWN = compile_pattern(r"(?<=[Ⓟ])、[\u4e00-\u9fff]{2,3}(?=、[Ⓟ])")
_TAIL = compile_pattern(r"(?<=[Ⓞ])(?:组织|机构|总部|超市|集团|公司)(?=[、和与及]+[Ⓞ])")
_POSTED = compile_pattern(
    r"[Ⓞ](?:原|副|特聘|特邀|[^，。；：、Ⓐ在与和对向由将把为见访请邀派授任选了给到是有说表迎送谢奖签]{0,7}"
    r"(?:员|师|代表|长|书记|主任|教授|博士|专家|秘书|官|委|席|聘|邀|理|裁|监)、?)(?=[Ⓟ])"
)
_CREW = compile_pattern(
    r"([ⓄⓂ])的(?:\d+|[一二两三四五六七八九十百]+)余?多?[名位](?:[^，。；Ⓐ的]{0,6})?"
    r"(?:专家学者|专家|学者|代表|嘉宾|负责人)"
)
_RUN = compile_pattern(
    r"(?:(?<=^)|(?<=，))([Ⓖ])，(?:我院|我校|[^，。；：Ⓐ与和对向由将把为在]{0,6}[代副市区县州委员长师专])([ⓅⓂ])"
    r"(?=[^，。；Ⓐ]{0,10}(?:出席|参加|列席|到会|致辞|讲话|发言))"
)
_HOUSED = compile_pattern(r"[ⓄⓅ](?=[ⓅⓂ])")
_GAPPED = compile_pattern(r"由([Ⓖ])，[^，。；Ⓐ]{0,6}由[^，。；Ⓐ]{0,8}([Ⓖ])")
_PAIRED = compile_pattern(r"([Ⓖ])[^，。；Ⓐ]{0,10}(?:与|和|同|跟)([Ⓖ])")
_AND = rf"(?:[、，,]|以及|[，,]?以及|和|与|及|暨|同|{_TOGETHER}|\s)"
_ACTORS = compile_pattern(rf"[Ⓖ](?:\s*{_AND}{{1,2}}\s*(?:来自)?[Ⓖ])+")
_PLACES = compile_pattern(r"[Ⓛ](?:[、和与及][Ⓛ])+")
_THINGS = compile_pattern(r"[Ⓣ](?:(?:[、和与及]|以及)[Ⓣ])+")
_ETC = compile_pattern(
    r"([Ⓐ])[、]?等(?:(?:省)?内外|国内外|全国|全球|多|数|近|约|共|十余|"
    r"[\d一二两三四五六七八九十百千]+)*(?:余|多|"
    r"几)?(?:家|所|个|位|名|大|方|人|项)?"
    r"(?:[^，。；：Ⓐ主举召出参签发联共赴到来莅将的了在围就]{0,14}?(?:部门|单位|"
    r"企业|机构|高校|大学|院校|公司|嘉宾|领导|专家|学者|"
    r"代表|负责人|负责同志|同志|院所|媒体|师生|"
    r"组织|协会|集团|团队|教授|院士|校友|人员|平台|成果|产品|技术|部委|厅局|城市|"
    r"地区|国家|老师|机关|人)(?![事才工会]))*"
    r"(?:(?:共计?|总计|近|约)?\d+余?(?:多)?人)?"
)
_JOINING = re.compile("携手|联合|会同|联手|牵手|协同|联袂")
_TITLED = compile_pattern(
    r"([Ⓟ])(?:博士|先生|女士|同志|教授|院士|研究员|老师|校友|一行\d*人?|夫妇|本人)+"
)


def fold(sentence: Sentence, introductions: list[Introduction], reading: Reading) -> None:
    """Set `sentence.folded`."""
    text = _introductions(sentence, introductions)
    bare = text.strip()
    if not _WHOLE.fullmatch(bare):
        text = _BRACKET.sub("", text)
    text = _DATELINE.sub(lambda m: f"{m[1] or ''}，", text)
    text = _QUOTED.sub(r"\1", text)
    text = _CAME.sub(r"\1有", _CALLED.sub(r"\1为", _LABEL.sub(r"\1为", text)))
    text = _QUOTE.sub("“”", text)
    text = _HEADED.sub(r"\1", text)
    text = _UNKNOWN.sub("", text)
    text = _TAIL.sub("", text)
    text = _AFFILIATED.sub(lambda m: _affiliated(sentence, m), text)
    text = _TITLED.sub(r"\1", text)
    text = _STAFFED.sub(lambda m: _represented(sentence, m), text)
    text = _lists(sentence, text, reading)
    text = _CREW.sub(r"\1", text)
    text = _ETC.sub(r"\1", text)
    text = _STAFFED.sub(lambda m: _represented(sentence, m), text)
    text = _lists(sentence, text, reading)
    text = _lists(sentence, _LEADS.sub(r"\1、", text), reading)
    text = _lists(sentence, _RUN.sub(r"\1、\2", _POSTED.sub("", text)), reading)
    text = _GAPPED.sub(lambda m: "由" + _list(sentence, m[1] + m[2], reading), text)
    text = _HOUSED.sub("", text)
    text = _DEEDS.sub("，", text)
    _pairs(sentence, text, reading)
    sentence.folded = text


def _pairs(sentence: Sentence, text: str, reading: Reading) -> None:
    """双方 are the two that the sentence itself has joined before."""
    for at, letter in enumerate(text):
        token = sentence.tokens.get(letter)
        if not token or not token.generic or len(token.entities) != 2:
            continue
        joined = [
            sentence.entities((m[1], m[2]))
            for m in _PAIRED.finditer(text, 0, at)
            if is_kind(m[1], "Ⓞ") and is_kind(m[2], "Ⓞ")
        ]
        joined += [t.entities for c in text[:at] if (t := sentence.tokens.get(c)) and not t.generic]
        for pair in joined:
            if len(pair) == 2 and reading.organizations(pair) == pair:
                sentence.replace(letter, entities=pair)
                break


def _introductions(sentence: Sentence, introductions: list[Introduction]) -> str:
    parts: list[str] = []
    at = 0
    for one in introductions:
        if one.start < at:
            continue
        parts += [sentence.marked[at : one.start], one.letter]
        sentence.replace(one.letter, employers=one.employers)
        at = one.end
    return "".join([*parts, sentence.marked[at:]])


def _represented(sentence: Sentence, m: re.Match[str]) -> str:
    """代表, 负责人 and the like speak for the organization; 我校相关部门 only for a part of it."""
    return "" if sentence.tokens[m[1]].generic and _INNER_STAFF.search(m[0]) else m[1]


def _affiliated(sentence: Sentence, m: re.Match[str]) -> str:
    """中国安防Ⓟ: a person named right after the organization."""
    person = sentence.tokens[m[2]]
    if not person.employers:
        sentence.replace(m[2], employers=sentence.tokens[m[1]].entities)
    return m[2]


def _lists(sentence: Sentence, text: str, reading: Reading) -> str:
    for pattern in (_ACTORS, _PLACES, _THINGS):
        text = pattern.sub(lambda m: _list(sentence, m[0], reading), text)
    return text


def _list(sentence: Sentence, text: str, reading: Reading) -> str:
    """One letter for a list. Commas only join when the list has other joints (see _COMMA)."""
    letters = [c for c in text if c in sentence.tokens]
    entities = sentence.entities(letters)
    tokens = [sentence.tokens[c] for c in letters]
    letter = sentence.add(
        letter_kind(entities, reading.kinds),
        entities=entities,
        start=tokens[0].start,
        end=tokens[-1].end,
        employers=tuple(dict.fromkeys(o for t in tokens for o in t.employers)),
        joint=bool(_JOINING.search(text)) or any(t.joint for t in tokens),
    )
    return letter or text
