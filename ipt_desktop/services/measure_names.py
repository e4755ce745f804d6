"""What measures are called, for the start of the program: of a shipped one the head of its file alone is read."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ipt_desktop.services.resources_folder import resources_folder


class MeasureNames:
    """`own` is the therapist's folder of definitions; where it has measures, `among_all` tells, which reads them all."""

    def __init__(self, own: Path, among_all: Callable[[str], str]) -> None:
        self._own = own / "measures"
        self._among_all = among_all

    def name_of(self, key: str) -> str:
        """Return what the measure with this key is called, "" where there is none."""
        return self._among_all(key) if any(self._own.glob("*.toml")) else _shipped_name(key)


@cache
def _shipped_name(key: str) -> str:
    file = resources_folder() / "measures" / f"{key}.toml"
    head = file.read_text("utf-8").partition("\n[")[0] if file.exists() else 'name = ""'
    return str(tomllib.loads(head)["name"])
