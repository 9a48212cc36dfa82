"""The shapes of English names: what a head word says about an organization's kind."""

from __future__ import annotations

import re

_HEADS: dict[str, str] = {
    "University": "University College Polytechnic School Faculty",
    "Institute": "Institute Institutes Institution Academy",
    "Laboratory": (
        "Laboratory Laboratories Lab Labs Center Centre Centers Observatory Workstation Facility"
    ),
    "Hospital": "Hospital Clinic Hospitals Infirmary",
    "Firm": (
        "Inc Inc. Corp Corp. Corporation Ltd Ltd. Limited LLC PLC GmbH AG Company Co. Group "
        "Holdings Technologies Technology Systems Bank Pharma Pharmaceuticals Pharmaceutical "
        "Motors Robotics Biotech Therapeutics Semiconductor Semiconductors Software Industries "
        "Energy Automotive Airlines Electronics Shipbuilding Steel Materials Instruments Networks "
        "Biosciences Genomics Intelligence Aerospace Chemical Chemicals Telecom Solutions Trading "
        "Auto Microelectronics Photonics Optics Optoelectronics Quantum Aero Shipyard Securities "
        "AgriTech Biopharma Biologics Diagnostics Analytics Petroleum Mining Metals Logistics "
        "Insurance Equipment Register Machinery Microsystems Consulting Foods AS SA AB BV NV SpA Oy SE"
    ),
    "Investor": "Capital Ventures Fund Funds Partners Investments Equity",
    "Agency": (
        "Ministry Agency Commission Council Administration Bureau Government Committee Department "
        "Office Directorate Authority Parliament Senate Secretariat Division"
    ),
    "Intermediary": "Incubator Accelerator Exchange Park Zone Hub",
    "Association": (
        "Foundation Association Society Alliance Consortium Federation Union Chamber Network "
        "Coalition Forum Trust League"
    ),
    "OtherOrganization": "Times News Journal Press Court Army Navy Museum Library Post Herald TV",
}
KNOWN = {
    "CERN": "Institute", "Inria": "Institute", "Fraunhofer": "Institute", "SINTEF": "Institute",
    "CNRS": "Institute", "CSIRO": "Institute", "DESY": "Institute", "NIST": "Agency",
    "NASA": "Agency", "DARPA": "Agency", "NSF": "Agency", "NIH": "Agency", "UNESCO": "Agency",
    "MIT": "University", "EPFL": "University", "Caltech": "University", "CNCF": "Association",
    "IEEE": "Association", "ACM": "Association",
}  # fmt: skip
KIND_OF_HEAD: dict[str, str] = {
    head: kind for kind, heads in _HEADS.items() for head in heads.split()
}

# Firms whose names no head word gives away.
KNOWN_FIRMS = frozenset(
    """Adobe Airbus Alibaba Amazon Apple Arm AstraZeneca Baidu BASF Bayer BMW Boeing Bosch Broadcom BYD
    ByteDance Canonical CATL Cisco DeepMind Ericsson GitHub Google Honeywell Huawei IBM Intel Lenovo
    Merck Meta Microsoft NEC Nokia Novartis NVIDIA Nvidia OpenAI Oracle Pfizer Philips Qualcomm Roche
    Samsung SAP Siemens Sony SUSE Tencent Tesla Toyota Volkswagen Xiaomi""".split()
) | {"Red Hat", "Hewlett Packard", "General Electric"}

# Heads that tell the kind wherever they stand in a name; the others only as its last word.
_STRONG = {"University", "Institute", "Hospital", "Association", "Agency"}

