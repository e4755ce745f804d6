"""The audit trail in words: what each operation is called, which kind of act it is, and what the rest of an entry says."""

from datetime import datetime
from enum import StrEnum

from ipt_desktop.domain.circle_order import FORMS, CircleForm
from ipt_desktop.domain.letter import PREFIX
from ipt_desktop.domain.records import AuditEntry, Disclosure
from ipt_desktop.domain.signing import mark_words
from ipt_desktop.domain.text import _, marked, ngettext


class Act(StrEnum):
    """The kinds of act that a reader of the trail looks for."""

    SEEN = "seen"
    RECORDED = "recorded"
    GIVEN_OUT = "given_out"
    ENTRY = "entry"
    KEPT_SAFE = "kept_safe"


ACTS = {
    Act.SEEN: marked("Looked at"),
    Act.RECORDED: marked("Written or changed"),
    Act.GIVEN_OUT: marked("Printed or given out"),
    Act.ENTRY: marked("Unlocking and keys"),
    Act.KEPT_SAFE: marked("Backups and settings"),
}

_WORDS: dict[Act, dict[str, str]] = {
    Act.SEEN: {
        "open_client": marked("Client opened"),
        "view": marked("Page looked at"),
    },
    Act.RECORDED: {
        "add_client": marked("Client added"),
        "change_client": marked("Client’s details changed"),
        "archive_client": marked("Client archived"),
        "bring_back_client": marked("Client brought back from the archive"),
        "begin_course": marked("Course of treatment begun"),
        "change_course": marked("Terms of the course changed"),
        "change_protocol": marked("Protocol of the course changed"),
        "take_back_terms": marked("Change of the terms taken back"),
        "end_course": marked("Course of treatment ended"),
        "reopen_course": marked("Course of treatment opened again"),
        "remove_course": marked("Course of treatment taken back"),
        "bring_back_course": marked("Course of treatment put back"),
        "add_session": marked("Session added"),
        "change_session": marked("Session changed"),
        "remove_session": marked("Session removed"),
        "bring_back_session": marked("Session put back"),
        "move_session": marked("Session moved to another course"),
        "start_session": marked("Session started"),
        "end_session": marked("Session ended"),
        "reopen_session": marked("Session taken up again"),
        "begin_edit": marked("Writing begun"),
        "end_edit": marked("Writing ended"),
        "enter_measure": marked("Measure entered"),
        "begin_measure": marked("Measure begun with the client"),
        "finish_measure": marked("Measure finished by the client"),
        "change_measure": marked("Measure changed or corrected"),
        "put_back_measure": marked("Measure put back"),
        "remove_measure": marked("Measure removed"),
        "plan_measures": marked("Plan of the measures changed"),
        "raise_flag": marked("An answer asks for a question on safety"),
        "answer_flag": marked("Asked about after an answer on safety"),
        "note_asked": marked("What was asked after a measure noted"),
        "enter_phase": marked("Phase entered"),
        "take_back_phase": marked("Change of phase taken back"),
        "move_review": marked("Day of a review moved"),
        "tick_task": marked("Task ticked"),
        "untick_task": marked("Tick of a task taken back"),
        "keep_problem_area": marked("Problem area kept"),
        "remove_problem_area": marked("Problem area removed"),
        "restore_problem_area": marked("Problem area put back"),
        "mark_strategy": marked("Strategy marked as worked on"),
        "unmark_strategy": marked("Mark of a strategy taken back"),
        "judge_stage": marked("Stage of the dispute judged"),
        "take_back_stage": marked("Stage of the dispute taken back"),
        "begin_sitting": marked("Drawing of the circle begun"),
        "name_sitting": marked("Circle named"),
        "add_person": marked("Person added to the inventory"),
        "change_person": marked("Person changed"),
        "remove_person": marked("Person removed"),
        "delete_person": marked("Person deleted with what was written about them"),
        "restore_person": marked("Person put back"),
        "place_person": marked("Person placed on the circle"),
        "place_people": marked("People placed on the circle"),
        "keep_sectors": marked("Sectors of the circle changed"),
        "tidy_circle": marked("Circle tidied"),
        "add_tie": marked("Tie added"),
        "change_tie": marked("Tie changed"),
        "remove_tie": marked("Tie removed"),
        "restore_tie": marked("Tie put back"),
        "add_goal": marked("Goal set"),
        "change_goal": marked("Goal changed"),
        "remove_goal": marked("Goal removed"),
        "restore_goal": marked("Goal put back"),
        "keep_diagnosis": marked("Diagnosis kept"),
        "remove_diagnosis": marked("Diagnosis removed"),
        "add_medication": marked("Medication added"),
        "change_medication": marked("Medication changed"),
        "end_medication": marked("Medication ended"),
        "remove_medication": marked("Medication removed"),
        "restore_medication": marked("Medication put back"),
        "rate_goal": marked("Goal rated"),
        "take_back_rating": marked("Rating of a goal taken back"),
        "add_event": marked("Event added to the timeline"),
        "change_event": marked("Event changed"),
        "remove_event": marked("Event removed"),
        "restore_event": marked("Event put back"),
        "add_step": marked("Between-session task added"),
        "change_step": marked("Between-session task changed"),
        "review_step": marked("Between-session task reviewed"),
        "remove_step": marked("Between-session task removed"),
        "restore_step": marked("Between-session task put back"),
        "keep_risk": marked("Risk entry kept"),
        "review_risk": marked("Risk reviewed"),
        "remove_risk": marked("Risk entry removed"),
        "restore_risk": marked("Risk entry put back"),
        "answer_suggestion": marked("Suggestion put aside"),
        "take_back_answer": marked("Suggestion shown again"),
        "sign_note": marked("Note signed"),
        "sign_addendum": marked("Addendum signed"),
        "sign_document": marked("Signed"),
        "begin_addendum": marked("Addendum begun"),
        "remove_addendum": marked("Addendum taken back before it was signed"),
        "discard_drafts": marked("Earlier drafts of a signed note discarded"),
        "delete_jottings": marked("Jottings deleted"),
        "restore_jottings": marked("Jottings put back"),
        "restore_version": marked("Earlier version brought back"),
        "move_note": marked("Note moved to another client"),
        "take_note_in": marked("Note taken in from another client"),
        "remove_worksheet": marked("Worksheet removed"),
        "restore_worksheet": marked("Worksheet put back"),
        "begin_edit_private": marked("Writing of a private note begun"),
        "end_edit_private": marked("Writing of a private note ended"),
    },
    Act.GIVEN_OUT: {
        "report_saved": marked("Saved as PDF"),
        "report_printed": marked("Printed"),
        "report_copied": marked("Copied as text"),
        "circle_saved": marked("Circle saved as a file"),
        "circle_copied": marked("Circle copied as a picture"),
        "release_private": marked("Private note released"),
    },
    Act.ENTRY: {
        "unlock": marked("Practice unlocked"),
        "fail_to_unlock": marked("Wrong passphrase"),
        "fail_to_unlock_with_code": marked("Wrong recovery code"),
        "lock": marked("Practice locked"),
        "change_passphrase": marked("Passphrase changed"),
        "remember_computer": marked("This computer was asked to remember the practice"),
        "forget_computer": marked("The computers that remembered were told to forget"),
        "renew_header": marked("Keys written anew with the recovery sheet"),
        "revoke": marked("All keys revoked"),
        "make_private": marked("Private notes begun"),
        "open_private": marked("Private notes opened"),
        "lock_private": marked("Private notes locked"),
        "fail_to_open_private": marked("Wrong passphrase for the private notes"),
        "fail_to_open_private_with_code": marked("Wrong recovery code for the private notes"),
        "give_own_private_passphrase": marked("Private notes given a passphrase of their own"),
        "let_private_open_along": marked("Private notes open along again"),
    },
    Act.KEPT_SAFE: {
        "create_practice": marked("Practice made"),
        "change_practice": marked("The practice’s details changed"),
        "change_settings": marked("Settings changed"),
        "learn_word": marked("Word added to the dictionary"),
        "forget_word": marked("Word taken out of the dictionary"),
        "keep_snippet": marked("Snippet kept"),
        "remove_snippet": marked("Snippet removed"),
        "verify_signatures": marked("Signed notes verified"),
        "save_rescue_copy": marked("Rescue copy saved"),
        "read_rescue_copy": marked("Rescue copy read"),
        "back_up": marked("Backup made"),
        "rewrite_backup": marked("Backup rewritten for the present keys"),
        "prove_backup": marked("Backup proven"),
        "restore": marked("Practice restored from a backup"),
        "salvage": marked("Practice recovered from a damaged one"),
        "verify_trail": marked("Audit trail looked through"),
        "unreadable": marked("Can’t be read: this entry was altered"),
    },
}
OPERATIONS: dict[str, tuple[Act, str]] = {
    operation: (act, words) for act, known in _WORDS.items() for operation, words in known.items()
}

