"""Scoring, measure by measure: published vectors, ends, edges, reversed and missing items, and answers that are refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_scoring import score
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
