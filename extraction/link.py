"""Identity across documents: which entities of which documents are one thing of the world.

`link` is a pure function of the set of extractions: neither their order nor what was linked before
matters, so adding, changing and retracting documents always end in the same graph. In order:

1. registry: a name that fits one entry of the shipped registry is that entry; one that fits
   several (东大) is decided by the document's other names and places, or stays apart;
2. names: equal names, and firms' names that differ in the legal form only, are one;
3. aliases: a name that a document declares or uses as the short form of one longer name is that
   one, unless documents give the alias to several;
4. persons: the same name at the same organization is one person, and so is the Latin name that a
   document gives to a foreigner; without an organization it joins the only namesake whose
   organization its document mentions, or stays apart.

Whatever is left apart keeps a node of its own: nothing is guessed silently.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trihelix.extraction.en.organs import chinese_organ
from trihelix.extraction.naming import (
    candidates,
    fullness,
    normal,
    place_of,
    without_legal_form,
)
from trihelix.schema.records import Entity, Extraction, Node
from trihelix.schema.registry import Entry, registry
from trihelix.schema.vocabulary import vocabulary

Item = tuple[str, str]  # (document id, local entity id)

_CONTEXTUAL = re.compile(r"^(省|市|区|县|州|我|该|本|贵|两|各|全|校|院|the |our )")
_UNIT = re.compile(
    r"^.{0,10}(学院|学系|系|研究生院|实验室|研究中心|中心|办公室|委员会|医院|研究所|研究院|部|处|分院|分公司|校区"
    r"|school|college|department|faculty|laboratory|institute|center|centre|office|committee)$"
)
_UNIT_LENGTH = 7  # 计算机学院, 生命科学学院: a unit's name this short says nothing about its parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The nodes by id, and for each document the node id of each of its entities."""

    nodes: Mapping[str, Node]
    identity: Mapping[str, Mapping[str, str]]


def link(extractions: Iterable[Extraction]) -> Links:
    """Give every entity of every document its node. Pure and order-independent."""
    in_order = sorted(extractions, key=lambda x: x.document.id)
    documents = {x.document.id: _qualified(x) for x in in_order}
    clusters = _Clusters()
    bound = _bind(documents)
    _join_names(documents, bound, clusters)
    _join_aliases(documents, bound, clusters)
    employers = _join_persons(documents, clusters)
    return _result(documents, clusters, bound, employers)


class _Clusters:
    """Union-find over items and the text keys that they share."""

    def __init__(self) -> None:
        self._parent: dict[object, object] = {}

    def find(self, item: object) -> object:
        parent = self._parent.setdefault(item, item)
        while parent != item:
            grand = self._parent[parent]
            self._parent[item] = grand
            item, parent = parent, grand
        return item

    def join(self, one: object, other: object) -> None:
        a, b = self.find(one), self.find(other)
        if a != b:
            self._parent[a] = b


def _qualified(extraction: Extraction) -> Extraction:
    """Bare units (船舶工程学院) take the name of the whole that the document puts them in."""
    by_id = {e.id: e for e in extraction.entities}
    wholes = {r.source: by_id[r.target] for r in extraction.relations if r.kind == "PART_OF"}
    entities = (
        _within(e, wholes[e.id], extraction) if e.id in wholes else e for e in extraction.entities
    )
    return replace(extraction, entities=tuple(entities))


def _within(unit: Entity, whole: Entity, extraction: Extraction) -> Entity:
    bare = _is_contextual(normal(unit.name)) and not _CONTEXTUAL.match(unit.name)
    if not bare or _is_contextual(normal(whole.name)) or whole.name.isascii():
        return unit
    entry = _entry(whole, extraction)
    full = (entry.name if entry else whole.name) + unit.name
    return replace(unit, name=full, aliases=(*unit.aliases, unit.name))


def _items(
    documents: Mapping[str, Extraction], *labels: str
) -> Iterator[tuple[Item, Entity, Extraction]]:
    known = vocabulary()
    for id_, extraction in documents.items():
        for entity in extraction.entities:
            if known.label(entity.kind) in labels:
                yield (id_, entity.id), entity, extraction


def _bind(documents: Mapping[str, Extraction]) -> dict[Item, Entry]:
    """Rule 1: the registry entry of each item that has one."""
    found = (
        (item, _entry(entity, extraction))
        for item, entity, extraction in _items(documents, "Organization", "Place")
    )
    return {item: entry for item, entry in found if entry is not None}


def _entry(entity: Entity, extraction: Extraction) -> Entry | None:
    firm = vocabulary().sector(entity.kind) == "firm"
    for name in (entity.name, *entity.aliases):
        if _CONTEXTUAL.match(name):
            continue
        found = [e for e in candidates(name, firm=firm) if _fits(e, entity)]
        if len(found) == 1:
            return found[0]
        if found:
            return _in_context(found, extraction)
    return None


