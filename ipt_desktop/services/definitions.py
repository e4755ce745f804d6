"""From a TOML file to a form or protocol, with errors that name file, line and field.

The dataclasses of `domain.form` and `domain.protocol` are the format: their fields are the keys, their types the values that
are allowed. What types can't say (keys used once, choices that have options, phases in order) is checked after reading.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields

from ipt_desktop.domain.form import COURSE_PAPERS, OPTIONS_FROM, Field, FieldKind, Form, Means, Purpose
from ipt_desktop.domain.form_rows import ROW_ID, ColumnKind
from ipt_desktop.domain.prefill import PLACES
from ipt_desktop.domain.protocol import Phase, Protocol, Suggestion, TaskMark, TaskPlace, When, task_id
from ipt_desktop.domain.records import DisputeStage, SessionKind
from ipt_desktop.domain.suggestions import COUNTED, EVERYWHERE, PLACEHOLDERS, REMINDERS, placeholders
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import (
    Source,
    check_key,
    check_keys,
    check_one_of,
    check_range,
    check_words,
    parse_as,
)
from ipt_desktop.services.toml_lines import Place

MOST_SESSIONS, MOST_MINUTES, MOST_WEEKS = 99, 240, 520


def parse_form(text: str, file: str) -> Form:
    """Read a form. Raises `DefinitionError`."""
    form, source = parse_as(Form, text, file)
    _check_form(form, source)
    return form


def parse_protocol(text: str, file: str, *, worksheets: Collection[str] | None = None) -> Protocol:
    """Read a protocol; where `worksheets` (keys of forms) are given, it may name no other. Raises `DefinitionError`."""
    protocol, source = parse_as(Protocol, text, file)
    _check_protocol(protocol, source, worksheets)
    return protocol


def _check_form(form: Form, source: Source) -> None:
    check_one_of(form.purpose, [each for each in Purpose if each is not Purpose.LETTER], ("purpose",), source)
    check_one_of(form.for_kind, SessionKind, ("for_kind",), source, may_be_empty=True)
    if form.for_area and form.purpose != Purpose.AREA_RECORD:
        source.refuse(("for_area",), _("only the record of a problem area is for one"))
    _check_version(form.key, form.version, source)
    check_keys(("sections",), [each.key for each in form.sections], source)
    keys: list[str] = []
    means: list[str] = []
    for number, section in enumerate(form.sections):
        check_one_of(section.title_from, ("sick_role",), ("sections", number, "title_from"), source, may_be_empty=True)
        for place, field in ((("sections", number, "fields", at), each) for at, each in enumerate(section.fields)):
            if field.key in keys:
                source.refuse((*place, "key"), _("“{key}” is used twice").format(key=field.key))
            if field.is_joined and not place[-1]:
                source.refuse((*place, "is_joined"), _("the first field of a section has none before it"))
            if field.means and field.means in means:
                source.refuse((*place, "means"), _("“{key}” is used twice").format(key=field.means))
            _check_field(field, place, source)
            if form.purpose not in COURSE_PAPERS:
                _check_no_course(field, place, source)
            keys.append(field.key)
            means.append(field.means)
    if not keys:
        source.refuse(("sections",), _("a form needs at least one field"))


def _check_no_course(field: Field, place: Place, source: Source) -> None:
    """Refuse what only the papers of a course are given: the client's events, and words to begin with."""
    if field.kind == FieldKind.LIFE_EVENTS:
        source.refuse((*place, "kind"), _("only the papers of a course can choose from the client’s events"))
    if field.prefill:
        source.refuse((*place, "prefill"), _("only the papers of a course have words to begin with"))


def _check_field(field: Field, place: Place, source: Source) -> None:
    check_key(field.key, place, source)
    check_one_of(field.kind, FieldKind, (*place, "kind"), source)
    check_one_of(field.options_from, OPTIONS_FROM, (*place, "options_from"), source, may_be_empty=True)
    check_one_of(field.means, Means, (*place, "means"), source, may_be_empty=True)
    if not field.label.strip():
        source.refuse((*place, "label"), _("a field needs a label"))
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and not (field.options or field.options_from):
        source.refuse((*place, "options"), _("a choice needs options"))
    if field.kind == FieldKind.SCALE and field.lowest >= field.highest:
        source.refuse((*place, "highest"), _("the highest value must be above the lowest"))
    if field.kind == FieldKind.SCALE and not (field.low and field.high):
        source.refuse((*place, "low"), _("a scale needs words for both ends, low and high"))
    if field.max_length is not None and field.max_length < 1:
        source.refuse((*place, "max_length"), _("there must be room for at least one character"))
    if field.is_required and (field.is_off_record or field.kind == FieldKind.RECORD):
        source.refuse((*place, "is_required"), _("what is not part of the record, or not written here, can’t be required"))
    if field.prefill and field.kind not in (FieldKind.LINE, FieldKind.PROSE):
        source.refuse((*place, "prefill"), _("only a line or prose has words to begin with"))
    _check_braces(field.prefill, PLACES, (*place, "prefill"), source)
    check_keys((*place, "options"), [each.key for each in field.options], source)
    _check_columns(field, place, source)


