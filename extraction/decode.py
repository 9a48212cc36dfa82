"""Bytes to text: UTF-8, UTF-16, GB18030 (with GBK and GB2312), Big5 and Windows-1252.

Chinese encodings accept nearly any bytes, so a decoding counts only when it is plausible: most of
its Han characters must be among those that make up half of any Chinese text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from trihelix.schema.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes that decide the encoding
_BROKEN = 0.01  # share of characters that may be unreadable
_PLAUSIBLE = 0.3  # least share of common characters among the Han characters
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ODD = re.compile(
    r"[\ue000-\uf8ff\u0370-\u05ff\u0e00-\u1fff\u2500-\u257f\u3040-\u30ff\uac00-\ud7af]"
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_WINDOWS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ“”‘’–—…•©®™€£°§«»·½×\s]")

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
    "性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质"
    "气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活"
    "设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则"
    "任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美"
    "再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元"
    "这個國們來時說產種後學經進電裡現實體機當點從業應開還與關線內數質氣變條沒結問無係軍題黨員級圖統計運農區"
    "強幹戰則據處隊門規熱領東導壓爭濟階極聯認權證採轉單風帶場車務萬達積議聲報鬥類離華確張話節為這對動會過發"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    encoding: str
    score: float


def decode(data: bytes, source: str, *, markup: bool = False) -> str:
    """The text of `data`. In `markup`, an encoding that the page declares is tried first.

    Text that is UTF-8 (or GB18030, Big5) but for one character in a hundred, e.g. cut in the middle
    of a character, is accepted with U+FFFD in those places.

    Raises:
        InputError: binary data, or text in no encoding known here.

    >>> decode("东北大学与华为签约".encode("gbk"), "a.txt")
    '东北大学与华为签约'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        raise InputError(source, "is binary, expected text", "give .txt, .html, .pdf or .docx")
    text = _strict(data)
    if text is None:
        text = data.decode(_guess(data, source, markup=markup), "replace")
    if len(_CONTROL.findall(text[:_SAMPLE])) > _BROKEN * min(len(text), _SAMPLE):
        raise InputError(source, "is binary, expected text", "give .txt, .html, .pdf or .docx")
    return text


def _strict(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _guess(data: bytes, source: str, *, markup: bool) -> str:
    sample = data[:_SAMPLE]
    declared = _declared(sample) if markup else None
    if declared and _broken(sample.decode(declared, "replace")) <= _BROKEN:
        return declared
    encodings = ("utf-8", "gb18030", "big5hkscs", "cp1252")
    best = max((_rate(sample, encoding) for encoding in encodings), key=lambda c: c.score)
    if best.score <= 0:
        raise InputError(
            source, "is text in none of UTF-8, UTF-16, GB18030, Big5", "convert it to UTF-8"
        )
    return best.encoding


def _declared(sample: bytes) -> str | None:
    found = _META.search(sample[:4096])
    if not found:
        return None
    name = found.group(1).decode("ascii").lower()
    name = "gb18030" if name.startswith("gb") else "big5hkscs" if name == "big5" else name
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _rate(sample: bytes, encoding: str) -> _Candidate:
    text = sample.decode(encoding, "replace")
    if encoding == "cp1252":
        return _Candidate(encoding=encoding, score=_rate_windows(text))
    han = _HAN.findall(text)
    common = sum(c in _COMMON for c in han) / len(han) if han else 0.0
    broken = _broken(text)
    if broken > _BROKEN or common < _PLAUSIBLE:
        return _Candidate(encoding=encoding, score=_rate_cut(text, encoding, broken))
    odd = len(_ODD.findall(text)) / len(text)
    return _Candidate(encoding=encoding, score=common - 10 * broken - 5 * odd)


def _rate_cut(text: str, encoding: str, broken: float) -> float:
    """English in UTF-8 with a broken byte among its dashes and quotes is still UTF-8."""
    whole = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    sound = encoding == "utf-8" and broken <= _BROKEN and whole > text.count("\ufffd")
    return 0.2 if sound else 0.0


def _rate_windows(text: str) -> float:
    high = [c for c in text if c > "\x7f"]
    letters = sum(bool(_WINDOWS.match(c)) for c in high)
    plausible = letters > 0.9 * len(high) and len(high) < 0.25 * len(text)
    return 0.1 if plausible else 0.0


def _broken(text: str) -> float:
    """The share of unreadable characters; the first is free, since any text may be cut."""
    return max(0, text.count("\ufffd") - 1) / max(1, len(text))
