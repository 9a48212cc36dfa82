"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import trihelix

MODULES = [
    module.name
    for module in pkgutil.walk_packages(trihelix.__path__, "trihelix.")
    if not module.name.startswith(("trihelix.extraction.training", "trihelix.__main__"))
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_there_are_modules_with_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [t for n in MODULES for t in finder.find(importlib.import_module(n)) if t.examples]
    assert len(found) > 20
