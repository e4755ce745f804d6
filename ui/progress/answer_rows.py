"""The answers of a measure as they are keyed in: a row for each item, one key each; or a line for each score."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure, Option, ScoreField
from ipt_desktop.domain.measure_entry import options_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.parting import part_with
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

BLANK_KEYS = (Qt.Key.Key_Minus, Qt.Key.Key_Delete, Qt.Key.Key_Period, Qt.Key.Key_Space)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WORDS_WIDTH, NUMBER_WIDTH, SCORE_WIDTH = 190, 22, 80  # at 100 % text
MOST_WORDS = 280  # wider, the answer's words would take the question's room
IN_SIGHT = 90  # pixels below a row that are shown with it: what comes next


class EntryRow(QWidget):
    """A row that takes an answer. `went` carries 1 to go on, -1 to go back; `ended` was Enter, `keep_asked` Ctrl+Enter."""

    answered = Signal()
    went = Signal(int)
    ended = Signal()
    keep_asked = Signal()

    key: str
    is_asked = True

    def value(self) -> float | None:
        """Return the answer, None where there is none. Raises Refused for what can't be read."""
        raise NotImplementedError

    def go_key(self, event: QKeyEvent) -> bool:
        """Go on or back by a key; False where it is none that does."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep_asked.emit()
        elif event.key() in ENTER:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.went.emit(-1)
        elif event.key() == Qt.Key.Key_Down:
            self.went.emit(1)
        else:
            return False
        return True


class AnswerRow(EntryRow):
    """One question: its number, its words, the answers by their numbers, and in words the one that was given.

    A digit answers and goes on; minus, space or Delete leaves it blank; Backspace takes the answer away, or goes back.
    """

    def __init__(
        self, key: str, number: str, words: str, options: Sequence[Option], parent: QWidget, *, has_legend: bool = False
    ) -> None:
        """`has_legend`: the answers are its own, so what their numbers mean stands below its words."""
        super().__init__(parent)
        self.key = key
        self.options = {each.value: each.label for each in options}
        self._value: int | None = None
        self._is_blank = False
        self._typed = ""
        self._asked = f"{number} {words}".strip()
        self.setObjectName(f"answer_{key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(10)
        self._place = label(number, self, kind="label", tone="text_soft")
        row.addWidget(self._place)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(label(words, self, kind="label", wraps=True))
        if has_legend:
            legend = options_words(self.options)
            said.addWidget(label(legend, self, kind="caption", tone="text_soft", name=f"answer_{key}_legend", wraps=True))
        row.addLayout(said, 1)
        self._digits = Segmented(
            [(str(each.value), str(each.value)) for each in options], self, name=f"answer_{key}_digits", spoken=self._asked
        )
        for option in options:
            button = self._digits.button(str(option.value))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the keyboard
            button.setToolTip(option.label)
            button.setAccessibleName(f"{self._asked}: {option.value}, {option.label}")
        self._digits.close_up()
        self._digits.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._digits.chosen.connect(self._on_pressed)
        row.addWidget(self._digits)
        self._words = label("", self, kind="label", tone="text_soft", name=f"answer_{key}_words", wraps=True)
        row.addWidget(self._words)
        self._grow()
        self._show()

    def _grow(self) -> None:
        look = theme.current()
        self._place.setFixedWidth(look.px(NUMBER_WIDTH))
        self._words.setFixedWidth(min(look.px(WORDS_WIDTH), MOST_WORDS))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_words"):
            self._grow()

    def value(self) -> float | None:
        """Return the answer, None where it is blank or not asked."""
        return self._value if self.is_asked else None

    def show_value(self, value: float | None) -> None:
        """Show an answer, without telling of it."""
        self._value = int(value) if value is not None and int(value) in self.options else None
        self._is_blank, self._typed = False, ""
        self._show()

    def ask(self, *, is_asked: bool) -> None:
        """Be asked, or not: another answer rules it out. What was answered before stays, in case it is asked again."""
        if is_asked is not self.is_asked:
            self.is_asked = is_asked
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_asked else Qt.FocusPolicy.NoFocus)
            self._digits.setEnabled(is_asked)
            self._show()

    @property
    def words(self) -> str:
        """What stands beside the digits."""
        return self._words.text()

    def _show(self, wrong: str = "") -> None:
        value = self._value if self.is_asked else None
        self._digits.choose(str(value) if value is not None else None)
        blank = _("left blank") if self._is_blank else ""
        given = self.options[value] if value is not None else blank if self.is_asked else _("not asked")
        self._words.setText(wrong or self._typed or given)
        theme.restyle(self._words, tone="danger" if wrong else "text" if value is not None else "text_soft")
        told = f"{value}, {given}" if value is not None else given or _("not answered")
        self.setAccessibleName(f"{self._asked}: {told}")
        self.setAccessibleDescription(", ".join(f"{value} {words}" for value, words in self.options.items()))

    def _answer(self, value: int | None, *, is_blank: bool = False) -> None:
        self._value, self._is_blank, self._typed = value, is_blank, ""
        self._show()
        self.answered.emit()

    def _on_pressed(self, key: object) -> None:
        self._answer(int(str(key)))
        self.went.emit(1)

    def _type(self, digit: str) -> None:
        """Answer once no longer number can be meant."""
        typed = self._typed + digit
        meant = [each for each in self.options if str(each).startswith(typed)]
        if not meant:
            allowed = ", ".join(str(each) for each in self.options)
            self._typed = ""
            self._show(_("{allowed} can be answered here").format(allowed=allowed))
        elif len(meant) == 1 and str(meant[0]) == typed:
            self._answer(meant[0])
            self.went.emit(1)
        else:
            self._typed = typed
            self._show()

    def _settle(self) -> None:
        """Take what was typed of a longer number for what it says."""
        if self._typed and self._typed in map(str, self.options):
            self._answer(int(self._typed))
        elif self._typed:
            self._typed = ""
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, go on and back."""
        if event.text().isdigit() and event.text().isascii():
            self._type(event.text())
            return
        if event.key() in (*ENTER, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._settle()
        if event.key() in BLANK_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._answer(None, is_blank=True)
            self.went.emit(1)
        elif event.key() == Qt.Key.Key_Backspace:
            if self._value is not None or self._is_blank or self._typed:
                self._answer(None)
            else:
                self.went.emit(-1)
        elif not self.go_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard."""
        if self.is_asked:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away, and what was typed for what it says."""
        super().focusOutEvent(event)
        self._settle()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().color("focus"), theme.current().size("focus_width")))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
            painter.end()


