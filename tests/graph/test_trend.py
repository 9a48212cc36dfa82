"""Two universities and two firms over five years."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.graph.snapshots import Story
from trihelix.graph.network import Network
from trihelix.graph.snapshot import Snapshot
from trihelix.graph.trend import seen, series, turnover, years_of
from trihelix.graph.view import View
from trihelix.schema.errors import ConfigurationError


@pytest.fixture
def story() -> Snapshot:
    found = Story()
    for name, kind in (("a", "University"), ("b", "University"), ("x", "Firm"), ("y", "Firm")):
        found.node(name, kind)
    found.event("e1", "a", "x", date="2019-03-01")
    found.event("e2", "a", "y", date="2020")
    found.event("e3", "a", "x", date="2021-06")
    found.event("e4", "b", "y", date="2023-12-31")
    found.event("e5", "a", "b", date="XXXX-05-01")
    return found.snapshot()


def follow(story: Snapshot, **options: Any) -> pd.DataFrame:
    return series(lambda view: Network.of(story, view), "degree", normalized=False, **options)


def test_a_series_follows_the_growing_network(story: Snapshot) -> None:
    table = follow(story, nodes=["a", "y"])
    degrees = table.pivot(index="year", columns="id", values="score")
    assert degrees["a"].tolist() == [1, 2, 2, 2, 2]
    assert degrees["y"].tolist() == [0, 1, 1, 1, 2]
    assert table.groupby("year")["links"].first().tolist() == [1, 2, 2, 2, 3]


def test_a_series_can_look_at_each_year_alone(story: Snapshot) -> None:
    table = follow(story, nodes=["a"], span="each")
    assert table["score"].tolist() == [1, 1, 1, 0, 0]


def test_without_names_the_leaders_of_the_last_year_are_followed(story: Snapshot) -> None:
    table = follow(story, top=2, years=[2019, 2023])
    assert table["id"].tolist() == ["a", "y", "a", "y"]
    assert table["rank"].tolist() == [1, 3, 1, 1]


def test_facts_without_a_year_belong_to_no_period(story: Snapshot) -> None:
    network = Network.of(story, View())
    assert list(years_of(network)) == [2019, 2020, 2021, 2022, 2023]
    assert follow(story)["links"].max() == 3  # e5 would be the fourth


def test_turnover_counts_who_comes_and_who_goes(story: Snapshot) -> None:
    table = turnover(Network.of(story, View())).set_index("year")
    assert table["newcomers"].tolist() == [2, 1, 0, 0, 1]  # a, x; y; b
    assert table["nodes"].tolist() == [2, 3, 3, 1, 2]
    assert table["new_links"].tolist() == [1, 1, 0, 0, 1]
    assert table.loc[2021, "leavers"] == 2  # a and x have no dated link after 2021
    assert table.loc[2023, "leavers"] is pd.NA  # they may come back


def test_first_and_last_days(story: Snapshot) -> None:
    table = seen(Network.of(story, View())).set_index("id")
    days = table[["first", "last"]].to_dict("index")
    assert days["a"] == {"first": "2019-03-01", "last": "2021-06-30"}
    assert days["y"] == {"first": "2020-01-01", "last": "2023-12-31"}


def test_a_network_without_dates_has_no_years() -> None:
    network = Network.from_arrays([[0, 1]])
    assert list(years_of(network)) == []
    assert turnover(network).empty
    assert series(lambda _: network).empty
    assert seen(network)["first"].isna().all()


@pytest.mark.parametrize(
    ("options", "message"),
    [({"span": "weekly"}, "growing"), ({"view": View(since="2020")}, "years")],
)
def test_bad_options_say_what_to_do(story: Snapshot, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        follow(story, **options)
