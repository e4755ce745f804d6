"""The pages of an ending: each section one, in the form's order; an early ending begins with the few it needs."""

from ipt_desktop.domain.ending_pages import ending_pages
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import EndingKind
from ipt_desktop.services.resources import Resources

FORM: Form = Resources().form_for(Purpose.ENDING)
WORDS = [{"kind": "paragraph", "runs": [{"text": "Said."}]}]


def test_every_section_is_a_page_and_what_is_written_shows():
    pages = ending_pages(FORM, {"skills": WORDS, "gains": []}, None)
    assert [each.key for each in pages.first] == [each.key for each in FORM.sections]
    assert pages.more == ()
    assert [each.key for each in pages.every if each.is_written] == ["skills"]
    assert pages.to_begin_with == "feelings"
    assert ending_pages(FORM, {"feelings_about_ending": WORDS}, None).to_begin_with == "gains"


def test_forward_and_back_and_no_farther():
    pages = ending_pages(FORM, {}, EndingKind.PLANNED)
    assert pages.beside("feelings", -1) is None
    assert pages.beside("feelings", 1) == pages.page("gains")
    assert pages.beside(FORM.sections[-1].key, 1) is None
    assert pages.beside("nowhere", 1) is None
    assert pages.page("nowhere") is None


def test_an_early_ending_asks_how_what_was_reached_what_remains_and_how_to_come_back():
    for kind in EndingKind:
        pages = ending_pages(FORM, {}, kind)
        is_early = kind is not EndingKind.PLANNED
        assert bool(pages.more) is is_early
        if is_early:
            assert [each.key for each in pages.first] == ["how", "gains", "remains", "return"]
            assert {each.key for each in pages.every} == {each.key for each in FORM.sections}
            assert pages.beside("return", 1) == pages.more[0]


def test_what_the_ending_says_of_itself_goes_before_what_the_course_says():
    assert ending_pages(FORM, {"ending_kind": "planned"}, EndingKind.LOST_CONTACT).more == ()
    assert ending_pages(FORM, {"ending_kind": "lost_contact"}, EndingKind.PLANNED).more
    assert ending_pages(FORM, {"ending_kind": "lost_contact"}, None).more
