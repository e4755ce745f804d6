"""Forms as data: canonical form, answers that fit, and when a document may move to a newer definition."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain import form, rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form, Means, Option, Section
from ipt_desktop.domain.form_check import check, may_move
from ipt_desktop.domain.form_rows import Column

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def a_field(key: str = "words", kind: str = "line", **more: Any):
    return Field(key=key, label="Words", kind=kind, **more)


def a_form(*asked: Field):
    return Form(key="f", version=1, purpose="free_note", title="T", sections=(Section(key="s", fields=asked),))


@given(JSON)
def test_the_canonical_form_does_not_depend_on_the_order_of_keys(value: Any):
    def backwards(each: Any) -> Any:
        if isinstance(each, dict):
            return {key: backwards(each[key]) for key in reversed(each)}
        return [backwards(inner) for inner in each] if isinstance(each, list) else each

    assert form.canonical_json(value) == form.canonical_json(backwards(value))
    assert json.loads(form.canonical_json(value)) == value


def test_a_definition_keeps_its_hash_over_storage_and_loses_it_with_any_change():
    one = a_form(a_field(), a_field("pick", "choice", options=(Option(key="a", label="A"),)))
    stored = json.loads(json.dumps(form.to_json(one)))
    assert form.from_json(stored) == one
    assert form.form_hash(form.from_json(stored)) == form.form_hash(one)
    assert form.form_hash(replace(one, title="Other")) != form.form_hash(one)


def test_the_hash_of_a_definition_is_fixed():
    # Computed with another tool over the bytes {"a":"ä","b":1}: stored documents name their forms by it.
    assert form.definition_hash({"b": 1, "a": "ä"}) == "507aab815f2bdfce1c740c0b1ae7b1c874f56b9aa5b9ab109a07b57365148233"


def test_what_a_later_version_added_is_passed_over():
    stored = form.to_json(a_form(a_field()))
    stored["colour"] = "blue"
    stored["sections"][0]["fields"][0]["weight"] = 3
    assert form.from_json(stored) == a_form(a_field())


def test_an_unknown_kind_is_kept_and_known_to_be_unknown():
    later = form.from_json(form.to_json(a_form(a_field(kind="hologram"))))
    assert later.field("words").kind == "hologram"
    assert not later.field("words").is_known
    assert check(later, {"words": {"any": "thing"}}) == []


def test_a_field_is_found_by_what_it_means():
    one = a_form(a_field("x", means="mood"), a_field("y", means="plan"))
    assert one.field_that_means(Means.PLAN).key == "y"
    assert one.answer({"y": "home"}, Means.PLAN) == "home"
    assert one.answer({"y": "home"}, Means.RISK) is None


@pytest.mark.parametrize(
    "answer",
    [None, "", " \n", [], {}, {"done": "", "words": " "}, rich_text.to_json(rich_text.plain("\n \n")), {"x": None}],
)
def test_what_says_nothing_is_blank(answer: Any):
    assert form.is_blank(answer)
    assert form.is_blank({"words": answer})


@pytest.mark.parametrize("answer", [0, "a", ["id"], {"asked": "not_asked"}, rich_text.to_json(rich_text.plain("a"))])
def test_what_says_something_is_not_blank(answer: Any):
    assert not form.is_blank(answer)
    assert not form.is_blank({"words": answer})


COLUMNS = (
    Column(key="said", label="Said", kind="prose"),
    Column(key="hard", label="How hard", kind="scale"),
    Column(key="on", label="On", kind="date"),
)
OPTIONS = (Option(key="a", label="A"), Option(key="b", label="B"))
GOOD = [
    (FieldKind.LINE, "words"),
    (FieldKind.PROSE, rich_text.to_json(rich_text.plain("words"))),
    (FieldKind.CHOICE, "a"),
    (FieldKind.CHOICES, ["b", "a"]),
    (FieldKind.SCALE, 10),
    (FieldKind.DATE, "2026-11-24"),
    (FieldKind.PERSONS, ["some-id"]),
    (FieldKind.PERSON, "some-id"),
    (FieldKind.TIE, "some-id"),
    (FieldKind.ROWS, [{"said": "You never ask", "hard": 7, "on": "2026-11-24"}, {}, {"of a later version": 3}]),
    (FieldKind.RISK, {"asked": "changed", "words": "since Friday", "action": "rang the GP"}),
    (FieldKind.STEP, {"done": "partly", "words": "rang, no answer"}),
]
BAD = [
    (FieldKind.LINE, 3),
    (FieldKind.PROSE, [{"text": "no kind"}]),
    (FieldKind.CHOICE, "c"),
    (FieldKind.CHOICES, ["a", "c"]),
    (FieldKind.SCALE, 11),
    (FieldKind.SCALE, -1),
    (FieldKind.SCALE, True),
    (FieldKind.DATE, "24 November"),
    (FieldKind.PERSONS, "some-id"),
    (FieldKind.PERSON, ["some-id"]),
    (FieldKind.TIE, 3),
    (FieldKind.ROWS, {"said": "no list"}),
    (FieldKind.ROWS, ["no row"]),
    (FieldKind.ROWS, [{"said": ["no text"]}]),
    (FieldKind.ROWS, [{"said": 3}]),
    (FieldKind.ROWS, [{"hard": 11}]),
    (FieldKind.ROWS, [{"hard": "7"}]),
    (FieldKind.ROWS, [{"hard": True}]),
    (FieldKind.ROWS, [{"on": "24 November"}]),
    (FieldKind.RISK, {"asked": "perhaps"}),
    (FieldKind.STEP, {"done": "perhaps"}),
]


@pytest.mark.parametrize(("kind", "answer"), GOOD)
def test_an_answer_that_fits(kind: str, answer: Any):
    assert check(a_form(a_field(kind=kind, options=OPTIONS, columns=COLUMNS)), {"words": answer}) == []


@pytest.mark.parametrize(("kind", "answer"), BAD)
def test_an_answer_that_does_not_fit_is_named(kind: str, answer: Any):
    complaints = check(a_form(a_field(kind=kind, options=OPTIONS, columns=COLUMNS)), {"words": answer})
    assert [each.field for each in complaints] == ["words"]


@pytest.mark.parametrize(("kind", "answer"), [("line", "abcd"), ("prose", rich_text.to_json(rich_text.plain("ab\nc")))])
def test_a_limit_counts_the_letters(kind: str, answer: Any):
    assert check(a_form(a_field(kind=kind, max_length=4)), {"words": answer}) == []
    assert "4" in check(a_form(a_field(kind=kind, max_length=3)), {"words": answer})[0].reason


def test_an_unsigned_document_moves_only_when_no_answer_is_lost():
    old = a_form(a_field("one"), a_field("two"))
    assert may_move(old, a_form(a_field("one"), a_field("two"), a_field("three")), {"one": "x", "two": "y"})
    assert may_move(old, a_form(a_field("one")), {"one": "x", "two": " "})
    assert not may_move(old, a_form(a_field("one")), {"one": "x", "two": "y"})
    assert not may_move(old, a_form(a_field("one"), a_field("two", "scale")), {"two": "y"})
    assert not may_move(old, a_form(a_field("one", max_length=1)), {"one": "long"})


def test_rows_keep_their_columns_over_storage_and_no_answered_row_loses_one():
    asked = a_form(a_field(kind="rows", columns=COLUMNS, row_label="Turn"))
    assert form.from_json(json.loads(json.dumps(form.to_json(asked)))) == asked
    fewer = a_form(a_field(kind="rows", columns=COLUMNS[:1], row_label="Turn"))
    answers = {"words": [{"said": "x", "hard": 0}]}
    assert may_move(fewer, asked, {"words": [{"said": "x"}]})
    assert not may_move(asked, fewer, answers)
    assert may_move(asked, fewer, {"words": [{"said": " "}]}), "rows without a word hold nothing up"
