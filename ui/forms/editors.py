"""An editor for each kind of field: shows an answer, takes another, and says `edited` when the therapist changed it."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import EVERY_SESSION, Field, FieldKind
from ipt_desktop.domain.session_records import RiskAsked, StepDone
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.about import PersonEditor, TieChoiceEditor
from ui.forms.choices import ChoiceEditor, ChoicesEditor, PersonsEditor, one_of
from ui.forms.contacts import ContactsEditor
from ui.forms.editor import Editor, Setting, words_line
from ui.forms.events_editor import EventsEditor
from ui.forms.goals_editor import GoalsEditor
from ui.forms.life_events_editor import LifeEventsEditor
from ui.forms.prose import ProseEdit
from ui.widgets.buttons import link, outlined
from ui.widgets.chips import ChipRow
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.mood_row import MoodRow
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented


class LineEditor(Editor):
    """A line of text."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._line = words_line(self, self.name("words"), _(asked.label))
        self.column.addWidget(self._line)
        self.setFocusProxy(self._line)

    def answer(self) -> str:
        """Return the text."""
        return self._line.text()

    def show_answer(self, answer: Any) -> None:
        """Show a text."""
        self._line.setText(answer or "")
        self._line.setCursorPosition(0)  # a long line is read from its beginning


class ProseEditor(Editor):
    """Prose; in the room it is set larger. Jottings look like the desk: not part of the record."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        style = "reading" if setting.is_in_room and asked.lines > 1 else "body"
        self.prose = ProseEdit(self, name=self.name("prose"), spoken=_(asked.label), style=style, lines=asked.lines)
        self.prose.setAccessibleDescription(self.accessibleDescription())
        self.prose.setProperty("is_off_record", asked.is_off_record)
        self.prose.edited.connect(self.edited)
        self.column.addWidget(self.prose)
        self.setFocusProxy(self.prose)

    def answer(self) -> list[dict[str, Any]]:
        """Return the blocks."""
        return rich_text.to_json(self.prose.blocks())

    def show_answer(self, answer: Any) -> None:
        """Show blocks, or plain text as paragraphs."""
        self.prose.fill(rich_text.from_json(answer))

    def set_read_only(self, is_read_only: bool) -> None:
        """Keep the text selectable."""
        self.prose.setReadOnly(is_read_only)


class ScaleEditor(Editor):
    """A number with both ends in words; digits type into it."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._is_row = (asked.lowest, asked.highest) == (0, 10)
        if self._is_row:
            self._row: MoodRow | Segmented = MoodRow(self, name=self.name("row"), spoken=_(asked.label))
        else:
            steps = [(str(value), str(value)) for value in range(asked.lowest, asked.highest + 1)]
            self._row = Segmented(steps, self, name=self.name("row"), spoken=_(asked.label), is_clearable=True)
        self._row.chosen.connect(self.edited)
        self.column.addWidget(self._row)
        ends = _("{lowest} {low}, {highest} {high}").format(
            lowest=asked.lowest, low=_(asked.low), highest=asked.highest, high=_(asked.high)
        )
        self.ends = HintLabel(ends, self, name=self.name("ends"))
        self.column.addWidget(self.ends)
        self.column.setSpacing(3)

    def answer(self) -> int | None:
        """Return the value, or None."""
        if isinstance(self._row, MoodRow):
            return self._row.value()
        return int(choice) if (choice := self._row.choice()) is not None else None

    def show_answer(self, answer: Any) -> None:
        """Show a value."""
        if isinstance(self._row, MoodRow):
            self._row.set_value(answer)
        else:
            self._row.choose(None if answer is None else str(answer))

    def show_last_time(self, answer: Any) -> None:
        """Underline last time's value."""
        if isinstance(self._row, MoodRow):
            self._row.set_last_time(answer)


