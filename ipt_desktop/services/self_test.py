"""The program's main work done once through its services, in a temporary folder: `ipt-desktop --self-test`.

From an empty folder to a summary on paper, then a kill in mid-sentence; what was acknowledged must still be there, and no word
of it may lie in the folder in clear. Needs no display, so that an installed program can be tried anywhere.
"""

import itertools
import secrets
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.change_list import change_list
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.errors import WrongPassphrase
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Attendance, Client, Course, Document, Person, Placement, Session, Sitting
from ipt_desktop.domain.text import _
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_practice, unlock

PROTOCOL = "weissman-markowitz-klerman"
SESSIONS = 16
PHASES = {1: "initial", 4: "middle", 14: "termination"}  # the session each phase is set in
DRAWN_IN = (1, 8, 16)  # the sessions in which the circle is drawn
RELATIONS = ("mother", "father", "partner", "sister", "brother", "friend", "colleague", "neighbour")
ENOUGH_SAVES = 12  # acknowledged before the kill
LONGEST_WAIT = 60.0  # seconds for the writer to get so far
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")

Tell = Callable[[str], object]


class NotHeld(Exception):
    """Something the program promises did not hold."""


def run_self_test(program: Sequence[str], tell: Tell) -> bool:
    """Do the work step by step and tell one line a step; return whether everything held.

    `program` is the command that starts this program: it is started once more to be killed while it writes.
    """
    with TemporaryDirectory(prefix="ipt-desktop-", ignore_cleanup_errors=True) as place:
        trial = Trial(Path(place), program)
        try:
            for name, step in trial.steps():
                try:
                    step()
                except Exception as error:
                    tell(_("FAILED  {step}: {reason}").format(step=name, reason=_reason(error)))
                    return False
                tell(_("ok  {step}").format(step=name))
        finally:
            trial.close()
    return True


def write_until_killed(folder: Path, passphrase: str) -> None:
    """Open a practice and write at its last note, word by word, until somebody ends the process.

    Each text is printed once it is on the disk.
    """
    desk = Desk(unlock(folder, passphrase))
    try:
        (client,) = desk.clients.clients()
        (course,) = desk.courses.courses(client.id)
        note = desk.documents.notes(course.id)[desk.sessions.sessions(course.id)[-1].id]
        key, begun = _prose_field(desk, note), _prose(desk, note)
        draft = desk.documents.begin_writing(note)
        for count in itertools.count(1):
            text = f"{begun} " + " ".join(f"word{number}" for number in range(count))
            desk.documents.keep_draft(draft, note.answers | {key: rich_text.to_json(rich_text.plain(text))})
            print(text, flush=True)  # noqa: T201 - it is how the acknowledgement reaches whoever kills us
    finally:
        desk.close()


