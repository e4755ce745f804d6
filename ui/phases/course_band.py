"""The course band: phases as bars, sessions as discs under them, and where today is."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ipt_desktop.domain.course_band import CourseBand, Place, Slot, SlotState, Span
from ipt_desktop.domain.text import _, ngettext
from ui import icons, theme
from ui.phases.band_grid import BandGrid
from ui.phases.reading import CourseReading, day_words, long_day_words, missed_words

BAR, DISC, CAPTION, GAP = 28, 22, 16, 9
SMALLEST_NUMBERED = 20.0


def phase_words(reading: CourseReading, span: Span) -> str:
    """Return what stands on a phase's bar."""
    word = reading.phase_label(span.phase)
    if span.place is Place.PAST:
        return _("{phase} · done").format(phase=word)
    if span.place is Place.PRESENT:
        return _("{phase} · since {day}").format(phase=word, day=day_words(reading.since, reading.today))
    return word


def slot_words(reading: CourseReading, band: CourseBand, slot: Slot) -> str:
    """Say a session in words: its number, its day and what is known of it."""
    session = slot.session
    day = day_words(session.date, reading.today) if session else ""
    if slot.number == band.now and band.is_today:
        state = _("today")
    elif slot.state is SlotState.HELD:
        state = _("held")
    elif slot.state is SlotState.UNANSWERED:
        state = _("attendance not answered")
    else:
        has_ended = reading.course.ended_on is not None
        state = _("planned") if not has_ended else _("still booked") if session else _("agreed, not held")
    return ", ".join(part for part in (_("Session {number}").format(number=slot.number), day, state) if part)


def band_words(reading: CourseReading) -> str:
    """Say the whole band in words, for a screen reader."""
    band = reading.band
    phases = "; ".join(
        _("{phase}, sessions {first} to {last}").format(phase=phase_words(reading, each), first=each.first, last=each.last)
        for each in band.spans
    )
    sessions = [ngettext("{count} session held", "{count} sessions held", band.held).format(count=band.held)]
    sessions += [
        _("{why} on {day}").format(why=missed_words(each.session.attendance), day=day_words(each.session.date, reading.today))
        for each in band.missed
    ]
    if band.now is not None:
        now = _("session {number} is today") if band.is_today else _("session {number} is next")
        sessions.append(now.format(number=band.now))
    ended, end, review = reading.course.ended_on, reading.course.planned_end, reading.review_on
    agreed = [_("Agreed end {day}").format(day=long_day_words(end))] if end and not ended else []
    agreed += (
        [_("Ended before it began") if reading.is_withdrawn else _("Ended {day}").format(day=long_day_words(ended))]
        if ended
        else []
    )
    over = _("Ended before it began") if reading.is_withdrawn else _("Ended {day}")
    agreed += [over.format(day=long_day_words(ended))] if ended else []
    agreed += [_("Review on {day}").format(day=long_day_words(review))] if review else []
    return ". ".join([phases, ", ".join(sessions), *agreed]) + "."


def closing_words(reading: CourseReading) -> str:
    """Return what stands where the course ended, or at its far end: the day, its agreed end, else the day of its review."""
    course = reading.course
    words, day = _("agreed end {day}"), course.planned_end
    if course.ended_on is not None:
        words, day = _("ended before it began") if reading.is_withdrawn else _("ended {day}"), course.ended_on
    elif reading.review_on is not None and (day is None or reading.is_after):
        words, day = _("review {day}"), reading.review_on
    return words.format(day=day_words(day, reading.today)) if day is not None else ""


def closing_number(reading: CourseReading, band: CourseBand) -> int:
    """Return under which session that stands: the last one over, the last one agreed where there are more, else the last."""
    agreed = reading.course.planned_sessions
    if reading.course.ended_on is not None:
        return band.last_over
    return agreed if 0 < agreed < len(band.slots) and reading.review_on is None else len(band.slots)


