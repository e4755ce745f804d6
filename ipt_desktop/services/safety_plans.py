"""The safety plans of a client: versions over time, each a document; the numbers of the practice's country come first."""

from datetime import date
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.form import Form, Means, Purpose, form_hash
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.safety_plan import (
    CrisisCountry,
    PlanStanding,
    as_contacts,
    copied,
    latest_first,
    next_version,
    standing_of,
)
from ipt_desktop.services.practice import OpenPractice

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.resources import Resources
    from ipt_desktop.services.settings import Settings


class SafetyPlans:
    """What can be asked about safety plans; they are written as any document is (`Documents`)."""

    def __init__(self, practice: OpenPractice, resources: "Resources", documents: "Documents", settings: "Settings") -> None:
        self._practice = practice
        self._resources, self._documents, self._settings = resources, documents, settings

    def plans(self, client_id: str) -> list[Document]:
        """Return the versions of a client's plan, the one made last first."""
        with self._practice.read() as reading:
            kept = reading.all(Document, client_id=client_id, purpose=str(Purpose.SAFETY_PLAN))
        return latest_first([(self.standing(each), each) for each in kept])

    def latest(self, client_id: str) -> PlanStanding | None:
        """Return the latest version at a glance, or None where there is no plan."""
        plans = self.plans(client_id)
        return self.standing(plans[0]) if plans else None

    def has_plan(self, client_id: str) -> bool:
        """Whether a client has a plan."""
        return bool(self.plans(client_id))

    def standing(self, plan: Document) -> PlanStanding:
        """Return a plan at a glance; raises RecordGone where nobody holds its form."""
        return standing_of(self._documents.form_of(plan), plan)

    def form_of(self, plan: Document) -> Form:
        """Return the form a plan answers; raises RecordGone where nobody holds it."""
        return self._documents.form_of(plan)

    def new_plan(self, client_id: str, today: date | None = None) -> Document:
        """Return a new version, which begins with what the last one says; it is stored with its first save.

        The numbers are written into it: what a client was given must not change with the settings.
        """
        form, plans = self._resources.form_for(Purpose.SAFETY_PLAN), self.plans(client_id)
        if plans:
            answers = next_version(self.form_of(plans[0]), plans[0].answers, today or date.today())
            return copied(plans[0], {**self.defaults(plans[0]), **answers})
        answers = {**self._numbers(form), **next_version(form, {}, today or date.today())}
        return Document(client_id=client_id, form=form_hash(form), purpose=str(Purpose.SAFETY_PLAN), answers=answers)

    @property
    def country(self) -> CrisisCountry | None:
        """The country whose numbers stand first; None where the file knows it no more."""
        return self._resources.crisis_lines.get(self._settings.values().country)

    def defaults(self, plan: Document) -> dict[str, Any]:
        """Return what a plan shows where nothing was written, by field: the numbers of the practice's country."""
        return self._numbers(self.form_of(plan))

    def _numbers(self, form: Form) -> dict[str, Any]:
        asked, numbers = form.field_that_means(Means.EMERGENCY_NUMBERS), as_contacts(self.country)
        return {asked.key: numbers} if asked and numbers else {}
