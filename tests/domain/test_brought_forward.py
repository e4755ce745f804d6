"""What can be brought forward from the last note, and until when it is told that it was."""

from datetime import date
from typing import Any

from ipt_desktop.domain.brought_forward import BROUGHT_FORWARD, fields_to_bring, still_brought_forward, with_marks, without_mark
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.services.resources import Resources

DAY = date(2026, 11, 17)
FULL: dict[str, Any] = {
    "last_step": {"done": "yes", "words": "rang"},
    "mood": 4,
    "what_happened": to_json(plain("told")),
    "jottings": to_json(plain("off the record")),
    "focus": ["dispute"],
    "risk": {"asked": "none"},
    "plan": to_json(plain("role play")),
    "of a later version": "x",
}


def test_only_empty_parts_and_never_risk_mood_step_or_jottings() -> None:
    form = Resources().form_for(Purpose.PROGRESS_NOTE)
    keys = [each.key for each in fields_to_bring(form, {"plan": to_json(plain("its own"))}, form, FULL)]
    assert keys == ["what_happened", "focus"]
    free = Resources().form_for(Purpose.FREE_NOTE)
    assert fields_to_bring(free, {}, form, FULL) == []


def test_a_mark_stays_until_its_field_is_edited_or_empty() -> None:
    answers = with_marks({"plan": "x", "focus": ["dispute"]}, ["plan", "focus"], DAY)
    assert still_brought_forward(answers) == {"plan": DAY, "focus": DAY}
    assert still_brought_forward({**answers, "plan": ""}) == {"focus": DAY}
    one = without_mark(answers, "plan")
    assert still_brought_forward(one) == {"focus": DAY}
    assert BROUGHT_FORWARD not in without_mark(one, "focus")
    for odd in ({}, {BROUGHT_FORWARD: "x"}, {BROUGHT_FORWARD: {"plan": "no day"}, "plan": "x"}, {BROUGHT_FORWARD: {"plan": 3}}):
        assert still_brought_forward(odd) == {}