# Heads that go on with "of/for ...": University of X, Institute for Y, Ministry of Z.
OPENING_HEADS = frozenset(
    "University College School Faculty Department Institute Institution Academy Laboratory Center "
    "Centre Ministry Agency Commission Council Administration Bureau Government Office Foundation "
    "Association Society Alliance Federation Chamber Bank Hospital Division Committee Branch Union "
    "Laboratories Institutes Consortium Port City Board Court Museum Library Polytechnic".split()
)
_EVENT = re.compile(
    r"\b(?:Conference|Summit|Workshop|Symposium|Congress|Exhibition|Expo|Fair|Seminar|Week|Day"
    r"|Awards?|Prize|Program|Programme|Project|Plan|Act|Agreement|Report|Initiative)$"
)
_HEAD_OF = re.compile(
    r"\b(Institute|Institution|Academy|Laboratory|Lab|Center|Centre|Ministry|Agency|Commission"
    r"|Council|Bureau|Office|Foundation|Association|Society|Alliance|Federation|Chamber|Bank"
    r"|Hospital|Consortium|Union|Fund|Committee) (?:of|for|on)\b"
)

_GOVERNMENT_DEPARTMENT = re.compile(
    r"\b(Department|Office|Division|Bureau) of (Energy|Defense|Commerce|Education|Agriculture"
    r"|Science|State|Health|Industry|Transport|Finance|Justice|Labor)\b"
    r"|^(Provincial|Municipal|Liaoning|.{3,15} Provincial) Department\b"
)
_PATTERNS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\bNational Institutes of Health\b"), "Agency"),
    (re.compile(r"\b(National|State|Natural) .*(Foundation|Administration|Council)\b"), "Agency"),
    (re.compile(r"\b(Science|Research) Council\b|\bAcademy of\b.*\bSciences?\b"), "Institute"),
    (re.compile(r"\b(Technology|Tech) Transfer\b|\b(Property|Equity) Exchange\b"), "Intermediary"),
    (re.compile(r"\b(Science|Industrial|Technology|Tech|High-Tech) (Park|Zone)\b"), "Intermediary"),
    (re.compile(r"\bMedical Cent(er|re)\b|^[\w ]*Hospital of\b"), "Hospital"),
    (re.compile(r"\b(Guidance|Venture|Investment) Fund\b|\bVenture Capital\b"), "Investor"),
    (re.compile(r"\bInnovation Cent(er|re)\b"), "Laboratory"),
    (re.compile(r"\b(Institute|University) of (Science and )?Technology\b"), "University"),
    (re.compile(r"\bResearch (Institute|Institution)s?\b"), "Institute"),
    (re.compile(r"\bDepartment of\b|\bSchool of\b|\bFaculty of\b|\bCollege of\b"), "University"),
    (re.compile(r"\bUniversity\b|^(TU|UC) [A-Z]"), "University"),
]


def kind_of(name: str) -> str | None:
    """The kind that an organization's name tells, or None when its words say nothing.

    >>> kind_of("Dalian University of Technology"), kind_of("Ministry of Science and Technology")
    ('University', 'Agency')
    >>> kind_of("Open Harbor")
    """
    plain = re.sub(r",? (Inc|Corp|Co|Ltd|LLC)\b\.?.*$", "", name)
    if plain != name and not re.search(r"Institute|Laborator|Academy", plain):
        return "Firm"
    if _EVENT.search(plain):
        return None
    if _GOVERNMENT_DEPARTMENT.search(plain):
        return "Agency"
    for pattern, kind in _PATTERNS:
        if pattern.search(plain):
            return kind
    words = plain.split()
    if words and words[0] in OPENING_HEADS and len(words) > 1 and words[1] in {"of", "for", "on"}:
        return KIND_OF_HEAD[words[0]]
    if head := _HEAD_OF.search(plain):
        return KIND_OF_HEAD[head.group(1)]
    if words and words[0] in KNOWN:
        return KNOWN[words[0]]
    if words and words[-1] in KIND_OF_HEAD:
        return KIND_OF_HEAD[words[-1]]
    if words and words[-1].istitle() is False and words[-1].capitalize() in KIND_OF_HEAD:
        return KIND_OF_HEAD[words[-1].capitalize()]
    strong = (w for w in reversed(words) if KIND_OF_HEAD.get(w) in _STRONG)
    return KIND_OF_HEAD.get(next(strong, ""))


