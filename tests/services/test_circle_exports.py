"""Circles that leave the program, from a real encrypted practice: read back, noted, and with nobody's name unless asked."""

import csv
import io
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pypdfium2
import pytest

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.audit_words import Act, detail_words, disclosure_words, operation_words, operations_of
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import CircleForm, CircleOrder, through_treatment
from ipt_desktop.domain.circle_overlay import Overlay
from ipt_desktop.domain.errors import FolderNotWritable, RecordGone, Refused, SaveFailed
from ipt_desktop.domain.picture import ArcLabel, Disc, Label, Polygon
from ipt_desktop.domain.records import AuditEntry, ContactHow, Person, Placement, Sector, Sitting, Support, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS, SHAPES
from ipt_desktop.services.circle_exports import CircleCopy
from ipt_desktop.services.reporting import page_count
from tests.services.summary_case import PEOPLE, START, TODAY, Case, fill, open_case

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [part for name, *_rest in PEOPLE for part in name.split() if len(part) > 3]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    yield case
    case.desk.close()


def order(case: Case, form: CircleForm, **more: object) -> CircleOrder:
    return CircleOrder(course_id=case.course.id, form=form, **more)  # type: ignore[arg-type]


def made(case: Case, form: CircleForm, **more: object) -> CircleCopy:
    return case.desk.circle_exports.make(order(case, form, **more), today=TODAY)


def sittings(case: Case) -> tuple[str, ...]:
    return tuple(each.id for each in case.desk.circles.sittings(case.course.id))


def pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data))


def everything_in(copy: CircleCopy) -> str:
    """Return all the words that leave with a copy, its picture's and what a screen reader says of it too."""
    marks = copy.picture.marks if copy.picture else ()
    drawn = [mark.text for mark in marks if isinstance(mark, Label | ArcLabel)]
    if copy.order.form is CircleForm.PDF:
        document = pypdfium2.PdfDocument(copy.data)
        return " ".join([pdf_text(copy.data), *document.get_metadata_dict().values(), copy.text])
    return " ".join([*drawn, copy.data.decode("utf-8-sig"), copy.text])


def person_id(case: Case, name: str) -> str:
    return next(each.id for each in case.desk.circles.people(case.client.id) if each.name == name)


# -- what people are called ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("naming", [Naming.INITIALS, Naming.PSEUDONYMS])
@pytest.mark.parametrize("form", CircleForm)
def test_nobody_is_named_in_any_form(case: Case, form: CircleForm, naming: Naming) -> None:
    chosen = [("",), sittings(case)] if form.is_picture else [("",)]
    for each in chosen:
        words = everything_in(made(case, form, naming=naming, sittings=each, since=sittings(case)[0], are_ties_shown=True))
        for name in (*NAMES, "Zofia"):
            assert name not in words
        assert case.client.id not in words
        assert person_id(case, "Tomasz Nowak") not in words, "nor by a record's id"


def test_initials_are_what_is_meant_where_nothing_is_said(case: Case) -> None:
    assert CircleOrder(course_id="c").naming is Naming.INITIALS
    assert "T.N., husband" in pdf_text(made(case, CircleForm.PDF, sittings=sittings(case)).data)


def test_pseudonyms_stay_the_same_in_every_form_and_sitting(case: Case) -> None:
    case.desk.circles.add_person(case.client.id, "Ewa Lis", "friend")
    rows = made(case, CircleForm.CSV, naming=Naming.PSEUDONYMS).rows
    called = {"Daughter", "Husband", "Sister", "Friend 1", "Mother", "Faith", "Brother", "Doctor"}
    assert {row[0] for row in rows[1:]} == called, "Friend 2 is on no circle, and counts"
    through = pdf_text(made(case, CircleForm.PDF, naming=Naming.PSEUDONYMS, sittings=sittings(case)).data)
    assert "Fr1 · Friend 1" in through
    assert "“He asks now, and I answer.” One ring closer." in through
    assert "“Husband and I cry on the phone.”" in through, "names in the client's own words go as well"
    assert "2026-014" not in through
    assert "Hanna Weiss" not in everything_in(made(case, CircleForm.PDF, naming=Naming.PSEUDONYMS))
    assert "died 2025" not in through