class CourseBandView(QWidget):
    """The painted band. Left and Right go through the sessions; Enter or a click on one says `session_chosen`.

    It carries the session's id, or "" where none has been entered for that number.
    """

    session_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("course_band")
        self.setAccessibleName(_("The course by sessions"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._reading: CourseReading | None = None
        self._band: CourseBand | None = None
        self._at = 1

    def show_course(self, reading: CourseReading | None) -> None:
        """Show a course, or none."""
        is_other = reading is None or self._reading is None or reading.course.id != self._reading.course.id
        self._reading, self._band = reading, reading.band if reading else None
        if is_other:
            self._at = (self._band.now or 1) if self._band else 1
        self.setAccessibleDescription(band_words(reading) if reading else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two lanes and the days under them."""
        look = theme.current()
        return QSize(look.px(600), look.px(BAR) + GAP + look.px(DISC + 6) + 4 + look.px(CAPTION) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: narrow discs carry no number."""
        return QSize(theme.current().px(320), self.sizeHint().height())

    def place_of(self, number: int) -> QPointF:
        """Return the middle of a session's disc."""
        return QPointF(self._left(number) + self._column() / 2, self._disc_line())

    def words_at(self, point: QPointF) -> str:
        """Return what is under a point, in words, or ""."""
        if self._reading is None or self._band is None:
            return ""
        for each in self._band.missed:
            if self._missed_box(each.after).adjusted(-2, -4, 2, 4).contains(point):
                why, day = missed_words(each.session.attendance), day_words(each.session.date, self._reading.today)
                return _("{day}: {why}").format(day=day, why=why)
        slot = self._slot_at(point)
        return slot_words(self._reading, self._band, slot) if slot else ""

    # -- geometry --------------------------------------------------------------------------------------------------

    def _grid(self) -> BandGrid:
        return BandGrid(self.width(), len(self._band.slots) if self._band else 1)

    def _names_width(self) -> float:
        return self._grid().names

    def _column(self) -> float:
        return self._grid().column

    def _left(self, number: int) -> float:
        return self._grid().left(number)

    def _disc_line(self) -> float:
        look = theme.current()
        return look.px(BAR) + GAP + look.px(DISC + 6) / 2

    def _radius(self) -> float:
        return min(theme.current().px(DISC) / 2, self._column() / 2 - 2.5)

    def _has_number(self, number: int) -> bool:
        """Whether a disc carries its number: each of them, or the first, the present and each fifth where it is narrow."""
        if self._radius() * 2 >= SMALLEST_NUMBERED * theme.current().scale:
            return True
        return number in (1, self._band.now if self._band else None) or number % 5 == 0

    def _missed_x(self, after: int) -> float:
        return self._left(after + 1)

    def _is_on_discs(self, point: QPointF) -> bool:
        return abs(point.y() - self._disc_line()) <= theme.current().px(DISC) / 2 + 4

    def _slot_at(self, point: QPointF) -> Slot | None:
        if self._band is None or point.x() < self._names_width() or not self._is_on_discs(point):
            return None
        place = int((point.x() - self._names_width()) / self._column())
        return self._band.slots[place] if place < len(self._band.slots) else None

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint phases, sessions and the days that matter."""
        if self._reading is None or self._band is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_name(painter, _("Phase"), theme.current().px(BAR) / 2)
        self._paint_name(painter, _("Sessions"), self._disc_line())
        for span in self._band.spans:
            self._paint_span(painter, self._reading, span)
        for slot in self._band.slots:
            self._paint_slot(painter, self._band, slot)
        for each in self._band.missed:
            self._paint_missed(painter, each.after)
        self._paint_days(painter, self._reading, self._band)
        painter.end()

    def _paint_name(self, painter: QPainter, words: str, middle: float) -> None:
        look = theme.current()
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_soft"))
        box = QRectF(0, middle - look.px(12), self._names_width() - 6, look.px(24))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_span(self, painter: QPainter, reading: CourseReading, span: Span) -> None:
        look = theme.current()
        left, right = self._left(span.first), self._left(span.last + 1)
        box = QRectF(left + 0.5, 1, right - left - 2, look.px(BAR) - 2)
        is_present, is_past = span.place is Place.PRESENT, span.place is Place.PAST
        painter.setPen(QPen(look.color("control" if span.place is Place.FUTURE else "accent_text"), 1.2))
        painter.setBrush(look.color("accent" if is_present else "accent_soft" if is_past else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        font = look.font("label_strong")
        painter.setFont(font)
        painter.setPen(look.color("on_accent" if is_present else "text"))
        metrics, room = QFontMetricsF(font), box.width() - 18
        words = phase_words(reading, span)
        if metrics.horizontalAdvance(words) > room:
            words = metrics.elidedText(reading.phase_label(span.phase), Qt.TextElideMode.ElideRight, max(room, 0))
        inner = box.adjusted(10, 0, -6, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_slot(self, painter: QPainter, band: CourseBand, slot: Slot) -> None:
        look = theme.current()
        middle, radius = self.place_of(slot.number), self._radius()
        is_now = slot.number == band.now
        is_filled = slot.state is SlotState.HELD or (is_now and band.is_today)
        painter.setPen(QPen(look.color("accent" if is_filled or is_now else "control"), 1.4))
        soft = "accent_soft" if slot.state is SlotState.UNANSWERED else "surface"
        painter.setBrush(look.color("accent" if is_filled else soft))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_now:
            painter.setPen(QPen(look.color("accent"), 2.0))
            painter.drawEllipse(middle, radius + 3, radius + 3)
        if self.hasFocus() and slot.number == self._at:
            painter.setPen(QPen(look.color("focus"), look.size("focus_width")))
            painter.drawEllipse(middle, radius + 4.5, radius + 4.5)
        if self._has_number(slot.number):
            strong = is_filled or is_now
            painter.setFont(look.font("caption_strong" if strong else "caption", is_tabular=True))
            painter.setPen(look.color("on_accent" if is_filled else "text" if strong else "text_soft"))
            painter.drawText(QRectF(middle.x() - 40, middle.y() - 40, 80, 80), Qt.AlignmentFlag.AlignCenter, str(slot.number))

    def _missed_box(self, after: int) -> QRectF:
        """Return where a missed session's mark stands: between two discs, or below them where they leave no room."""
        size = theme.current().size("icon") - 2
        middle = self._disc_line()
        if self._column() - 2 * self._radius() < size + 2:
            middle = self._days_top() + theme.current().px(CAPTION) / 2
        return QRectF(self._missed_x(after) - size / 2, middle - size / 2, size, size)

    def _paint_missed(self, painter: QPainter, after: int) -> None:
        box = self._missed_box(after)
        painter.drawPixmap(box.topLeft(), icons.pixmap("calendar-x", "text_soft", round(box.width())))

    def _days_top(self) -> float:
        return self._disc_line() + theme.current().px(DISC + 6) / 2 + 4

    def _paint_days(self, painter: QPainter, reading: CourseReading, band: CourseBand) -> None:
        """Write under the discs: where today is, how it closes and the first day; a word that finds no room is left out."""
        painter.setFont(theme.current().font("caption"))
        metrics = QFontMetricsF(painter.font())
        said: list[tuple[int, str, str]] = []
        if band.now is not None:
            said.append((band.now, _("today") if band.is_today else _("next"), "accent_text"))
        said.append((1, day_words(reading.course.started_on, reading.today), "text_soft"))
        if closing := closing_words(reading):
            has_ended = reading.course.ended_on is not None
            said.insert(0 if has_ended else len(said), (closing_number(reading, band), closing, "text_soft"))
        taken = [self._missed_box(each.after) for each in band.missed]
        for number, words, role in said:
            box = self._word_box(words, self.place_of(number).x(), self._days_top(), metrics)
            if not any(box.adjusted(-6, 0, 6, 0).intersects(each) for each in taken):
                painter.setPen(theme.current().color(role))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
                taken.append(box)

    def _word_box(self, words: str, middle: float, top: float, metrics: QFontMetricsF) -> QRectF:
        width = metrics.horizontalAdvance(words) + 2
        left = max(self._names_width(), min(middle - width / 2, self.width() - width))
        return QRectF(left, top, width, metrics.height())

    # -- keys and mouse --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the sessions; Enter goes to the one marked."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and self._band is not None and self._reading is not None:
            self._at = min(max(self._at + step, 1), len(self._band.slots))
            self.setAccessibleDescription(slot_words(self._reading, self._band, self._band.slots[self._at - 1]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._band is not None:
            self._choose(self._band.slots[self._at - 1])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the session clicked."""
        slot = self._slot_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and slot is not None:
            self._at = slot.number
            self._choose(slot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a session can be clicked."""
        slot = self._slot_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if slot else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: object) -> None:
        """Show which session the keyboard is at."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Say the whole band again."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.setAccessibleDescription(band_words(self._reading) if self._reading else "")
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _choose(self, slot: Slot) -> None:
        self.session_chosen.emit(slot.session.id if slot.session else "")
