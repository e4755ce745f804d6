"""Safety plans on a real practice: versions, the numbers of the country, the page for the client, lines of ones own."""

from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import DefinitionError, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Document
from ipt_desktop.domain.report import as_text
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.services.crisis_lines import parse_crisis_lines
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.resources import Resources

TODAY = date.today()


@pytest.fixture
def client(desk: Desk) -> Client:
    return desk.clients.add_client(Client(name="Zofia Łukasiewicz"))


def write(desk: Desk, plan: Document, **answers: object) -> Document:
    draft = desk.documents.begin_writing(plan)
    return desk.documents.keep_draft(draft, {**plan.answers, **answers})


def test_a_new_version_begins_with_the_last_one_but_is_checked_anew(desk: Desk, client: Client):
    assert desk.safety_plans.latest(client.id) is None
    first = desk.safety_plans.new_plan(client.id, date(2026, 3, 26))
    first = write(desk, first, where_kept="In a folder", safe_at_home="yes", numbers_checked_on="2026-03-26")
    second = desk.safety_plans.new_plan(client.id, date(2026, 4, 23))
    assert (second.answers["where_kept"], second.answers["made_on"]) == ("In a folder", "2026-04-23")
    assert "numbers_checked_on" not in second.answers
    assert desk.safety_plans.plans(client.id) == [first]  # nothing is stored before it is written
    second = write(desk, second, safe_at_home="no", kept_with="Tomasz")
    assert [each.id for each in desk.safety_plans.plans(client.id)] == [second.id, first.id]
    latest = desk.safety_plans.latest(client.id)
    assert latest is not None
    assert latest.words.endswith("kept with Tomasz")


def test_the_page_begins_with_the_numbers_of_the_country_and_leaves_out_what_is_not_answered(desk: Desk, client: Client):
    desk.settings.change(country="gb")
    with pytest.raises(Refused, match="no safety plan yet"):
        desk.reporting.assemble("safety-plan", client_id=client.id)
    plan = desk.safety_plans.new_plan(client.id, date(2026, 3, 26))
    write(
        desk,
        plan,
        people_i_ask=[{"name": "Tomasz", "number": "at home"}],
        what_i_say="It’s a bad one.",
        making_safe=to_json(plain("Tablets are with Tomasz.")),
    )
    text = as_text(desk.reporting.assemble("safety-plan", client_id=client.id))
    assert text.index("999") < text.index("1. People I ask for help") < text.index("2. Making the place safe")
    assert "I say: “It’s a bad one.”" in text
    assert "Reasons to live" not in text
    assert "Numbers checked" not in text
    write(desk, desk.safety_plans.plans(client.id)[0], emergency_numbers=[{"name": "In danger now", "number": "112"}])
    text = as_text(desk.reporting.assemble("safety-plan", client_id=client.id))
    assert "112" in text
    assert "999" not in text


def test_a_page_in_either_paper_is_one_page_and_names_nobody_in_its_file_name(desk: Desk, client: Client, tmp_path: Path):
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=TODAY)
    write(desk, desk.safety_plans.new_plan(client.id), where_kept="In a folder")
    for paper in ("A4", "Letter"):
        pdf = desk.reporting.render(desk.reporting.assemble("safety-plan", course.id), paper)
        assert len(desk.reporting.pages(pdf, 200)) == 1
    assert "Zofia" not in desk.reporting.file_name("safety-plan", course.id)
    kept = desk.reporting.save(
        pdf, tmp_path / "plan.pdf", kind="safety-plan", course_id=course.id, recipient="Tomasz", purpose="to keep"
    )
    assert kept is not None
    assert (kept.what, kept.recipient) == ("safety-plan", "Tomasz")


def test_lines_of_ones_own_stand_for_those_shipped_and_a_mistake_is_named_by_line(tmp_path: Path):
    own = tmp_path / "definitions"
    own.mkdir()
    file = own / "crisis-lines.toml"
    file.write_text('version = 1\n[[countries]]\nkey = "gb"\nname = "UK"\nlines = [{ words = "Us", number = "1" }]\n', "utf-8")
    resources = Resources(own)
    assert [each.number for each in resources.crisis_lines["gb"].lines] == ["1"]
    assert resources.crisis_lines["us"].lines
    assert not resources.problems
    file.write_text('version = 1\n[[countries]]\nkey = "gb"\n', "utf-8")
    resources = Resources(own)
    assert [each.number for each in resources.crisis_lines["gb"].lines] == ["999", "111", "116 123"]
    assert str(resources.problems[0]).startswith(f"{file}, line 2, countries[1].name") or "line 2" in str(resources.problems[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('key = "uk1"\nname = "UK"', "two small letters"),
        ('key = "gb"\nname = " "', "needs a name"),
        ('key = "gb"\nname = "UK"\nlines = [{ words = "Us", number = " " }]', "words and a number"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, reason: str):
    with pytest.raises(DefinitionError, match=reason):
        parse_crisis_lines(f"version = 1\n[[countries]]\n{text}\n", "own.toml")


def test_the_emergency_number_comes_first_in_every_country():
    for country in Resources().crisis_lines.values():
        assert all("danger" in each.words for each in country.lines[:1])


def test_the_form_of_a_plan_is_shipped():
    assert Resources().form_for(Purpose.SAFETY_PLAN).key == "safety-plan"
