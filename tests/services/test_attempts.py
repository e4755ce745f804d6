"""Wrong passphrases make the next one wait, over restarts, for this practice alone."""

import json
import time
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import TooManyAttempts
from ipt_desktop.services import attempts

ID, OTHER = "9cefd705-6bed-4c68-ae70-cd3ea89057e0", "0cefd705-6bed-4c68-ae70-cd3ea89057e0"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock)
    return clock


def fail(times: int) -> None:
    for _each in range(times):
        attempts.note_failure(ID)


def test_the_wait_grows_and_ends():
    assert [attempts.delay_after(count) for count in range(14)] == [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert attempts.delay_after(10**9) == 300


def test_the_fourth_try_waits_until_the_time_is_over(clock: Clock):
    fail(2)
    attempts.require_patience(ID)
    fail(1)
    with pytest.raises(TooManyAttempts, match="2 seconds") as told:
        attempts.require_patience(ID)
    assert told.value.exit_code == 3
    clock.now += 1.9
    with pytest.raises(TooManyAttempts, match="1 second"):
        attempts.require_patience(ID)
    clock.now += 0.2
    attempts.require_patience(ID)
    fail(6)
    with pytest.raises(TooManyAttempts, match="2 minutes"):
        attempts.require_patience(ID)
    attempts.require_patience(OTHER)


def test_the_right_passphrase_ends_the_count(clock: Clock):
    fail(5)
    attempts.note_success(ID)
    attempts.require_patience(ID)
    fail(2)
    attempts.require_patience(ID)


def test_a_clock_set_back_does_not_lengthen_the_wait(clock: Clock):
    fail(4)
    clock.now -= 100_000
    with pytest.raises(TooManyAttempts, match="4 seconds"):
        attempts.require_patience(ID)
    clock.now += 4.1
    attempts.require_patience(ID)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"x": 1}', "null", "[" * 100_000]
    + [f'{{"{ID}": {kept}}}' for kept in ("[Infinity, 0]", "[4, NaN]", "[4, Infinity]", "[4, 0, [1e300]]", "[4, 0, [-1e12]]")],
    ids=lambda content: content[-30:],
)
def test_a_broken_count_counts_nothing(content: str):
    fail(4)
    attempts._path().write_text(content)
    attempts.require_patience(ID)
    assert attempts.failures(ID) == []


def test_where_no_state_can_be_kept_the_practice_opens(home: Path, monkeypatch: pytest.MonkeyPatch):
    (home / "file").touch()
    monkeypatch.setattr(attempts, "_path", lambda: home / "file" / "attempts.json")
    fail(5)
    attempts.require_patience(ID)


def test_the_count_says_nothing_but_how_often_and_when(clock: Clock):
    fail(1)
    assert json.loads(attempts._path().read_text()) == {ID: [1, clock.now, [clock.now]]}


def test_when_they_were_typed_waits_for_the_audit_trail(clock: Clock):
    fail(2)
    clock.now += 60
    attempts.note_success(ID)
    fail(1)
    told = attempts.failures(ID)
    assert [each.timestamp() for each in told] == [1_000_000, 1_000_000, 1_000_060]
    fail(1)
    attempts.forget_failures(ID, told)
    assert [each.timestamp() for each in attempts.failures(ID)] == [1_000_060], "of which nobody was told yet"
    attempts.note_success(ID)
    attempts.forget_failures(ID, attempts.failures(ID))
    assert json.loads(attempts._path().read_text()) == {}


def test_a_hundred_times_are_kept_and_the_wait_grows_all_the_same(clock: Clock):
    fail(150)
    assert len(attempts.failures(ID)) == attempts.MOST_TIMES
    with pytest.raises(TooManyAttempts):
        attempts.require_patience(ID)


def test_counts_of_an_older_release_are_read(clock: Clock):
    fail(1)
    attempts._path().write_text(json.dumps({ID: [4, clock.now]}))
    with pytest.raises(TooManyAttempts):
        attempts.require_patience(ID)
    assert attempts.failures(ID) == []
