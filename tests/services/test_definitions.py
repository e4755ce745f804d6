"""Definition files: everything shipped loads, and a mistake is named with file, line and field."""

from pathlib import Path

import pytest

from ipt_desktop.domain import form, protocol
from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.form import FieldKind, Means, Purpose
from ipt_desktop.services.definitions import parse_form
from ipt_desktop.services.resources import Resources

FORM = """key = "short"
version = 1
purpose = "free_note"
title = "Short"

[[sections]]
key = "one"

  [[sections.fields]]
  key = "words"
  label = "Words"
  kind = "line"

[[sections]]
key = "two"

  [[sections.fields]]
  key = "mood"
  label = "Mood"
  kind = "scale"
  low = "worst"
  high = "best"
  means = "mood"

  [[sections.fields]]
  key = "pick"
  label = "Pick"
  kind = "choice"
  options = [
    { key = "a", label = "A" },
    { key = "b", label = "B" },
  ]
"""


@pytest.fixture(scope="module")
def resources():
    return Resources()


def test_a_correct_form_is_read():
    read = parse_form(FORM, "short.toml")
    assert [each.key for each in read.fields] == ["words", "mood", "pick"]
    assert [each.label for each in read.field("pick").options] == ["A", "B"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('purpose = "free_note"', 'purpose = "poem"', 3, "purpose"),
        ("version = 1", 'version = "1"', 2, "version"),
        ("version = 1", "version = 0", 2, "version"),
        ('title = "Short"\n', "", 1, "title"),
        ('kind = "line"', 'kind = "crayon"', 12, "one.words.kind"),
        ('label = "Words"', "", 9, "one.words.label"),
        ('label = "Words"', 'label = ""', 11, "one.words.label"),
        ('key = "mood"', 'key = "words"', 18, "two.words.key"),
        ('key = "two"', 'key = "one"', 15, "one.key"),
        ('means = "mood"', 'means = "weather"', 23, "two.mood.means"),
        ('means = "mood"', 'colour = "red"', 23, "two.mood.colour"),
        ('low = "worst"', "", 17, "two.mood.low"),
        ('high = "best"', 'high = "best"\n  highest = 0', 23, "two.mood.highest"),
        ('key = "b"', 'key = "a"', 31, "two.pick.a.key"),
        ('kind = "choice"', 'kind = "choice"\n  max_length = true', 29, "two.pick.max_length"),
        ('key = "pick"', 'key = "Pick Me"', 26, "two.Pick Me.key"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(old: str, new: str, line: int, field: str):
    with pytest.raises(DefinitionError) as caught:
        parse_form(FORM.replace(old, new, 1), "short.toml")
    assert caught.value.values["file"] == "short.toml"
    assert (caught.value.values["line"], caught.value.values["field"]) == (line, field)
    assert str(caught.value).startswith(f"short.toml, line {line}, {field}: ")


def test_a_mistake_of_toml_itself_is_named_with_its_line():
    with pytest.raises(DefinitionError, match=r"short.toml, line 4, column 9"):
        parse_form(FORM.replace('title = "Short"', "title = Short"), "short.toml")


def test_every_shipped_definition_survives_storage(resources: Resources):
    for each in resources.forms:
        assert form.from_json(form.to_json(each)) == each
    for each in resources.protocols:
        assert protocol.from_json(protocol.to_json(each)) == each


def test_there_is_a_form_for_every_purpose(resources: Resources):
    assert {resources.form_for(purpose).purpose for purpose in Purpose} == set(Purpose)


def test_the_session_note_asks_four_things_in_the_room_in_this_order(resources: Resources):
    note = resources.form_for(Purpose.PROGRESS_NOTE)
    in_room = [field.means for section in note.sections if section.is_in_room for field in section.fields]
    assert in_room == ["last_step", "mood", "with_whom", "what_happened", "jottings"]
    after = [field.means for section in note.sections if not section.is_in_room for field in section.fields]
    assert after == [
        "since_last_time", "events", "focus", "intervention", "response", "goals", "risk", "between_session_task", "plan",
        "sessions_left",
    ]  # fmt: skip
    assert [each.key for each in note.fields if each.is_off_record] == ["jottings"]


def test_the_inventory_begins_with_six_prompts(resources: Resources):
    first, *rest = resources.form_for(Purpose.INVENTORY_ENTRY).sections
    assert [each.means for each in first.fields] == [
        "contact", "good", "hard", "expectations", "change_near_onset", "wanted_change"
    ]  # fmt: skip
    assert [each.area for each in rest] == ["grief", "dispute", "transition", "deficits", ""]
    assert rest[-1].is_folded


def test_the_protocol_has_sixteen_sessions_in_three_phases(resources: Resources):
    wmk = resources.protocol("weissman-markowitz-klerman")
    assert [(each.key, each.first, each.last) for each in wmk.agreed_phases()] == [
        ("initial", 1, 3), ("middle", 4, 13), ("termination", 14, 16)
    ]  # fmt: skip
    assert [(each.key, each.review_weeks) for each in wmk.phases if each.is_after] == [("maintenance", 12)]
    assert [each.key for each in wmk.areas] == ["grief", "dispute", "transition", "deficits"]
    assert [each.key for each in wmk.area("dispute").stages] == ["renegotiation", "impasse", "dissolution"]
    assert wmk.area("deficits").client_label == "loneliness"
    assert not any(each.key in {task.key for task in wmk.phase("middle").tasks} for each in wmk.phase("middle").every_session)


def test_problem_areas_of_forms_are_those_of_the_protocol(resources: Resources):
    areas = {each.key for each in resources.protocols[0].areas}
    for each in resources.forms:
        for field in each.fields:
            if field.options_from == "areas":
                assert {option.key for option in field.options} == areas
        assert {section.area for section in each.sections} <= {*areas, ""}


def test_every_label_is_short(resources: Resources):
    for each in resources.forms:
        for field in each.fields:
            assert len(field.label) <= (44 if field.means == Means.PEOPLE_AND_PLACES else 34), field.label
            assert FieldKind(field.kind)
            assert not field.means or Means(field.means)


def test_a_therapist_adds_a_form_by_dropping_in_a_file(tmp_path: Path):
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "short.toml").write_text(FORM, "utf-8")
    (folder / "wrong.toml").write_text(FORM.replace("version = 1", ""), "utf-8")
    mine = Resources(tmp_path)
    assert "short" in [each.key for each in mine.forms]
    assert mine.form_for(Purpose.FREE_NOTE).key == "free-note"
    assert [each.values["field"] for each in mine.problems] == ["version"]


def test_a_form_that_stands_for_a_shipped_one_keeps_its_purpose(tmp_path: Path):
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "mine.toml").write_text(FORM.replace('key = "short"', 'key = "formulation"'), "utf-8")
    mine = Resources(tmp_path)
    assert mine.form_for(Purpose.FORMULATION).key == "formulation"
    assert [each.values["field"] for each in mine.problems] == ["purpose"]


