"""A filled form as a page says it."""

from dataclasses import replace

import pytest

from ipt_desktop.domain.form import Field, FieldKind, Form, Option, Section
from ipt_desktop.domain.form_blocks import OnPaper, field_blocks, form_sections
from ipt_desktop.domain.form_rows import Column
from ipt_desktop.domain.report import Facts, Items, MinorHead, Prose, Report, Table, as_text
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.services.resources import Resources

NAMED = OnPaper(
    people={"p1": "T.N., husband", "p2": "A.K., sister"},
    areas={"grief": "Grief"},
    goals={"g1": "Ask him on Wednesdays"},
    ties={"t1": "conflict with T.N."},
    events={"e1": "The move, May 2026"},
    told=lambda words: tuple(
        replace(block, runs=tuple(replace(run, text=run.text.replace("Tomasz", "T.N.")) for run in block.runs))
        for block in words
    ),
)


def asked(key: str, kind: FieldKind, **more: object) -> Field:
    return Field(key=key, label=key.replace("_", " ").capitalize(), kind=str(kind), **more)  # type: ignore[arg-type]


def form(*fields: Field, title: str = "") -> Form:
    return Form(key="f", version=1, purpose="worksheet", title="F", sections=(Section(key="s", title=title, fields=fields),))


def text_of(made: Form, answers: dict[str, object]) -> str:
    return as_text(Report(kind="x", title="X", sections=form_sections(made, answers, NAMED)))


def test_a_section_without_a_title_makes_a_section_of_each_answer_and_leaves_out_what_is_blank():
    made = form(asked("why_now", FieldKind.PROSE), asked("empty", FieldKind.PROSE), asked("who", FieldKind.PERSONS))
    sections = form_sections(made, {"why_now": to_json(plain("Tomasz moved.")), "empty": " ", "who": ["p1", "p2"]}, NAMED)
    assert [(each.key, each.title) for each in sections] == [("why_now", "Why now"), ("who", "Who")]
    assert sections[0].blocks == (Prose(plain("T.N. moved.")),)
    assert sections[1].blocks == (Prose(plain("T.N., husband; A.K., sister")),)


def test_under_a_title_short_answers_are_facts_and_long_ones_stand_below_their_labels():
    made = form(
        asked("when", FieldKind.DATE),
        asked("how_far", FieldKind.SCALE, low="not at all", high="fully"),
        asked("told", FieldKind.PROSE),
        asked("more", FieldKind.PROSE, is_joined=True),
        asked("done", FieldKind.TICK),
        title="Talk",
    )
    answers = {"when": "2026-07-09", "how_far": 0, "told": "To Tomasz now.", "more": "Later.", "done": True}
    (section,) = form_sections(made, answers, NAMED)
    assert section.title == "Talk"
    assert section.blocks == (
        Facts((("When", "9 July 2026"), ("How far", "0 (0 not at all, 10 fully)"))),
        MinorHead("Told"),
        Prose(plain("To T.N. now.")),
        Prose(plain("Later.")),
        Facts((("Done", "yes"),)),
    )


def test_what_is_off_the_record_or_confidential_is_not_printed_unless_asked_for():
    made = form(
        asked("said", FieldKind.LINE),
        asked("jottings", FieldKind.PROSE, is_off_record=True),
        asked("violence", FieldKind.CHOICE, is_confidential=True, options=(Option(key="now", label="Now"),)),
        asked("told", FieldKind.EVENTS),
        asked("later", FieldKind.LINE),
    )
    answers = {"said": "Yes.", "jottings": "Hm.", "violence": "now", "told": "", "later": "No."}
    assert [each.key for each in form_sections(made, answers, NAMED)] == ["said", "later"]
    told = form_sections(made, answers, NAMED, with_confidential=True, but=frozenset({"later"}))
    assert [each.key for each in told] == ["said", "violence"]


