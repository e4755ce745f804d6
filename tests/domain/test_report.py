from ipt_desktop.domain.picture import Label, Picture
from ipt_desktop.domain.report import (
    Column,
    Drawing,
    Facts,
    Items,
    Letterhead,
    Pictures,
    Place,
    Prose,
    Report,
    Section,
    Signature,
    Table,
    as_text,
    places_in_words,
    unprintable,
)
from ipt_desktop.domain.rich_text import plain


def report(*sections: Section) -> Report:
    return Report(kind="termination-summary", title="Summary of treatment", sections=sections)


def test_a_report_reads_as_plain_text_in_its_order():
    text = as_text(
        Report(
            kind="termination-summary",
            title="Summary",
            subtitle="March to July",
            letterhead=Letterhead("Dr A", "Psychologist", ("Street 1",)),
            sections=(
                Section("who", "", (Facts((("Client", "Z.L."), ("Born", "")), (("Ending", "Planned"),)),)),
                Section("course", "Course", (Table((Column("Phase"), Column("Done")), (("Initial\n1–4", "Review"),)),)),
                Section("plan", "Plan", (Prose(plain("Two visits.")), Items(("call", plain("walk"))))),
                Section("circle", "Circle", (Pictures((Drawing("Start", "9 July", Picture(1, 1, (), "T.N. inner")),)),)),
                Section("sign", "", (Signature("Dr A", ("reg. 1",), "16 July"),)),
            ),
        )
    )
    assert text == (
        "Dr A\nPsychologist\nStreet 1\n\nSummary\nMarch to July\n\nClient: Z.L.\nEnding: Planned\n\n"
        "Course\nPhase\tDone\nInitial, 1–4\tReview\n\nPlan\nTwo visits.\n– call\n– walk\n\n"
        "Circle\nStart, 9 July: T.N. inner\n\nDr A\nreg. 1\n16 July\n"
    )


def test_every_unprintable_character_is_named_with_its_section():
    drawn = Picture(10, 10, (Label(text="李", at=(0, 0), style="initials", fill="ink"),))
    found = unprintable(
        report(
            Section("a", "Presenting problem", (Prose(plain("he said 你\n你 \u200d")),)),
            Section("b", "Circle", (Pictures((Drawing("Start", "", drawn),)),)),
            Section("c", "Course", (Table((Column("Phase"),), ((plain("א"),),)),)),
        ),
        lambda character: ord(character) < 0x500,
    )
    assert found == [Place("你", "Presenting problem"), Place("李", "Circle"), Place("א", "Course")]
    assert found[2].name == "Hebrew letter alef"


def test_letters_are_composed_before_they_are_judged():
    asked: set[str] = set()
    unprintable(report(Section("a", "A", (Prose(plain("Ele\u0301na")),))), lambda character: not asked.add(character))
    assert "é" in asked
    assert "\u0301" not in asked


def test_of_many_unprintable_characters_the_first_are_told() -> None:
    places = [Place("林", "heads"), Place("美", "heads"), Place("林", "Gains"), *(Place(each, "Plan") for each in "玲龍門山")]
    words = places_in_words(places)
    assert words.startswith("CJK unified ideograph-6797 (\u2068林\u2069): heads, Gains; CJK unified ideograph-7f8e (")
    assert words.endswith(" (\u2068玲\u2069), CJK unified ideograph-9f8d (\u2068龍\u2069): Plan; and 2 more")
