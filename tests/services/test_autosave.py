"""When what is typed goes to the disk, with a clock the tests set."""

from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.services.autosave import LONGEST, QUIET, RETRIES, Autosave, Keeping


def test_nothing_typed_is_never_due() -> None:
    assert Autosave().due_at() is None
    assert not Autosave().is_unsaved


def test_a_pause_saves_within_a_second_and_typing_on_within_two() -> None:
    autosave = Autosave()
    autosave.typed(10.0)
    assert autosave.due_at() == 10.0 + QUIET <= 11.0
    autosave.typed(10.5)
    assert autosave.due_at() == 10.5 + QUIET
    for tenth in range(6, 30):
        autosave.typed(10 + tenth / 10)
    assert autosave.due_at() == 10.0 + LONGEST <= 12.0


def test_one_save_at_a_time_and_keys_meanwhile_wait_for_the_next() -> None:
    autosave = Autosave()
    autosave.typed(0.0)
    autosave.sent()
    assert (autosave.state, autosave.due_at(), autosave.is_unsaved) == (Keeping.SAVING, None, True)
    autosave.typed(0.3)
    assert autosave.due_at() is None
    autosave.saved()
    assert (autosave.state, autosave.due_at()) == (Keeping.PENDING, 0.3 + QUIET)
    autosave.sent()
    autosave.saved()
    assert (autosave.state, autosave.is_unsaved) == (Keeping.SAVED, False)


def test_a_failed_save_is_tried_again_later_each_time_and_forgotten_once_it_worked() -> None:
    autosave = Autosave()
    autosave.typed(0.0)
    waits = []
    for _attempt in range(len(RETRIES) + 2):
        autosave.sent()
        autosave.failed(100.0)
        assert autosave.is_unsaved
        waits.append((autosave.due_at() or 0.0) - 100.0)
    assert waits == [*RETRIES, RETRIES[-1], RETRIES[-1]]
    autosave.typed(101.0)
    assert autosave.state is Keeping.FAILED, "typing on does not hide that a save failed"
    autosave.sent()
    autosave.saved()
    autosave.typed(200.0)
    autosave.sent()
    autosave.failed(300.0)
    assert autosave.due_at() == 300.0 + RETRIES[0]


@given(st.lists(st.sampled_from(["typed", "sent", "saved", "failed"]), max_size=40))
def test_typed_words_are_unsaved_until_a_save_sent_after_them_succeeded(events: list[str]) -> None:
    autosave, clock, waiting, on_the_way = Autosave(), 0.0, False, False
    for event in events:
        clock += 1.0
        if event == "typed":
            autosave.typed(clock)
            waiting = True
        elif event == "sent" and autosave.due_at() is not None:
            autosave.sent()
            waiting, on_the_way = False, True
        elif event == "saved" and on_the_way:
            autosave.saved()
            on_the_way = False
        elif event == "failed" and on_the_way:
            autosave.failed(clock)
            waiting, on_the_way = True, False
        assert autosave.is_unsaved == (waiting or on_the_way)
        assert (autosave.due_at() is not None) == (waiting and not on_the_way)
