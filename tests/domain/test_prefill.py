"""The words a paper begins with."""

from dataclasses import replace
from datetime import date

import pytest

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.form import Field, FieldKind, Form, Section
from ipt_desktop.domain.prefill import course_words, either, prefilled, terms_words, with_prefilled
from ipt_desktop.domain.protocol import protocol_hash
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.services.definitions import parse_form
from ipt_desktop.services.resources import Resources

PROTOCOL = Resources().protocols[0]
COURSE = Course(
    client_id="c",
    number=1,
    protocol=protocol_hash(PROTOCOL),
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=PROTOCOL.agreed_phases(),
    started_on=date(2026, 3, 12),
)


def test_terms_are_said_in_one_breath() -> None:
    assert terms_words(COURSE) == "16 weekly sessions of 50 minutes"
    assert terms_words(replace(COURSE, planned_sessions=1)) == "1 weekly session of 50 minutes"
    assert terms_words(replace(COURSE, frequency="")) == "16 sessions of 50 minutes"
    open_course = replace(COURSE, planned_sessions=0, frequency="monthly", phases=scaled_phases(COURSE.phases, 0))
    assert terms_words(open_course) == "monthly sessions of 50 minutes, without a fixed number of them"


def test_what_is_open_has_no_end_in_sight_and_what_is_unknown_is_said_in_words() -> None:
    words = course_words(replace(COURSE, planned_sessions=0), PROTOCOL, "")
    assert "look back" in words["time_limit"]
    assert "for ending well" not in words["how_it_goes"]
    assert "for ending well" in course_words(COURSE, PROTOCOL, "")["how_it_goes"]
    assert course_words(COURSE, PROTOCOL, "")["ending"] == "termination", "for a form of one’s own"
    assert words["emergency"] == "the emergency number"
    assert course_words(COURSE, replace(PROTOCOL, sick_role=""), "112")["excused"] == ""


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a loss"], "a loss"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_areas_are_joined_as_a_choice(words: list[str], said: str) -> None:
    assert either(words) == said


def test_lines_and_prose_begin_with_words_and_what_is_written_stands_instead() -> None:
    fields = (
        Field(key="line", label="L", kind=FieldKind.LINE, prefill="{terms}"),
        Field(key="prose", label="P", kind=FieldKind.PROSE, prefill="We end by {ending}. "),
        Field(key="own", label="O", kind=FieldKind.PROSE),
    )
    form = Form(key="f", version=1, purpose="worksheet", title="F", sections=(Section(key="s", fields=fields),))
    begun = prefilled(form, course_words(COURSE, PROTOCOL, "112"))
    assert begun == {
        "line": "16 weekly sessions of 50 minutes",
        "prose": to_json(plain(f"We end by {PROTOCOL.ending_word.lower()}.")),
    }
    assert with_prefilled({"line": " ", "own": "said"}, begun) == {**begun, "own": "said"}
    assert with_prefilled({"line": "ten"}, begun)["line"] == "ten"


FORM = """
key = "mine"
version = 1
purpose = "{purpose}"
title = "Mine"
[[sections]]
key = "s"
  [[sections.fields]]
  key = "fee"
  label = "Fee"
  kind = "{kind}"
  prefill = "{prefill}"
"""


@pytest.mark.parametrize(
    ("kind", "prefill", "reason"), [("line", "for {nobody}", "nobody"), ("date", "today", "only a line or prose")]
)
def test_a_mistake_in_the_words_is_named_by_its_line(kind: str, prefill: str, reason: str) -> None:
    with pytest.raises(DefinitionError, match=reason) as caught:
        parse_form(told("agreement", kind, prefill), "mine.toml")
    assert "line 12" in str(caught.value)


@pytest.mark.parametrize(("kind", "prefill"), [("line", "today"), ("life_events", "")])
def test_what_only_a_paper_of_the_course_is_given_is_refused_in_a_note(kind: str, prefill: str) -> None:
    with pytest.raises(DefinitionError, match="only the papers of a course"):
        parse_form(told("progress_note", kind, prefill), "mine.toml")
    assert parse_form(told("agreement", kind, prefill), "mine.toml").key == "mine"


def told(purpose: str, kind: str, prefill: str) -> str:
    return FORM.replace("{purpose}", purpose).replace("{kind}", kind).replace("{prefill}", prefill)