def test_names_stand_there_when_they_are_asked_for(case: Case) -> None:
    for form in (CircleForm.PDF, CircleForm.SVG, CircleForm.CSV, CircleForm.GRAPHML):
        words = everything_in(made(case, form, naming=Naming.NAMES))
        assert "Tomasz Nowak" in words, form
    assert "Zofia Łukasiewicz" in pdf_text(made(case, CircleForm.PDF, naming=Naming.NAMES).data)


@pytest.mark.parametrize(
    ("naming", "begins"), [(Naming.INITIALS, "ZŁ circle "), (Naming.PSEUDONYMS, "circle "), (Naming.NAMES, "ZŁ ")]
)
def test_the_files_name_tells_nobody(case: Case, naming: Naming, begins: str) -> None:
    name = case.desk.circle_exports.file_name(order(case, CircleForm.PNG_LARGE, naming=naming), today=TODAY)
    assert name.startswith(begins)
    assert name.endswith("2026-07-16.png")


# -- pages and pictures --------------------------------------------------------------------------------------------


def test_one_circle_is_one_page_of_lines_and_letters(case: Case) -> None:
    copy = made(case, CircleForm.PDF)
    assert page_count(copy.data) == 1
    assert b"/Subtype /Image" not in copy.data
    text = pdf_text(copy.data)
    assert text.startswith("The closeness circle ZŁ · ref. 2026-014 · session 16, 9 July 2026")
    assert "Everyone is named by initials only" in text
    assert copy.people == 8


def test_circles_through_treatment_stand_on_one_page_with_who_stood_where(case: Case) -> None:
    desk, course = case.desk, case.course.id
    before = desk.circles.sitting_before(course, START)
    for name, *_rest in PEOPLE:
        row = Placement(person_id=person_id(case, name), sitting_id=before.id, felt=0.9, angle=10)
        desk.circles.put_back(before.id, row.person_id, row)
    chosen = tuple(each.id for each in through_treatment(desk.circles.sittings(course)))
    copy = made(case, CircleForm.PDF, sittings=chosen)
    text = pdf_text(copy.data)
    assert "The circle through treatment" in text
    for title in ("Before this began", "Start", "End"):
        assert title in text
    assert "moved since the one before" in text
    assert "T.N., husband inner middle inner “He asks now, and I answer.” One ring closer." in text
    assert page_count(copy.data) == 1
    first = pypdfium2.PdfDocument(copy.data)[0].get_textpage().get_text_range()
    assert "closeness wanted" not in first, "no form in the key that is not on a circle"
    assert "End" in first, "all circles stand on the first page"


def test_whose_death_the_work_is_about_lived_before_this_began(case: Case) -> None:
    desk, mother = case.desk, person_id(case, "Maria Łukasiewicz")
    desk.circles.change_person(
        replace(next(each for each in desk.circles.people(case.client.id) if each.id == mother), is_in_focus=True)
    )
    before = desk.circles.sitting_before(case.course.id, START)
    desk.circles.put_back(before.id, mother, Placement(person_id=mother, sitting_id=before.id, felt=0.9))
    for sitting, has_ribbon in ((before.id, False), (sittings(case)[-1], True)):
        picture = made(case, CircleForm.SVG, sittings=(sitting,)).picture
        assert picture is not None
        assert any(isinstance(mark, Polygon) and mark.clip for mark in picture.marks) is has_ribbon


def test_a_sittings_name_tells_nobodys(case: Case) -> None:
    sitting = next(each for each in case.desk.circles.sittings(case.course.id) if each.id == sittings(case)[0])
    case.desk.store.write(lambda writing: writing.update(replace(sitting, name="after Tomasz moved", session_id=None)))
    for naming, told in ((Naming.INITIALS, "after T.N. moved"), (Naming.PSEUDONYMS, "after Husband moved")):
        text = pdf_text(made(case, CircleForm.PDF, naming=naming, sittings=sittings(case)).data)
        assert told in text
        assert "Tomasz" not in text


def test_a_circle_is_compared_with_an_earlier_one_alone(case: Case) -> None:
    first, last = sittings(case)
    for shown, since in (("", last), (first, last), (first, first)):
        assert "moved since" not in pdf_text(made(case, CircleForm.PDF, sittings=(shown,), since=since).data)
    assert "moved since 19 March 2026" in pdf_text(made(case, CircleForm.PDF, sittings=(last,), since=first).data)


