"""What cannot be printed is spelt out: once a script, by name a sign, and everything else as it was."""

from ipt_desktop.domain.picture import Label, Picture
from ipt_desktop.domain.report import Drawing, Paper, Pictures, Prose, Report, Section, as_text
from ipt_desktop.domain.rich_text import Run, plain
from ipt_desktop.domain.spelt_out import spelt, spelt_out


def is_latin(letter: str) -> bool:
    return ord(letter) < 0x250 or letter in "“”–"


def test_words_of_another_script_are_named_once_and_signs_by_name() -> None:
    assert spelt("أمل حدّاد Amal", is_latin) == "[Arabic script] Amal"
    assert spelt("“林美玲”, 林", is_latin) == "“[CJK script]”, [CJK script]"
    assert spelt("a \N{WATERMELON}\N{WATERMELON}", is_latin) == "a [watermelon]"
    assert spelt("\ue000", is_latin) == "[U+E000]"


def test_what_can_be_printed_stays_as_it_is() -> None:
    words = "Zofia [sic] [sic] – e\u0301"
    assert spelt("Zofia [sic] – e\u0301", is_latin) == "Zofia [sic] – é"
    assert spelt(words, is_latin).startswith("Zofia [sic]")


def test_every_text_of_a_report_is_spelt_out_and_tokens_keep_their_room() -> None:
    token = Label(text="林", at=(0.0, 0.0), style="initials", fill="text")
    word = Label(text="姐", at=(0.0, 0.0), style="relation", fill="text")
    picture = Picture(10.0, 10.0, (token, word), description="inner: 林")
    sections = (Section("a", "Plan", (Prose(plain("Ring 林.")), Pictures((Drawing("Start", "", picture),)))),)
    report = spelt_out(Report(kind="k", title="T", running_head=("林 Lin", "T"), sections=sections), is_latin)
    assert report.running_head == ("[CJK script] Lin", "T")
    assert report.paper is Paper.A4
    prose, pictures = report.sections[0].blocks
    assert isinstance(prose, Prose)
    assert prose.rich_text[0].runs == (Run("Ring [CJK script]."),)
    assert isinstance(pictures, Pictures)
    assert [mark.text for mark in pictures.drawings[0].picture.marks if isinstance(mark, Label)] == ["?", "[CJK script]"]
    assert "林" not in as_text(report)
