"""Imports point one way: schema <- extraction, schema <- graph <- api."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "schema": {"schema"},
    "extraction": {"extraction", "schema"},
    "graph": {"graph", "schema"},
    "api": {"api", "graph", "schema"},
}


def imported_packages(source: Path) -> Iterator[str]:
    """The subpackages of trihelix that a module imports, wherever in the module it does."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        for module in modules:
            first, _, rest = module.partition(".")
            if first == "trihelix" and not rest.startswith("__"):
                yield rest.partition(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports trihelix.{name}"
        for path in (ROOT / package).rglob("*.py")
        for name in imported_packages(path)
        if name not in MAY_IMPORT[package]
    }
    assert not wrong


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_the_package_has_modules_to_check(package: str) -> None:
    assert list((ROOT / package).rglob("*.py"))


def test_every_module_is_part_of_an_install() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    own = {f"src/trihelix/{path.name}" for path in (ROOT / "src" / "trihelix").glob("*.py")}
    assert own <= included
