"""The layers of docs/architecture.md, held by test: contracts between parts, and what each may import."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from tests.architecture.sources import ROOT, modules, name_of, tree_of

# Besides the standard library. A part is a folder or a file; the longest that fits is the one that counts.
MAY_IMPORT = {
    "ipt_desktop/domain": ["ipt_desktop.domain"],
    "ipt_desktop/storage": [
        "ipt_desktop.storage",
        "ipt_desktop.domain",
        "sqlalchemy",
        "sqlcipher3",
        "alembic",
    ],
    "ipt_desktop/services": [
        *("ipt_desktop.services", "ipt_desktop.storage", "ipt_desktop.reports", "ipt_desktop.domain"),
        *("babel", "cryptography", "keyring", "platformdirs", "pypdfium2", "spylls"),
    ],
    "ipt_desktop/reports": [
        *("ipt_desktop.reports", "ipt_desktop.domain"),
        *("babel", "bidi", "PIL", "pikepdf", "reportlab", "uharfbuzz"),
    ],
    "ipt_desktop": ["ipt_desktop", "ui", "platformdirs"],
    "ui": ["ui", "ipt_desktop.services", "ipt_desktop.domain", "PySide6", "shiboken6"],
    "migrations": ["alembic", "sqlalchemy", "ipt_desktop.storage.tables"],
    "migrations/versions": ["alembic", "sqlalchemy"],
    "migrations/private": ["alembic", "sqlalchemy"],
    "resources": [],
}
PACKAGES = ["ipt_desktop", "ui", "migrations", "resources"]


def part_of(module: Path) -> str:
    """Return the entry of the table that rules this module."""
    parts = [part for part in MAY_IMPORT if f"{name_of(module)}/".startswith(f"{part}/")]
    return max(parts, key=len)


def imports_of(module: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each import, those inside functions too."""
    package = list(module.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def is_allowed(name: str, allowed: list[str]) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names or any(f"{name}.".startswith(f"{entry}.") for entry in allowed)


def test_each_module_imports_only_what_its_part_may():
    found = [
        f"{name_of(module)}, line {line}: {name}"
        for module in modules(*PACKAGES)
        for line, name in imports_of(module)
        if not is_allowed(name, MAY_IMPORT[part_of(module)])
    ]
    assert found == []


def test_no_module_imports_a_star():
    assert [name_of(module) for module in modules(*PACKAGES) for _, name in imports_of(module) if name.endswith(".*")] == []


def test_contracts_between_the_layers_are_kept(capsys: pytest.CaptureFixture[str]):
    configure()
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capsys.readouterr().out
