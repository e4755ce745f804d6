"""The demo practice: eight invented clients, told from today, so that every tab has something true to show.

The cases are data (`resources/demo/`, format in `demo_case`). Ids follow from the file and what is told, so filling twice
changes nothing.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ipt_desktop.domain import form as forms
from ipt_desktop.domain import measure_json
from ipt_desktop.domain import protocol as protocols
from ipt_desktop.domain import records as r
from ipt_desktop.domain.measure_json import measure_hash
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.services.demo_case import cases
from ipt_desktop.services.demo_records import CaseRecords
from ipt_desktop.services.demo_signing import sign_past_notes
from ipt_desktop.services.practice_folder import PRIVATE_NAME
from ipt_desktop.services.private_access import private_key_along
from ipt_desktop.services.private_notes import make_private_notes
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault, create_practice
from ipt_desktop.storage.store import Store, Writing

PROTOCOL = "weissman-markowitz-klerman"
PRACTICE: dict[str, Any] = {
    "name": "Willow Lane Practice",
    "therapist": "Dr Hanna Ashworth",
    "profession": "Clinical psychologist · Interpersonal psychotherapy",
    "registration": "PYL 31107",
    "address": "4 Willow Lane, First floor, Example Town",
    "contact": "0113 496 0142 · practice@example.org",
}
COUNTRY = "gb"  # where the practice is: whom its clients ring in danger


def create_demo(folder: Path, today: date | None = None) -> OpenVault:
    """Make the demo practice in the folder, filled, and open it; takes about a second.

    Raises what `vault.create_practice` does; if the filling fails, nothing is left behind.
    """
    day = today or date.today()
    private = private_records(day)
    opened = create_practice(folder, None, PRACTICE["name"], is_demo=True, fill=lambda store: fill_with_demo(store, day))
    try:
        _write_private_notes(opened, private)
    except BaseException:
        opened.close()
        raise
    return opened


def _write_private_notes(opened: OpenVault, told: list[r.Record]) -> None:
    """Write the private pages of the cases, in their own database, which opens with the demo's published key."""

    def work(writing: Writing) -> None:
        for record in told:
            writing.upsert(record)

    make_private_notes(opened.folder / PRIVATE_NAME, private_key_along(opened, Secret()), work)


def fill_with_demo(store: Store, today: date) -> None:
    """Write the eight clients as they stand today, in one transaction; filling again on the same day changes nothing.

    The notes of past sessions but the latest two are signed.

    Raises DefinitionError where a case does not follow its format.
    """
    at_hand = Resources()
    records = demo_records(today, at_hand)

    def work(writing: Writing) -> None:
        for practice in writing.all(r.Practice):
            writing.update(replace(practice, **PRACTICE))
        writing.upsert(r.Setting(id="country", value=json.dumps(COUNTRY)))
        for record in records:
            writing.upsert(record)
        writing.upsert(r.Setting(id="country", value='"gb"'))  # where its invented people live
        sign_past_notes(writing, records, at_hand.forms, today)

    store.write(work)


def demo_records(today: date, resources: Resources | None = None) -> list[r.Record]:
    """Return everything the demo practice holds but the practice itself, parents first. Raises DefinitionError."""
    at_hand = resources or Resources()
    protocol = next(each for each in at_hand.protocols if each.key == PROTOCOL)
    told: list[r.Record] = [_definition("protocol", protocol.key, protocols.to_json(protocol))]
    for case, source in cases(at_hand.path("demo")):
        told += CaseRecords(case, source, today, protocol, at_hand).records()
    used = {each.form for each in told if isinstance(each, r.Document)}
    given = {each.definition for each in told if isinstance(each, MeasureResult)}
    measures = ((measure_hash(each), each) for each in at_hand.measures)
    told += [_definition("measure", each.key, measure_json.to_json(each)) for hash_, each in measures if hash_ in given]
    told += [_definition("form", each.key, forms.to_json(each)) for each in at_hand.forms if forms.form_hash(each) in used]
    return told


def private_records(today: date, resources: Resources | None = None) -> list[r.Record]:
    """Return the private notes of the demo practice with the form they answer. Raises DefinitionError."""
    at_hand = resources or Resources()
    protocol = next(each for each in at_hand.protocols if each.key == PROTOCOL)
    form = at_hand.form_for(forms.Purpose.PRIVATE_NOTE)
    told: list[r.Record] = [_definition("form", form.key, forms.to_json(form))]
    for case, source in cases(at_hand.path("demo")):
        told += CaseRecords(case, source, today, protocol, at_hand).private_records()
    return told


def _definition(kind: str, key: str, body: dict[str, Any]) -> r.Definition:
    return r.Definition(id=forms.definition_hash(body), kind=kind, key=key, body=body)
