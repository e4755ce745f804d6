"""What goes when a person is deleted, kept so that undo brings all of it back, and said in words before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ipt_desktop.domain.form import is_blank
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.records import Document, Person, Placement, ProblemArea, Revision, Tie
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A person with all that goes with them: places, ties, inventory entries.

    `areas`, `goals`, `steps` and `results` of measures stay and only named them. `others` are documents about them that are no
    inventory entries, such as worksheets: these stay, too.
    """

    person: Person
    placements: Sequence[Placement] = field(default=())
    ties: Sequence[Tie] = field(default=())
    documents: Sequence[Document] = field(default=())
    revisions: Sequence[Revision] = field(default=())
    areas: Sequence[ProblemArea] = field(default=())
    goals: Sequence[Goal] = field(default=())
    others: Sequence[Document] = field(default=())
    steps: Sequence[Step] = field(default=())
    results: Sequence[MeasureResult] = field(default=())

    @property
    def written(self) -> Sequence[Document]:
        """The inventory entries with an answer in them; an earlier version that had one counts, too."""
        answered = {each.document_id for each in self.revisions if not is_blank(each.answers)}
        return [each for each in self.documents if each.id in answered or not is_blank(each.answers)]

    @property
    def is_written_about(self) -> bool:
        """Whether anything is written of them where a program may not let go of it unasked."""
        return bool(self.written or self.areas or self.goals or self.results)

    @property
    def has_text(self) -> bool:
        """Whether there is text about them: of the therapist's, or in the client's own words."""
        return self.is_written_about or any(each.words.strip() for each in self.placements)


def departure_words(going: Departure, areas: Sequence[str]) -> str:
    """Say what goes with a person, and which problem areas (in words) and goals lose their name."""
    parts = [part for part in _parts(going) if part]
    said = [_("What goes with them: {what}.").format(what="; ".join(parts))] if parts else []
    if areas:
        names = ", ".join(_("“{area}”").format(area=each) for each in areas)
        words = ngettext(
            "The problem area {names} stays and names nobody then.",
            "The problem areas {names} stay and name nobody then.",
            len(areas),
        )
        said.append(words.format(names=names))
    if going.goals:
        words = ngettext(
            "{count} goal stays and names nobody then.", "{count} goals stay and name nobody then.", len(going.goals)
        )
        said.append(words.format(count=len(going.goals)))
    if going.results:
        words = ngettext(
            "{count} measure about them stays and names nobody then.",
            "{count} measures about them stay and name nobody then.",
            len(going.results),
        )
        said.append(words.format(count=len(going.results)))
    said.append(_("Undo brings all of it back until the practice is locked."))
    return " ".join(said)


def _parts(going: Departure) -> list[str]:
    written, own = len(going.written), sum(bool(each.words.strip()) for each in going.placements)
    placed, tied = len(going.placements), len(going.ties)
    entries = ngettext("{count} entry of the inventory", "{count} entries of the inventory", written)
    words = ngettext("the client’s own words in {count} circle", "the client’s own words in {count} circles", own)
    places = ngettext("their place in {count} circle", "their places in {count} circles", placed)
    ties = ngettext("{count} tie", "{count} ties", tied)
    counted = ((entries, written), (words, own), (places, placed), (ties, tied))
    return [said.format(count=count) if count else "" for said, count in counted]
