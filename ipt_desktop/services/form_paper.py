"""How the forms of a course stand on paper: other people by initials, or by their names where it is the client's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.form_blocks import OnPaper
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import tie_what
from ipt_desktop.services.termination_summary import third_parties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.domain.records import Tie
    from ipt_desktop.domain.session_records import Event
    from ipt_desktop.services.course_file import CourseFile


def on_paper(
    file: CourseFile, *, is_for_the_client: bool = False, ties: Sequence[Tie] = (), events: Sequence[Event] = ()
) -> OnPaper:
    """Return how a form of this course is printed. `ties` and `events` are those an answer may name."""
    others = third_parties(file)
    people = {each.id: each.name for each in file.people} if is_for_the_client else others.printed
    ends: dict[str | None, str] = dict([(None, _("the client")), *people.items()])
    return OnPaper(
        people=people,
        areas={
            each.key: _(each.client_label if is_for_the_client else each.label)
            for protocol in reversed(file.wording.protocols)
            for each in protocol.areas
        },
        goals={each.id: each.words if is_for_the_client else others.hide(each.words) for each in file.goals},
        ties={each.id: tie_what(each, each.from_person_id, ends) for each in ties},
        events={each.id: dated_event(each) if is_for_the_client else others.hide(dated_event(each)) for each in events},
        told=(lambda words: words) if is_for_the_client else others.hide_in,
    )