def _fits(entry: Entry, entity: Entity) -> bool:
    """A registry entry never turns a place into a firm, nor a firm into a university."""
    known = vocabulary()
    return (
        known.label(entry.kind) == known.label(entity.kind)
        and {known.sector(entry.kind), known.sector(entity.kind)} not in _OPPOSED
    )


_OPPOSED: list[set[str | None]] = [
    {"university", "firm"},
    {"university", "government"},
    {"firm", "government"},
]


def _in_context(candidates: Sequence[Entry], extraction: Extraction) -> Entry | None:
    """The one candidate whose full name or place the document names; else none."""
    text = extraction.document.text
    by_name = [e for e in candidates if e.name in text]
    by_place = [e for e in candidates if e.place and e.place.rstrip("省市") in text]
    for found in (by_name, by_place):
        if len(found) == 1:
            return found[0]
    return None


def _apart(entity: Entity) -> bool:
    """Whether a name means something only inside its document: 省教育厅, 计算机学院, 东大."""
    return _is_contextual(normal(entity.name)) or len(registry().lookup(entity.name)) > 1


def _is_contextual(name: str) -> bool:
    short = len(name) <= _UNIT_LENGTH or (name.isascii() and len(name.split()) <= 3)
    return bool(_CONTEXTUAL.match(name) or (short and _UNIT.match(name)))


def _name_key(entity: Entity) -> str:
    """Equal for names of one thing: its label, and its name without what varies."""
    label = vocabulary().label(entity.kind)
    return f"{label}:{_plain(entity.name, entity)}"


def _plain(name: str, entity: Entity) -> str:
    """A name of an entity without what varies: legal forms of firms, the language of organs."""
    if vocabulary().sector(entity.kind) == "firm":
        return without_legal_form(name)
    organ = chinese_organ(name) if entity.kind == "Agency" and name.isascii() else None
    return normal(organ or name)


def _join_names(
    documents: Mapping[str, Extraction], bound: Mapping[Item, Entry], clusters: _Clusters
) -> None:
    """Rules 1 and 2. A name that documents bind to two registry entries joins neither."""
    entries: defaultdict[str, set[str]] = defaultdict(set)
    everything = list(_items(documents, "Organization", "Place", "Project", "Technology"))
    for item, entity, _ in everything:
        if item in bound:
            clusters.join(item, ("registry", bound[item].key))
            if not _apart(entity):
                entries[_name_key(entity)].add(bound[item].key)
        elif not _apart(entity):
            clusters.join(item, ("name", _name_key(entity)))
    for name, keys in entries.items():
        if len(keys) == 1:
            clusters.join(("name", name), ("registry", next(iter(keys))))


def _join_aliases(
    documents: Mapping[str, Extraction], bound: Mapping[Item, Entry], clusters: _Clusters
) -> None:
    """Rule 3, on the clusters as rules 1 and 2 left them."""
    items = list(_items(documents, "Organization"))
    standing: defaultdict[str, list[Item]] = defaultdict(list)
    for item, entity, _ in items:
        if item not in bound and len(registry().lookup(entity.name)) < 2:
            standing[_plain(entity.name, entity)].append(item)
    owners: defaultdict[str, dict[object, tuple[str, Item]]] = defaultdict(dict)
    for item, entity, _ in items:
        own_name = _plain(entity.name, entity)
        for alias in (_plain(a, entity) for a in entity.aliases):
            if alias in standing and alias != own_name and _is_alias(alias, own_name):
                owners[alias].setdefault(clusters.find(item), (own_name, item))
    for alias, found in sorted(owners.items()):
        own = {clusters.find(item) for item in standing[alias]}
        others = _heads([owner for root, owner in found.items() if root not in own])
        if len(others) == 1:
            for item in standing[alias]:
                clusters.join(item, others[0])


def _is_alias(alias: str, name: str) -> bool:
    """Whether a short name means the same in every document: 海装中心 of 海洋装备创新中心 does,
    the end of a name (计算机学院) does not."""
    ends = _is_contextual(alias) and name.endswith(alias)
    return not (ends or _CONTEXTUAL.match(alias))


def _heads(owners: Sequence[tuple[str, Item]]) -> list[Item]:
    """The owners but those named after another one: 云帆公司 but not 云帆公司研究院."""
    return [
        item
        for name, item in owners
        if not any(name != other and name.startswith(other) for other, _ in owners)
    ]


def _join_persons(
    documents: Mapping[str, Extraction], clusters: _Clusters
) -> dict[Item, frozenset[object]]:
    """Rule 4. Returns the organizations that each person works for, as clusters."""
    namesakes = _namesakes(documents)
    employers = {
        (id_, person): frozenset(organizations)
        for id_, extraction in documents.items()
        for person, organizations in _employers(extraction, clusters).items()
    }
    mentioned: defaultdict[str, set[object]] = defaultdict(set)
    for item, _, _ in _items(documents, "Organization"):
        mentioned[item[0]].add(clusters.find(item))
    for name, items in namesakes.items():
        for item in items:
            for organization in employers.get(item, ()):
                clusters.join(item, ("person", name, organization))
        _join_unplaced(items, employers, mentioned, clusters)
    return employers


