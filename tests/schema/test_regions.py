from __future__ import annotations

import pytest

from trihelix.schema.regions import region


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("沈阳市", "辽宁省"),
        ("辽宁省沈阳市和平区", "辽宁省"),
        ("深圳市南山区", "广东省"),
        ("上海市", "上海市"),
        ("内蒙古自治区", "内蒙古自治区"),
        ("Shenyang", "辽宁省"),
        ("Boston", None),
        ("鼓楼区", None),  # several cities have one
    ],
)
def test_the_region_of_a_place(place: str, expected: str | None) -> None:
    assert region(place) == expected