@pytest.mark.parametrize(
    "name", ["Bartholomew " * 16, "\N{WATERMELON}\N{ZERO WIDTH JOINER}x", "أمل حداد", "Olena 王芳", "<b>&\x07"]
)
@pytest.mark.parametrize("form", CircleForm)
def test_any_name_can_leave(case: Case, form: CircleForm, name: str) -> None:
    person = Person(client_id=case.client.id, name=name.strip(), relation="friend")  # as an older release may have kept it
    case.desk.store.write(lambda writing: writing.insert(person))
    row = Placement(person_id=person.id, sitting_id=sittings(case)[-1], felt=0.4)
    case.desk.circles.put_back(row.sitting_id, person.id, row)
    copy = made(case, form, naming=Naming.NAMES)
    if form is CircleForm.PDF:
        assert page_count(copy.data) == 1
        has_no_face = any(each in name for each in "\N{WATERMELON}\x07")
        assert bool(copy.places) is has_no_face, "what cannot be printed is told of"
    elif form in (CircleForm.SVG, CircleForm.GRAPHML):
        ElementTree.fromstring(copy.data)  # noqa: S314 - our own


def test_no_more_than_four_circles_and_none_that_is_gone(case: Case) -> None:
    for chosen in ((), ("",) * 5):
        with pytest.raises(Refused):
            made(case, CircleForm.PDF, sittings=chosen)
    with pytest.raises(RecordGone):
        made(case, CircleForm.PDF, sittings=("nothing",))


def test_the_sittings_that_tell_a_course_are_before_start_middle_and_end() -> None:
    days = [Sitting(course_id="c", date=date(2026, 1, day), id=str(day)) for day in range(1, 7)]
    before = Sitting(course_id="c", date=date(2026, 1, 9), id="b", is_before=True)
    assert [each.id for each in through_treatment([before, *days])] == ["b", "1", "4", "6"]
    assert [each.id for each in through_treatment(days[:2])] == ["1", "2"]
    assert through_treatment([]) == []


def test_an_svg_says_and_draws_the_circle(case: Case) -> None:
    copy = made(case, CircleForm.SVG, sittings=sittings(case))
    root = ElementTree.fromstring(copy.data)  # noqa: S314 - our own
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert {"TN", "Start", "End", "husband", "focus of the work"} <= set(words)
    assert "inner: " in (root.findtext(f"{SVG}desc") or "")


def test_a_circle_of_nobody_can_leave_as_well(case: Case) -> None:
    for each in case.desk.circles.people(case.client.id):
        for sitting in sittings(case):
            case.desk.circles.put_back(sitting, each.id, None)
    for form in CircleForm:
        copy = made(case, form)
        assert copy.people == 0
        assert copy.data or copy.picture


def test_three_hundred_people_have_room(case: Case) -> None:
    sitting = sittings(case)[-1]
    for number in range(300):
        person = case.desk.circles.add_person(case.client.id, f"Guest {number}", "friend")
        row = Placement(person_id=person.id, sitting_id=sitting, felt=number / 300, angle=number * 7.0)
        case.desk.circles.put_back(sitting, person.id, row)
    copy = made(case, CircleForm.SVG, naming=Naming.PSEUDONYMS)
    assert copy.people == 308
    ElementTree.fromstring(copy.data)  # noqa: S314 - our own


def test_sectors_are_drawn_where_they_are_asked_for_and_name_nobody(case: Case) -> None:
    begun = {"Tomasz’s side": 0.0, "Work": 180.0}
    sectors = [Sector(client_id=case.client.id, name=name, start=start) for name, start in begun.items()]
    case.desk.circles.keep_sectors(case.client.id, sectors, {})
    for form in (CircleForm.PDF, CircleForm.SVG):
        assert "Work" not in everything_in(made(case, form))
        words = everything_in(made(case, form, are_sectors_shown=True))
        assert "Work" in words
        assert "Tomasz" not in words
    assert "Tomasz’s side" in everything_in(made(case, CircleForm.SVG, are_sectors_shown=True, naming=Naming.NAMES))


