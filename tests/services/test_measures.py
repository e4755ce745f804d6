"""The measures that are shipped, and a therapist's own: what is in them, what may not be, and mistakes by their line."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.measure import Direction, Measure, MeasureKind, Method, Respondent, Severity, Sourced
from ipt_desktop.domain.measure_change import RuleSets
from ipt_desktop.domain.measure_json import from_json, measure_hash, to_json
from ipt_desktop.domain.measure_scoring import score
from ipt_desktop.services.measure_definitions import parse_measure
from ipt_desktop.services.measure_names import MeasureNames
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.rule_sets import parse_rule_sets

ROOT = Path(__file__).parents[2]
MEASURES = Resources().measures
FULL = ["phq-9", "gad-7", "phq-4", "pcl-5", "ces-d", "phq-15", "audit-c", "csi-4", "mspss"]
SCORE_ONLY = [
    *("epds", "core-10", "ham-d", "bdi-ii", "wsas", "dass-21", "k10", "pss-10", "rosenberg", "ecr-rs", "ucla-3", "audit"),
    *("scoff", "ors", "srs"),
]
OWN = (ROOT / "tests" / "domain" / "measure_of_ones_own.toml").read_text("utf-8")


def test_the_measures_of_the_program_and_their_order():
    kinds = [(each.key, each.kind) for each in MEASURES]
    assert kinds == [*((each, MeasureKind.FULL) for each in FULL), *((each, MeasureKind.SCORE_ONLY) for each in SCORE_ONLY)]


def test_a_name_is_known_without_reading_every_measure(tmp_path: Path):
    asked: list[str] = []
    alone = MeasureNames(tmp_path, lambda key: asked.append(key) or Resources(tmp_path).measure_name(key))
    assert [alone.name_of(each.key) for each in MEASURES] == [each.name for each in MEASURES]
    assert alone.name_of("of-nobody") == ""
    assert asked == []
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "mine.toml").write_text(OWN.replace('name = "CORE-10"', 'name = "Ours"', 1), "utf-8")
    assert alone.name_of("core-10") == "Ours"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.key)
def test_each_says_whose_it_is_and_where_its_numbers_are_from(measure: Measure):
    assert measure.licence.name
    assert measure.licence.attribution
    assert measure.licence.text
    assert measure.verified.numbers
    told: list[Sourced] = [*measure.bands, *measure.cutoffs, *measure.flags, *measure.rules, *measure.subscales]
    told += [band for field in (*measure.fields, *measure.subscales) for band in field.bands]
    told += [each for each in (measure.reliable_change, measure.norms) if each]
    assert all(each.is_verified for each in told)
    assert measure.language == "en"
    assert measure.licence.seen
    assert measure.version
    if measure.kind == MeasureKind.FULL:
        assert measure.verified.text
        assert measure.recall
        assert all(each.topic for each in measure.items)


@pytest.mark.parametrize("key", SCORE_ONLY)
def test_no_word_of_a_questionnaire_stands_in_a_measure_of_scores_alone(key: str):
    body = tomllib.loads((ROOT / "resources" / "measures" / f"{key}.toml").read_text("utf-8"))
    assert not {"items", "options", "instructions", "stem", "extra"} & set(body)
    assert all("text" not in each for each in body["fields"])


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.key)
def test_notice_has_the_attribution(measure: Measure):
    notice = " ".join((ROOT / "NOTICE").read_text("utf-8").split())
    assert measure.licence.attribution in notice


def test_the_site_of_the_dass_is_named_as_its_owners_ask():
    (dass,) = (each for each in MEASURES if each.key == "dass-21")
    assert "www2.psy.unsw.edu.au/dass" in dass.licence.attribution
    assert dass.licence.url == "https://www2.psy.unsw.edu.au/dass/"


def test_the_lowest_answer_is_not_at_all_and_not_sure_of_anything():
    for key in ("phq-9", "gad-7", "phq-4"):
        measure = next(each for each in MEASURES if each.key == key)
        assert measure.options[0].label == "Not at all"


def test_what_was_not_verified_is_no_number_of_a_measure():
    csi_4 = next(each for each in MEASURES if each.key == "csi-4")
    assert (csi_4.bands, csi_4.cutoffs, csi_4.reliable_change) == ((), (), None)
    assert any("13.5" in each for each in csi_4.unverified)
    epds = next(each for each in MEASURES if each.key == "epds")
    assert epds.reliable_change is None
    assert epds.recall == ""


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.key)
def test_a_definition_outlives_its_file(measure: Measure):
    kept = json.loads(json.dumps(to_json(measure)))
    assert from_json(kept) == measure
    assert from_json({**kept, "colour": "red"}) == measure
    assert measure_hash(from_json(kept)) == measure_hash(measure)
    assert len({measure_hash(each) for each in MEASURES}) == len(MEASURES)


def test_age_limits_are_said_and_refuse_nobody():
    phq_9 = next(each for each in MEASURES if each.key == "phq-9")
    assert [phq_9.age.fits(each) for each in (11, 12, 80)] == [False, True, True]
    csi_4 = next(each for each in MEASURES if each.key == "csi-4")
    assert csi_4.age.fits(3)


MISTAKES = [
    ('key = "core-10"', 'key = "My Own"', "key"),
    ('name = "CORE-10"', 'name = " "', "name"),
    ('name = "CORE-10"', "", "name"),
    ('recall = "last week"', 'recal = "last week"', "recal"),
    ('recall = "last week"', 'kind = "poem"', "kind"),
    ('recall = "last week"', 'kind = "score_only"', "items"),
    ('recall = "last week"', 'respondent = "cat"', "respondent"),
    ('recall = "last week"', 'higher_is = "louder"', "higher_is"),
    ('recall = "last week"', 'method = "median"', "method"),
    ("highest = 40", "highest = 41", "highest"),
    ("highest = 40", 'highest = "40"', "highest"),
    ("highest = 40", "highest = inf", "highest"),
    ("number = 4,", "number = 5,", "items[4].number"),
    ('text = "Statement 4"', 'text = ""', "items[4].text"),
    ('text = "Statement 4"', 'text = "Statement 4", weight = 0', "items[4].weight"),
    ('text = "Statement 4"', 'text = "Statement 4", skip_if = { item = 4, value = 0 }', "items[4].skip_if.item"),
    ('text = "Statement 4"', 'text = "Statement 4", options = [{ value = 0, label = "No" }]', "items[4].options"),
    ("{ value = 3,", "{ value = 2,", "options[4].value"),
    ("lowest = 6, highest = 10", "lowest = 5, highest = 10", "bands[2].lowest"),
    ("lowest = 6, highest = 10", "lowest = 7, highest = 10", "bands[2].lowest"),
    ("lowest = 6, highest = 10", "lowest = 6, highest = 3", "bands[2].highest"),
    ("lowest = 0, highest = 5", "lowest = 1, highest = 5", "bands[1].lowest"),
    ("lowest = 25, highest = 40", "lowest = 25, highest = 39", "bands[6].highest"),
    ('key = "depression-likely"', 'key = "clinical"', "clinical.key"),
    ('op = ">",', 'op = "above",', "depression-likely.op"),
    ('op = ">",', 'op = ">", on = "mood",', "depression-likely.on"),
    ('op = ">",', 'op = ">", on = "symptoms",', "depression-likely.on"),
    ("item = 6, value = 1", "item = 11, value = 1", "flags[1].item"),
    ("item = 6, value = 1", 'item = 6, severity = "red", value = 1', "flags[1].severity"),
    ("most = 1", "most = 10", "missing.most"),
    ("value = 6\n", "value = 0\n", "reliable_change.value"),
    ("alpha = 0.9", "alpha = 1.5", "norms.alpha"),
    ("sd = 7.7", "sd = -1", "norms.sd"),
    ('attribution = "© its owner"', "", "licence.attribution"),
    ("[licence]", "[response]\npercent = 0\n\n[licence]", "response.percent"),
    ("[licence]", "[age]\nyoungest = 18\noldest = 17\n\n[licence]", "age.oldest"),
    ("[licence]", '[[rules]]\nkey = "r"\nname = "R"\ntext = "R"\nneeds = []\n\n[licence]', "r"),
    (
        "[licence]",
        '[[subscales]]\nkey = "a"\nname = "A"\nitems = [1, 1]\nlowest = 0\nhighest = 8\n\n[licence]',
        "a.items[2]",
    ),
    (
        "[licence]",
        '[[subscales]]\nkey = "a"\nname = "A"\nitems = [1, 2]\nlowest = 0\nhighest = 9\n\n[licence]',
        "a.highest",
    ),
    (
        "[licence]",
        '[[subscales]]\nkey = "total"\nname = "A"\nitems = [1, 2]\nlowest = 0\nhighest = 8\n\n[licence]',
        "total.key",
    ),
]


@pytest.mark.parametrize(("old", "new", "field"), MISTAKES, ids=[f"{field}-{new[:24]!r}" for _old, new, field in MISTAKES])
def test_a_mistake_is_named_with_file_line_and_field(old: str, new: str, field: str):
    assert parse_measure(OWN, "own.toml").kind == MeasureKind.USER_SUPPLIED
    assert old in OWN
    wrong = OWN.replace(old, new, 1)
    with pytest.raises(DefinitionError) as caught:
        parse_measure(wrong, "own.toml")
    assert caught.value.values["field"] == field
    line = wrong.splitlines()[int(str(caught.value.values["line"])) - 1]
    if new:  # what is missing is told of at the table it is missing from, a rule at its own line
        assert field.split(".")[-1].split("[")[0] in line or line == "[[rules]]"
    assert str(caught.value).startswith("own.toml, line ")


SCORES = """key = "own"
name = "Own"
full_name = "Our own"