ROWS = FORM.replace(
    'kind = "line"',
    """kind = "rows"
  row_label = "Turn"
  columns = [
    { key = "said", label = "Said", kind = "prose" },
    { key = "hard", label = "Hard", kind = "scale", low = "not", high = "very" },
  ]""",
    1,
)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('row_label = "Turn"', "", "one.words.row_label"),
        ('kind = "prose"', 'kind = "crayon"', "one.words.said.kind"),
        ('label = "Said"', 'label = " "', "one.words.said.label"),
        ('key = "hard"', 'key = "said"', "one.words.said.key"),
        (', high = "very"', "", "one.words.hard.low"),
        ('high = "very"', 'high = "very", highest = 0', "one.words.hard.highest"),
        ('kind = "rows"', 'kind = "line"', "one.words.columns"),
    ],
)
def test_a_mistake_in_rows_is_named(old: str, new: str, field: str):
    assert [each.key for each in parse_form(ROWS, "rows.toml").field("words").columns] == ["said", "hard"]
    with pytest.raises(DefinitionError) as caught:
        parse_form(ROWS.replace(old, new, 1), "rows.toml")
    assert caught.value.values["field"] == field


def test_the_worksheets_named_by_choices_are_shipped(resources: Resources):
    sheets = {each.key for each in resources.forms_for(Purpose.WORKSHEET)}
    named = {option.worksheet for each in resources.forms for field in each.fields for option in field.options}
    assert named - {""} <= sheets


def test_a_section_goes_under_a_word_the_protocol_has(resources: Resources):
    text = resources.path("forms", "history.toml").read_text("utf-8")
    with pytest.raises(DefinitionError) as caught:
        parse_form(text.replace('title_from = "sick_role"', 'title_from = "ill_role"'), "history.toml")
    assert caught.value.values["field"] == "sick_role.title_from"
    titled = {section.title_from for each in resources.forms for section in each.sections} - {""}
    assert titled == {"sick_role"}
    assert all(each.sick_role for each in resources.protocols if each.key == "weissman-markowitz-klerman")