def _namesakes(documents: Mapping[str, Extraction]) -> dict[object, list[Item]]:
    """People by name; 马丁·哈尔登（Martin Halden） in one document makes two names one."""
    people = list(_items(documents, "Person"))
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for _, entity, _ in people:
        for alias in entity.aliases:
            if _is_distinctive(entity.name, alias):
                owners[normal(alias)].add(normal(entity.name))
    called = _Clusters()
    for alias, names in owners.items():
        if len(names) == 1:
            called.join(alias, next(iter(names)))
    found: defaultdict[object, list[Item]] = defaultdict(list)
    for item, entity, _ in people:
        found[called.find(normal(entity.name))].append(item)
    return found


def _is_distinctive(name: str, alias: str) -> bool:
    """Whether the alias tells one person: 马丁·哈尔登 by Martin Halden, not 王伟 by Wang Wei."""
    return "·" in name + alias and bool(re.search(r"\w[ ·]\w", alias))


def _employers(extraction: Extraction, clusters: _Clusters) -> dict[str, set[object]]:
    found: defaultdict[str, set[object]] = defaultdict(set)
    for relation in extraction.relations:
        if relation.kind in {"HOLDS_POST", "MEMBER_OF"}:
            found[relation.source].add(clusters.find((extraction.document.id, relation.target)))
    return found


def _join_unplaced(
    namesakes: Sequence[Item],
    employers: Mapping[Item, frozenset[object]],
    mentioned: Mapping[str, set[object]],
    clusters: _Clusters,
) -> None:
    homes: defaultdict[object, set[object]] = defaultdict(set)
    for item in namesakes:
        if item in employers:
            homes[clusters.find(item)] |= employers[item]
    for item in namesakes:
        if item not in employers:
            near = [root for root, home in homes.items() if home & mentioned[item[0]]]
            if len(near) == 1:
                clusters.join(item, near[0])


Group = list[tuple[Item, Entity]]


def _result(
    documents: Mapping[str, Extraction],
    clusters: _Clusters,
    bound: Mapping[Item, Entry],
    employers: Mapping[Item, frozenset[object]],
) -> Links:
    groups: defaultdict[object, Group] = defaultdict(list)
    for id_, extraction in documents.items():
        for entity in extraction.entities:
            groups[clusters.find((id_, entity.id))].append(((id_, entity.id), entity))
    nodes = {root: _node(group, bound) for root, group in groups.items()}
    for root, group in groups.items():
        if nodes[root].kind == "Person":
            nodes[root] = _person(nodes[root], group, employers, nodes)
    identity: dict[str, dict[str, str]] = {id_: {} for id_ in documents}
    for root, group in groups.items():
        for (document, local), _ in group:
            identity[document][local] = nodes[root].id
    return Links(
        nodes={n.id: n for n in sorted(nodes.values(), key=lambda n: n.id)}, identity=identity
    )


def _node(group: Group, bound: Mapping[Item, Entry]) -> Node:
    """The node of a cluster: the registry's description, or the fullest name and likeliest kind."""
    entry = min((bound[i] for i, _ in group if i in bound), key=lambda e: e.key, default=None)
    names = {e.name for _, e in group}
    aliases = {a for _, e in group for a in e.aliases} | names
    if entry is None:
        name = max(names, key=fullness)
        best = next(e for _, e in sorted(group, key=lambda m: m[0]) if e.name == name)
        where = group[0][0][0] if _apart(best) else ""
        return Node(
            id=_id(_name_key(best), where),
            kind=_likeliest_kind(group),
            name=name,
            aliases=tuple(sorted(aliases - {name})),
            place=place_of(name) if vocabulary().is_organization(best.kind) else None,
        )
    aliases |= {*entry.aliases, *filter(None, [entry.english])}
    return Node(
        id=_id(entry.key),
        kind=entry.kind,
        name=entry.name,
        aliases=tuple(sorted(aliases - {entry.name})),
        place=entry.place or None,
        key=entry.key,
    )


def _likeliest_kind(group: Group) -> str:
    order = list(vocabulary().entities)
    votes = Counter(e.kind for _, e in group)
    return max(votes, key=lambda kind: (votes[kind], -order.index(kind)))


def _person(
    node: Node,
    group: Group,
    employers: Mapping[Item, frozenset[object]],
    nodes: Mapping[object, Node],
) -> Node:
    """Namesakes differ by their organization, or by their document where none is known."""
    homes = {nodes[root].id for item, _ in group for root in employers.get(item, ())}
    home = min(homes) if homes else "/".join(min(item for item, _ in group))
    return replace(node, id=_id(_name_key(group[0][1]), home))


def _id(*parts: str) -> str:
    """Short, stable and opaque: 64 bits of BLAKE2b."""
    return "n" + hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
