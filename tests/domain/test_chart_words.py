"""What stands round a chart in words, case by case."""

from dataclasses import replace
from datetime import date

import pytest

from ipt_desktop.domain.chart_words import change_told, from_to, medication_told, result_words, rules_source
from ipt_desktop.domain.measure import Measure, Norms, ReliableChange
from ipt_desktop.domain.measure_series import Result, Series
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.resources import Resources

RESOURCES = Resources()
RULES = RESOURCES.rule_set("nhs-talking-therapies")
TODAY = date(2026, 11, 24)
FIRST, LAST = date(2026, 10, 6), date(2026, 11, 24)


def series(key: str, first: float, last: float, **changes: object) -> Series:
    measure = RESOURCES.measure(key)
    assert isinstance(measure, Measure)
    results = Result("a", FIRST, first, "s1"), Result("b", LAST, last, "s7")
    return Series(replace(measure, **changes), "total", results, RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (series("phq-9", 18, 11), "7 lower: reliable change on the PHQ-9 (6 or more)"),
        (series("phq-9", 11, 18), "7 higher: reliable change on the PHQ-9 (6 or more)"),
        (series("phq-9", 18, 13), "5 lower: no reliable change on the PHQ-9 (less than 6)"),
        (series("gad-7", 13, 13), "unchanged: no reliable change on the GAD-7 (less than 4)"),
        (series("csi-4", 9, 14, reliable_change=None, norms=None), "5 higher"),
        (
            series("csi-4", 9, 14, reliable_change=None, norms=Norms(sd=2, alpha=0.9, source="A study")),
            "5 higher: reliable change on the CSI-4 (1.75 or more, estimated)",
        ),
        (
            series("csi-4", 9, 14, norms=None, reliable_change=ReliableChange(value=3, word="notable", source="A study")),
            "5 higher: notable change on the CSI-4 (3 or more)",
        ),
        (
            series("csi-4", 9, 14, norms=None, reliable_change=ReliableChange(value=3, is_unverified=True)),
            "5 higher",
        ),
        (replace(series("phq-9", 18, 11), is_alike=False), "answered on several versions, which do not compare"),
    ],
)
def test_a_change_is_said_by_what_it_counts_for(shown: Series, words: str):
    told = change_told(shown, TODAY)
    assert told.words == words
    assert "yet" not in told.words


def test_one_result_is_said_with_its_day():
    one = replace(series("phq-9", 18, 11), results=(Result("a", FIRST, 18, "s1"),))
    assert change_told(one, TODAY).words == "one result, 6 October"
    assert from_to(one) == "18"


def test_a_result_is_said_with_session_day_score_and_band():
    shown = series("phq-9", 17, 11)
    assert result_words(shown, shown.first, {"s1": 3}, TODAY) == "Session 3, 6 October: 17, moderately severe"
    assert result_words(shown, shown.first, {}, date(2027, 1, 2)) == "6 October 2026: 17, moderately severe"


@pytest.mark.parametrize(
    ("begun", "ended", "words"),
    [
        ("2026-09-08", "", "Sertraline since 8 Sep"),
        ("2026-09-08", "2026-11-03", "Sertraline 8 Sep to 3 Nov"),
        ("2025-09-08", "", "Sertraline since 8 Sep 2025"),
        ("", "", "Sertraline"),
        ("2026-12-01", "", ""),
        ("2026-01", "2026-09", ""),
    ],
)
def test_medication_of_the_time_stands_with_its_dates(begun: str, ended: str, words: str):
    taken = Medication(client_id="c", name="Sertraline", begun=begun, ended=ended)
    assert medication_told([taken], FIRST, LAST, TODAY) == words


def test_the_source_of_the_rules_is_told_and_what_they_mean():
    source = rules_source(RULES, {})
    assert "case" in source
    assert "NCT05134103" in source
