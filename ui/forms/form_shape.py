"""What a form view is made of: which sections and editors, and when those for one document do for another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.form import Field, FieldKind, Form, Section, is_blank
from ipt_desktop.domain.form_check import check
from ui.forms.editor import Editor, Setting
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Shape:
    """All that editors are made for but the document: another one that has the same is shown by those there are."""

    form: Form
    sections: tuple[tuple[str, str], ...]
    setting: Setting
    label_column: int
    theme: Theme


def shape_of(form: Form, sections: Sequence[Section], setting: Setting, label_column: int, theme: Theme) -> Shape:
    """Return the shape of a view. What a note is given and tells differently each time (`Given.says`) is no part of it."""
    given = replace(setting.given, goals=tuple(setting.given.goals), says={}) if setting.given else None
    alike = replace(
        setting,
        people=tuple(setting.people),
        ties=tuple(setting.ties),
        areas=tuple(setting.areas),
        every_session=tuple(setting.every_session),
        life_events=tuple(setting.life_events),
        given=given,
    )
    return Shape(form, tuple((each.key, each.title) for each in sections), alike, label_column, theme)


def fits(form: Form, asked: Field, answer: Any) -> bool:
    """Whether an answer can be edited in the editor of its field; one that can't is only shown."""
    if answer is None:
        return True
    return not any(each.field == asked.key for each in check(form, {asked.key: answer})) or _is_readable(asked, answer)


def sections_shown(
    form: Form,
    answers: Mapping[str, Any],
    *,
    keys: Collection[str] | None,
    worked_on: Collection[str],
    words: Mapping[str, str],
) -> list[Section]:
    """Return the sections to show, of these keys where any are given, each that goes under a word of the protocol under it.

    One of a problem area that is not worked on, and one for whose title the protocol has no word, show where they have answers.
    """
    shown = []
    for section in form.sections:
        word = words.get(section.title_from, section.title)
        is_meant = (not section.area or section.area in worked_on) and (bool(word) or not section.title_from)
        has_answers = any(not is_blank(answers.get(asked.key)) for asked in section.fields)
        if (keys is None or section.key in keys) and (is_meant or has_answers):
            shown.append(replace(section, title=word or section.title))
    return shown


def _is_readable(asked: Field, answer: Any) -> bool:
    """Whether an answer that breaks a limit can still be edited: text that is too long can, a wrong kind can't."""
    if asked.kind == FieldKind.STEP:
        return isinstance(answer, Mapping)
    return asked.kind in (FieldKind.LINE, FieldKind.PROSE) and isinstance(answer, str if asked.kind == FieldKind.LINE else list)


def stops_of(editor: Editor) -> list[QWidget]:
    """Return what in an editor can take the keyboard, in order."""
    return [each for each in editor.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()]
