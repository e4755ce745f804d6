"""A strategy in a row: its words, and a pill for each session so far, filled where it was worked on."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QMenu, QSizePolicy, QWidget

from ipt_desktop.domain.strategy_work import Worked
from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.area_reading import SessionsSoFar
from ui.widgets.naming import named

PILL, PILL_GAP, CLOSE, LEAST_STEP = 9.0, 2.0, 1.0, 2.0  # wide; where there are many sessions pills are narrower and stand close
FILLED, HOLLOW = 12.0, 6.0  # high
GAP, MOST_PILLS = 14, 0.42  # between words and pills; the share of the row that pills may take
LINE, LEAST = 2, 25  # above and below the words; the height of a row of one line
MENU_PARTS = 12  # more sessions than these stand in the menu by tens


class StrategyRow(QCheckBox):
    """Pressing it, by mouse or Space, marks the strategy as worked on in the session meant, or takes that mark back.

    A press on the pills, the menu key or a right click offers every session. `marked` carries (strategy, session's number,
    whether it is marked now); nothing is marked until it is shown so.
    """

    marked = Signal(str, int, bool)

    def __init__(self, told: Worked, sessions: SessionsSoFar, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._told, self._sessions = told, sessions
        self._menu: QMenu | None = None
        self.setText(told.text)
        self.setChecked(sessions.meant in told.numbers)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say()

    def _say(self) -> None:
        told, meant = self._told, self._sessions.meant
        worked = told.words(self._sessions.today)
        here = self._sessions.words(meant)
        verb = _("take the mark of {session} back") if meant in told.numbers else _("mark {session}")
        press = _("Press to {verb}.").format(verb=verb.format(session=here)) if here else ""
        self.setAccessibleName(_("{strategy}, {worked}").format(strategy=told.text, worked=worked))
        self.setAccessibleDescription(press)
        self.setToolTip(" ".join(each for each in (f"{worked[:1].upper()}{worked[1:]}.", press) if each))

    @property
    def words(self) -> str:
        """Where it was worked on, in words."""
        return self._told.words(self._sessions.today)

    # -- how it stands ---------------------------------------------------------------------------------------------

    def _pill(self, width: int) -> tuple[float, float]:
        """Return how wide a pill is in a row of this width, and the gap behind it."""
        if not self._sessions.last:
            return 0.0, 0.0
        scale = theme.current().scale
        step = max(LEAST_STEP, min((PILL + PILL_GAP) * scale, width * MOST_PILLS / self._sessions.last))
        gap = PILL_GAP * scale if step > 2 * PILL_GAP * scale else CLOSE
        return step - gap, gap

    def _pills_width(self, width: int) -> float:
        pill, gap = self._pill(width)
        return max(0.0, self._sessions.last * (pill + gap) - gap)

    def _words_rect(self, width: int) -> QRect:
        taken = round(self._pills_width(width)) + GAP if self._sessions.last else 0
        metrics = QFontMetrics(theme.current().font("body"))
        room = QRect(0, 0, max(60, width - taken), 10_000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, self._told.text)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words in this width."""
        return max(self._words_rect(width).height() + 2 * LINE, theme.current().px(LEAST))

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """Return the size of a row of usual width."""
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(120, theme.current().px(LEAST))

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Take a press anywhere on the row."""
        return self.rect().contains(position)

    # -- what it paints --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words and pills, and the ring of the keyboard."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("accent_text" if self.underMouse() else "text"))
        words = self._words_rect(self.width())
        words.moveTop((self.height() - words.height()) // 2)
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, self._told.text)
        self._paint_pills(painter)
        if self.hasFocus():
            width = look.size("focus_width")
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), 4, 4)
        painter.end()

    def _paint_pills(self, painter: QPainter) -> None:
        look, middle, (width, gap) = theme.current(), self.height() / 2, self._pill(self.width())
        left = self.width() - self._pills_width(self.width())
        for number in range(1, self._sessions.last + 1):
            is_worked = number in self._told.numbers
            height = (FILLED if is_worked else HOLLOW) * look.scale
            pill = QRectF(left, middle - height / 2, width, height)
            if is_worked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("accent"))
            elif width >= height:
                painter.setPen(QPen(look.color("control"), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                pill.adjust(0.5, 0.5, -0.5, -0.5)
            else:  # too narrow for an outline: a dash
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("control"))
                pill = QRectF(left, middle - 1, width, 2)
            radius = min(3.0 * look.scale, pill.width() / 2, pill.height() / 2)
            painter.drawRoundedRect(pill, radius, radius)
            left += width + gap

    # -- what is pressed -------------------------------------------------------------------------------------------

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Ask for the mark; it shows once it is kept."""
        meant = self._sessions.meant
        self.marked.emit(self._told.key, meant, meant not in self._told.numbers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Offer the sessions where the pills are pressed."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and self._sessions.last and event.position().x() >= self.width() - self._pills_width(self.width()) - 4:
            self.ask_for_session()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the sessions for the menu key and a right click."""
        self.ask_for_session()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Return as with Space; Alt+Down offers the sessions, as a list does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.ask_for_session()
        else:
            super().keyPressEvent(event)

    def ask_for_session(self) -> None:
        """Offer every session so far, the last one first, with those marked in which it was worked on."""
        if not self._sessions.last:
            return
        self._menu = named(QMenu(self), f"{self.objectName()}_sessions", _("Sessions that worked on it"))
        held = [number for number, _session in reversed(self._sessions.held)]
        several = [held] if len(held) <= MENU_PARTS else [held[at : at + 10] for at in range(0, len(held), 10)]
        for place, part in enumerate(several):
            menu = self._menu
            if place:
                words = _("Sessions {first} to {last}").format(first=part[-1], last=part[0])
                menu = named(QMenu(words, self._menu), f"{self.objectName()}_sessions_{part[-1]}", words)
                self._menu.addMenu(menu)
            for number in part:
                menu.addAction(self._action(number))
        self._menu.popup(self.mapToGlobal(QPoint(self.width() - self._menu.sizeHint().width(), self.height())))

    def _action(self, number: int) -> QAction:
        words = self._sessions.words(number)
        action = QAction(f"{words[:1].upper()}{words[1:]}", self._menu)
        action.setObjectName(f"{self.objectName()}_session_{number}")
        action.setCheckable(True)
        action.setChecked(number in self._told.numbers)
        action.setData(number)
        action.triggered.connect(self._on_session)
        return action

    def _on_session(self, is_checked: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.marked.emit(self._told.key, int(action.data()), is_checked)

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the words at another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def enterEvent(self, event: QEvent) -> None:
        """Answer the mouse."""
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Answer the mouse no more."""
        super().leaveEvent(event)
        self.update()