KINDS = {
    "practice": marked("Practice"),
    "client": marked("Client"),
    "course": marked("Course"),
    "session": marked("Session"),
    "terms_change": marked("Terms of the course"),
    "phase_change": marked("Phase"),
    "task_tick": marked("Task"),
    "person": marked("Person"),
    "sector": marked("Circle"),
    "problem_area": marked("Problem area"),
    "stage_change": marked("Stage"),
    "sitting": marked("Circle"),
    "placement": marked("Circle"),
    "tie": marked("Tie"),
    "goal": marked("Goal"),
    "strategy_work": marked("Strategy worked on"),
    "goal_rating": marked("Rating of a goal"),
    "measure_result": marked("Measure"),
    "measure_plan": marked("Plan of the measures"),
    "suggestion_answer": marked("Suggestion"),
    "area_document": marked("Record of a problem area"),
    "document": marked("Note or form"),
    "diagnosis": marked("Diagnosis"),
    "medication": marked("Medication"),
    "event": marked("Event"),
    "step": marked("Between-session task"),
    "risk_entry": marked("Risk"),
    "signature": marked("Signature"),
    "amendment": marked("Addendum"),
    "spelling_word": marked("Dictionary"),
    "snippet": marked("Snippet"),
    "bookmark": marked("Place"),
    "setting": marked("Settings"),
    "disclosure": marked("Disclosure"),
}

