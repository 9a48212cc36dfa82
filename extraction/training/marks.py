"""The marked text of the training corpus: read it, check it, count it, export it as gold.

    python extraction/training/marks.py check FILE...     errors, and what the files cover
    python extraction/training/marks.py gold FILE... OUT   OUT/articles/*.txt and OUT/gold/*.json

A file is blocks between blank lines; a block is one document: an optional header `@ key=value ...`,
lines of marked text (the first of several is the title), then one fact a line:

    @ published=2024-05-12
    {U1|江州大学}与{F1|蓝帆能源}签约
    5月12日，{U1|江州大学}{t|校长}{P1|陈嘉树}与{F1|蓝帆能源有限公司}（以下简称{F1|蓝帆}）签约，{=U1|该校}将…
    > HOLDS_POST P1 U1 校长
    > Signing date=2024-05-12 status=completed subject="战略合作" : signatory U1 F1; witness A1
    >? Collaboration : partner U1 F1

`{U1|…}` is a mention (the letter is the kind, see LETTERS; marks may nest), a bare `{U|…}` one
that no fact names, `{t|…}` a post, `{=U1|…}` a generic reference that is no name. `>?` marks a
fact that careful readers may leave out; `> optional U1`, `> alt F1 Investor` and `> name U1 …`
speak of entities.
"""

# mypy: ignore-errors
from __future__ import annotations

import json
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

LETTERS = {
    "U": "University",
    "I": "Institute",
    "L": "Laboratory",
    "F": "Firm",
    "V": "Investor",
    "A": "Agency",
    "M": "Intermediary",
    "S": "Association",
    "H": "Hospital",
    "O": "OtherOrganization",
    "P": "Person",
    "Z": "Place",
    "J": "Project",
    "T": "Technology",
}
ORGANIZATIONS = frozenset(LETTERS[c] for c in "UILFVAMSHO")
STATUSES = ("completed", "planned", "cancelled")
_VOCABULARY = Path(__file__).parents[2] / "schema" / "vocabulary.yaml"
_TOKEN = re.compile(r"\{(=?)([A-Z]\d*|t)\||\}")
_DATE = re.compile(r"^(\d{4}|XXXX)(-\d\d(-\d\d)?)?(/(\d{4}|XXXX)(-\d\d(-\d\d)?)?)?$")
_SENTENCE_END = re.compile(r"[。！？]+[”’」』）]*|\n+|$")


class MarkError(ValueError):
    """A block that cannot be read; the message names file, line and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters `start:end` of the text: a mention, a post (`t`) or a generic reference."""

    start: int
    end: int
    id: str
    generic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    kind: str
    source: str
    target: str
    title: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    kind: str
    participants: tuple[tuple[str, str], ...]  # role, id
    attributes: dict[str, str]
    optional: bool = False


@dataclass(slots=True, kw_only=True)
class Block:
    """One annotated document."""

    name: str
    text: str
    marks: list[Mark]
    attributes: dict[str, str] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    optional: set[str] = field(default_factory=set)
    alternatives: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def mentions(self) -> list[Mark]:
        """The marks that name an entity."""
        return [m for m in self.marks if m.id != "t" and not m.generic]

    def surfaces(self) -> dict[str, list[str]]:
        """The forms of each entity, in the order of the text."""
        found: dict[str, list[str]] = {}
        for mark in sorted(self.mentions, key=lambda m: m.start):
            form = self.text[mark.start : mark.end]
            forms = found.setdefault(mark.id, [])
            if form not in forms:
                forms.append(form)
        return found

    def sentences(self) -> int:
        """How many sentences (or titles, or lines of a list) the text has."""
        parts = _SENTENCE_END.split(self.text)
        return sum(len(part.strip()) > 1 for part in parts)


@cache
def vocabulary() -> tuple[dict, dict]:
    """The relation kinds and event kinds of the project's vocabulary."""
    data = yaml.safe_load(_VOCABULARY.read_text("utf-8"))
    return data["relation_kinds"], data["event_kinds"]


def read_blocks(path: Path) -> Iterator[Block | MarkError]:
    """Every block of a file; a block that is wrong comes as its error."""
    lines = path.read_text("utf-8").split("\n")
    start = 0
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        if any(rest.strip() for rest in lines[start:number]):
            try:
                yield _block(path.stem, start + 1, [x for x in lines[start:number] if x.strip()])
            except (MarkError, ValueError) as e:
                yield MarkError(f"{path}:{start + 1}: {e}")
        start = number + 1


