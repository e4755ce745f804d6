"""Diagnoses and medication in words that state and never direct, on screen and on paper alike."""

import re
from dataclasses import replace
from datetime import date

from ipt_desktop.domain.dates import month_names
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.treatment_records import Diagnosis, Medication
from ipt_desktop.domain.typed_when import is_earlier, when_words

_RELEASE = re.compile(r"(.+) (\d{4})-(0[1-9]|1[0-2])")


def system_words(system: str) -> str:
    """Return a code system with its release: "ICD-10-CM, April 2026 release"; one without a release as it stands."""
    found = _RELEASE.fullmatch(system)
    if found is None:
        return system
    month = month_names()[int(found[3]) - 1]
    return _("{system}, {month} {year} release").format(system=found[1], month=month, year=found[2])


def diagnosis_words(diagnosis: Diagnosis) -> str:
    """Return "F33.1 Major depressive disorder, recurrent, moderate", or the words alone where there is no code."""
    return f"{diagnosis.code} {diagnosis.words}".strip()


def medicine_words(medication: Medication) -> str:
    """Return "Sertraline 50 mg"."""
    return f"{medication.name} {medication.dose}".strip()


def taken_words(medication: Medication, today: date | None = None) -> str:
    """Return since when, or from when to when: "since 8 September", "from March to May 2025"; "" where not known.

    A day of the year of `today` goes without its year.
    """
    begun = when_words(medication.begun, today) if medication.begun else ""
    ended = when_words(medication.ended, today) if medication.ended else ""
    if begun and ended:
        return _("from {begun} to {ended}").format(begun=begun, ended=ended)
    if begun:
        return _("since {begun}").format(begun=begun)
    return _("until {ended}").format(ended=ended) if ended else ""


def course_words(medication: Medication, today: date | None = None) -> str:
    """Return by whom and since when: "prescribed by Dr Weiss since 8 September"; "" where neither is known."""
    by = _("prescribed by {prescriber}").format(prescriber=medication.prescriber) if medication.prescriber else ""
    return f"{by} {taken_words(medication, today)}".strip()


def medication_words(medication: Medication, today: date | None = None) -> str:
    """Return "Sertraline 50 mg, prescribed by Dr Weiss since 8 September"."""
    return ", ".join(each for each in (medicine_words(medication), course_words(medication, today)) if each)


def prescribed_on_paper(medication: Medication, others: ThirdParties) -> Medication:
    """Return a medicine as a page tells it: who prescribed it is a third party there, unless the page is addressed to them."""
    return replace(medication, prescriber=others.professional(medication.prescriber))


def has_ended(medication: Medication, today: date) -> bool:
    """Whether a medicine is no longer taken: the day, month or year of its end has come."""
    return bool(medication.ended) and medication.ended <= today.isoformat()[: len(medication.ended)]


def was_taken(medication: Medication, first: date, last: date) -> bool:
    """Whether a medicine may have been taken between two days: it had not certainly ended before, nor certainly begun after."""
    is_over = bool(medication.ended) and is_earlier(medication.ended, first.isoformat())
    is_to_come = bool(medication.begun) and is_earlier(last.isoformat(), medication.begun)
    return not is_over and not is_to_come