def _check_columns(field: Field, place: Place, source: Source) -> None:
    is_rows = field.kind == FieldKind.ROWS
    if is_rows and not field.columns:
        source.refuse((*place, "columns"), _("rows need columns"))
    if field.columns and not is_rows:
        source.refuse((*place, "columns"), _("only rows have columns"))
    if is_rows and not field.row_label.strip():
        source.refuse((*place, "row_label"), _("rows need a label for one of them"))
    if field.has_row_ids and not is_rows:
        source.refuse((*place, "has_row_ids"), _("only rows have ids"))
    check_keys((*place, "columns"), [each.key for each in field.columns], source)
    for number, column in enumerate(field.columns):
        here: Place = (*place, "columns", number)
        check_one_of(column.kind, ColumnKind, (*here, "kind"), source)
        if field.has_row_ids and column.key == ROW_ID:
            source.refuse((*here, "key"), _("“{key}” is the row’s own").format(key=ROW_ID))
        if not column.label.strip():
            source.refuse((*here, "label"), _("a column needs a label"))
        if column.kind == ColumnKind.SCALE and column.lowest >= column.highest:
            source.refuse((*here, "highest"), _("the highest value must be above the lowest"))
        if column.kind == ColumnKind.SCALE and not (column.low and column.high):
            source.refuse((*here, "low"), _("a scale needs words for both ends, low and high"))


def _check_protocol(protocol: Protocol, source: Source, worksheets: Collection[str] | None) -> None:
    _check_version(protocol.key, protocol.version, source)
    check_words(protocol, (), source)
    check_range(protocol.planned_sessions, 0, MOST_SESSIONS, ("planned_sessions",), source)
    check_range(protocol.minutes, 1, MOST_MINUTES, ("minutes",), source)
    if protocol.mood.lowest >= protocol.mood.highest:
        source.refuse(("mood", "highest"), _("the highest value must be above the lowest"))
    rings = [getattr(protocol.rings, each.name) for each in fields(protocol.rings)]
    for number, each in enumerate(fields(protocol.rings)):
        if rings[number] in rings[:number]:
            source.refuse(("rings", each.name), _("“{key}” is used twice").format(key=rings[number]))
    check_keys(("phases",), [each.key for each in protocol.phases], source)
    _check_phases(protocol, source)
    _check_areas(protocol, source, worksheets)
    tasks = [task_id(phase, task) for phase in protocol.phases for task in phase.tasks]
    check_keys(("suggestions",), [each.key for each in protocol.suggestions], source)
    for number, suggestion in enumerate(protocol.suggestions):
        _check_suggestion(suggestion, protocol, tasks, ("suggestions", number), source)


def _check_phases(protocol: Protocol, source: Source) -> None:
    """Refuse phases that don't follow one another; of those with sessions only the very last may have no end."""
    if all(each.is_after for each in protocol.phases):
        source.refuse(("phases",), _("a protocol needs at least one phase with sessions"))
    expected, is_open, is_over = 1, False, False
    for number, phase in enumerate(protocol.phases):
        here: Place = ("phases", number)
        _check_tasks(phase, protocol, here, source)
        check_range(phase.review_weeks, 0, MOST_WEEKS, (*here, "review_weeks"), source)
        if phase.is_after:
            is_over = True
            _check_is_after(phase, here, source)
            continue
        if is_over:
            source.refuse((*here, "is_after"), _("a phase with sessions can’t follow one that begins after them"))
        if is_open:
            source.refuse((*here, "first"), _("no phase can follow one that has no last session"))
        if phase.first != expected:
            source.refuse((*here, "first"), _("session {number} is expected here").format(number=expected))
        is_open = not phase.last and not protocol.planned_sessions
        if phase.last < phase.first and not is_open:
            source.refuse((*here, "last"), _("a phase can’t end before it begins"))
        expected = phase.last + 1
    if expected - 1 != protocol.planned_sessions:
        source.refuse(("planned_sessions",), _("the phases have {count} sessions together").format(count=expected - 1))


