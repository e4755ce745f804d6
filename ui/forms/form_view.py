"""One view for every form: labels in a column at the left, an editor for each field, hints below, sections that fold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.brought_forward import BROUGHT_FORWARD, still_brought_forward, with_marks, without_mark
from ipt_desktop.domain.form import Field, Form, Means, Section
from ipt_desktop.domain.form_check import check
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.text import _
from ui.forms.choices import ChoicesEditor, PersonsEditor
from ui.forms.editor import Editor, Given, Setting
from ui.forms.editors import ScaleEditor, make_editor
from ui.forms.form_shape import Shape, fits, sections_shown, shape_of, stops_of
from ui.forms.forward_marks import show_forward_marks
from ui.forms.section_view import SectionView, Unmade
from ui.theme import Theme
from ui.widgets.labels import FieldError, HintLabel, label

if TYPE_CHECKING:
    from ui.forms.writing.pen import Pen

WIDEST_FIELD = 760
LABEL_COLUMN = 128


class FormView(QWidget):
    """Fills any form. `edited` says the therapist changed an answer; what was not touched is kept to the letter.

    `asked_for` passes on what an editor asks for elsewhere (`Editor.asked_for`). `worksheet_asked` carries the key of the form
    that a choice is worked out on.

    It does not scroll by itself: put it in a scroll area. Call `fill` before it is shown. A `pen` serves its prose fields.
    """

    edited = Signal()
    asked_for = Signal(str, str)
    worksheet_asked = Signal(str)
    emptied = Signal()  # its editors are about to go: whoever has borrowed one gives it back
    filled = Signal()  # other editors stand here now, or none

    def __init__(self, theme: Theme, parent: QWidget, pen: Pen | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.pen = pen
        if pen is not None:
            pen.person_named.connect(self._on_person_named)
            pen.technique_named.connect(self._on_technique_named)
        self._theme = theme
        self._form: Form | None = None
        self._stored: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._is_read_only = False
        self._editors: dict[str, Editor] = {}
        self._errors: dict[str, FieldError] = {}
        self._hints: dict[str, HintLabel] = {}
        self._sections: dict[str, SectionView] = {}
        self._unmade = Unmade()
        self._parting: list[SectionView] = []
        self._shape: Shape | None = None  # what the editors in sight were made for
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space("m"))
        self._column.addStretch(1)

    def fill(
        self,
        form: Form,
        answers: Mapping[str, Any],
        *,
        people: Sequence[tuple[str, str]] = (),
        ties: Sequence[Tie] = (),
        areas: Sequence[tuple[str, str]] = (),
        every_session: Sequence[tuple[str, str]] = (),
        worked_on: Collection[str] = (),
        defaults: Mapping[str, Any] | None = None,
        sections: Collection[str] | None = None,
        words: Mapping[str, str] | None = None,
        label_column: int = LABEL_COLUMN,
        given: Given | None = None,
        life_events: Sequence[tuple[str, str]] = (),
        document_id: str = "",
    ) -> None:
        """Show a form and its answers.

        `people` (id, name), `ties` and `life_events` (id, words) may be named; `areas` and `every_session` (key, words) are the
        protocol's, in place of a field's own options (`Field.options_from`); a section of a problem area shows when the area is
        in `worked_on` or it holds an answer. `defaults`, by field key, are shown where nothing is stored and become answers
        only when they are edited. `sections` are the keys of the sections to show, all by default; `words` are the protocol's
        for those that go under one (`Section.title_from`). `label_column` is the width of the labels at 100 % text; 0 puts them
        above their fields, for a narrow panel.
        `given` is what only a session's note has. Undo goes on in a document (`document_id`) that was left and is shown again.
        """
        shown = {**(defaults or {}), **answers}
        wanted = sections_shown(form, answers, keys=sections, worked_on=worked_on, words=words or {})
        setting = Setting(
            people=people,
            ties=ties,
            areas=areas,
            every_session=every_session,
            life_events=life_events,
            is_narrow=label_column == 0,
            given=given,
        )
        shape = shape_of(form, wanted, setting, label_column, self._theme)
        is_same = shape == self._shape and all(
            fits(form, asked, shown.get(asked.key)) for each in wanted for asked in each.fields
        )
        if is_same:
            self._empty()
        else:
            self.forget()
        if self.pen is not None:
            self.pen.take_up(document_id, form)
        self._form, self._stored, self._shape = form, dict(answers), shape
        if is_same:
            self._show_again(setting, shown)
        else:
            self.setMaximumWidth(self._theme.px(label_column) + max(WIDEST_FIELD, self._theme.px(WIDEST_FIELD)))
            self.setAccessibleName(_(form.title))
            for section in wanted:
                self._add_section(section, replace(setting, is_in_room=section.is_in_room), shown, label_column)
        self.set_read_only(self._is_read_only)
        show_forward_marks(self._editors, still_brought_forward(self._stored))
        self.filled.emit()

    def _show_again(self, setting: Setting, shown: Mapping[str, Any]) -> None:
        """Show the answers of another document in the editors there are: nothing else about them differs."""
        self._unmade.make_all()
        for view in self._sections.values():
            view.set_folded(view.section.is_folded and bool(view.section.title))
        for key, editor in self._editors.items():
            editor.go_on(setting)
            editor.show_answer(shown.get(key))
            if self.pen is not None:
                self.pen.show(editor, shown.get(key))
            hint = self._hints[key]
            hint.setText(_(editor.asked.hint) if editor.asked.hint else "")
            hint.setVisible(bool(hint.text()))
            if key in self._errors:
                self._errors[key].show_error("")

    def bring_forward(self, answers: Mapping[str, Any], day: date) -> list[str]:
        """Put answers of an earlier note of that day into fields in sight, marked until edited; return their keys."""
        keys = [key for key in answers if self._find(key) is not None]
        self._stored = with_marks({**self.answers(), **{key: answers[key] for key in keys}}, keys, day)
        self._put_in({key: answers[key] for key in keys})
        return keys

    def take_back(self, keys: Collection[str]) -> None:
        """Empty the fields of these that were brought forward and not edited since."""
        kept = {key: None for key in keys if key in still_brought_forward(self.answers())}
        for key in kept:
            self._stored = without_mark(self._stored, key)
        self._put_in(kept)

    def _put_in(self, answers: Mapping[str, Any]) -> None:
        for key, answer in answers.items():
            self.editor(key).show_answer(answer)
            self._touched.add(key)
        show_forward_marks(self._editors, still_brought_forward(self.answers()))
        self.edited.emit()

    def use_theme(self, theme: Theme) -> None:
        """Take another theme or text size for the next `fill`."""
        self._theme = theme

    def answers(self) -> dict[str, Any]:
        """Return all answers: those touched here as they stand now, everything else as it was stored."""
        return {**self._stored, **{key: self._editors[key].answer() for key in sorted(self._touched)}}

    def keep_parts(self) -> None:
        """Keep what is typed in parts of the form that have records of their own."""
        for editor in self._editors.values():
            editor.keep()

    def is_touched(self) -> bool:
        """Whether the therapist changed an answer since `fill`."""
        return bool(self._touched)

    def editor(self, key: str) -> Editor:
        """Return the editor of a field in sight; KeyError for one that isn't."""
        self._find(key)
        return self._editors[key]

    def _find(self, key: str) -> Editor | None:
        """Return the editor of a field, or None; one of a folded section is made now."""
        if key not in self._editors:
            self._unmade.make_all()
        return self._editors.get(key)

    def editor_that_means(self, means: Means) -> Editor | None:
        """Return the editor in sight of the field with this meaning, or None."""
        asked = self._form.field_that_means(means) if self._form else None
        return self._find(asked.key) if asked else None

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for editor in self._editors.values():
            target = editor.focusProxy() or next(iter(stops_of(editor)), None)
            if target is not None and editor.isVisibleTo(self):
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def open_fields(self) -> list[Editor]:
        """Return the editors of the sections that are not folded, in the order of the form."""
        return [each for each in self._editors.values() if each.isVisibleTo(self)]

    def fields(self) -> list[Editor]:
        """Return every editor, those of folded sections too, in the order of the form."""
        self._unmade.make_all()
        return list(self._editors.values())

    def focus_key(self, key: str) -> None:
        """Put the keyboard into a field in sight, by its key."""
        editor = self._find(key)
        stops = [each for each in stops_of(editor) if each.isVisibleTo(editor)] if editor is not None else []
        target = (editor.focusProxy() or next(iter(stops), None)) if editor is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold_to(self, part: QWidget) -> None:
        """Unfold the section that something is in."""
        for view in self._sections.values():
            if view.isAncestorOf(part):
                view.set_folded(False)

    def focus_field(self, means: Means) -> None:
        """Put the cursor into the field with this meaning, behind what stands there, unfolding its section."""
        editor = self.editor_that_means(means)
        if editor is not None:
            self.unfold_to(editor)
            target = editor.focusProxy() or next(iter(stops_of(editor)), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(target, QTextEdit) and target.textCursor().atStart():  # nobody has put the cursor anywhere yet
                target.moveCursor(QTextCursor.MoveOperation.End)

    def put_answer(self, means: Means, answer: Any) -> None:
        """Answer the field with this meaning from elsewhere, as if it had been answered here."""
        editor = self.editor_that_means(means)
        if editor is not None and editor.answer() != answer:
            editor.show_answer(answer)
            editor.edited.emit()

    def set_read_only(self, is_read_only: bool) -> None:
        """Show without letting anyone change an answer."""
        self._is_read_only = is_read_only
        for editor in self._editors.values():
            editor.set_read_only(is_read_only)

    def set_folded(self, section_key: str, is_folded: bool) -> None:
        """Fold or unfold a section."""
        self._sections[section_key].set_folded(is_folded)

    def show_page(self, section_key: str) -> None:
        """Show one section alone, as a page of its own whose title stands elsewhere."""
        for key, view in self._sections.items():
            view.show_as_page()
            view.setVisible(key == section_key)

    def show_last_time(self, answers: Mapping[str, Any]) -> None:
        """Underline the values of last time's note (mood), after the session only; those of no answer are not underlined."""
        for editor in self.fields():
            if isinstance(editor, ScaleEditor):
                editor.show_last_time(answers.get(editor.asked.key))

    def say(self, means: Means, words: str) -> None:
        """Add a sentence below the field with this meaning ("Unchanged would mean: passive ideation, 17 Nov.")."""
        asked = self._form.field_that_means(means) if self._form else None
        hint = self._hints.get(asked.key) if asked and self._find(asked.key) else None
        if asked is not None and hint is not None:
            hint.setText(" ".join(each for each in (_(asked.hint) if asked.hint else "", words) if each))
            hint.setVisible(bool(hint.text()))

    def forget(self) -> None:
        """Let go of every answer, as at lock: no text stays in memory behind the page."""
        self._empty()
        self._shape = None
        self._unmade.clear()
        if self.pen is not None:
            self.pen.let_go()
        for editor in self._editors.values():
            editor.blockSignals(True)
            editor.forget()
        for view in self._sections.values():
            view.hide()
            view.setParent(None)
            view.deleteLater()
        self._parting = list(self._sections.values())  # one of them may be the sender of what led here
        self._editors, self._errors, self._hints, self._sections = {}, {}, {}, {}
        self.filled.emit()

    def _empty(self) -> None:
        """Let go of the document; its texts are kept by the pen as long as undo may need them."""
        self.emptied.emit()
        self._form, self._stored, self._touched = None, {}, set()
        if self.pen is not None:
            self.pen.put_down(self._editors.values())

    def _add_section(self, section: Section, setting: Setting, shown: Mapping[str, Any], label_column: int) -> None:
        view = SectionView(section, self._theme, self, label_column=label_column)
        self._sections[section.key] = view
        if view.is_folded:
            self._unmade.put_off(partial(self._make_folded, view, setting, shown), view)
        else:
            self._add_fields(view, setting, shown)
        self._column.insertWidget(self._column.count() - 1, view)

    def _add_fields(self, view: SectionView, setting: Setting, shown: Mapping[str, Any]) -> None:
        for row, asked in enumerate(view.section.fields):
            self._add_field(view, row, asked, setting, shown.get(asked.key))

    def _make_folded(self, view: SectionView, setting: Setting, shown: Mapping[str, Any]) -> None:
        """Make the fields of a folded section as if they had been there; Tab goes through them in their place."""
        self._add_fields(view, setting, shown)
        order = [asked.key for each in self._sections.values() for asked in each.section.fields if asked.key in self._editors]
        self._editors = {key: self._editors[key] for key in order}
        self.set_read_only(self._is_read_only)
        show_forward_marks(self._editors, still_brought_forward(self._stored))
        view.let_tab_through()

    def _add_field(self, view: SectionView, row: int, asked: Field, setting: Setting, answer: Any) -> None:
        assert self._form is not None  # noqa: S101 - set by `fill`, the only caller
        editor = make_editor(asked, view.body, setting, fits=fits(self._form, asked, answer))
        editor.show_answer(answer)
        if self.pen is not None:
            self.pen.serve(editor)
            self.pen.show(editor, answer)
        editor.edited.connect(self._on_edited)
        editor.asked_for.connect(self.asked_for)
        if isinstance(editor, ChoicesEditor):
            editor.worksheet_asked.connect(self.worksheet_asked)
        self._editors[asked.key] = editor
        hint = HintLabel(_(asked.hint) if asked.hint else "", editor, name=f"hint_{asked.key}")
        if not asked.hint:
            hint.hide()
        self._hints[asked.key] = hint
        editor.put_hint(hint)
        if asked.max_length is not None:
            self._errors[asked.key] = error = FieldError(editor, name=f"error_{asked.key}")
            editor.column.addWidget(error)
        view.grid.addWidget(editor, row, 1)
        if asked.is_joined:
            return
        caption = _caption(editor, view.body, self._theme, is_beside=view.has_label_column)
        if view.has_label_column:
            follows = [each.is_joined for each in view.section.fields[row + 1 : row + 2]]
            view.grid.addWidget(caption, row, 0, 2 if any(follows) else 1, 1, Qt.AlignmentFlag.AlignTop)
        else:
            editor.column.insertWidget(0, caption)

    def _on_person_named(self, person: str) -> None:
        """Put someone named in a text among those discussed."""
        named = next((each for each in self.fields() if isinstance(each, PersonsEditor)), None)
        if named is not None:
            named.name_also(person)

    def _on_technique_named(self, key: str) -> None:
        """Choose a technique named in a text."""
        editor = self.editor_that_means(Means.INTERVENTION)
        if isinstance(editor, ChoicesEditor):
            editor.choose_also(key)

    def _on_edited(self) -> None:
        editor = self.sender()
        assert isinstance(editor, Editor)  # noqa: S101 - nothing else is connected
        asked = editor.asked
        self._touched.add(asked.key)
        if asked.key in self._stored.get(BROUGHT_FORWARD, ()):
            self._stored = without_mark(self._stored, asked.key)
            show_forward_marks(self._editors, still_brought_forward(self._stored))
        if asked.max_length is not None and self._form is not None:
            answer = {asked.key: editor.answer()}
            self._errors[asked.key].show_error("".join(each.reason for each in check(self._form, answer)))
        self.edited.emit()


def _caption(editor: Editor, parent: QWidget, theme: Theme, *, is_beside: bool) -> QLabel:
    asked = editor.asked
    made = label(_(asked.label), parent, kind="label", tone="text_soft", name=f"label_{asked.key}", wraps=True)
    if is_beside:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        top = (editor.first_height() - theme.line_height("label")) // 2
        made.setContentsMargins(0, top, theme.space("s"), 0)
    made.setBuddy(editor)
    return made
