"""The desk: everything that can be done with an open practice, in one place, for a window or the command line."""

from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.domain.records import now
from ipt_desktop.services.changes import Changed, Changes
from ipt_desktop.services.clients import Clients
from ipt_desktop.services.courses import Courses
from ipt_desktop.services.practice import OpenPractice, PracticeFile
from ipt_desktop.services.vault import OpenVault

if TYPE_CHECKING:
    from ipt_desktop.domain.errors import DefinitionError
    from ipt_desktop.domain.protocol import Protocol
    from ipt_desktop.domain.records import Course
    from ipt_desktop.domain.suggestions import ScoreFact
    from ipt_desktop.services.area_records import AreaRecords
    from ipt_desktop.services.audit import Audit
    from ipt_desktop.services.backup_record import BackupRecord
    from ipt_desktop.services.backups import Backups
    from ipt_desktop.services.bookmarks import Bookmarks
    from ipt_desktop.services.checks import Checks
    from ipt_desktop.services.circle_exports import CircleExports
    from ipt_desktop.services.circles import Circles
    from ipt_desktop.services.codes import Codes
    from ipt_desktop.services.diagnoses import Diagnoses
    from ipt_desktop.services.disclosures import Disclosures
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.endings import Endings
    from ipt_desktop.services.events import Events
    from ipt_desktop.services.goals import Goals
    from ipt_desktop.services.history import History
    from ipt_desktop.services.measures import Measures
    from ipt_desktop.services.measures_due import MeasuresDue
    from ipt_desktop.services.medications import Medications
    from ipt_desktop.services.note_moving import NoteMoving
    from ipt_desktop.services.phases import Phases
    from ipt_desktop.services.private_notes import PrivateNotes
    from ipt_desktop.services.reporting import Reporting
    from ipt_desktop.services.rescue_copy import RescueCopies
    from ipt_desktop.services.resources import Resources
    from ipt_desktop.services.risk import Risk
    from ipt_desktop.services.safety_plans import SafetyPlans
    from ipt_desktop.services.secret import Secret
    from ipt_desktop.services.session_moving import SessionMoving
    from ipt_desktop.services.sessions import Sessions
    from ipt_desktop.services.settings import Settings
    from ipt_desktop.services.signature_check import SignatureCheck
    from ipt_desktop.services.signing import NoteSigning
    from ipt_desktop.services.snippets import Snippets
    from ipt_desktop.services.spelling import Spelling
    from ipt_desktop.services.steps import Steps
    from ipt_desktop.services.strategies import Strategies
    from ipt_desktop.services.suggestions import Suggestions
    from ipt_desktop.services.worksheets import Worksheets
    from ipt_desktop.storage.store import Reading, Store