def _check_is_after(phase: Phase, here: Place, source: Source) -> None:
    for name in ("first", "last"):
        if getattr(phase, name):
            source.refuse((*here, name), _("a phase that begins after the sessions agreed has no numbers"))


def _check_tasks(phase: Phase, protocol: Protocol, here: Place, source: Source) -> None:
    for name in ("tasks", "every_session"):
        check_keys((*here, name), [each.key for each in getattr(phase, name)], source)
    for at, task in enumerate(phase.tasks):
        place: Place = (*here, "tasks", at)
        check_one_of(task.mark, TaskMark, (*place, "mark"), source, may_be_empty=True)
        check_one_of(task.place, TaskPlace, (*place, "place"), source, may_be_empty=True)
        is_counted = bool(protocol.planned_sessions) and not phase.is_after
        _check_moment(task.is_at_half, task.sessions_left, place, source, name="is_at_half", has_end=is_counted)
    for at, task in enumerate(phase.every_session):
        _check_braces(task.hint, REMINDERS, (*here, "every_session", at, "hint"), source)


def _check_moment(
    is_at_half: bool, sessions_left: int | None, here: Place, source: Source, *, name: str, has_end: bool
) -> None:
    """Refuse a moment counted from the end where there is none, and one that is two."""
    if is_at_half and sessions_left is not None:
        source.refuse((*here, "sessions_left"), _("“{name}” says already when").format(name=name))
    for each, is_told in ((name, is_at_half), ("sessions_left", sessions_left is not None)):
        if is_told and not has_end:
            source.refuse((*here, each), _("without a number of sessions there is no middle and no end to count from"))
    if sessions_left is not None:
        check_range(sessions_left, 0, MOST_SESSIONS, (*here, "sessions_left"), source)


def _check_areas(protocol: Protocol, source: Source, worksheets: Collection[str] | None) -> None:
    if not protocol.areas:
        source.refuse(("areas",), _("a protocol needs at least one problem area"))
    check_keys(("areas",), [each.key for each in protocol.areas], source)
    for number, area in enumerate(protocol.areas):
        here: Place = ("areas", number)
        check_keys((*here, "strategies"), [each.key for each in area.strategies], source)
        check_keys((*here, "stages"), [each.key for each in area.stages], source)
        for at, stage in enumerate(area.stages):
            check_one_of(stage.key, DisputeStage, (*here, "stages", at, "key"), source)
        for at, sheet in enumerate(area.worksheets):
            if sheet in area.worksheets[:at]:
                source.refuse((*here, "worksheets", at), _("“{key}” is used twice").format(key=sheet))
            if worksheets is not None and sheet not in worksheets:
                words = _("there is no worksheet “{key}”; known are {names}")
                source.refuse((*here, "worksheets", at), words.format(key=sheet, names=", ".join(sorted(worksheets))))


def _check_suggestion(suggestion: Suggestion, protocol: Protocol, tasks: Iterable[str], here: Place, source: Source) -> None:
    check_one_of(suggestion.when, When, (*here, "when"), source)
    is_needed = suggestion.when == When.TASK_OPEN
    check_one_of(suggestion.task, tasks, (*here, "task"), source, may_be_empty=not is_needed)
    check_range(suggestion.from_session, 0, MOST_SESSIONS, (*here, "from_session"), source)
    has_end = bool(protocol.planned_sessions)
    moment = suggestion.is_from_half, suggestion.sessions_left
    _check_moment(*moment, here, source, name="is_from_half", has_end=has_end)
    least = 0 if suggestion.when == When.RISK_NOT_REVIEWED else 1
    if suggestion.when in COUNTED:
        check_range(suggestion.sessions, least, MOST_SESSIONS, (*here, "sessions"), source)
    elif suggestion.sessions:
        source.refuse((*here, "sessions"), _("this condition does not count sessions"))
    known = PLACEHOLDERS[When(suggestion.when)] | EVERYWHERE
    for name in ("text", "reason"):
        _check_braces(getattr(suggestion, name), known, (*here, name), source)


def _check_braces(words: str, known: Iterable[str], place: Place, source: Source) -> None:
    for name in placeholders(words):
        check_one_of(name, sorted(known), place, source)


def _check_version(key: str, version: int, source: Source) -> None:
    check_key(key, (), source)
    if version < 1:
        source.refuse(("version",), _("versions count from 1"))
