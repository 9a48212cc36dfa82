from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.snapshots import Story
from trihelix.graph.chronology import Order
from trihelix.graph.network import Network
from trihelix.graph.paths import Path, find_paths
from trihelix.graph.view import day_range
from trihelix.schema.errors import ConfigurationError, NotFoundError

Dates = dict[tuple[str, str], list[str]]


def ids(path: Path) -> list[str]:
    return [node.id for node in path.nodes]


def told(*facts: tuple[str, str, str | None]) -> Network:
    """A network of events: two nodes and a date."""
    story = Story()
    for number, (a, b, date) in enumerate(facts):
        story.event(f"e{number}", a, b, date=date)
    return Network.of(story.snapshot())


def test_each_hop_is_not_earlier_than_the_one_before() -> None:
    network = told(("a", "b", "2020"), ("b", "c", "2019"), ("b", "d", "2020"), ("d", "c", "2023"))
    (path,) = find_paths(network, "a", "c", by="arrival")
    assert ids(path) == ["a", "b", "d", "c"]
    assert path.dates == ("2020-01-01", "2020-01-01", "2023-01-01")
    assert (path.value, path.by) == (20230101, "arrival")
    assert len(find_paths(network, "a", "c")[0]) == 2  # regardless of time
    (back,) = find_paths(network, "c", "a", in_time="possible")
    assert ids(back) == ["c", "b", "a"]


def test_soonest_arrival_and_fewest_hops_differ() -> None:
    network = told(
        *(
            ("a", "b", "2019-03"),
            ("b", "c", "2020-01-05"),
            ("c", "d", "2020-02"),
            ("a", "d", "2022"),
        )
    )
    (soonest,) = find_paths(network, "a", "d", by="arrival")
    assert (ids(soonest), soonest.dates[-1]) == (["a", "b", "c", "d"], "2020-02-01")
    (fewest,) = find_paths(network, "a", "d", in_time="possible")
    assert (ids(fewest), fewest.value, fewest.dates) == (["a", "d"], 1, ("2022-01-01",))
    assert [ids(p) for p in find_paths(network, "a", "d", by="arrival", k=5)] == [
        ["a", "b", "c", "d"],
        ["a", "d"],
    ]
    assert len(find_paths(network, "a", "d", by="arrival", max_hops=2)[0]) == 1


def test_a_vague_date_is_possible_but_not_certain() -> None:
    network = told(("a", "b", "2020-05-07"), ("b", "c", "2020"))
    (path,) = find_paths(network, "a", "c", in_time="possible")
    assert path.dates == ("2020-05-07", "2020-05-07")
    with pytest.raises(NotFoundError, match="meets all conditions, though the network connects"):
        find_paths(network, "a", "c", in_time="certain")
    (back,) = find_paths(
        told(("a", "b", "2020-05-07"), ("b", "c", "2020-06")), "a", "c", in_time="certain"
    )
    assert back.dates == ("2020-05-07", "2020-06-30")


def test_facts_without_a_year_take_no_part_in_time() -> None:
    network = told(("a", "b", "XXXX-04-25"), ("b", "c", "2020"))
    with pytest.raises(NotFoundError):
        find_paths(network, "a", "c", by="arrival")


def test_a_hop_in_time_is_explained_by_what_happened_then() -> None:
    network = told(("a", "b", "2019"), ("b", "c", "2018"), ("b", "c", "2021"), ("b", "c", None))
    (path,) = find_paths(network, "a", "c", by="arrival")
    assert [s.id for s in path.hops[1].supports] == ["e2"]


def test_paths_in_time_between_dates() -> None:
    network = told(
        ("a", "b", "2018"), ("a", "b", "2021-04"), ("b", "c", "2019"), ("b", "c", "2022")
    )
    assert find_paths(network, "a", "c", by="arrival")[0].dates == ("2018-01-01", "2019-01-01")
    late = find_paths(network, "a", "c", by="arrival", since="2021-04-15")[0]
    assert late.dates == ("2021-04-15", "2022-01-01")
    with pytest.raises(NotFoundError):
        find_paths(network, "a", "c", by="arrival", since="2021", until="2021")


def test_time_goes_with_hops_only() -> None:
    network = told(("a", "b", "2018"), ("b", "c", "2019"))
    with pytest.raises(ConfigurationError, match="by 'strength' and paths in time"):
        find_paths(network, "a", "c", by="strength", in_time="possible")
    with pytest.raises(ConfigurationError, match="via and paths in time"):
        find_paths(network, "a", "c", by="arrival", via=["b"])
    with pytest.raises(ConfigurationError, match="in_time 'maybe'"):
        find_paths(network, "a", "c", in_time="maybe")  # type: ignore[arg-type]


NODES = "abcdefg"
DATE = st.builds(
    lambda year, month, day: f"{year}" + (f"-{month:02}" if month else "") + (day if month else ""),
    st.integers(2018, 2022),
    st.sampled_from([0, 0, 3, 9]),
    st.sampled_from(["", "-05", "-20"]),
)
FACT = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), DATE).filter(
    lambda f: f[0] != f[1]
)


def arrival(path: list[str], dates: Dates, order: Order) -> int | None:
    """By the definition: the soonest choice of a fact for every hop, one after the other."""
    day = 0
    for pair in pairwise(path):
        ranges = [day_range(date) for date in dates.get((min(pair), max(pair)), [])]
        if order == "possible":
            days = [max(day, first) for first, last in ranges if last >= day]
        else:
            days = [last for first, last in ranges if first >= day]
        if not days:
            return None
        day = min(days)
    return day


@settings(max_examples=150, deadline=None)
@given(
    st.lists(FACT, min_size=1, max_size=18),
    st.sampled_from(["possible", "certain"]),
    st.booleans(),
    st.integers(1, 7),
)
def test_paths_in_time_are_the_best_of_all(
    facts: list[tuple[str, str, str]], order: Order, soonest: bool, most: int
) -> None:
    dates: Dates = {}
    for a, b, date in facts:
        dates.setdefault((min(a, b), max(a, b)), []).append(date)
    network = told(("a", "g", None), *facts)
    routes = list(nx.all_simple_paths(network.to_networkx(), "a", "g", cutoff=most))
    days = [(arrival(route, dates, order), len(route) - 1) for route in routes]
    found = [(day, hops) for day, hops in days if day is not None]
    ranked = sorted(found if soonest else [(h, d) for d, h in found])
    try:
        paths = find_paths(
            network,
            "a",
            "g",
            by="arrival" if soonest else "hops",
            in_time=order,
            k=6,
            max_hops=most,
        )
    except NotFoundError:
        paths = ()
    keys = [(day_of(path), len(path)) for path in paths]
    assert (keys if soonest else [(h, d) for d, h in keys]) == clamped(ranked[:6], soonest)
    assert all(path.loopless for path in paths)
    assert all(a <= b for path in paths for a, b in pairwise(path.dates))


def day_of(path: Path) -> int:
    return int(path.dates[-1].replace("-", ""))


def clamped(ranked: list[tuple[int, int]], soonest: bool) -> list[tuple[int, int]]:
    """September has 30 days: its 31st, which stands for its end, is told as the 30th."""
    return [(day(a), b) if soonest else (a, day(b)) for a, b in ranked]


def day(number: int) -> int:
    return number - 1 if number % 10_000 == 931 else number
