from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form, Option, Section
from ipt_desktop.domain.form_rows import Column
from ipt_desktop.domain.plain_answers import as_text

FORM = Form(
    key="f",
    version=1,
    purpose="free_note",
    title="Note",
    sections=(
        Section(
            key="s",
            fields=(
                Field(key="what", label="What happened", kind=FieldKind.PROSE),
                Field(key="who", label="With whom", kind=FieldKind.PERSONS),
                Field(key="how", label="How", kind=FieldKind.CHOICES, options=(Option(key="a", label="By phone"),)),
                Field(key="mood", label="Mood", kind=FieldKind.SCALE),
                Field(key="empty", label="Nothing", kind=FieldKind.LINE),
                Field(key="risk", label="Risk", kind=FieldKind.RISK),
                Field(key="new", label="Of a later version", kind="hologram"),
            ),
        ),
    ),
)


def test_all_that_was_written_is_there_below_its_label():
    answers = {
        "what": rich_text.to_json(rich_text.plain("They talked.\nAt last.")),
        "who": ["an-id"],
        "how": ["a", "in the garden"],
        "mood": 0,
        "empty": " ",
        "risk": {"asked": "none", "words": ""},
        "new": "as typed",
    }
    assert as_text(FORM, answers).split("\n\n") == [
        "What happened\nThey talked.\nAt last.",
        "How\nBy phone, in the garden",
        "Mood\n0",
        "Risk\nnone",
        "Of a later version\nas typed",
    ]
    assert as_text(FORM, {}) == ""


def test_rows_are_told_one_by_one_and_ids_not_at_all():
    columns = (Column(key="said", label="Said", kind="prose"), Column(key="hard", label="How hard", kind="scale"))
    fields = (
        Field(key="turns", label="Turns", kind=FieldKind.ROWS, columns=columns, row_label="Turn"),
        Field(key="who", label="With whom", kind=FieldKind.PERSON),
        Field(key="tie", label="Tie", kind=FieldKind.TIE),
    )
    form = Form(key="f", version=1, purpose="worksheet", title="T", sections=(Section(key="s", fields=fields),))
    turns = [{"said": "You never ask"}, {}, {"said": "I did", "hard": 0}]
    said = as_text(form, {"turns": turns, "who": "an-id", "tie": "another"})
    assert said == "Turns\nTurn 1\nSaid: You never ask\nTurn 3\nSaid: I did\nHow hard: 0"