def test_rows_are_a_table_of_the_columns_answered_with_the_ends_of_scales_below():
    columns = (
        Column(key="step", label="Step", kind="prose"),
        Column(key="hard", label="How hard", kind="scale", low="easy", high="very hard"),
        Column(key="on", label="Done on", kind="date"),
        Column(key="mood", label="Mood", kind="line"),
    )
    field = asked("steps", FieldKind.ROWS, columns=columns, row_label="Step")
    rows = [{"step": "Ring Tomasz", "hard": 0, "on": "2026-07-09"}, {}, {"step": "Visit"}]
    (table,) = field_blocks(field, rows, NAMED)
    assert isinstance(table, Table)
    assert [each.head for each in table.columns] == ["Step", "How hard", "Done on"]
    assert table.note == "How hard: 0 easy, 10 very hard."
    assert "Ring T.N.\t0\t9 July 2026\nVisit\t\t" in text_of(form(field), {"steps": rows})
    rows[0]["mood"] = "calm"
    (section,) = form_sections(form(field), {"steps": rows}, NAMED)
    assert section.is_full_width, "four columns need the width of the page"


def test_ids_become_what_they_stand_for_and_what_is_gone_says_nothing():
    fields = (
        asked("goals", FieldKind.GOALS),
        asked("areas", FieldKind.CHOICES, options_from="areas", options=(Option(key="grief", label="x"),)),
        asked("faults", FieldKind.CHOICES, options=(Option(key="a", label="Silence"), Option(key="b", label="Criticism"))),
        asked("person", FieldKind.PERSON),
        asked("tie", FieldKind.TIE),
        asked("contacts", FieldKind.CONTACTS),
    )
    answers = {
        "goals": ["g1", "gone"],
        "areas": ["grief"],
        "faults": ["a", "b"],
        "person": "p1",
        "tie": "t1",
        "contacts": [{"name": "Karin", "number": "1"}, {"name": "", "number": ""}],
    }
    blocks = {each.key: each.blocks for each in form_sections(form(*fields), answers, NAMED)}
    assert blocks["goals"] == (Items(("Ask him on Wednesdays",)),)
    assert blocks["areas"] == (Prose(plain("Grief")),)
    assert blocks["faults"] == (Items(("Silence", "Criticism")),)
    assert blocks["person"] == (Prose(plain("T.N., husband")),)
    assert blocks["tie"] == (Prose(plain("conflict with T.N.")),)
    assert isinstance(blocks["contacts"][0], Table)
    assert len(blocks["contacts"][0].rows) == 1
    assert field_blocks(fields[4], "gone", NAMED) == ()


SAID = {
    FieldKind.LINE: "said",
    FieldKind.PROSE: "said",
    FieldKind.SCALE: 3,
    FieldKind.DATE: "2026-07-09",
    FieldKind.PERSONS: ["p1"],
    FieldKind.PERSON: "p1",
    FieldKind.TIE: "t1",
    FieldKind.GOALS: ["g1"],
    FieldKind.LIFE_EVENTS: ["e1"],
    FieldKind.TICK: True,
    FieldKind.RISK: {"asked": "none", "words": "said"},
    FieldKind.STEP: {"done": "yes", "words": "said"},
    FieldKind.CONTACTS: [{"name": "said", "number": "1"}],
}


def answer_to(field: Field) -> object:
    """Return something to say to any field."""
    if field.kind == FieldKind.ROWS:
        return [{each.key: 1 if each.kind == "scale" else "said" for each in field.columns}]
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        keys = [option.key for option in field.options]
        return keys if field.kind == FieldKind.CHOICES else keys[0]
    return SAID.get(FieldKind(field.kind))


@pytest.mark.parametrize("shipped", Resources().forms, ids=lambda each: each.key)
def test_every_form_that_is_shipped_says_on_paper_whatever_is_answered(shipped: Form):
    answers = {field.key: answer_to(field) for field in shipped.fields}
    paper = form_sections(shipped, answers, NAMED, with_confidential=True)
    text = as_text(Report(kind="x", title="X", sections=paper))
    for field in shipped.fields:
        is_printed = answers[field.key] is not None and not field.is_off_record
        if is_printed and not field.is_joined and field.kind not in (FieldKind.EVENTS, FieldKind.RECORD):
            assert field.label in text, field.key