fields = [
  { key = "total", label = "Total", lowest = 0, highest = 30 },
  { key = "item4", label = "Item 4", lowest = 0, highest = 3, item = 4 },
]

flags = [{ item = 4, value = 1, what = "thoughts of harm" }]

[licence]
name = "Ours"
attribution = "© us"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("highest = 30", "highest = 0", 6, "total.highest"),
        ("item = 4 }", "item = -4 }", 7, "item4.item"),
        ('key = "item4"', 'key = "total"', 7, "total.item"),
        ("highest = 3,", "highest = 3, decimals = 9,", 7, "item4.decimals"),
        ("flags = [{ item = 4", "flags = [{ item = 5", 10, "flags[1].item"),
        ('full_name = "Our own"', 'full_name = "Our own"\nhighest = 30', 4, "highest"),
        ('full_name = "Our own"', 'full_name = "Our own"\nkind = "full"', 4, "kind"),
        ('full_name = "Our own"', 'full_name = "Our own"\nkind = "score_only"\nstem = "Lately"', 5, "stem"),
        ("fields = [", 'items = [{ number = 1, text = "One" }]\nfields = [', 6, "fields"),
    ],
)
def test_a_mistake_in_a_measure_of_scores_is_named(old: str, new: str, line: int, field: str):
    assert [each.key for each in parse_measure(SCORES, "own.toml").fields] == ["total", "item4"]
    with pytest.raises(DefinitionError) as caught:
        parse_measure(SCORES.replace(old, new, 1), "own.toml")
    assert (caught.value.values["line"], caught.value.values["field"]) == (line, field)


