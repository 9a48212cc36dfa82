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
# # Bridges, and what if one of them leaves
#
# The questions of a planner: which institutions connect sectors and regions, how sure is that, what
# breaks if one of them leaves, who could take its place, and how has it come about.
#
# The store is the one that `make demo` builds; set `TRIHELIX_STORE` to look at another.

# %%
import os
from pathlib import Path

import pandas as pd
from IPython.display import display

import trihelix
from trihelix.graph.bridges import bridge_table
from trihelix.graph.drawing import ego_svg
from trihelix.graph.trend import series

root = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "pyproject.toml").exists())
url = os.environ.get("TRIHELIX_STORE", f"ladybug:{root / '.demo' / 'trihelix.db'}")

graph = trihelix.open(url, read_only=True)
network = graph.network()
display(network)

# %% [markdown]
# ## Who connects the regions
#
# Three views of one thing are joined, each is shown: betweenness, brokerage across groups (Gould
# and Fernandez) and a low constraint (Burt). `rank_low` to `rank_high` are the ranks that 90% of
# resampled sets of documents give: a wide interval hangs on few articles.

# %%
columns = [
    "rank",
    "name",
    "kind",
    "betweenness",
    "brokerage",
    "constraint",
    "rank_low",
    "rank_high",
]
found = network.bridges(8, by="region")
display(bridge_table(found)[columns].round(3))

# %% [markdown]
# A planner who cares about regions more than about paths says so:

# %%
weighted = network.bridges(5, by="region", weights={"brokerage": 3, "betweenness": 1})
display(bridge_table(weighted)[["rank", "name", "groups", "evidence"]])

# %%
display(ego_svg(network, found[0].node.id))

# %% [markdown]
# ## The roles of brokers between sectors
#
# How often each organization is the only link between two others, by the sectors of the three, and
# how far that lies from chance (z).

# %%
roles = network.brokerage("sector").frame().sort_values("liaison_z", ascending=False)
display(
    roles[["name", "group", "gatekeeper", "itinerant", "liaison", "liaison_z"]].head(8).round(1)
)

# %% [markdown]
# ## What if the first of them leaves?

# %%
loss = network.what_if(found[0].node.id)
display(loss.to_pandas().summary.T)

# %%
display(
    loss.to_pandas()
    .replacements[["rank", "name", "similarity", "brokered", "shared"]]
    .head(5)
    .round(3)
)

# %% [markdown]
# ## How it came about

# %%
leaders = series(graph.network, "betweenness", nodes=[b.node.id for b in found[:3]])
display(leaders.pivot(index="year", columns="name", values="rank"))

# %%
display(network.turnover().set_index("year"))

# %% [markdown]
# ## University, industry, government
#
# The transmission T(u,i,g) over the events of each year, in bits: below 0 the three spheres are
# coordinated in a way that no two of them explain (Leydesdorff 2003).

# %%
display(
    network.triple_helix(by="year")
    .set_index("year")[["n", "ui", "ug", "ig", "uig", "T_uig"]]
    .round(3)
)

# %% [markdown]
# ## Which links are missing
#
# Pairs of different provinces with many partners in common and no link of their own.

# %%
missing = network.predict(top=5, across="region")
display(missing[["source_name", "target_name", "score", "shared"]])

# %% [markdown]
# ## Check
#
# The table is what the question answers elsewhere too.

# %%
assert [b.node.name for b in found] == [b.node.name for b in graph.bridges(8, by="region")]
assert (roles["liaison"] >= 0).all()
display(pd.Series({"bridges": len(found), "replacements": len(loss.replacements)}))