class Desk:
    """The operations of one open practice. `close` ends them all; after it each raises PracticeLocked.

    Those the first tab does without are imported when they are first asked for: a start waits for none of them. `along` is what
    the practice was opened with; the private notes try it once, and it is let go of.
    """

    def __init__(self, vault: OpenVault, along: "Secret | None" = None) -> None:
        self.vault = vault
        self._along = along
        self._opened_at = now()
        self.folder: Path = vault.folder
        self.is_demo = vault.is_demo
        self.store = vault.store
        practice = OpenPractice(vault.store)
        self.changes: Changes = practice.changes
        self.open_practice = practice
        self.practice = PracticeFile(practice)
        self.courses = Courses(practice)
        self.clients = Clients(practice, self.courses, is_demo=vault.is_demo)
        self._backup_record: BackupRecord | None = None
        self._gate = Lock()
        if not self.is_demo:
            self.changes.subscribe(self._on_changed)

    @cached_property
    def practice_name(self) -> str:
        """What the practice is called; the name of its folder where that can't be read any more."""
        try:
            return self.practice.details().name
        except DatabaseDamaged:
            return self.folder.name

    @cached_property
    def resources(self) -> "Resources":
        """The forms and protocols at hand, the therapist's own too."""
        from ipt_desktop.services.resources import Resources

        return Resources(self.folder / "definitions")

    @property
    def is_read_only(self) -> bool:
        """Whether the practice was found damaged, so that nothing is written any more."""
        return bool(self.store.damage)

    @property
    def is_gone(self) -> bool:
        """Whether the practice was moved or deleted while it was open, so that nothing is kept until it is back."""
        return self.store.is_gone

    @property
    def unread_definitions(self) -> "tuple[DefinitionError, ...]":
        """What is wrong with the therapist's own forms and protocols, as far as they have been asked for."""
        return tuple(self.resources.problems) if "resources" in vars(self) else ()

    @cached_property
    def checks(self) -> "Checks":
        """The checks of the practice, and what the last ones came to."""
        from ipt_desktop.services.checks import Checks

        return Checks(self.vault, self._open_private)

    @cached_property
    def audit(self) -> "Audit":
        """The audit trail: who looked at what, what was done, and whether anything in it was changed."""
        from ipt_desktop.services.audit import Audit

        return Audit(self.vault)

    @cached_property
    def settings(self) -> "Settings":
        """How the practice is kept: when it locks, where its backups go."""
        from ipt_desktop.services.settings import Settings

        return Settings(self.open_practice)

    @cached_property
    def endings(self) -> "Endings":
        """How courses ended, and why."""
        from ipt_desktop.services.endings import Endings

        return Endings(self.open_practice, self.documents)

    @cached_property
    def sessions(self) -> "Sessions":
        """The sessions of a course."""
        from ipt_desktop.services.sessions import Sessions

        return Sessions(self.open_practice, lambda session: self.private.require_none_of(session))

    @cached_property
    def phases(self) -> "Phases":
        """Phases, tasks, problem areas and stages of a course."""
        from ipt_desktop.services.phases import Phases

        return Phases(self.open_practice)

    @cached_property
    def area_records(self) -> "AreaRecords":
        """The records of the problem areas."""
        from ipt_desktop.services.area_records import AreaRecords

        return AreaRecords(self.open_practice, self.documents, self.resources)

    @cached_property
    def strategies(self) -> "Strategies":
        """The sessions in which strategies were worked on."""
        from ipt_desktop.services.strategies import Strategies

        return Strategies(self.open_practice)

    @cached_property
    def goals(self) -> "Goals":
        """The goals of a course."""
        from ipt_desktop.services.goals import Goals

        return Goals(self.open_practice)

    @cached_property
    def diagnoses(self) -> "Diagnoses":
        """The diagnoses of a course."""
        from ipt_desktop.services.diagnoses import Diagnoses

        return Diagnoses(self.open_practice)

    @cached_property
    def codes(self) -> "Codes":
        """The lists of diagnosis codes."""
        from ipt_desktop.services.codes import Codes

        return Codes(self.resources.path("codes"))

    @cached_property
    def medications(self) -> "Medications":
        """The medication of the clients."""
        from ipt_desktop.services.medications import Medications

        return Medications(self.open_practice)

    @cached_property
    def measures(self) -> "Measures":
        """What was measured, and what each course gives."""
        from ipt_desktop.services.measures import Measures

        return Measures(self.open_practice, lambda: self.resources.measures, self.measures_due.usual_plan)

    @cached_property
    def measures_due(self) -> "MeasuresDue":
        """Which measures are due."""
        from ipt_desktop.services.measure_names import MeasureNames
        from ipt_desktop.services.measures_due import MeasuresDue

        names = MeasureNames(self.folder / "definitions", lambda key: self.resources.measure_name(key))
        return MeasuresDue(self.open_practice, names.name_of, self.settings.values)

    @cached_property
    def events(self) -> "Events":
        """The events of a client's life."""
        from ipt_desktop.services.events import Events

        return Events(self.open_practice)

    @cached_property
    def risk(self) -> "Risk":
        """The risk entries of the clients."""
        from ipt_desktop.services.risk import Risk

        return Risk(self.open_practice)

    @cached_property
    def safety_plans(self) -> "SafetyPlans":
        """The safety plans of the clients."""
        from ipt_desktop.services.safety_plans import SafetyPlans

        return SafetyPlans(self.open_practice, self.resources, self.documents, self.settings)

    @cached_property
    def steps(self) -> "Steps":
        """The between-session tasks."""
        from ipt_desktop.services.steps import Steps

        return Steps(self.open_practice, lambda document: self.documents.form_of(document))

    @cached_property
    def suggestions(self) -> "Suggestions":
        """What the protocol suggests for a course."""
        from ipt_desktop.domain.suggestions import with_later_suggestions
        from ipt_desktop.services.suggestions import Suggestions

        def protocol_of(course: "Course") -> "Protocol":
            return with_later_suggestions(self.courses.protocol_of(course), self.resources.shipped_protocol)

        def scores_of(reading: "Reading", course: "Course") -> "tuple[ScoreFact, ...]":
            return self.measures.changes_in(reading, course, lambda: self.resources.rule_set(self.settings.values().rule_set))

        return Suggestions(self.open_practice, protocol_of, lambda document: self.documents.form_of(document), scores_of)

    @cached_property
    def circles(self) -> "Circles":
        """People, sittings, placements and ties."""
        from ipt_desktop.services.circles import Circles

        return Circles(self.open_practice)

    @cached_property
    def circle_exports(self) -> "CircleExports":
        """Circles that leave the program: pages, pictures, tables, networks."""
        from ipt_desktop.services.circle_exports import CircleExports

        return CircleExports(self)

    @cached_property
    def documents(self) -> "Documents":
        """What is written."""
        from ipt_desktop.services.documents import Documents

        return Documents(self.open_practice, self.resources)

    @cached_property
    def signing(self) -> "NoteSigning":
        """Signatures and addenda."""
        from ipt_desktop.services.signing import NoteSigning

        return NoteSigning(self.open_practice, self.documents, lambda: self.settings.values().keeps_drafts)

    @cached_property
    def signature_check(self) -> "SignatureCheck":
        """Whether what was signed is as it was signed."""
        from ipt_desktop.services.signature_check import SignatureCheck

        return SignatureCheck(self.vault)

    @cached_property
    def worksheets(self) -> "Worksheets":
        """The worksheets of a course."""
        from ipt_desktop.services.worksheets import Worksheets

        return Worksheets(self.open_practice, self.documents)

    @cached_property
    def history(self) -> "History":
        """The earlier versions of what is written."""
        from ipt_desktop.services.history import History

        return History(self.open_practice, self.documents, self.courses)

    @cached_property
    def rescue_copies(self) -> "RescueCopies":
        """Words that can't be saved, as encrypted files elsewhere."""
        from ipt_desktop.services.rescue_copy import RescueCopies

        return RescueCopies(self.open_practice, self.documents)

    @cached_property
    def note_moving(self) -> "NoteMoving":
        """Notes that belong to another client."""
        from ipt_desktop.services.note_moving import NoteMoving

        return NoteMoving(self.open_practice, self.documents)

    @cached_property
    def session_moving(self) -> "SessionMoving":
        """Sessions that belong to another course of their client."""
        from ipt_desktop.services.session_moving import SessionMoving

        return SessionMoving(self.open_practice)

    @cached_property
    def bookmarks(self) -> "Bookmarks":
        """Where the therapist was, to come back after a crash too."""
        from ipt_desktop.services.bookmarks import Bookmarks

        return Bookmarks(self.open_practice)

    @cached_property
    def disclosures(self) -> "Disclosures":
        """What left the practice about each client, and to whom."""
        from ipt_desktop.services.disclosures import Disclosures

        return Disclosures(self.open_practice)

    @cached_property
    def private(self) -> "PrivateNotes":
        """The private notes, in a database of their own."""
        from ipt_desktop.services.private_notes import PrivateNotes

        along, self._along = self._along, None
        return PrivateNotes(self.vault, self.changes, lambda: self.resources, along, self._opened_at)

    @cached_property
    def spelling(self) -> "Spelling":
        """The spell-check and its words."""
        from ipt_desktop.services.spelling import Spelling

        return Spelling(self.open_practice, self.resources.path("dictionaries"), lambda: self.settings.values().spelling)

    @cached_property
    def snippets(self) -> "Snippets":
        """Abbreviations, and what they stand for in a note."""
        from ipt_desktop.services.snippets import Snippets

        return Snippets(self.open_practice, self.resources.path("snippets.toml"))

    @cached_property
    def reporting(self) -> "Reporting":
        """Summaries and other reports."""
        from ipt_desktop.services.reporting import Reporting

        return Reporting(self)

    @cached_property
    def backups(self) -> "Backups":
        """The backups: made, listed, proven."""
        from ipt_desktop.services.backups import Backups

        settings = self.settings
        chosen, earlier = lambda: settings.values().backup_folders, lambda: settings.values().earlier_ids
        return Backups(self.vault, self._open_private, chosen=chosen, earlier=earlier, record=self._record())

    def _record(self) -> "BackupRecord":
        """Return what is remembered of the backups; the same one for every thread."""
        from ipt_desktop.services.backup_record import BackupRecord

        with self._gate:
            if self._backup_record is None:
                self._backup_record = BackupRecord(self.folder)
            return self._backup_record

    def _open_private(self) -> "Store | None":
        """Return the store of the private notes while they are open."""
        store: Store | None = getattr(vars(self).get("private"), "store", None)
        return store

    def _on_changed(self, _changed: Changed) -> None:
        self._record().note_change()

    def close(self, cause: str = "") -> None:
        """Finish what is queued and close the practice, its private notes first; a backup under way is stopped.

        `cause` says for the audit trail why it is closed or locked.
        """
        if "backups" in vars(self):
            self.backups.close()
        if "reporting" in vars(self):
            self.reporting.forget()
        self._along = None
        if "private" in vars(self):
            self.private.close()
        self.audit.note_locked(cause)
        self.vault.close()