# What may stand in the detail of an entry, in words; any other value stands as it is, such as the name of a setting.
_HOW = {
    "passphrase": marked("with the passphrase"),
    "keychain": marked("by this computer’s keychain"),
    "recovery_code": marked("with the recovery sheet"),
    "demo": marked("without a passphrase"),
}
_CAUSES = {
    "asked": marked("by the therapist"),
    "closed": marked("the window was closed"),
    "rest": marked("after a while at rest"),
    "sleep": marked("the computer went to sleep"),
    "screen": marked("the screen was locked"),
    "switch": marked("someone else took over the computer"),
    "end": marked("the computer was shutting down"),
    "clock": marked("the computer’s clock was changed"),
    "pin": marked("wrong PINs"),
    "restore": marked("to restore a backup"),
    "salvage": marked("to save what can be read"),
    "revoke": marked("to make a new key"),
}
_PAGES = {
    "clients": marked("Clients"),
    "circle": marked("Circle"),
    "sessions": marked("Sessions"),
    "phases": marked("Phases"),
    "progress": marked("Progress"),
    "reports": marked("Reports"),
}
_PEOPLE = {
    "initials": marked("with initials"),
    "pseudonyms": marked("with pseudonyms"),
    "names": marked("with names"),
}
REPORTS = {
    "termination-summary": marked("Summary of treatment"),
    "private-note": marked("Note of a session"),
    "audit-trail": marked("Audit trail"),
    "disclosure-list": marked("Disclosure list"),
    "recovery-sheet": marked("Recovery sheet"),
    "circle": marked("Closeness circle"),
    "circle-before-after": marked("Circle, before and after"),
    "circle-course": marked("Circle through treatment"),
    "safety-plan": marked("Safety plan"),
    "explanation": marked("What this therapy is"),
    "agreement": marked("Treatment agreement"),
    "formulation": marked("Formulation"),
    "formulation-narrative": marked("How we understand it"),
    "history": marked("Illness and history"),
    "timeline": marked("Timeline"),
    "full-record": marked("Full record"),
    "session-notes": marked("Session notes"),
    "area-record": marked("Record of a problem area"),
    "worksheet": marked("Worksheet"),
    "measure-sheet": marked("Result of a measure"),
    "course-measures": marked("Measures of a course"),
    "client-copy": marked("The client’s own copy"),
    "portfolio": marked("Portfolio"),
    "progress-report": marked("Progress report"),
    "relapse-plan": marked("If it starts again"),
    "steps": marked("Until we meet again"),
    "letter-referrer": marked("Letter to the referrer"),
    "letter-medication": marked("Letter about medication"),
    "letter-information": marked("Request for information"),
    "letter-transfer": marked("Letter to a new therapist"),
    "letter-attendance": marked("Confirmation of attendance"),
}

