"""Scoring, measure by measure: published vectors, ends, edges, reversed and missing items, and answers that are refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Band, Measure
from ipt_desktop.domain.measure_scoring import is_asked, score
from ipt_desktop.services.measure_definitions import parse_measure
from ipt_desktop.services.resources import Resources

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = tomllib.loads((HERE / "measure_vectors.toml").read_text("utf-8"))["vector"]
SHIPPED = Resources().measures
OWN = parse_measure((HERE / "measure_of_ones_own.toml").read_text("utf-8"), "measure_of_ones_own.toml")
ANSWERED = [*(each for each in SHIPPED if each.has_items), OWN]
MEASURES = {each.key: each for each in ANSWERED}


def answers(vector: dict[str, Any]) -> list[int | None]:
    return [None if each == -1 else each for each in vector["answers"]]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: f"{each['measure']}-{each['name']}")
def test_every_vector(vector: dict[str, Any]):
    measure = MEASURES[vector["measure"]]
    result = score(measure, answers(vector))
    assert result.is_scorable == vector.get("scorable", True)
    assert result.total == vector.get("total")
    assert (result.band.label if result.band else None) == vector.get("band")
    assert [each.key for each in result.cutoffs] == vector.get("cutoffs", [])
    assert [each.key for each in result.rules] == vector.get("rules", [])
    assert [each.item for each in result.flags] == vector["flags"]
    if "subscales" in vector:
        assert result.subscales == vector["subscales"]


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_answers_no_item_has_are_refused_and_the_item_is_named(measure: Measure):
    usual: list[int | None] = [measure.options_of(each)[0].value for each in measure.items]
    for place, item in enumerate(measure.items):
        values = [each.value for each in measure.options_of(item)]
        for wrong in (values[0] - 1, values[-1] + 1, True, float(values[0]), "1"):
            given: list[Any] = [*usual[:place], wrong, *usual[place + 1 :]]
            with pytest.raises(Refused, match=rf"^Item {item.number} of the {measure.name} takes .*, not {wrong}\.$") as caught:
                score(measure, given)
            assert all(f"{each}" in str(caught.value) for each in values)


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_too_few_or_too_many_answers_are_refused_and_counted(measure: Measure):
    count = len(measure.items)
    value = measure.options_of(measure.items[0])[0].value
    for given in (0, 1, count - 1, count + 1):
        with pytest.raises(Refused, match=rf"^The {measure.name} has {count} items, and {given} answers? w"):
            score(measure, [value] * given)


def low(measure: Measure) -> list[int | None]:
    """The answers that score least: of a reversed item the last one."""
    return [measure.options_of(each)[-1 if each.is_reversed else 0].value for each in measure.items]


def high(measure: Measure) -> list[int | None]:
    return [measure.options_of(each)[0 if each.is_reversed else -1].value for each in measure.items]


def of_total(measure: Measure, wanted: float) -> list[int | None]:
    """Answers that come to a total, raised one item after the other from the least."""
    given = low(measure)
    for place, item in enumerate(measure.items):
        steps = [each.value for each in measure.options_of(item)]
        for value in reversed(steps) if item.is_reversed else steps:
            if score(measure, given).total == wanted:
                return given
            given[place] = value
    return given


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_the_least_and_the_most_are_the_ends_of_the_range(measure: Measure):
    least, most = score(measure, low(measure)), score(measure, high(measure))
    assert (least.total, most.total) == measure.range_of()
    for key in measure.score_keys:
        assert (least.score(key), most.score(key)) == measure.range_of(key)
    assert least.is_scorable
    assert least.missing == most.missing == ()


EDGES = [(each, band, end) for each in ANSWERED for band in each.bands for end in (band.lowest, band.highest)]


@pytest.mark.parametrize(
    ("measure", "band", "total"), EDGES, ids=[f"{measure.key}-{total:g}" for measure, _band, total in EDGES]
)
def test_both_edges_of_every_band_lie_in_it(measure: Measure, band: Band, total: float):
    result = score(measure, of_total(measure, total))
    assert (result.total, result.band) == (total, band)


REVERSED = {"ces-d": [4, 8, 12, 16], "core-10": [2, 3]}


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_an_item_raises_the_total_unless_it_is_reversed(measure: Measure):
    assert [each.number for each in measure.items if each.is_reversed] == REVERSED.get(measure.key, [])
    middle: list[int | None] = [measure.options_of(each)[1].value for each in measure.items]
    total = score(measure, middle).total
    assert total is not None
    for place, item in enumerate(measure.items):
        least = measure.options_of(item)[0].value
        changed = score(measure, [*middle[:place], least, *middle[place + 1 :]]).total
        assert changed == total + (1 if item.is_reversed else -1)


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_each_item_that_is_missing_is_named(measure: Measure):
    full = high(measure)
    for place, item in enumerate(measure.items):
        result = score(measure, [*full[:place], None, *full[place + 1 :]])
        if item.may_be_blank:
            assert (result.is_scorable, result.missing) == (True, ())
            continue
        assert result.missing == (item.number,)
        assert result.is_scorable == result.is_prorated == (measure.missing.most >= 1)
        if not result.is_scorable:
            assert (result.total, result.band, result.cutoffs, result.rules) == (None, None, (), ())
        of_others = {each.key for each in measure.subscales if item.number not in each.items}
        assert set(result.subscales) == of_others


@pytest.mark.parametrize("measure", ANSWERED, ids=lambda each: each.key)
def test_nothing_answered_scores_nothing(measure: Measure):
    result = score(measure, [None] * len(measure.items))
    assert (result.is_scorable, result.total, result.flags, result.subscales) == (False, None, (), {})


def test_one_missing_answer_is_prorated_where_the_measure_allows_it():
    result = score(OWN, [2, 3, 3, 1, 1, 1, 1, 1, None, 1])
    assert result.total == pytest.approx(10 * 10 / 9)
    assert result.band is not None
    assert result.band.label == "mild"
    halved = score(OWN, [2, 3, 3, 1, 1, 0, 1, None, 1, 0])
    assert halved.total == pytest.approx(80 / 9)


def test_a_total_between_two_bands_is_still_in_the_lower_one():
    band = OWN.band_of(10.5)
    assert band is not None
    assert band.label == "low"


def test_never_ends_the_audit_c_and_another_answer_does_not():
    audit_c = MEASURES["audit-c"]
    assert score(audit_c, [0, None, None]).total == 0
    assert score(audit_c, [0, 1, 2]).total == 3
    assert score(audit_c, [1, None, None]).missing == (2, 3)


def test_answers_may_be_told_by_the_numbers_of_the_items():
    phq_9 = MEASURES["phq-9"]
    told: dict[str, float | None] = {str(each): 1 for each in range(1, 10)}
    result = score(phq_9, {**told, "difficulty": 2})
    assert (result.total, [each.item for each in result.flags]) == (9, [9])
    told.pop("3")
    assert score(phq_9, told).missing == (3,)
    with pytest.raises(Refused, match="The PHQ-9 has nothing called “10”; it has 1, 2, 3"):
        score(phq_9, {**told, "10": 1})
    with pytest.raises(Refused, match=r"“Daily-life difficulty” on the PHQ-9 takes 0, 1, 2 or 3, not 4\."):
        score(phq_9, {**told, "difficulty": 4})


def test_the_difficulty_question_is_asked_once_anything_was_ticked():
    phq_9 = MEASURES["phq-9"]
    assert not is_asked(phq_9.extra[0], score(phq_9, [0] * 9))
    assert is_asked(phq_9.extra[0], score(phq_9, [0] * 8 + [1]))
    assert not is_asked(phq_9.extra[0], score(phq_9, [None] * 9))


def test_of_a_measure_with_items_the_scores_alone_may_be_known():
    phq_9 = MEASURES["phq-9"]
    assert [each.key for each in phq_9.entered] == ["total", "9"]
    result = score(phq_9, {"total": 18})
    assert (result.total, result.flags, result.rules) == (18, (), ())
    assert result.band is not None
    assert (result.band.label, [each.key for each in result.cutoffs]) == ("moderately severe", ["probable-depression"])
    assert [each.item for each in score(phq_9, {"total": 18, "9": 2}).flags] == [9]
    with pytest.raises(Refused, match="“Total” of the PHQ-9 is a whole number from 0 to 27, not 28"):
        score(phq_9, {"total": 28})
    assert score(MEASURES["mspss"], {"total": 48, "family": 2.25}).subscales == {"family": 2.25}


ENTERED = [each for each in SHIPPED if not each.has_items]


@pytest.mark.parametrize("measure", ENTERED, ids=lambda each: each.key)
def test_entered_scores_are_held_to_their_ranges(measure: Measure):
    least = {each.key: each.lowest for each in measure.fields}
    for entered in measure.fields:
        for value in (entered.lowest, entered.highest):
            assert score(measure, {**least, entered.key: value}).is_scorable
        wrong = (entered.lowest - 1, entered.highest + 1, entered.lowest + 0.123, True, float("nan"), float("inf"))
        for value in wrong:
            with pytest.raises(
                Refused, match=f"“{entered.label}” of the {measure.name} is a .*number from {entered.lowest:g} to"
            ):
                score(measure, {**least, entered.key: value})
        missing = score(measure, {**least, entered.key: None})
        assert missing.is_scorable != entered.is_required
        assert missing.missing == ((entered.key,) if entered.is_required else ())
    with pytest.raises(Refused, match="has nothing called “mood”"):
        score(measure, {**least, "mood": 1})
    with pytest.raises(Refused, match="are entered, not its answers"):
        score(measure, [1, 2])


SCORES = [(each, key, band) for each in ENTERED for key in each.score_keys for band in each.bands_of(key)]


@pytest.mark.parametrize(
    ("measure", "key", "band"), SCORES, ids=[f"{each.key}-{key}-{band.label}" for each, key, band in SCORES]
)
def test_both_edges_of_every_band_of_an_entered_score_lie_in_it(measure: Measure, key: str, band: Band):
    least = {each.key: each.lowest for each in measure.fields}
    field = measure.field(key)
    step = field.step if field else 1
    for value in {band.lowest + band.lowest % step, band.highest - band.highest % step}:  # a doubled sum is never odd
        result = score(measure, {**least, key: value})
        assert measure.band_of(value, key) == band
        assert result.score(key) == value
        if key == "total":
            assert result.band == band


@pytest.mark.parametrize(("key", "item"), [("epds", 10), ("core-10", 6), ("ham-d", 3), ("bdi-ii", 9)])
def test_the_item_on_suicide_goes_with_a_total_and_flags_whatever_the_total(key: str, item: int):
    measure = next(each for each in SHIPPED if each.key == key)
    assert [each.severity for each in measure.flags] == ["safety"]
    assert not score(measure, {"total": 1}).is_scorable
    assert score(measure, {"total": 1, f"item{item}": 0}).flags == ()
    assert [each.item for each in score(measure, {"total": 1, f"item{item}": 1}).flags] == [item]
    assert [each.item for each in score(measure, {f"item{item}": 1}).flags] == [item]


def test_the_least_answers_raise_no_flag():
    for measure in ANSWERED:
        assert score(measure, low(measure)).flags == ()


def test_weights_means_and_factors():
    text = (HERE / "measure_of_ones_own.toml").read_text("utf-8")
    head, rest = text.split("bands = [")
    tail = "[missing]" + rest.split("[missing]")[1]
    weighted = head.replace("highest = 40", "highest = 44").replace('"Statement 4"', '"Statement 4", weight = 2')
    assert score(parse_measure(weighted + tail, "own"), [0, 4, 4, 1, 0, 0, 0, 0, 0, 0]).total == 2
    mean = head.replace("highest = 40", 'highest = 4\nmethod = "mean"')
    doubled = '[[subscales]]\nkey = "part"\nname = "Part"\nitems = [1, 4]\nfactor = 2\nlowest = 0\nhighest = 16\n'
    own = parse_measure(mean + doubled + tail, "own")
    result = score(own, [1, 3, 3, 1, 1, 1, 1, 1, 1, 3])
    assert (result.total, result.subscales) == (1.2, {"part": 4})
    assert score(own, [1, 3, 3, 1, 1, 1, 1, 1, 1, None]).total == 1
