"""Makes the table of docs/durability.md of what the fault tests told, when all of them ran and held.

`tests/conftest.py` takes the hook from here: of several processes, the one that knows of all tests reads no other conftest.
"""

from datetime import UTC, datetime

import pytest

from tests.durability.proof import PAGE, PROPERTY, Row, put_into, table_of, versions

LONG_FORM = "soak or proof"  # what `dev.py soak` asks for
KINDS = ("passed", "skipped", "failed", "error")
# Tests that lie with what they test: what they prove, or None for those that tell it themselves.
ELSEWHERE: dict[str, Row | None] = {
    "tests/storage/test_engine.py::test_the_stores_own_connections_read_back_every_pragma": Row(
        "the settings of each connection",
        "the writer and two readers of an open practice",
        "every pragma reads back as it must be",
    ),
    "tests/services/test_backup_kill.py::test_earlier_backups_stay_whole_in_50_kills": Row(
        "kill -9 while backups are made and notes saved",
        "50 kills",
        "no half of one passes for a backup, earlier ones stay whole",
    ),
    "tests/services/test_private_durable.py::test_nothing_acknowledged_is_lost_however_often_it_is_killed[100]": None,
    "tests/ui/sessions/test_never_lost.py::test_nothing_is_lost_in_any_order[1000]": None,
    "tests/services/test_revocation.py::test_killed_at_any_step_exactly_one_sheet_opens_the_practice": None,
    "tests/services/test_restore.py::test_killed_at_any_step_it_is_the_old_or_the_new_and_nothing_is_lost[True]": None,
    "tests/services/test_restore.py::test_killed_at_any_step_it_is_the_old_or_the_new_and_nothing_is_lost[False]": None,
    "tests/storage/test_kill.py::test_nothing_acknowledged_is_lost_in_100_kills": Row(
        "kill -9 while notes are saved", "100 kills", "0 acknowledged saves lost, sound after each"
    ),
    "tests/services/test_backups.py::test_fifty_backups_during_saves_hold_all_that_was_saved": Row(
        "backup while notes are saved", "50 backups", "each verified, and holds every save acknowledged before it began"
    ),
    "tests/services/test_kill.py::test_nothing_acknowledged_is_lost_in_100_kills": Row(
        "kill -9 while a note is typed", "100 kills", "0 acknowledged words lost, every stay at the note readable"
    ),
}


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Make the table anew, if the whole long form was run and no fault test failed."""
    config = session.config
    if hasattr(config, "workerinput"):  # one of several processes, which knows of its own tests only
        return
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.getoption("keyword")
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if reporter is None or not is_whole or not ended or config.getoption("markexpr") != LONG_FORM:
        return
    stats = {kind: [each for each in reporter.stats.get(kind, []) if is_ours(each)] for kind in KINDS}
    if stats["failed"] or stats["error"]:
        return
    told = sorted(stats["passed"] + stats["skipped"], key=lambda each: str(each.nodeid))
    put_into(PAGE, table_of([row for each in told for row in rows_of(each)], datetime.now(UTC).date(), versions()))


def is_ours(report: pytest.TestReport | pytest.CollectReport) -> bool:
    """Say whether a report is of a fault test."""
    return report.nodeid.startswith("tests/durability/") or report.nodeid in ELSEWHERE


def rows_of(report: pytest.TestReport) -> list[Row]:
    """Return what a test told; one that could not be run here is named with the reason."""
    if report.skipped and isinstance(report.longrepr, tuple):
        name = report.nodeid.split("::")[-1].removeprefix("test_").replace("_", " ")
        return [Row(name, "not run here", report.longrepr[2].removeprefix("Skipped: "))]
    if report.when != "call":
        return []
    told = [Row(*value) for name, value in report.user_properties if name == PROPERTY and isinstance(value, tuple)]
    return told + [row for name, row in ELSEWHERE.items() if report.nodeid == name and row is not None]