_SETTINGS = {  # by their names in `PracticeSettings`
    "lock_after": marked("when it locks"),
    "lock_in_session_after": marked("when it locks while a session runs"),
    "ask_again_after": marked("when the passphrase is asked for again"),
    "blurs_when_inactive": marked("blurred while another program is in front"),
    "cover_pin": marked("PIN on the cover"),
    "hides_from_capture": marked("left out of screenshots"),
    "backup_folders": marked("where backups go"),
    "backup_every_hours": marked("how often backups are made"),
    "jurisdiction": marked("whose law holds"),
    "earlier_ids": marked("what older backups are known by"),
    "has_recovery_sheet": marked("recovery sheet at hand"),
    "note_form": marked("form of a new note"),
    "keeps_drafts": marked("whether drafts of signed notes are kept"),
    "spelling": marked("languages of the spell-check"),
    "country": marked("country of the crisis lines"),
    "code_system": marked("code system of diagnoses"),
    "measures": marked("measures a course usually gives"),
    "measured_every": marked("how often measures are usually given"),
    "rule_set": marked("rule set of the measures"),
}


def operations_of(act: Act) -> frozenset[str]:
    """Return the operations of this kind of act."""
    return frozenset(_WORDS[act])


def is_private(entry: AuditEntry) -> bool:
    """Tell whether an entry tells that there are private notes: such a one is never printed."""
    return "private" in entry.operation


def operation_words(operation: str) -> str:
    """Return what an operation is called; one of another release, by its own name."""
    known = OPERATIONS.get(operation)
    return _(known[1]) if known else operation.replace("_", " ").capitalize()


def kind_words(kind: str) -> str:
    """Return what the kind of record is called; "" for none."""
    return _(KINDS[kind]) if kind in KINDS else kind.replace("_", " ").capitalize()


def who_words(entry: AuditEntry) -> str:
    """Return who did it: the account of the computer, the program, or that it was not kept."""
    from ipt_desktop.domain.chain_link import PROGRAM

    return _("the program by itself") if entry.who == PROGRAM else entry.who or _("not kept")


def report_words(kind: str) -> str:
    """Return what a kind of report is called; a letter from a template of the therapist's own is a letter."""
    if kind in REPORTS:
        return _(REPORTS[kind])
    return _("Letter") if kind.startswith(PREFIX) else kind


def disclosure_words(disclosure: Disclosure) -> str:
    """Return what was given out: "Summary of treatment, 3 pages" or "copied as text", "Closeness circle, SVG picture"."""
    if disclosure.how in set(CircleForm) - {CircleForm.PDF}:
        form = _(FORMS[CircleForm(disclosure.how)])
        return _("{what}, {form}").format(what=report_words(disclosure.what), form=form)
    if not disclosure.pages:
        return _("{what}, copied as text").format(what=report_words(disclosure.what))
    words = ngettext("{what}, {count} page", "{what}, {count} pages", disclosure.pages)
    return words.format(what=report_words(disclosure.what), count=disclosure.pages)


def detail_words(entry: AuditEntry) -> str:
    """Return what else the entry says, in words; "" for nothing."""
    return "; ".join(words for words in (_fact(name, value) for name, value in entry.detail.items()) if words)


def _fact(name: str, value: object) -> str:
    """Return one fact of an entry's detail in words; "" for what is not for a reader, such as an id."""
    if name == "report":
        return report_words(str(value))
    known = {"how": _HOW, "cause": _CAUSES, "page": _PAGES, "form": FORMS, "people": _PEOPLE}.get(name)
    if known is not None:
        return _(known[str(value)]) if str(value) in known else str(value)
    if name == "at":
        return _instant(str(value))
    if name == "made_at":
        return _("made {when}").format(when=_instant(str(value)))
    if name == "settings" and isinstance(value, list):
        return ", ".join(_(_SETTINGS[each]) if each in _SETTINGS else str(each).replace("_", " ") for each in map(str, value))
    if name == "mark":
        return _("content mark {mark}").format(mark=mark_words(str(value)))
    template = _COUNTED.get(name)
    return _(template).format(value=value) if template else ""


_COUNTED = {
    "pages": marked("pages: {value}"),
    "lost": marked("rows lost: {value}"),
    "entries": marked("entries: {value}"),
    "broken": marked("broken places: {value}"),
    "notes": marked("notes: {value}"),
    "clients": marked("clients: {value}"),
    "drafts": marked("drafts: {value}"),
    "signed": marked("signed: {value}"),
}


def _instant(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return text
