"""Chinese names of organs from their English ones."""

from __future__ import annotations

import pytest

from trihelix.extraction.en.organs import chinese_organ


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Hubei Provincial Department of Education", "湖北省教育厅"),
        ("Department of Education of Hubei Province", "湖北省教育厅"),
        ("Wuhan Municipal Bureau of Finance", "武汉市财政局"),
        ("Beijing Municipal Science & Technology Commission", "北京市科学技术委员会"),
        ("Guangdong Intellectual Property Administration", "广东省知识产权局"),
        ("Dalian Municipal People's Government", "大连市人民政府"),
        ("the People’s Government of Sichuan Province", "四川省人民政府"),
    ],
)
def test_an_organ_of_a_province_or_city(english: str, chinese: str) -> None:
    assert chinese_organ(english) == chinese


@pytest.mark.parametrize(
    "name",
    ["Department of Physics", "Department of Commerce", "Government of Canada", "Hubei University"],
)
def test_other_names_are_none(name: str) -> None:
    assert chinese_organ(name) is None