FIRST_NAMES = frozenset(
    """Adam Adrian Alan Albert Alex Alexander Alice Amanda Amy Andrea Andreas Andrew Angela Anna Anne
    Anthony Antonio Arthur Barbara Ben Benjamin Bill Bob Brad Brandon Brian Bruce Carl Carlos
    Carol Caroline Catherine Charles Charlotte Chris Christian Christine Christopher Claire Clara
    Daniel David Deborah Dennis Diana Donald Douglas Edward Elena Elizabeth Ellen Emily Emma Eric
    Erik Eva Frank Franz Fred Gary Geoffrey George Gordon Grace Greg Hannah Hans Harry Heather Helen
    Helena Henry Howard Ian Ingrid Isabel Jack Jacob James Jan Jane Janet Jason Jeff Jeffrey Jennifer
    Jessica Jim Joan Joe John Jonathan Joseph Juan Julia Julian Julie Karen Karl Kate Katherine
    Kathleen Keith Kenneth Kevin Larry Laura Lars Laurent Lena Lisa Louis Lucas Lucy Luis Marc Marco
    Margaret Maria Marie Mark Martin Mary Matthew Max Michael Michelle Mike Monica Nancy Natalie
    Nathan Nicholas Nicole Nina Noah Oliver Olivia Oscar Patricia Patrick Paul Paula Peter Philip
    Philippe Pierre Rachel Ralph Raymond Rebecca Richard Robert Roger Ronald Rose Russell Ruth Ryan
    Sam Samuel Sandra Sara Sarah Scott Sebastian Sharon Simon Sofia Sophia Stefan Stephanie Stephen
    Steve Steven Stuart Susan Sven Sylvia Thomas Tim Timothy Todd Tom Tony Ulrich Victor Victoria
    Vincent Walter Wendy William Wolfgang Yuki Hiroshi Kenji Takashi Raj Priya Anil Sanjay Ahmed
    Mohammed Ali Fatima Omar""".split()
)

SURNAMES_PINYIN = frozenset(
    """Bai Bao Cai Cao Cen Chang Chen Cheng Cui Dai Deng Ding Dong Dou Du Duan Fan Fang Feng Fu Gao
    Ge Geng Gong Gu Guan Guo Han Hao He Hong Hou Hu Hua Huang Huo Ji Jia Jiang Jiao Jin Ke Kong Lai
    Lan Lei Li Lian Liang Liao Lin Ling Liu Long Lou Lu Luo Lv Ma Mao Mei Meng Miao Mo Mu Ni Nie
    Ning Ouyang Pan Pang Peng Qi Qian Qiao Qin Qiu Qu Ren Ruan Shao Shen Sheng Shi Situ Song Su Sun
    Tan Tang Tao Tian Tong Tu Wan Wang Wei Wen Weng Wu Xi Xia Xiang Xiao Xie Xin Xing Xiong Xu Xue
    Yan Yang Yao Ye Yi Yin Ying You Yu Yuan Yue Zeng Zhai Zhan Zhang Zhao Zheng Zhong Zhou Zhu Zhuang
    Zou""".split()
)
_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|üan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua"
    r"|ui|uo|ue|er|a|o|e|i|u|v)"
)
_GIVEN_PINYIN = re.compile(rf"{_SYLLABLE}(?:['-]?{_SYLLABLE}){{0,2}}", re.IGNORECASE)


def is_person(name: str) -> bool:
    """Whether the words themselves make a person's name likely.

    >>> is_person("Gordon Pike"), is_person("Zhang Weiming"), is_person("Open Harbor")
    (True, True, False)
    """
    words = name.split()
    if not 2 <= len(words) <= 4 or any(w in KIND_OF_HEAD for w in words):
        return False
    if words[0] in FIRST_NAMES:
        return True
    first, last = words[0], words[-1]
    return len(words) == 2 and (
        (first in SURNAMES_PINYIN and bool(_GIVEN_PINYIN.fullmatch(last)))
        or (last in SURNAMES_PINYIN and bool(_GIVEN_PINYIN.fullmatch(first)))
    )