class Trial:
    """One practice in a temporary folder, what was put into it, and the steps that do so."""

    def __init__(self, place: Path, program: Sequence[str]) -> None:
        self.folder = place / "practice"
        self.summary = place / "summary.pdf"
        self.passphrase = f"six quiet words and {secrets.token_hex(8)}"
        self.today = date.today()
        self._program = program
        self._secret_words = [self.passphrase]
        self._desk: Desk | None = None
        self._acknowledged = ""
        self._client: Client
        self._course: Course

    @property
    def desk(self) -> Desk:
        """The open practice."""
        if self._desk is None:
            raise NotHeld(_("the practice is closed"))
        return self._desk

    def close(self) -> None:
        """Close the practice, if it is open."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Return the name and the work of each step, in order; each stands on those before it."""
        yield _("practice created with a passphrase"), self.create
        yield _("client added"), self.add_client
        yield _("course of sixteen sessions begun"), self.begin_course
        yield _("sixteen sessions held and their notes kept"), self.write_notes
        yield _("phase set from initial to middle to termination"), self.set_phases
        yield _("eight people placed on the circle and moved"), self.draw_circles
        yield _("circle before and after compared"), self.compare_circles
        yield _("termination summary saved as PDF"), self.save_summary
        yield _("no word in clear while the practice is open"), self.scan
        yield _("process killed in mid-sentence"), self.kill_writer
        yield _("a wrong passphrase refused"), self.refuse_wrong_passphrase
        yield _("everything acknowledged is there again"), self.open_again
        yield _("no word in clear after the kill"), self.scan
        yield _("no word in clear once it is closed"), self.scan_closed

    # -- the work --------------------------------------------------------------------------------------------------

    def create(self) -> None:
        """Make a practice."""
        self._desk = Desk(create_practice(self.folder, self.passphrase, self._secret("Practice")))
        self.desk.practice.name_therapist(self._secret("Therapist"))

    def add_client(self) -> None:
        """Add the one client."""
        words = self._secret("Presenting")
        self._client = self.desk.clients.add_client(Client(name=self._secret("Client"), presenting_problem=words))

    def begin_course(self) -> None:
        """Begin a course that lies behind us, so that its last session was today."""
        protocol = self.desk.resources.protocol(PROTOCOL)
        _require(protocol is not None, _("the protocol is missing"))
        if protocol is not None:
            self._course = self.desk.courses.begin_course(self._client.id, protocol, started_on=self._day(1))
        _require(self._course.planned_sessions == SESSIONS, str(self._course.planned_sessions))

    def write_notes(self) -> None:
        """Hold every session and write its note, saved twice as typing does."""
        for number in range(1, SESSIONS + 1):
            session = self.desk.sessions.add_session(
                Session(
                    course_id=self._course.id,
                    date=self._day(number),
                    starts_at=time(9),
                    ends_at=time(9, 50),
                    attendance=Attendance.ATTENDED,
                )
            )
            self._write(Purpose.PROGRESS_NOTE, self._secret(f"Note{number}"), session_id=session.id)
        self._write(Purpose.FORMULATION, self._secret("Formulation"))
        self._write(Purpose.ENDING, self._secret("Ending"))
        notes = self.desk.documents.notes(self._course.id).values()
        _require(len(notes) == SESSIONS and all(note.revision == 2 for note in notes), str(len(notes)))

    def set_phases(self) -> None:
        """Set each phase on the day of a session."""
        for number, phase in PHASES.items():
            self.desk.phases.enter_phase(self._course.id, phase, self._day(number), self._secret(f"Reason{number}"))
        (standing,) = self.desk.clients.overview(self.today)
        _require(standing.phase_key == PHASES[14], standing.phase_key)

    def draw_circles(self) -> None:
        """Name eight people, and draw them in three sessions, nearer each time."""
        people = [self._add_person(relation) for relation in RELATIONS]
        for turn, number in enumerate(DRAWN_IN):
            sitting = self.desk.circles.sitting_now(self._course.id, datetime.combine(self._day(number), time(9, 10)))
            for place, person in enumerate(people):
                self._place(sitting, person, felt=_closeness(turn, place), angle=45.0 * place)
        _require(len(self.desk.circles.sittings(self._course.id)) == len(DRAWN_IN), _("sittings are missing"))

    def compare_circles(self) -> None:
        """Compare the first circle with the present one: the first is as it was, and everyone has moved."""
        first = self.desk.circles.sittings(self._course.id)[0]
        before, after = self.desk.circles.circle(self._course.id, first.id), self.desk.circles.circle(self._course.id)
        for turn, circle in ((0, before), (len(DRAWN_IN) - 1, after)):
            placed = [circle.placements[person.id].felt for person in circle.people]
            _require(placed == [_closeness(turn, place) for place in range(len(RELATIONS))], str(placed))
        rings = self.desk.courses.protocol(self._course.id).rings
        words = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)
        _require(bool(change_list(after.people, before.placements, after.placements, words).moved), _("nobody moved"))

    def save_summary(self) -> None:
        """Assemble the summary, render it, save it and read its pages back."""
        report = self.desk.reporting.assemble("termination-summary", self._course.id)
        pdf = self.desk.reporting.render(report)
        self.desk.reporting.save(pdf, self.summary, course_id=self._course.id)
        kept = self.summary.read_bytes()
        _require(kept == pdf and kept.startswith(b"%PDF"), _("the file is not what was rendered"))
        _require(bool(self.desk.reporting.pages(kept, 400)), _("the file has no page"))

    def kill_writer(self) -> None:
        """Let another process write at the last note, and kill it once it has acknowledged some saves."""
        self.close()
        command = [*self._program, "--self-test-writer", str(self.folder)]
        pipe = subprocess.PIPE
        with subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        ) as writer:
            assert writer.stdin is not None  # noqa: S101 - all three are pipes
            assert writer.stdout is not None  # noqa: S101
            assert writer.stderr is not None  # noqa: S101
            impatience = threading.Timer(LONGEST_WAIT, writer.kill)
            impatience.start()
            writer.stdin.write(f"{self.passphrase}\n")
            writer.stdin.flush()
            told = [writer.stdout.readline() for _time in range(ENOUGH_SAVES)]
            writer.kill()
            impatience.cancel()
            told += writer.stdout.read().splitlines(keepends=True)
            complaint = writer.stderr.read()
        whole = [line.removesuffix("\n") for line in told if line.endswith("\n")]
        _require(len(whole) >= ENOUGH_SAVES, complaint.strip() or _("it wrote nothing"))
        self._acknowledged = whole[-1]

    def refuse_wrong_passphrase(self) -> None:
        """Try another passphrase."""
        try:
            unlock(self.folder, f"{self.passphrase}x").close()
        except WrongPassphrase:
            return
        raise NotHeld(_("it was let in"))

    def open_again(self) -> None:
        """Open the practice again and look for all that was put in, the last sentence up to its last saved word."""
        self._desk = Desk(unlock(self.folder, self.passphrase))
        (client,) = self.desk.clients.clients()
        _require((client.id, client.name) == (self._client.id, self._client.name), _("the client is another"))
        _require(len(self.desk.circles.people(client.id)) == len(RELATIONS), _("people are missing"))
        _require(len(self.desk.phases.changes(self._course.id)) == len(PHASES), _("phases are missing"))
        notes = self.desk.documents.notes(self._course.id)
        for number, session in enumerate(self.desk.sessions.sessions(self._course.id), start=1):
            text = _prose(self.desk, notes[session.id])
            _require(f"Note{number}" in text, _("the note of session {number} is missing").format(number=number))
        _require(text.startswith(self._acknowledged), _("words are missing at the end of the last note"))

    def scan(self) -> None:
        """Look for everything that was written in every file of the folder."""
        for file in sorted(self.folder.rglob("*")):
            content = file.read_bytes() if file.is_file() else b""
            for word in self._secret_words:
                is_clear = any(word.encode(encoding) in content for encoding in ENCODINGS)
                _require(not is_clear, _("{file} holds words in clear").format(file=file.name))

    def scan_closed(self) -> None:
        """Look again when the practice has been closed."""
        self.close()
        self.scan()

    # -- its parts -------------------------------------------------------------------------------------------------

    def _secret(self, word: str) -> str:
        """Return words that appear nowhere by chance, and are looked for in the files afterwards."""
        unique = f"{word}-{secrets.token_hex(6)}"
        self._secret_words.append(unique)
        return unique

    def _day(self, number: int) -> date:
        """Return the day of a session: one a week, the last one today."""
        return self.today - timedelta(weeks=SESSIONS - number)

    def _write(self, purpose: Purpose, text: str, *, session_id: str | None = None) -> None:
        """Write a document in two saves of one stay."""
        documents = self.desk.documents
        document = documents.open_document(purpose, self._client.id, course_id=self._course.id, session_id=session_id)
        key = _prose_field(self.desk, document)
        draft = documents.begin_writing(document)
        for words in (text[:4], text):
            documents.keep_draft(draft, {key: rich_text.to_json(rich_text.plain(words))})
        documents.end_writing(draft)

    def _add_person(self, relation: str) -> Person:
        return self.desk.circles.add_person(self._client.id, self._secret(relation.title()), relation)

    def _place(self, sitting: Sitting, person: Person, *, felt: float, angle: float) -> None:
        words = self._secret("Said")
        placement = Placement(person_id=person.id, sitting_id=sitting.id, felt=felt, angle=angle, words=words)
        self.desk.circles.put_back(sitting.id, person.id, placement)


def _closeness(turn: int, place: int) -> float:
    """Return where a person stands: everyone comes nearer from sitting to sitting."""
    return round(0.05 + 0.3 * turn + 0.04 * place, 2)


def _prose_field(desk: Desk, document: Document) -> str:
    """Return the key of the field that a document is told in."""
    form = desk.documents.form_of(document)
    field = form.field_that_means(Means.WHAT_HAPPENED) or next(each for each in form.fields if each.kind == "prose")
    return field.key


def _prose(desk: Desk, document: Document) -> str:
    answer: Any = document.answers.get(_prose_field(desk, document))
    return rich_text.as_plain(rich_text.from_json(answer))


def _require(is_held: bool, otherwise: str) -> None:
    """Raise NotHeld with these words unless it held."""
    if not is_held:
        raise NotHeld(otherwise)


def _reason(error: Exception) -> str:
    """Return one line; everything in a self-test is invented, so it may say what it was about."""
    words = " ".join(str(error).split())
    return words if isinstance(error, NotHeld) else f"{type(error).__name__}: {words}"
