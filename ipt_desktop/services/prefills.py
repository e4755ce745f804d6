"""What the papers of a course begin with, in the words of its protocol and what it agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.prefill import course_words, prefilled

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form
    from ipt_desktop.domain.records import Course
    from ipt_desktop.services.desk import Desk


def prefills(desk: Desk, course: Course, form: Form) -> dict[str, Any]:
    """Return the answers that a paper of this form begins with.

    Raises RecordGone where the practice no longer holds the course's protocol.
    """
    country = desk.safety_plans.country
    emergency = country.lines[0].number if country is not None and country.lines else ""
    return prefilled(form, course_words(course, desk.courses.protocol_of(course), emergency))
