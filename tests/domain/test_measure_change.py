"""What a change counts for, recovery by a whole rule set, and both in words."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.measure import Norms, Response
from ipt_desktop.domain.measure_change import (
    ChangeKind,
    RuleScale,
    RuleSet,
    change_of,
    estimated_change,
    has_responded,
    is_in_remission,
    recovery_by,
    threshold_of,
)
from ipt_desktop.domain.measure_words import change_words, recovery_words, said_score, term_words
from ipt_desktop.services.resources import Resources

VECTORS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "measure_vectors.toml").read_text("utf-8"))["change"]
RESOURCES = Resources()
MEASURES = {each.key: each for each in RESOURCES.measures}
NHS = RESOURCES.rule_set("nhs-talking-therapies")
KINDS = {
    "reliable improvement": ChangeKind.IMPROVEMENT,
    "reliable deterioration": ChangeKind.DETERIORATION,
    "no reliable change": ChangeKind.NONE,
}
CUTOFFS = {"phq-9": 10, "gad-7": 8, "core-10": 11, "pcl-5": 33}


def alone(measure: str) -> RuleSet:
    """A rule set of this measure alone."""
    scale = RuleScale(measure=measure, cutoff=CUTOFFS[measure], change=1)
    return RuleSet(key="one", name="One", short="one", source="", recovery="…", scales=(scale,))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: f"{each['measure']}-{each['first']}-{each['last']}")
def test_every_vector_of_change(vector: dict[str, Any]):
    key, first, last = vector["measure"], vector["first"], vector["last"]
    assert change_of(MEASURES[key], None, first, last).kind == KINDS[vector["result"]]
    assert change_of(MEASURES[key], NHS, first, last).kind == KINDS[vector["result"]]
    recovery = recovery_by(alone(key), MEASURES, {key: first}, {key: last})
    assert recovery.has_recovered is vector["recovered"]


def test_the_usual_rule_set_is_that_of_nhs_talking_therapies():
    assert RESOURCES.rule_sets[0] is RESOURCES.rule_set("") is NHS
    assert [(each.measure, each.cutoff, each.change) for each in NHS.scales] == [("phq-9", 10, 6), ("gad-7", 8, 4)]
    assert all(each.is_verified for each in NHS.scales)


@pytest.mark.parametrize(
    ("first", "last", "recovered", "missing"),
    [
        ({"phq-9": 18, "gad-7": 12}, {"phq-9": 7, "gad-7": 5}, True, ()),
        ({"phq-9": 18, "gad-7": 5}, {"phq-9": 9, "gad-7": 7}, True, ()),
        ({"phq-9": 18, "gad-7": 12}, {"phq-9": 7, "gad-7": 8}, False, ()),
        ({"phq-9": 18, "gad-7": 12}, {"phq-9": 10, "gad-7": 2}, False, ()),
        ({"phq-9": 9, "gad-7": 7}, {"phq-9": 2, "gad-7": 2}, False, ()),
        ({"phq-9": 18}, {"phq-9": 7}, None, ("gad-7",)),
        ({"phq-9": 18}, {"phq-9": 12}, False, ("gad-7",)),
        ({"phq-9": 18}, {"phq-9": 7, "gad-7": 5}, True, ("gad-7",)),
        ({"phq-9": 8}, {"phq-9": 7, "gad-7": 5}, None, ("gad-7",)),
        ({}, {}, None, ("phq-9", "gad-7")),
    ],
)
def test_recovery_is_from_a_case_on_any_scale_to_one_on_none(
    first: dict[str, float], last: dict[str, float], recovered: bool | None, missing: tuple[str, ...]
):
    found = recovery_by(NHS, MEASURES, first, last)
    assert (found.has_recovered, found.missing) == (recovered, missing)
    assert bool(recovery_words(NHS, found)) == (recovered is True)


def test_a_rule_sets_own_value_goes_before_the_measures():
    strict = replace(NHS, short="Ours", scales=(RuleScale(measure="phq-9", cutoff=10, change=9, source="our own"),))
    assert change_of(MEASURES["phq-9"], strict, 18, 10).kind == ChangeKind.NONE
    assert change_of(MEASURES["gad-7"], strict, 12, 8).kind == ChangeKind.IMPROVEMENT


def test_where_higher_is_better_a_rise_is_the_improvement_and_below_the_line_a_case():
    ors = MEASURES["ors"]
    assert change_of(ors, NHS, 20, 25).kind == ChangeKind.IMPROVEMENT
    assert change_of(ors, NHS, 25, 20).kind == ChangeKind.DETERIORATION
    rules = replace(NHS, scales=(RuleScale(measure="ors", cutoff=25, change=5),))
    assert recovery_by(rules, MEASURES, {"ors": 20}, {"ors": 25}).has_recovered
    assert not recovery_by(rules, MEASURES, {"ors": 20}, {"ors": 24.9}).has_recovered


def test_without_a_published_value_nothing_is_said_and_an_estimate_says_so():
    csi_4 = MEASURES["csi-4"]
    change = change_of(csi_4, NHS, 8, 18)
    assert (change.kind, change.threshold) == (None, None)
    assert change_words(csi_4, change) == "From 8 to 18 on the CSI-4."
    norms = Norms(sd=7.7, alpha=0.9, source="a sample")
    assert estimated_change(norms) == pytest.approx(6.749, abs=0.001)
    known = replace(csi_4, norms=norms)
    change = change_of(known, NHS, 8, 18)
    assert change_words(known, change) == "From 8 to 18 on the CSI-4: reliable improvement (6.75 or more, estimated)."
    assert change.threshold is not None
    assert "estimated (a sample)" in term_words(known, change.threshold)


def test_a_change_in_words():
    phq_9, pcl_5, core_10 = MEASURES["phq-9"], MEASURES["pcl-5"], MEASURES["core-10"]
    assert (
        change_words(phq_9, change_of(phq_9, NHS, 18, 7)) == "From 18 to 7 on the PHQ-9: reliable improvement (6 or more, NHS)."
    )
    assert change_words(phq_9, change_of(phq_9, NHS, 9, 15)).endswith(": reliable deterioration (6 or more, NHS).")
    assert change_words(phq_9, change_of(phq_9, NHS, 9, 9)).endswith(": no reliable change (less than 6, NHS).")
    assert change_words(pcl_5, change_of(pcl_5, NHS, 45, 35)).endswith(
        ": clinically meaningful improvement (10 or more, QxMD)."
    )
    assert change_words(core_10, change_of(core_10, None, 20, 14)).endswith(" (6 or more, Barkham et al. 2013).")
    threshold = threshold_of(phq_9, NHS)
    assert threshold is not None
    assert "On the PHQ-9 6 or more (NCT05134103; NHS" in term_words(phq_9, threshold)
    dass = MEASURES["dass-21"]
    assert change_words(dass, change_of(dass, NHS, 20, 8, "stress"), "stress") == "From 20 to 8 on the DASS-21, Stress."


def test_a_value_without_a_source_is_said_to_be_unverified():
    rules = replace(NHS, scales=(RuleScale(measure="phq-9", cutoff=10, change=5),))
    change = change_of(MEASURES["phq-9"], rules, 18, 7)
    assert change_words(MEASURES["phq-9"], change).endswith("(5 or more, NHS, unverified).")


def test_prorated_scores_are_said_shortly_and_compared_as_they_are_meant():
    assert [said_score(each) for each in (18, 11.111111, 10.5, 18.0)] == ["18", "11.11", "10.5", "18"]
    assert change_of(MEASURES["core-10"], None, 170 / 9, 170 / 9 - 6).kind == ChangeKind.IMPROVEMENT


def test_response_is_half_the_way_and_unverified():
    phq_9 = MEASURES["phq-9"]
    assert phq_9.response is not None
    assert not phq_9.response.is_verified
    assert [has_responded(phq_9, 18, last) for last in (9, 10)] == [True, False]
    assert has_responded(phq_9, 0, 0) is None
    assert has_responded(MEASURES["gad-7"], 10, 0) is None
    support = replace(MEASURES["mspss"], response=Response(percent=50))
    assert [has_responded(support, 44, last) for last in (64, 63)] == [True, False]


def test_remission_is_the_measures_own_line():
    assert [is_in_remission(MEASURES["phq-9"], total) for total in (4, 5)] == [True, False]
    assert is_in_remission(MEASURES["gad-7"], 0) is None
