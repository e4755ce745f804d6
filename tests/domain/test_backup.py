"""When a backup is due, and which ones may go."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from ipt_desktop.domain.backup import is_due, thinned

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVERY = timedelta(hours=2)


@pytest.mark.parametrize(
    ("last", "has_changed", "due"),
    [
        (None, True, True),
        (None, False, False),
        (NOW - EVERY, True, True),
        (NOW - EVERY, False, False),
        (NOW - EVERY + timedelta(seconds=1), True, False),
        (NOW + timedelta(days=1), True, True),  # the clock was set back
    ],
)
def test_a_backup_is_due_when_something_changed_and_the_last_is_old_enough(last: datetime | None, has_changed: bool, due: bool):
    assert is_due(last, NOW, has_changed, EVERY) is due


def same(moment: datetime) -> datetime:
    return moment


def test_two_years_of_daily_backups_leave_days_weeks_and_months():
    all_of_them = [NOW - timedelta(days=day) for day in range(730)]
    gone = thinned(all_of_them, same)
    kept = sorted(set(all_of_them) - set(gone), reverse=True)
    assert kept[:7] == all_of_them[:7]
    assert len({moment.isocalendar()[:2] for moment in kept}) >= 5
    assert len({(moment.year, moment.month) for moment in kept}) == 12
    assert 12 <= len(kept) <= 7 + 5 + 12
    assert gone == sorted(gone)


def test_many_backups_of_one_day_leave_the_newest_three():
    today = [NOW - timedelta(minutes=minute) for minute in range(0, 300, 10)]
    assert set(today) - set(thinned(today, same)) == set(today[:3])


def test_what_was_made_once_a_year_is_all_kept():
    rare = [NOW - timedelta(days=365 * year) for year in range(10)]
    assert thinned(rare, same) == []


def test_thinning_every_day_never_loses_the_newest_and_keeps_a_year():
    held: list[datetime] = []
    for day in range(500):
        held.append(NOW + timedelta(days=day))
        gone = set(thinned(held, same))
        held = [moment for moment in held if moment not in gone]
        assert held[-1] == NOW + timedelta(days=day)
        assert len(held) <= 24
    assert held[-1] - held[0] > timedelta(days=300)
    assert max(later - earlier for earlier, later in pairwise(held)) <= timedelta(days=32)


def test_none_and_one_are_kept():
    assert thinned([], same) == []
    assert thinned([NOW], same) == []
