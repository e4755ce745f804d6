"""Every benchmark runs its way through and yields the measures that have a limit. No figure is judged here."""

from pathlib import Path

import pytest

from benchmarks import __main__ as bench


@pytest.mark.parametrize("module", bench.LIMITS)
def test_a_benchmark_yields_every_measure_with_a_limit(module: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IPT_BENCH_SHORT", "1")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    measured = dict(bench.measure(module))
    assert set(measured) == set(bench.LIMITS[module])
    assert all(value > 0 for value in measured.values())


def test_a_name_chooses_its_modules():
    assert [module for module in bench.LIMITS if bench.is_wanted(module, ["note"])] == ["note", "note_open", "note_save"]
    assert [module for module in bench.LIMITS if bench.is_wanted(module, ["start.ready"])] == ["start"]


def test_what_was_not_measured_this_time_stays_in_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bench, "RECORD", tmp_path / "performance.md")
    bench.RECORD.write_text(f"head\n{bench.BEGIN}{bench.END}tail\n", encoding="utf-8")
    bench.record({"note.key": 1.0, "start.ready": 1.25})
    bench.record({"note.key": 0.5})
    rows = [line for line in bench.RECORD.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert [row.split(" | ")[:3] for row in rows] == [["| `start.ready`", "1.25", "1.5"], ["| `note.key`", "0.50", "1.3"]]
    assert bench.RECORD.read_text(encoding="utf-8").endswith("tail\n")