def test_what_is_shown_beside_people_leaves_with_its_key_and_in_words(case: Case) -> None:
    last = case.desk.circles.sitting_now(case.course.id)
    kasia = person_id(case, "Anna Kowalska")
    row = Placement(person_id=kasia, sitting_id=last.id, felt=0.7, conflict=2, contact=ContactHow.WEEKLY)
    case.desk.circles.put_back(last.id, kasia, replace(row, received=Support(emotional=3), wished=Support(practical=1)))
    plain = made(case, CircleForm.SVG).picture
    assert plain is not None
    told = {Overlay.CONFLICT: "conflict: some", Overlay.CONTACT: "weekly", Overlay.SUPPORT: "received"}
    for overlay, words in told.items():
        copy = made(case, CircleForm.SVG, overlay=overlay)
        assert copy.picture is not None
        assert len(copy.picture.marks) > len(plain.marks)
        assert words in everything_in(copy)
        assert words in pdf_text(made(case, CircleForm.PDF, overlay=overlay).data)
        assert "Anna" not in everything_in(copy)
    assert "support" not in everything_in(made(case, CircleForm.SVG)).lower()


def test_in_black_and_white_nothing_is_lost(case: Case) -> None:
    """Relations differ by shape, and every letter and outline stands out from its ground in grey."""
    case.desk.circles.add_tie(
        Tie(client_id=case.client.id, from_person_id=person_id(case, "Anna Kowalska"), kind=TieKind.KIN, since=START)
    )
    picture = made(case, CircleForm.SVG, are_ties_shown=True, since=sittings(case)[0]).picture
    assert picture is not None
    paper = case.desk.reporting.tokens["paper"]
    grounds = [paper["ring_1"], paper["gone"], paper["surface"]]
    words = {mark.fill for mark in picture.marks if isinstance(mark, Label | ArcLabel)} - {"surface"}
    lines = {mark.line for mark in picture.marks if not isinstance(mark, Label | ArcLabel) and mark.line} - {"ring_line"}
    assert {"token_line", "tie"} <= lines
    for role in words | lines:
        assert min(_contrast(paper[role], ground) for ground in grounds) >= 4.5, role
    fills = {mark.fill for mark in picture.marks if isinstance(mark, Disc | Polygon) and mark.key.startswith("person:")}
    assert fills <= {"surface", "gone", "token_line", ""}, "a token's tint says nothing that its shape and ribbon do not"
    assert {each.shape for each in RELATIONS} == set(SHAPES)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# -- table and network ---------------------------------------------------------------------------------------------


def test_a_table_tells_now_and_before(case: Case) -> None:
    rows = list(
        csv.DictReader(io.StringIO(made(case, CircleForm.CSV, since=sittings(case)[0]).data.decode("utf-8-sig"), newline=""))
    )
    told = {row["Person"]: row for row in rows}
    assert len(told) == 8
    assert (told["T.N."]["Now"], told["T.N."]["Before"], told["T.N."]["Closeness now"]) == ("inner", "middle", "0.80")
    assert (told["T.N."]["Date"], told["T.N."]["Date before"]) == ("2026-07-09", "2026-03-19")


def test_a_name_that_is_a_formula_does_not_run(case: Case) -> None:
    person = case.desk.circles.add_person(case.client.id, "=HYPERLINK(1)", "friend", relation_words="+cmd")
    case.desk.circles.put_back(
        sittings(case)[-1], person.id, Placement(person_id=person.id, sitting_id=sittings(case)[-1], felt=0.5)
    )
    text = made(case, CircleForm.CSV, naming=Naming.NAMES).data.decode("utf-8-sig")
    assert '"\'=HYPERLINK(1)","\'+cmd"' in text


