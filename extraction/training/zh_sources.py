"""The public annotated sets, read into examples with the tagger's labels.

Each reader resolves one set's own scheme (the model card says how) and yields `Example`s.
"""

# mypy: ignore-errors
from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from real_text import records
from split import is_held_out_record
from zh_labels import ORG, Example, Span, organization_kind, trimmed

from trihelix.extraction.zh.tagger import windows

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’」』）)]*")
_CLUENER = {"name": "PER", "address": "LOC", "scene": "LOC", "position": "TITLE"}
_CLUENER_ORG = {"company": "ORG_FIRM", "government": "ORG_GOV", "organization": "ORG_OTHER"}
_GENERIC = re.compile(
    r"^(警方|联盟|[县市省]局|\S{1,2}大队|\S{0,2}公司|集团|学校|医院|法院|\S{0,2}政府|\S*行政管理部门"
    r"|\S{0,3}有关部门|组委会|中心|本[行所院校]|\S分厂|我[院所校]|党委|\S队|\S部门|美军|英军|军队)$"
)


def cluener(path: Path) -> Iterator[Example]:
    """CLUENER's JSON Lines: inclusive character offsets, ten types."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        found = [
            (start, end + 1, kind)
            for kind, names in record["label"].items()
            for places in names.values()
            for start, end in places
        ]
        spans = _spans(
            record["text"], ((s, e, _cluener_kinds(k, record["text"][s:e])) for s, e, k in found)
        )
        yield Example(text=record["text"], spans=spans, source="cluener")


def _cluener_kinds(kind: str, name: str) -> tuple[str, ...] | None:
    if kind in _CLUENER:
        return (_CLUENER[kind],)
    if kind in _CLUENER_ORG and _GENERIC.match(name):
        return ()
    if kind in _CLUENER_ORG:
        return (_refined(name, _CLUENER_ORG[kind]),)
    if kind == "book" and "《" not in name:
        return ()  # newspapers and magazines: an organization for us as often as not
    return None


def _refined(name: str, given: str) -> str:
    told = organization_kind(name)
    if told in ("ORG_UNI", "ORG_RES") or given == "ORG_OTHER":
        return told or given
    return given


def boson(path: Path) -> Iterator[Example]:
    """Boson's news paragraphs (converted copy), cut into sentences; posts are not annotated."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        found = (
            (
                item["entity_index"]["begin"],
                item["entity_index"]["end"],
                _boson_kinds(item["entity_type"], item["entity"].strip()),
            )
            for item in record["entity_list"]
        )
        spans = _spans(text, found)
        whole = Example(text=text, spans=spans, unannotated=("TITLE",), source="boson")
        yield from _sentences(whole)


def _boson_kinds(kind: str, name: str) -> tuple[str, ...] | None:
    if kind == "time":
        return None
    if kind == "product_name":
        return () if not re.search(r"[《》\d]|http", name) else None
    if kind == "person_name":
        return ("PER",)
    if kind == "location":
        told = organization_kind(name)
        return ("LOC",) if told is None or told == "ORG_GOV" else ("LOC", told)
    if kind == "company_name" and not _GENERIC.match(name):
        return (_refined(name, "ORG_FIRM"),)
    return _untyped(name)


def _untyped(name: str) -> tuple[str, ...]:
    """The kinds an organization may have whose source names none; 美国 may be a place to us."""
    if _GENERIC.match(name):
        return ()
    told = organization_kind(name)
    if told:
        return (told,)
    return (*ORG, "LOC") if len(name) < 5 else ORG


def conll(
    path: Path, kinds: dict[str, str], *, source: str, unannotated: tuple[str, ...]
) -> Iterator[Example]:
    """One character and its tag a line, blank lines between sentences; B/I or B/M/E/S tags."""
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        rows = [line.split(" ") for line in block.splitlines() if line.strip()]
        if not rows:
            continue
        text = "".join(row[0][:1] or " " for row in rows)
        found = (
            (s, e, _conll_kinds(kinds.get(k), text[s:e]))
            for s, e, k in _runs([r[-1] for r in rows])
        )
        yield Example(text=text, spans=_spans(text, found), unannotated=unannotated, source=source)


def _conll_kinds(kind: str | None, name: str) -> tuple[str, ...] | None:
    if kind is None:
        return None
    if kind == "ORG":
        return _untyped(name)
    return (kind,)


def _runs(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, kind = 0, ""
    for position, tag in enumerate([*tags, "O"]):
        inside = tag[0] in "IME" and kind == tag[2:]
        if kind and not inside:
            yield start, position, kind
            kind = ""
        if not inside and tag[0] in "BS":
            start, kind = position, tag[2:]


def _spans(text: str, found: Iterable[tuple[int, int, tuple[str, ...] | None]]) -> tuple[Span, ...]:
    """The longest spans first, overlapping ones dropped; None kinds stay outside."""
    taken: list[Span] = []
    for start, end, kinds in sorted(found, key=lambda item: item[0] - item[1]):
        if kinds is None:
            continue
        start, end = trimmed(text, start, end)
        if start < end and all(end <= span.start or start >= span.end for span in taken):
            taken.append(Span(start=start, end=end, kinds=kinds))
    return tuple(sorted(taken, key=lambda span: span.start))


def _sentences(example: Example) -> Iterator[Example]:
    for match in _SENTENCE.finditer(example.text):
        start, end = match.span()
        if end - start < 6:
            continue
        inside = [s for s in example.spans if s.start < end and s.end > start]
        if any(s.start < start or s.end > end for s in inside):
            continue
        spans = tuple(Span(start=s.start - start, end=s.end - start, kinds=s.kinds) for s in inside)
        yield Example(
            text=match.group(), spans=spans, unannotated=example.unannotated, source=example.source
        )


def public_examples(data: Path) -> dict[str, list[Example]]:
    """Every public set under `data`, by name."""
    people = {"ORG": "ORG", "PER": "PER", "LOC": "LOC"}
    resume = {"ORG": "ORG", "NAME": "PER", "TITLE": "TITLE", "LOC": "LOC"}
    return {
        "cluener": list(cluener(data / "cluener/train.json")),
        "boson": list(boson(data / "boson_ner/boson_converted.jsonl")),
        "peoples_daily": list(
            conll(
                data / "peoples_daily_ner/example.dev",
                people,
                source="peoples_daily",
                unannotated=("TITLE",),
            )
        ),
        "resume": list(
            conll(
                data / "resume_ner/train.char.bmes",
                resume,
                source="resume",
                unannotated=(),
            )
        ),
    }


def unlabelled_examples(data: Path) -> list[Example]:
    """Windows of real news without labels, of no record that is held out, to distil on."""
    found = []
    for name in ("industry_news_2011_zh", "duee", "finre"):
        for key, text in records(data, name):
            if not is_held_out_record(name, key):
                found += _unlabelled(text)
    for line in (data / "duie/duie2_train_5000.jsonl").read_text("utf-8").splitlines():
        found += _unlabelled(json.loads(line)["text"])
    return found


def _unlabelled(text: str) -> Iterator[Example]:
    for start, end in windows(text):
        if end - start >= 12:
            piece = text[start:end]
            everything = Span(start=0, end=len(piece), kinds=())
            yield Example(text=piece, spans=(everything,), source="unlabelled")