class ScoreRow(EntryRow):
    """One score that is entered as a number; what it may be stands beside it."""

    def __init__(self, field: ScoreField, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self._field = field.key, field
        self.setObjectName(f"score_{field.key}")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(10)
        words = _(field.label)
        caption = label(words, self, kind="label", wraps=True)
        caption.setFixedWidth(theme.current().px(WORDS_WIDTH))
        row.addWidget(caption)
        self.line = named(QLineEdit(self), f"score_{field.key}_line", words)
        self.line.setFixedWidth(theme.current().px(SCORE_WIDTH))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.textEdited.connect(self.answered)
        self.line.installEventFilter(self)
        caption.setBuddy(self.line)
        self.setFocusProxy(self.line)
        row.addWidget(self.line)
        limits = _("{lowest} to {highest}").format(lowest=f"{field.lowest:g}", highest=f"{field.highest:g}")
        optional = "" if field.is_required else _("may be left out")
        said = " · ".join(each for each in (limits, optional, _(field.what) if field.what else "") if each)
        self.line.setAccessibleDescription(said)
        row.addWidget(label(said, self, kind="caption", tone="text_soft", wraps=True), 1)

    def value(self) -> float | None:
        """Return the score typed. Raises Refused for what is no number."""
        typed = self.line.text().strip().replace(",", ".")
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            words = _("“{field}” is a number from {lowest} to {highest}.")
            told = {"lowest": f"{self._field.lowest:g}", "highest": f"{self._field.highest:g}"}
            raise Refused(reason=words.format(field=_(self._field.label), **told)) from None

    def show_value(self, value: float | None) -> None:
        """Show a score, without telling of it."""
        self.line.setText("" if value is None else f"{value:g}")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let Enter and the arrows go from line to line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self.go_key(event)
        return False


class AnswerRows(QWidget):
    """All rows of a measure. `changed`: an answer; `came_to_end`: past the last row; `keep_asked`: keep it now."""

    changed = Signal()
    came_to_end = Signal()
    keep_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("answer_rows")
        self.setAccessibleName(_("Answers"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[AnswerRow | ScoreRow] = []
        self._extra: set[str] = set()
        self._parting: list[QWidget] = []

    def show_measure(self, measure: Measure, answers: Mapping[str, float], *, only_total: bool) -> None:
        """Show the questions of a measure, or the fields for its scores, with the answers there are."""
        self.forget()
        if measure.has_items and not only_total:
            for item in measure.items:
                number, options = str(item.number), measure.options_of(item)
                self._add(AnswerRow(number, number, item.text, options, self, has_legend=bool(item.options)))
        else:
            for field in measure.entered:
                self._add(ScoreRow(field, self))
        for question in measure.extra:
            self._extra.add(question.key)
            self._add(AnswerRow(question.key, "", question.text, question.options, self, has_legend=True))
        for row in self.rows:
            row.show_value(answers.get(row.key))

    def _add(self, row: AnswerRow | ScoreRow) -> None:
        self.rows.append(row)
        self._column.addWidget(row)
        row.show()  # now, not when the page is next laid out: it is given the keyboard before that
        row.answered.connect(self.changed)
        row.went.connect(self._on_went)
        row.ended.connect(self._on_ended)
        row.keep_asked.connect(self.keep_asked)

    def pass_over(self, keys: Collection[str]) -> None:
        """Let these items not be asked, as the answers stand; they stay in sight, and the keyboard goes past them."""
        for row in self.rows:
            if isinstance(row, AnswerRow):
                row.ask(is_asked=row.key not in keys)

    def show_asked(self, keys: set[str]) -> None:
        """Show of the questions beside the items only those that are to be asked."""
        for row in self.rows:
            if row.key in self._extra:
                row.setVisible(row.key in keys)

    def _reachable(self) -> list[EntryRow]:
        return [each for each in self.rows if each.is_asked and not each.isHidden()]

    def answers(self) -> dict[str, float]:
        """Return what is answered; of the questions beside the items, what is asked. Raises Refused."""
        given = ((row.key, row.value()) for row in self.rows if not row.isHidden())
        return {key: value for key, value in given if value is not None}

    def readable(self) -> dict[str, float]:
        """Return what is answered and can be read, for keeping it half typed."""
        found: dict[str, float] = {}
        for row in self.rows:
            try:
                value = row.value()
            except Refused:
                continue
            if value is not None and not row.isHidden():
                found[row.key] = value
        return found

    def row(self, key: str) -> AnswerRow | ScoreRow:
        """Return the row of an item, question or field."""
        return next(each for each in self.rows if each.key == key)

    def go_to_first(self) -> None:
        """Give the keyboard to the first row without an answer, else to the first."""
        shown = self._reachable()
        open_rows = [each for each in shown if isinstance(each, ScoreRow) or each.value() is None]
        if shown:
            self._go_to((open_rows or shown)[0])

    def _here(self) -> int:
        focused = QApplication.focusWidget()
        return next((at for at, row in enumerate(self.rows) if focused is row or focused is row.focusProxy()), -1)

    def _on_went(self, step: int) -> None:
        sender = self.sender()
        at = next((at for at, row in enumerate(self.rows) if row is sender), self._here())
        self._go(at, step)

    def _on_ended(self) -> None:
        self._on_went(1)

    def _go(self, at: int, step: int) -> None:
        reachable = self._reachable()
        shown = [place for place, row in enumerate(self.rows) if row in reachable]
        following = [place for place in (shown if step > 0 else shown[::-1]) if (place - at) * step > 0]
        if following:
            self._go_to(self.rows[following[0]])
        elif step > 0:
            self.came_to_end.emit()

    def _go_to(self, row: EntryRow) -> None:
        row.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(row, IN_SIGHT)

    def forget(self) -> None:
        """Let go of every row."""
        self._parting = list(self.rows)
        for row in self.rows:
            part_with(row)
        self.rows = []
        self._extra = set()


def bring_into_sight(widget: QWidget, margin: int) -> None:
    """Scroll the page around a widget so far that it is seen, with some room beside it."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, 0, margin)