def test_networkx_reads_the_network(case: Case, tmp_path: Path) -> None:
    desk, client = case.desk, case.client.id
    anna, berta, robert = (person_id(case, name) for name in ("Anna Kowalska", "Berta Olszewska", "Robert Łukasiewicz"))
    ended = date(2026, 4, 1)
    for tie in (
        Tie(client_id=client, from_person_id=anna, to_person_id=berta, kind=TieKind.CONFLICT, strength=3, since=START),
        Tie(client_id=client, from_person_id=robert, kind=TieKind.CUTOFF, since=START),
        Tie(client_id=client, from_person_id=anna, to_person_id=robert, kind=TieKind.KIN, since=START, until=ended),
    ):
        desk.circles.add_tie(tie)
    path = tmp_path / "circle.graphml"
    path.write_bytes(made(case, CircleForm.GRAPHML, naming=Naming.NAMES).data)
    graph = networkx.read_graphml(path)
    label = networkx.get_node_attributes(graph, "label")
    assert len(graph) == 9
    assert not graph.is_directed()
    assert label["client"] == "Zofia Łukasiewicz"
    assert graph.nodes["client"]["is_client"] is True
    ties = {frozenset((label[one], label[other])): tie for one, other, tie in graph.edges(data=True)}
    assert set(ties) == {
        frozenset(("Anna Kowalska", "Berta Olszewska")),
        frozenset(("Robert Łukasiewicz", "Zofia Łukasiewicz")),
    }, "a tie that has ended is no longer there"
    conflict = ties[frozenset(("Anna Kowalska", "Berta Olszewska"))]
    assert (conflict["kind"], conflict["strength"], conflict["since"]) == ("conflict", 3, "2026-03-12")
    husband = next(node for node, name in label.items() if name == "Tomasz Nowak")
    assert graph.nodes[husband]["closeness"] == 0.8
    assert graph.nodes[husband]["ring"] == "inner"
    assert graph.nodes[husband]["is_in_focus"] is True


# -- leaving -------------------------------------------------------------------------------------------------------


def trail(case: Case) -> list[AuditEntry]:
    return case.desk.audit.entries(Wanted(operations=operations_of(Act.GIVEN_OUT)))


def test_saving_is_in_the_trail_and_without_a_recipient_no_disclosure(case: Case, tmp_path: Path) -> None:
    asked = order(case, CircleForm.SVG, naming=Naming.PSEUDONYMS)
    path = tmp_path / "out.svg"
    assert case.desk.circle_exports.save(b"<svg/>", path, asked, recipient="  ") is None
    assert path.read_bytes() == b"<svg/>"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (entry,) = trail(case)
    assert operation_words(entry.operation) == "Circle saved as a file"
    assert detail_words(entry) == "Closeness circle; SVG picture; with pseudonyms"
    assert (entry.client_id, entry.record_id) == (case.client.id, case.course.id)
    assert case.desk.disclosures.of_client(case.client.id) == []


def test_with_a_recipient_it_is_a_disclosure(case: Case, tmp_path: Path) -> None:
    pdf = made(case, CircleForm.PDF).data
    case.desk.circle_exports.save(pdf, tmp_path / "a.pdf", order(case, CircleForm.PDF), recipient=" Dr Ng ", purpose="talk ")
    case.desk.circle_exports.save(b"x", tmp_path / "a.csv", order(case, CircleForm.CSV), recipient="Dr Ng")
    case.desk.circle_exports.note_copied(order(case, CircleForm.CLIPBOARD), recipient="Dr Ng")
    kept = case.desk.disclosures.of_client(case.client.id)[::-1]
    assert [(each.what, each.recipient, each.how) for each in kept] == [
        ("circle", "Dr Ng", "pdf"),
        ("circle", "Dr Ng", "csv"),
        ("circle", "Dr Ng", "clipboard"),
    ]
    assert kept[0].purpose == "talk"
    assert [disclosure_words(each) for each in kept] == [
        "Closeness circle, 1 page",
        "Closeness circle, CSV table",
        "Closeness circle, copied as a picture",
    ]
    assert "Ng" not in str(trail(case)), "who it went to is a matter of the client's list"


def test_what_cannot_be_written_is_not_noted(case: Case, tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        case.desk.circle_exports.save(b"x", tmp_path / "nowhere" / "a.svg", order(case, CircleForm.SVG), recipient="Dr Ng")
    assert trail(case) == []
    assert case.desk.disclosures.of_client(case.client.id) == []


def test_what_cannot_be_noted_does_not_leave(case: Case, tmp_path: Path) -> None:
    def refuse(writing: object) -> None:
        run = writing._connection.exec_driver_sql  # type: ignore[attr-defined]
        run("CREATE TRIGGER refuse BEFORE INSERT ON disclosure BEGIN SELECT RAISE(ABORT, 'full'); END")

    case.desk.store.write(refuse)
    with pytest.raises(SaveFailed):
        case.desk.circle_exports.save(b"x", tmp_path / "a.svg", order(case, CircleForm.SVG), recipient="Dr Ng")
    assert list(tmp_path.glob("*a.svg*")) == []
    assert trail(case) == []