def blocks(paths: list[Path]) -> list[Block]:
    """The blocks of all files. Raises MarkError at the first that is wrong."""
    found = []
    for path in paths:
        for block in read_blocks(path):
            if isinstance(block, MarkError):
                raise block
            found.append(block)
    return found


def _block(stem: str, number: int, lines: list[str]) -> Block:
    header = lines.pop(0)[1:] if lines[0].startswith("@") else ""
    attributes = dict(part.split("=", 1) for part in shlex.split(header))
    while lines and lines[0].startswith("#"):
        lines.pop(0)
    marked = [line for line in lines if not line.startswith(">")]
    facts = [line for line in lines if line.startswith(">")]
    if not marked:
        raise MarkError("no text")
    text, marks = strip_marks(article(marked))
    block = Block(
        name=attributes.get("id", f"{stem}-{number}"),
        text=text,
        marks=[_named(m, text) for m in marks],
        attributes=attributes,
    )
    for line in facts:
        _fact(block, line)
    return block


def _named(mark: Mark, text: str) -> Mark:
    """A bare letter takes the surface as its id, so that equal surfaces are one entity."""
    if len(mark.id) > 1 or mark.id == "t":
        return mark
    name = f"{mark.id}:{text[mark.start : mark.end]}"
    return Mark(start=mark.start, end=mark.end, id=name, generic=mark.generic)


def article(lines: list[str]) -> str:
    """The text of an article: title, blank line, body; a single line stands alone."""
    return "\n\n".join((lines[0], "\n".join(lines[1:]))) if len(lines) > 1 else lines[0]


def strip_marks(marked: str) -> tuple[str, list[Mark]]:
    """The text without marks, and the marks with their places in it."""
    text, marks, stack, position = "", [], [], 0
    for token in _TOKEN.finditer(marked):
        text += marked[position : token.start()]
        position = token.end()
        if token.group() != "}":
            kind = token[2]
            if kind != "t" and kind[0] not in LETTERS:
                raise MarkError(f"unknown kind {kind!r} in {marked[token.start() :][:20]!r}")
            stack.append((len(text), kind, bool(token[1])))
            continue
        if not stack:
            raise MarkError(f"}} without {{ after {text[-15:]!r}")
        start, kind, generic = stack.pop()
        if start == len(text):
            raise MarkError(f"empty mark after {text[-15:]!r}")
        marks.append(Mark(start=start, end=len(text), id=kind, generic=generic))
    if stack:
        raise MarkError(f"{{{stack[-1][1]}| is not closed near {text[stack[-1][0] :][:20]!r}")
    text += marked[position:]
    if "{" in text or "}" in text:
        raise MarkError(f"stray brace near {text[max(0, text.find('{')) :][:20]!r}")
    return text, marks


def _fact(block: Block, line: str) -> None:
    optional = line.startswith(">?")
    head, colon, tail = line.lstrip(">?").strip().partition(" :")
    if not colon and head.endswith(":"):
        head, colon = head[:-1], ":"
    words = shlex.split(head) if '"' in head else head.split()
    kind = words[0]
    relations, events = vocabulary()
    if kind == "optional":
        block.optional.update(_known(block, i) for i in words[1:])
    elif kind == "alt":
        block.alternatives[_known(block, words[1])] = words[2:]
    elif kind == "name":
        block.names[_known(block, words[1])] = " ".join(words[2:])
    elif kind in relations:
        if len(words) < 3:
            raise MarkError(f"{line!r}: expected source and target")
        block.relations.append(
            Relation(
                kind=kind,
                source=_known(block, words[1]),
                target=_known(block, words[2]),
                title=" ".join(words[3:]) or None,
                optional=optional,
            )
        )
    elif kind in events:
        block.events.append(_event(block, kind, events[kind]["roles"], words[1:], tail, optional))
    else:
        raise MarkError(f"{line!r}: {kind} is no kind of relation or event")


