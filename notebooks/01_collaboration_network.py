# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The collaboration network
#
# Who works with whom around one university, which organizations connect the others, and how two of
# them are connected: every answer with the sentences behind it.
#
# The store is the one that `make demo` builds; set `TRIHELIX_STORE` to look at another.

# %%
import os
from pathlib import Path

import pandas as pd
from IPython.display import display

import trihelix
from trihelix.graph.drawing import ego_svg

root = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "pyproject.toml").exists())
url = os.environ.get("TRIHELIX_STORE", f"ladybug:{root / '.demo' / 'trihelix.db'}")

pd.set_option("display.max_colwidth", None)
graph = trihelix.open(url, read_only=True)
counts = graph.counts()
assert counts.documents, f"{url} is empty: run `make demo SERVE=0` first"
print(f"{counts.documents} documents")
display(pd.DataFrame([counts.entities], index=["entities"]))

# %% [markdown]
# ## Around one university
#
# We take the university that most shortest paths pass through. Two organizations are linked when
# they took part in one event or when a relation (part of, owns, member of, ...) joins them. A large
# event says less about each pair than a small one: an event of n organizations adds 1/(n-1) to each
# of its pairs.

# %%
university = graph.rank("betweenness", top=1, kinds=["University"]).iloc[0]
network = graph.network()
print(university["name"], "in", network)
ego_svg(network, university["id"])

# %% [markdown]
# Its collaborators, with what they share:

# %%
profile = graph.show(university["id"])
pd.DataFrame(
    {
        "collaborator": c.node.name,
        "kind": c.node.kind,
        "weight": round(c.weight, 2),
        "events": c.events,
        "documents": c.documents,
        "what": ", ".join(c.kinds),
        "first": c.first,
        "last": c.last,
    }
    for c in profile.collaborators[:15]
)

# %% [markdown]
# ## Bridges
#
# The organizations that lie on most shortest paths between others, the sectors of their partners,
# and one sentence of evidence each.

# %%
bridges = graph.bridges(top=10)
pd.DataFrame(
    {
        "rank": b.rank,
        "name": b.node.name,
        "kind": b.node.kind,
        "betweenness": round(b.score, 3),
        "partners": b.neighbours,
        "sectors": ", ".join(b.sectors),
        "evidence": b.sentence.quote if b.sentence else "",
    }
    for b in bridges
).set_index("rank")

# %% [markdown]
# The same with other measures. Constraint is low for brokers, whose partners do not know each
# other.

# %%
measures = ["betweenness", "pagerank", "closeness", "eigenvector", "constraint"]
ranks = pd.DataFrame({by: graph.rank(by, top=None).set_index("id")["rank"] for by in measures})
ranks = ranks.astype("Int64")
ranks.loc[[b.node.id for b in bridges]].set_axis([b.node.name for b in bridges])

# %% [markdown]
# ## A path with its sentences
#
# How does the university reach the most remote organization of its component, the one with the
# lowest closeness?

# %%
component = network.to_pandas().nodes.set_index("id")["component"]
closeness = graph.rank("closeness", top=None)
together = component[closeness["id"]].to_numpy() == component[university["id"]]
far = closeness[together].iloc[-1]
(path,) = graph.paths(university["id"], far["id"])
print(path)
for hop in path.hops:
    fact = hop.supports[0]
    print(f"\n{hop.source.name} – {hop.target.name}: {fact.kind}, {fact.date or 'no date'}")
    for sentence in fact.sentences:
        print(f"  “{sentence.quote}” ({sentence.title})")

# %% [markdown]
# ## Cypher
#
# The store answers Cypher too; the same query runs on Ladybug and on Neo4j. Which universities and
# firms share most events?

# %%
graph.query(
    """
    MATCH (u:Organization)-[:TOOK_PART]->(e:Event)<-[:TOOK_PART]-(f:Organization)
    WHERE u.sector = $one AND f.sector = $other AND e.status <> 'cancelled'
    RETURN u.name AS university, f.name AS firm, count(DISTINCT e) AS events
    ORDER BY events DESC, university, firm LIMIT 10
    """,
    {"one": "university", "other": "firm"},
)

# %%
graph.close()
