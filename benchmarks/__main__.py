"""`dev.py bench [NAME …]`: measure, and print one `name value` a line; remarks go to standard error.

A NAME is a measure (`note.key`) or the beginning of some (`note`). Each module is measured by a process of its own, one after
the other, so that none weighs on the next. `--check` ends with 1 where a value is over its limit; `--record` keeps the values
in docs/performance.md.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORD = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
# Measure, by module: its limit. All are ratios to a bare counterpart but those in milliseconds or seconds.
LIMITS = {
    "start": {"start.first_paint": 1.4, "start.ready": 1.5},
    "memory": {"memory.idle": 1.6},
    "circle": {
        "circle.drag60": 1.2,
        "circle.drag60_p95_ms": 8.0,
        "circle.drag200": 1.2,
        "circle.open60": 5.0,
        "circle.scrub60_ms": 16.7,
    },
    "note": {"note.key": 1.3, "note.slowest_key_ms": 33.0, "note.save_block_ms": 16.0},
    "note_open": {"note.open": 2.0},
    "note_save": {"note.save": 2.5},
    "measure": {"measure.score_10000_s": 1.0},
    "form_open": {"form.open": 2.0},
    "phases_open": {"phases.open": 2.0},
    "chart_paint": {"chart.paint": 1.3},
    "timeline_scroll": {"timeline.scroll": 1.5},
    "report_termination": {"report.termination": 2.0},
    "report_full300": {"report.full300": 1.2, "report.full300_memory": 2.0},
    "report_preview": {"report.first_page": 1.5, "report.longest_block_ms": 50.0},
    "vault": {"vault.open": 1.3, "vault.unlock_small_s": 3.0, "vault.unlock_large_s": 3.0},
    "backup": {"backup.verified": 6.0, "backup.longest_block_ms": 50.0},
}
if not sys.platform.startswith("linux"):
    del LIMITS["memory"]  # it is asked of /proc
if sys.platform == "win32":
    del LIMITS["report_full300"]  # a process there does not tell the most memory it held


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for; return 0, or 1 where something failed or, with `--check`, is over its limit."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="measures, or how their names begin; all by default")
    parser.add_argument("--check", action="store_true", help="end with 1 where a value is over its limit")
    parser.add_argument("--record", action="store_true", help="keep the values in docs/performance.md")
    asked = parser.parse_args(arguments)
    modules = [module for module in LIMITS if is_wanted(module, asked.names)]
    if not modules:
        parser.error("no such measure; there are: " + ", ".join(name for limits in LIMITS.values() for name in limits))
    measured: dict[str, float] = {}
    over = []
    for module in modules:
        for name, value in measure(module):
            limit = LIMITS[module][name]
            measured[name] = value
            over += [name] if value > limit else []
            print(f"{name} {value:.2f}", flush=True)
            if value > limit:
                print(f"# {name} is over its limit of {limit:g}", file=sys.stderr, flush=True)
    missing = [name for module in modules for name in LIMITS[module] if name not in measured]
    if asked.record:
        record(measured)
    if missing:
        print("not measured: " + ", ".join(missing), file=sys.stderr)
    return 1 if missing or (asked.check and over) else 0


def is_wanted(module: str, names: Sequence[str]) -> bool:
    """Whether a module measures any of the names asked for."""
    return not names or any(measure.startswith(name) for name in names for measure in LIMITS[module])


def measure(module: str) -> Iterator[tuple[str, float]]:
    """Yield what a module measures; its errors go straight to ours."""
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("#"):
                print(line, end="", file=sys.stderr, flush=True)
            else:
                name, value = line.split()
                yield name, float(value)


def record(measured: dict[str, float]) -> None:
    """Put the values into the table of docs/performance.md; what was not measured this time stays."""
    text = RECORD.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    table, tail = rest.split(END)
    rows = {match[1]: match[0] for match in re.finditer(r"^\| `([\w.]+)` .*$", table, re.MULTILINE)}
    for limits in LIMITS.values():
        for name, limit in limits.items():
            if name in measured:
                rows[name] = f"| `{name}` | {measured[name]:.2f} | {limit:g} | {date.today()} | {machine()} |"
    order = [name for limits in LIMITS.values() for name in limits]
    lines = [rows[name] for name in order if name in rows]
    table = "\n".join(["| measure | value | limit | measured on | machine |", "| --- | --- | --- | --- | --- |", *lines, ""])
    RECORD.write_text(f"{head}{BEGIN}{table}{END}{tail}", encoding="utf-8")


def machine() -> str:
    """Return the class of this machine in general words."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