def _event(block: Block, kind: str, roles: list, words: list, tail: str, optional: bool) -> Event:
    attributes = dict(word.split("=", 1) for word in words if "=" in word)
    if len(attributes) != len(words):
        raise MarkError(f"{kind}: expected key=value words before ' :', found {words}")
    if attributes.get("status", "completed") not in STATUSES:
        raise MarkError(f"{kind}: status {attributes['status']!r}, expected one of {STATUSES}")
    if "date" in attributes and not _DATE.match(attributes["date"]):
        raise MarkError(f"{kind}: date {attributes['date']!r} is not YYYY-MM-DD, YYYY-MM or YYYY")
    participants = []
    for part in tail.split(";"):
        role, *ids = part.split()
        if role not in roles:
            raise MarkError(f"{kind}: role {role!r}, expected one of {list(roles)}")
        if not ids:
            raise MarkError(f"{kind}: nobody is {role}")
        participants += [(role, _known(block, i)) for i in ids]
    return Event(
        kind=kind, participants=tuple(participants), attributes=attributes, optional=optional
    )


def _known(block: Block, name: str) -> str:
    if any(mark.id == name for mark in block.mentions):
        return name
    raise MarkError(f"{name} is not marked in the text (generic references need a name elsewhere)")


def gold(block: Block) -> dict:
    """The block as a gold article (exam/FORMAT.md)."""
    forms = block.surfaces()
    names = {i: block.names.get(i) or max(f, key=len) for i, f in forms.items()}
    for i in names:  # two entities of one name stay two
        if list(names.values()).count(names[i]) > 1:
            names[i] = f"{names[i]} [{i}]"
    entities = [
        {"name": names[i], "kind": LETTERS[i[0]], "surfaces": f}
        | ({"optional": True} if i in block.optional or i[0] in "ZJT" else {})
        | ({"alt_kinds": block.alternatives[i]} if i in block.alternatives else {})
        for i, f in forms.items()
    ]
    relations = [
        {"kind": r.kind, "source": names[r.source], "target": names[r.target]}
        | ({"title": r.title} if r.title else {})
        | ({"optional": True} if r.optional else {})
        for r in block.relations
    ]
    events = [
        {"kind": e.kind, "date": None, "status": "completed"}
        | {k: v for k, v in e.attributes.items() if k != "alt"}
        | ({"alt_kinds": e.attributes["alt"].split(",")} if "alt" in e.attributes else {})
        | {"participants": [{"role": r, "entity": names[i]} for r, i in e.participants]}
        | ({"optional": True} if e.optional else {})
        for e in block.events
    ]
    return {
        "article": f"{block.name}.txt",
        "language": "zh",
        "published": block.attributes.get("published"),
        "entities": entities,
        "relations": relations,
        "events": events,
    }


def export(found: list[Block], folder: Path) -> None:
    """Write articles/<name>.txt and gold/<name>.json."""
    for part in ("articles", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for block in found:
        (folder / "articles" / f"{block.name}.txt").write_text(block.text + "\n", "utf-8")
        (folder / "gold" / f"{block.name}.json").write_text(
            json.dumps(gold(block), ensure_ascii=False, indent=1) + "\n", "utf-8"
        )


def coverage(found: list[Block]) -> str:
    """Counts of documents, sentences, mentions by kind, relations by kind, roles by event kind."""
    kinds = Counter(LETTERS.get(m.id[0], "post") for b in found for m in b.mentions)
    kinds["post"] = sum(m.id == "t" for b in found for m in b.marks)
    kinds["generic"] = sum(m.generic for b in found for m in b.marks)
    relations = Counter(r.kind for b in found for r in b.relations)
    roles = Counter(f"{e.kind}.{r}" for b in found for e in b.events for r, _ in e.participants)
    sentences = sum(b.sentences() for b in found)
    characters = sum(len(b.text) for b in found)
    lines = [f"{len(found)} documents, {sentences} sentences, {characters} characters"]
    lines += [", ".join(f"{k} {n}" for k, n in c.most_common()) for c in (kinds, relations, roles)]
    known_relations, known_events = vocabulary()
    missing = [k for k in known_relations if k not in relations]
    missing += [
        f"{k}.{r}" for k, e in known_events.items() for r in e["roles"] if f"{k}.{r}" not in roles
    ]
    return "\n".join([*lines, f"not covered: {', '.join(missing) or 'nothing'}"])


def main() -> None:
    """Check or export."""
    command, *names = sys.argv[1:]
    if command == "gold":
        *names, out = names
        export(blocks([Path(n) for n in names]), Path(out))
        return
    found = [b for n in names for b in read_blocks(Path(n))]
    errors = [b for b in found if isinstance(b, MarkError)]
    print(*errors, sep="\n", end="\n" if errors else "")
    print(coverage([b for b in found if not isinstance(b, MarkError)]))
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
