"""The forms a session's note can take, and the one it begins with."""

import json
from contextlib import suppress

from ipt_desktop.domain.form import NOTES, Form, Purpose
from ipt_desktop.domain.records import Session, SessionKind, Setting
from ipt_desktop.services.resources import Resources
from ipt_desktop.storage.store import Reading


def note_forms(resources: Resources) -> list[Form]:
    """Return every form a note can take, the therapist's own too: those for any session first, then those for one kind."""
    forms = [each for each in resources.forms if each.purpose in NOTES]
    return sorted(forms, key=lambda each: (bool(each.for_kind), NOTES.index(Purpose(each.purpose)), each.order))


def form_of_new_note(resources: Resources, kind: SessionKind, chosen: str = "") -> Form:
    """Return the form a new note begins with: that for its kind of session, else the one `chosen` (a key), else the usual one.

    `chosen` is the practice's setting; where no such form is at hand any more, the usual one stands in.
    """
    forms = note_forms(resources)
    usual = resources.form_for(Purpose.PROGRESS_NOTE)
    own_kind = next((each for each in forms if each.for_kind == kind), None)
    return own_kind or next((each for each in forms if chosen and each.key == chosen), usual)


def form_of_session(reading: Reading, resources: Resources, session_id: str) -> Form:
    """Return the form the note of a session begins with, by the practice's setting."""
    session = reading.get(Session, session_id)
    setting = reading.get(Setting, "note_form")
    chosen = ""
    if setting is not None:
        with suppress(ValueError):
            chosen = str(json.loads(setting.value))
    return form_of_new_note(resources, session.kind if session else SessionKind.SESSION, chosen)