def test_one_with_neither_items_nor_fields_is_refused():
    bare = SCORES.split("fields = [")[0] + "[licence]" + SCORES.split("[licence]")[1]
    with pytest.raises(DefinitionError, match="a measure needs items, or fields for finished scores"):
        parse_measure(bare, "own.toml")


def test_a_measure_of_ones_own_is_one_file_and_a_mistake_leaves_out_that_file_alone(tmp_path: Path):
    folder = tmp_path / "measures"
    folder.mkdir()
    (folder / "a-own.toml").write_text(SCORES, "utf-8-sig")
    (folder / "b-wrong.toml").write_text(SCORES.replace("highest = 30", "highest = 0"), "utf-8")
    (folder / "c-core.toml").write_text(OWN, "utf-8")
    (folder / "d-phq.toml").write_text((ROOT / "resources" / "measures" / "phq-9.toml").read_text("utf-8"), "utf-8")
    (folder / "e-again.toml").write_text(SCORES, "utf-8")
    mine = Resources(tmp_path)
    own = {each.key: each for each in mine.measures if each.kind == MeasureKind.USER_SUPPLIED}
    assert sorted(own) == ["core-10", "own", "phq-9"]
    assert own["core-10"].has_items
    assert len(mine.measures) == len(MEASURES) + 1
    problems = [(Path(str(each.values["file"])).name, each.values["line"], each.values["field"]) for each in mine.problems]
    assert problems == [("b-wrong.toml", 6, "total.highest"), ("e-again.toml", 1, "key")]
    (folder / "b-wrong.toml").unlink()
    mine.read_again()
    assert mine.measure("own") is not None
    assert [each.values["field"] for each in mine.problems] == ["key"]


