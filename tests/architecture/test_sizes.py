"""Small units: what is larger than these limits is two things. The aims (400, 300, 50) lie below them."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules, name_of, text_of, tree_of

LIMITS = {"file": 500, "class": 350, "function": 60}

# A unit that may be larger: "path" or "path::name", and why.
EXCEPTIONS: dict[str, str] = {}

Unit = tuple[int, str]


def sources() -> list[Path]:
    return [ROOT / "dev.py", *modules("ipt_desktop", "ui", "migrations", "benchmarks")]


def units(kind: str) -> Iterator[Unit]:
    """Yield lines and name of every file, class or function of the program."""
    kinds = {"class": ast.ClassDef, "function": (ast.FunctionDef, ast.AsyncFunctionDef)}
    for path in sources():
        name = name_of(path)
        if kind == "file":
            yield len(text_of(path).splitlines()), name
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, kinds[kind]):
                yield node.end_lineno - node.lineno + 1, f"{name}::{node.name}"


@pytest.mark.parametrize("kind", LIMITS)
def test_units_stay_small(kind: str):
    largest = sorted(units(kind), reverse=True)
    for lines, name in largest[:5]:
        sys.stdout.write(f"{lines:4} {name}\n")  # `dev.py test tests/architecture -rP` shows them
    assert [unit for unit in largest if unit[0] > LIMITS[kind] and unit[1] not in EXCEPTIONS] == []


def test_exceptions_are_still_needed():
    too_large = {name for kind, limit in LIMITS.items() for lines, name in units(kind) if lines > limit}
    assert set(EXCEPTIONS) <= too_large
