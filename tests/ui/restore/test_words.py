"""What is said of damage, in the therapist's words: what is asked for first comes first, and nothing is promised."""

from ipt_desktop.domain.health import Readable
from ui.restore.words import lost_lines, readable_words, rebuilt_lines


def test_notes_come_before_everything_else_and_what_is_whole_is_not_named():
    tables = {"tie": Readable(1, ("a",)), "client": Readable(5), "document": Readable(410, ("b", "c"))}
    assert lost_lines(tables) == ["2 of 412 notes and forms cannot be read", "1 of 2 ties between people cannot be read"]


def test_where_not_even_the_number_is_known_none_is_made_up():
    lines = lost_lines({"session": Readable(7, None)})
    assert lines == ["7 sessions can be read; how many more there were can no longer be told"]


def test_a_table_of_a_later_program_is_named_as_it_is():
    assert lost_lines({"goal": Readable(0, ("a",))}) == ["1 of 1 other record (goal) cannot be read"]


def test_how_much_can_be_read_in_a_sentence():
    assert readable_words({}) == "Nothing in it can be read."
    assert readable_words({"client": Readable(5)}) == "Every client, note and session in it can still be read."
    many = {name: Readable(0, ("a",)) for name in ("document", "client", "session", "course", "tie")}
    assert readable_words(many) == (
        "1 of 1 note or form cannot be read; 1 of 1 client cannot be read; 1 of 1 session cannot be read; "
        "2 more kinds of record are affected. Everything else can be read."
    )


def test_what_stands_in_for_something_lost_is_told():
    assert rebuilt_lines({"client": 0, "document": 1, "revision": 4}) == [
        "1 note was put together from its earlier versions",
    ]