RULES = """[[rule_sets]]
key = "ours"
name = "Our own"
short = "ours"
source = "agreed in the practice"
recovery = "Below the line on the PHQ-9."
scales = [{ measure = "phq-9", cutoff = 9, change = 5 }]
"""


def test_a_practice_has_rule_sets_of_its_own(tmp_path: Path):
    (tmp_path / "rule-sets.toml").write_text(RULES, "utf-8")
    mine = Resources(tmp_path)
    assert [each.key for each in mine.rule_sets] == ["nhs-talking-therapies", "ours"]
    assert mine.rule_set("ours").scales[0].change == 5
    assert mine.rule_set("gone").key == "nhs-talking-therapies"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('short = "ours"', "", 1, "ours.short"),
        ("change = 5", "change = 0", 7, "ours.scales[1].change"),
        ("change = 5 }", 'change = 5 }, { measure = "phq-9", cutoff = 1, change = 1 }', 7, "ours.scales[2].measure"),
        ('scales = [{ measure = "phq-9", cutoff = 9, change = 5 }]', "scales = []", 7, "ours.scales"),
    ],
)
def test_a_mistake_in_rule_sets_is_named_and_the_shipped_ones_stay(tmp_path: Path, old: str, new: str, line: int, field: str):
    (tmp_path / "rule-sets.toml").write_text(RULES.replace(old, new, 1), "utf-8")
    mine = Resources(tmp_path)
    assert [each.key for each in mine.rule_sets] == ["nhs-talking-therapies"]
    assert [(each.values["line"], each.values["field"]) for each in mine.problems] == [(line, field)]


def formats(kind: type) -> Iterator[type]:
    """Every dataclass of which a format is made."""
    yield kind
    for each in get_type_hints(kind).values():
        for part in (each, *get_args(each)):
            if is_dataclass(part):
                yield from formats(part)  # type: ignore[arg-type]


PAGE = (ROOT / "docs" / "measures.md").read_text("utf-8")


def test_the_page_for_therapists_tells_of_every_field_and_word():
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]+`", PAGE.replace("```", "")))))
    told |= set(re.findall(r"^([a-z_]+) =", PAGE, re.MULTILINE))
    names = {field.name for start in (Measure, RuleSets) for kind in formats(start) for field in fields(kind)}
    words = {str(each) for kinds in (MeasureKind, Direction, Respondent, Method, Severity) for each in kinds}
    assert (names | words) - told == set()


def test_the_examples_on_the_page_can_be_used():
    measure, rules = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    own = parse_measure(measure, "own.toml")
    assert score(own, [2, 0, 2]).total == 6
    assert parse_rule_sets(rules, "rule-sets.toml")[0].key == "ours"