class DateEditor(Editor):
    """A date, or none. Words that are no date are told once they are left; until they are one, the answer stays as it was."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._answer = ""
        self._date = DateField(self, name=self.name("date"), spoken=_(asked.label))
        self._date.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._date.textEdited.connect(self.edited)
        self._date.editingFinished.connect(self._on_finished)
        self._error = FieldError(self, name=self.name("error"))
        self.column.addWidget(self._date)
        self.column.addWidget(self._error)
        self.setFocusProxy(self._date)

    def answer(self) -> str:
        """Return the ISO date, or ""."""
        try:
            day = self._date.day()
        except Refused:
            return self._answer
        return day.isoformat() if day else ""

    def show_answer(self, answer: Any) -> None:
        """Show a date, or none."""
        self._answer = answer or ""
        self._date.show_day(date.fromisoformat(self._answer) if self._answer else None)
        self._error.show_error("", self._date)

    def set_read_only(self, is_read_only: bool) -> None:
        """Keep the date selectable."""
        self._date.setReadOnly(is_read_only)

    def _on_finished(self) -> None:
        try:
            self._date.day()
        except Refused as refused:
            self._error.show_error(str(refused), self._date)
            return
        self._answer = self.answer()
        self._error.show_error("", self._date)


class StepEditor(Editor):
    """The step agreed last time: done, partly, not done; and in words."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        options = [(StepDone.YES, _("Done")), (StepDone.PARTLY, _("Partly")), (StepDone.NO, _("Not done"))]
        self._done = one_of(options, self, name=self.name("done"), spoken=_(asked.label), is_narrow=setting.is_narrow)
        self._done.chosen.connect(self.edited)
        self._words = words_line(self, self.name("words"), _("{label}, in words").format(label=_(asked.label)))
        row = QHBoxLayout() if isinstance(self._done, Segmented) else QVBoxLayout()
        row.addWidget(self._done)
        row.addWidget(self._words, 1)
        self.column.addLayout(row)

    def answer(self) -> dict[str, str]:
        """Return what was done, where it is known, and the words."""
        done = self._done.choice()
        return {**({"done": str(done)} if done else {}), "words": self._words.text()}

    def show_answer(self, answer: Any) -> None:
        """Show a step."""
        said = answer or {}
        self._done.choose(said.get("done") or None)
        self._words.setText(said.get("words", ""))
        self._words.setCursorPosition(0)


class RiskEditor(Editor):
    """What was asked about risk. Nothing is chosen for the therapist; words and action show when they are needed."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        options = [
            (RiskAsked.NOT_ASKED, _("Not asked")),
            (RiskAsked.NONE, _("Asked: none")),
            (RiskAsked.UNCHANGED, _("Asked: unchanged")),
            (RiskAsked.CHANGED, _("Asked: changed…")),
        ]
        self._asked = one_of(options, self, name=self.name("asked"), spoken=_(asked.label), is_narrow=setting.is_narrow)
        self._act = outlined(_("Action taken by me…"), self, name=self.name("act"))
        self._has_entry, self._is_read_only = setting.given is not None, False
        self._more = link(_("Kinds, means, who was told…"), self, name=self.name("more"))
        self._more.clicked.connect(self._on_more)
        self._changed = label("", self, kind="caption", tone="text_soft", name=self.name("changed"))
        self._words = words_line(self, self.name("words"), _("Risk: in words"))
        self._taken = label(_("Action taken by me"), self, kind="caption", tone="text_soft", name=self.name("taken"))
        self._action = words_line(self, self.name("action"), _("Risk: action taken by me"))
        self._asked.chosen.connect(self._on_chosen)
        self._act.clicked.connect(self._on_act)
        if isinstance(self._asked, Segmented):
            self._asked.close_up()
            row = ChipRow(self, name=self.name("row"), spoken=_(asked.label))
            row.add(self._asked)
            row.add(self._act)
            self.column.addWidget(row)
        else:
            self.column.addWidget(self._asked)
            self.column.addWidget(self._act, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._changed, self._words, self._taken, self._action):
            self.column.addWidget(part)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.setSpacing(3)
        self._show_parts()

    def put_hint(self, hint: QWidget) -> None:
        """Take the hint, just below the four buttons."""
        self.column.insertWidget(1 if isinstance(self._asked, Segmented) else 2, hint)

    def answer(self) -> dict[str, str]:
        """Return what was asked, the words and the action; only what is there."""
        parts = {"asked": str(self._asked.choice() or ""), "words": self._words.text(), "action": self._action.text()}
        return {name: said for name, said in parts.items() if said}

    def show_answer(self, answer: Any) -> None:
        """Show what was asked."""
        said = answer or {}
        self._asked.choose(said.get("asked") or None)
        self._words.setText(said.get("words", ""))
        self._action.setText(said.get("action", ""))
        self._show_parts()

    def set_read_only(self, is_read_only: bool) -> None:
        """Offer nothing to add where nothing changes any more."""
        self._is_read_only = is_read_only
        self._show_parts()
        super().set_read_only(is_read_only)

    def _show_parts(self, *, with_action: bool = False) -> None:
        is_changed = self._asked.choice() == RiskAsked.CHANGED
        self._changed.setText(_("What changed, in words") if is_changed else _("In words"))
        has_words = is_changed or bool(self._words.text())
        has_action = with_action or bool(self._action.text())
        for part in (self._changed, self._words):
            part.setVisible(has_words)
        for part in (self._taken, self._action):
            part.setVisible(has_action)
        self._act.setVisible(not has_action and not self._is_read_only)
        was_asked = self._asked.choice() not in (None, RiskAsked.NOT_ASKED)
        self._more.setVisible(self._has_entry and was_asked and not self._is_read_only)

    def _on_chosen(self) -> None:
        self._show_parts(with_action=self._action.isVisibleTo(self))
        if self._asked.choice() == RiskAsked.CHANGED:
            self._words.setFocus()
        self.edited.emit()

    def _on_more(self) -> None:
        self.asked_for.emit("risk", "")

    def _on_act(self) -> None:
        self._show_parts(with_action=True)
        self._action.setFocus()


class TickEditor(Editor):
    """Yes, or nothing: nothing ticks itself."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._box = named(QCheckBox(self), self.name("box"), _(asked.label))
        self.go_on(setting)
        self._box.clicked.connect(self.edited)
        self.column.addWidget(self._box, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._box)

    def go_on(self, setting: Setting) -> None:
        """Say beside the box what a tick says of this document."""
        words = (setting.given.says.get(self.asked.means, "") if setting.given else "") or _("Yes")
        self._box.setText(words)
        self._box.setAccessibleName(f"{_(self.asked.label)}: {words}")

    def first_height(self) -> int:
        """Return the height of the box."""
        return self._box.sizeHint().height()

    def answer(self) -> bool | None:
        """Return True, or None without a tick."""
        return True if self._box.isChecked() else None

    def show_answer(self, answer: Any) -> None:
        """Show a tick, or none."""
        self._box.setChecked(answer is True)


