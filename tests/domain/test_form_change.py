"""A note takes another form: no answer is dropped, and what has no place is named."""

from ipt_desktop.domain.form import Field, FieldKind, Form, Means, Section
from ipt_desktop.domain.form_change import change_of_form
from ipt_desktop.domain.rich_text import plain, to_json

SESSION_NOTE = Form(
    key="session",
    version=1,
    purpose="progress_note",
    title="Session note",
    sections=(
        Section(
            key="all",
            fields=(
                Field(key="mood", label="Mood", kind=FieldKind.SCALE, means=Means.MOOD),
                Field(key="told", label="What happened", kind=FieldKind.PROSE, means=Means.WHAT_HAPPENED),
                Field(key="risk", label="Risk", kind=FieldKind.RISK, means=Means.RISK),
            ),
        ),
    ),
)
FREE_NOTE = Form(
    key="free",
    version=1,
    purpose="free_note",
    title="Free note",
    sections=(
        Section(
            key="all",
            fields=(
                Field(key="note", label="Note", kind=FieldKind.PROSE, means=Means.NOTE),
                Field(key="risk", label="Risk", kind=FieldKind.RISK, means=Means.RISK),
            ),
        ),
    ),
)
WORDS = to_json(plain("He rang."))


def test_the_body_moves_and_what_both_ask_stays():
    answers = {"told": WORDS, "risk": {"asked": "none"}}
    change = change_of_form(SESSION_NOTE, FREE_NOTE, answers)
    assert change.answers == {"note": WORDS, "risk": {"asked": "none"}}
    assert change.without_place == ()


def test_what_has_no_place_stays_stored_and_is_named():
    change = change_of_form(SESSION_NOTE, FREE_NOTE, {"mood": 0, "told": WORDS})
    assert change.answers == {"mood": 0, "note": WORDS}
    assert [each.label for each in change.without_place] == ["Mood"]
    assert change_of_form(FREE_NOTE, SESSION_NOTE, change.answers).answers == {"mood": 0, "told": WORDS}


def test_words_in_both_bodies_are_joined():
    older = to_json(plain("Earlier."))
    change = change_of_form(FREE_NOTE, SESSION_NOTE, {"note": WORDS, "told": older})
    assert change.answers == {"told": [*WORDS, *older]}


def test_an_empty_body_moves_nothing():
    assert change_of_form(SESSION_NOTE, FREE_NOTE, {"told": [], "mood": 4}).answers == {"told": [], "mood": 4}