class ToldEditor(Editor):
    """What records of their own say, shown where it belongs; nothing is written here."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._text = label("", self, name=self.name("text"), wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self._text)
        self.go_on(setting)

    def go_on(self, setting: Setting) -> None:
        """Tell what is so of this document."""
        words = setting.given.says.get(self.asked.means, "") if setting.given else ""
        self._text.setText(words or _("nothing yet"))

    def first_height(self) -> int:
        """Return the height of a line."""
        return theme.current().line_height("body")

    def answer(self) -> None:
        """Return nothing: it is not asked here."""

    def show_answer(self, answer: Any) -> None:
        """Show nothing but what the records say."""

    def forget(self) -> None:
        """Let go of every word."""
        self._text.clear()


class ReadOnlyEditor(Editor):
    """An answer this version can't ask for: shown as text, kept as it is."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._answer: Any = None
        self._text = label("", self, name=self.name("text"), wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self._text)

    def answer(self) -> Any:
        """Return the answer untouched."""
        return self._answer

    def show_answer(self, answer: Any) -> None:
        """Show the answer as text."""
        self._answer = answer
        self._text.setText("" if answer is None else answer if isinstance(answer, str) else str(answer))


EDITORS: dict[str, type[Editor]] = {
    FieldKind.LINE: LineEditor,
    FieldKind.PROSE: ProseEditor,
    FieldKind.CHOICE: ChoiceEditor,
    FieldKind.CHOICES: ChoicesEditor,
    FieldKind.SCALE: ScaleEditor,
    FieldKind.DATE: DateEditor,
    FieldKind.PERSONS: PersonsEditor,
    FieldKind.PERSON: PersonEditor,
    FieldKind.TIE: TieChoiceEditor,
    FieldKind.STEP: StepEditor,
    FieldKind.RISK: RiskEditor,
    FieldKind.GOALS: GoalsEditor,
    FieldKind.TICK: TickEditor,
    FieldKind.EVENTS: EventsEditor,
    FieldKind.LIFE_EVENTS: LifeEventsEditor,
    FieldKind.CONTACTS: ContactsEditor,
    FieldKind.RECORD: ToldEditor,
}


def make_editor(asked: Field, parent: QWidget, setting: Setting, *, fits: bool = True) -> Editor:
    """Return the editor of a field; an unknown kind, or an answer that does not fit it, is read-only text."""
    if asked.kind == FieldKind.ROWS and fits:
        from ui.forms.rows import RowsEditor  # whose cells are the editors of this module

        return RowsEditor(asked, parent, setting)
    if asked.kind == FieldKind.CHOICES and asked.options_from == EVERY_SESSION and fits:
        from ui.forms.ticks import TicksEditor  # of the self-check alone

        return TicksEditor(asked, parent, setting)
    kind: Any = EDITORS.get(asked.kind, ReadOnlyEditor) if fits else ReadOnlyEditor
    editor: Editor = kind(asked, parent, setting)
    return editor
