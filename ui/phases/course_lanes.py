"""Under the band of a course: its problem areas as lanes, and the marks of what was written, drawn and agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ipt_desktop.domain.course_marks import Lane, Mark, MarkKind
from ipt_desktop.domain.text import _, ngettext
from ui import icons, theme
from ui.phases.band_grid import BandGrid
from ui.phases.chapters import CHAPTERS
from ui.phases.reading import CourseReading, day_words

LANE, LANE_GAP, MARKS, ICON_GAP = 24, 6, 36, 3
MOST_LANES = 4
LANE_OF, MORE, MARK = "lane", "more", "mark"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be gone to: where it stands, what it is in words, and what it leads to (kind, id)."""

    box: QRectF
    words: str
    kind: str
    ref: str


def lane_name(rank: int) -> str:
    """Return what stands before a lane."""
    return {1: _("Problem area"), 2: _("Second area"), 3: _("Third area")}.get(rank, "")


def lane_words(reading: CourseReading, lane: Lane) -> str:
    """Return what stands in a lane: the area, its stage, since when."""
    area = lane.area
    stage = reading.stage_label(area)
    parts = [reading.area_label(area.area), stage]
    if area.agreed_on is None:
        parts.append(_("to be agreed"))
    elif area.ended_on is not None:
        parts.append(_("until {day}").format(day=day_words(area.ended_on, reading.today)))
    else:
        parts.append(_("agreed {day}").format(day=day_words(area.agreed_on, reading.today)))
    return " · ".join(part for part in parts if part)


def mark_word(reading: CourseReading, mark: Mark) -> str:
    """Return the word under a mark."""
    if mark.kind is MarkKind.PAPER:
        title = next((_(each.short or each.title) for each in CHAPTERS if each.key == mark.ref), mark.ref)
        return title[:1].lower() + title[1:]
    return {
        MarkKind.CIRCLE: _("circle"),
        MarkKind.MEASURE: _("measures") if "," in mark.ref else _("measure"),
        MarkKind.REVIEW: _("review"),
        MarkKind.ENDING: _("raise the ending") if mark.is_ahead else _("ending raised"),
    }[mark.kind]


def mark_words(reading: CourseReading, mark: Mark) -> str:
    """Say a mark in words: what, in which session, on which day, or that it is to come."""
    session = _("session {number}").format(number=mark.number)
    when = _("to come") if mark.is_ahead else day_words(mark.on, reading.today) if mark.on else ""
    what = f"{mark_word(reading, mark)} {mark.ref}" if mark.kind is MarkKind.MEASURE else mark_word(reading, mark)
    return ", ".join(part for part in (what, session, when) if part)


def mark_icon(mark: Mark) -> str:
    """Return the icon of a mark."""
    if mark.kind is MarkKind.PAPER:
        return next((each.icon for each in CHAPTERS if each.key == mark.ref), "file-text")
    return {
        MarkKind.CIRCLE: "circle-dot",
        MarkKind.REVIEW: "flag",
        MarkKind.ENDING: "signpost",
        MarkKind.MEASURE: "clipboard-check",
    }[mark.kind]


class CourseLanesView(QWidget):
    """Lanes and marks, in line with the band above. Left and Right go through them; Enter or a click goes there.

    `area_chosen` carries a problem area's id ("": the others), `mark_chosen` a `Mark`.
    """

    area_chosen = Signal(str)
    mark_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("course_lanes")
        self.setAccessibleName(_("Problem areas and marks of the course"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._reading: CourseReading | None = None
        self._lanes: Sequence[Lane] = ()
        self._others = 0
        self._marks: Sequence[Mark] = ()
        self._at = 0

    def show_course(self, reading: CourseReading | None) -> None:
        """Show a course, or none."""
        self._reading = reading
        lanes = reading.lanes if reading else []
        kept = MOST_LANES if len(lanes) <= MOST_LANES else MOST_LANES - 1
        self._lanes, self._others = lanes[:kept], max(len(lanes) - kept, 0)
        self._marks = reading.marks if reading else ()
        self._at = min(self._at, max(len(self._marks) + len(self._lanes) - 1, 0))
        self.setAccessibleDescription(self._all_words())
        self.updateGeometry()
        self.update()

    def _all_words(self) -> str:
        reading = self._reading
        if reading is None:
            return ""
        told = [lane_words(reading, each) for each in self._lanes]
        if self._others:
            told.append(self._others_words())
        return ". ".join([*told, *(mark_words(reading, each) for each in self._marks)])

    def _others_words(self) -> str:
        words = ngettext("{count} more problem area", "{count} more problem areas", self._others)
        return words.format(count=self._others)

    # -- geometry --------------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return len(self._lanes) + bool(self._others)

    def sizeHint(self) -> QSize:
        """Return room for the lanes, and for the marks where there are any."""
        look = theme.current()
        marks = look.px(MARKS) if self._marks else 0
        return QSize(look.px(600), self._rows() * (look.px(LANE) + LANE_GAP) + marks)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(theme.current().px(320), self.sizeHint().height())

    def _grid(self) -> BandGrid:
        return BandGrid(self.width(), len(self._reading.band.slots) if self._reading else 1)

    def _lane_top(self, row: int) -> float:
        return row * (theme.current().px(LANE) + LANE_GAP)

    def _marks_top(self) -> float:
        return self._lane_top(self._rows())

    def _lane_boxes(self, row: int, lane: Lane) -> tuple[QRectF, QRectF]:
        """Return the part worked on and the part planned; one that is not there is empty."""
        grid, top, height = self._grid(), self._lane_top(row), theme.current().px(LANE)
        end = grid.left(grid.count + 1) - 1
        start, stop = grid.left(lane.first), grid.left(lane.last + 1) - 1
        worked = QRectF(start + 0.5, top, max(stop - start - 1, 0), height)
        planned = QRectF(stop + 0.5, top, max(end - stop - 1, 0), height) if lane.is_planned else QRectF()
        return worked, planned

    def _mark_groups(self) -> list[list[Mark]]:
        """Return the marks that stand under one session together."""
        groups: dict[int, list[Mark]] = {}
        for mark in self._marks:
            groups.setdefault(mark.number, []).append(mark)
        return list(groups.values())

    def _icon_boxes(self, groups: Sequence[Sequence[Mark]]) -> list[list[QRectF]]:
        """Return where the icons of each session's marks stand: side by side, beside those of the session before.

        They go no further from their session than a column; where that is no room for them they stand over one another.
        """
        size, grid = theme.current().size("icon") - 2, self._grid()
        placed: list[list[QRectF]] = []
        free = grid.names
        for group in groups:
            width = size + (size + ICON_GAP) * (len(group) - 1)
            wanted = grid.middle(group[0].number) - width / 2
            left = min(max(wanted, free), wanted + grid.column, self.width() - width)
            free = left + width + ICON_GAP
            places = range(len(group))
            placed.append([QRectF(left + (size + ICON_GAP) * place, self._marks_top() + 2, size, size) for place in places])
        return placed

    def targets(self) -> list[Target]:
        """Return what can be gone to, lanes first, then the marks by session."""
        reading = self._reading
        if reading is None:
            return []
        found = []
        for row, lane in enumerate(self._lanes):
            worked, planned = self._lane_boxes(row, lane)
            found.append(Target(worked.united(planned), lane_words(reading, lane), LANE_OF, lane.area.id))
        if self._others:
            grid = self._grid()
            box = QRectF(grid.names, self._lane_top(len(self._lanes)), grid.column * grid.count, theme.current().px(LANE))
            found.append(Target(box, self._others_words(), MORE, ""))
        groups = self._mark_groups()
        for group, boxes in zip(groups, self._icon_boxes(groups), strict=True):
            for box, mark in zip(boxes, group, strict=True):
                wide = box.adjusted(-4, -2, 4, 20 if len(group) == 1 else 4)
                found.append(Target(wide, mark_words(reading, mark), MARK, str(self._marks.index(mark))))
        return found

    def target_at(self, point: QPointF) -> Target | None:
        """Return what is under a point, or None."""
        return next((each for each in reversed(self.targets()) if each.box.contains(point)), None)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lanes and marks."""
        reading = self._reading
        if reading is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, lane in enumerate(self._lanes):
            self._paint_lane(painter, reading, row, lane)
        if self._others:
            self._paint_others(painter)
        if self._marks:
            self._paint_marks(painter, reading)
        if self.hasFocus() and self._at < len(targets := self.targets()):
            painter.setPen(QPen(theme.current().color("focus"), theme.current().size("focus_width")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(targets[self._at].box.adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_name(self, painter: QPainter, words: str, middle: float) -> None:
        look = theme.current()
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_soft"))
        box = QRectF(0, middle - look.px(12), self._grid().names - 6, look.px(24))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_lane(self, painter: QPainter, reading: CourseReading, row: int, lane: Lane) -> None:
        look = theme.current()
        worked, planned = self._lane_boxes(row, lane)
        self._paint_name(painter, lane_name(row + 1), self._lane_top(row) + look.px(LANE) / 2)
        font = look.font("label_strong")
        metrics = QFontMetricsF(font)
        if not worked.isEmpty():
            painter.setPen(QPen(look.color("accent_text"), 1.2))
            painter.setBrush(look.color("accent_soft" if row == 0 else "surface"))
            painter.drawRoundedRect(worked, 5, 5)
        if not planned.isEmpty():
            painter.setPen(QPen(look.color("control"), 1.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(planned, 5, 5)
        words = lane_words(reading, lane)
        short = " · ".join(part for part in (reading.area_label(lane.area.area), reading.stage_label(lane.area)) if part)
        inner = worked.adjusted(9, 0, -6, 0)
        if metrics.horizontalAdvance(words) > inner.width():
            words = short
        beyond = QRectF(worked.right(), worked.top(), max(self.width() - worked.right(), 0), worked.height())
        outside = (beyond if planned.isEmpty() else planned).adjusted(9, 0, -6, 0)
        painter.setPen(look.color("text"))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if metrics.horizontalAdvance(words) <= inner.width() or outside.width() < inner.width():
            painter.drawText(inner, flags, metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(inner.width(), 0)))
            words = "" if planned.isEmpty() else _("planned")
            painter.setFont(look.font("label"))
            painter.setPen(look.color("text_soft"))
        if words:  # a lane of few sessions says its words where it is planned, or where there is nothing more of it
            fitting = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, max(outside.width(), 0))
            painter.drawText(outside, flags, fitting)

    def _paint_others(self, painter: QPainter) -> None:
        look, grid = theme.current(), self._grid()
        box = QRectF(grid.names, self._lane_top(len(self._lanes)), grid.column * grid.count, look.px(LANE))
        painter.setFont(look.font("label"))
        painter.setPen(look.color("accent_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._others_words())

    def _paint_marks(self, painter: QPainter, reading: CourseReading) -> None:
        look = theme.current()
        self._paint_name(painter, _("Marks"), self._marks_top() + look.px(MARKS) / 2)
        taken: list[QRectF] = []
        groups = self._mark_groups()
        for group, boxes in zip(groups, self._icon_boxes(groups), strict=True):
            for box, mark in zip(boxes, group, strict=True):
                role = "caution" if mark.kind is MarkKind.REVIEW else "text_soft" if mark.is_ahead else "accent_text"
                painter.drawPixmap(box.topLeft(), icons.pixmap(mark_icon(mark), role, round(box.width())))
            self._paint_word(painter, reading, group, boxes, taken)

    def _paint_word(
        self, painter: QPainter, reading: CourseReading, group: Sequence[Mark], boxes: Sequence[QRectF], taken: list[QRectF]
    ) -> None:
        """Write what stands under one session: all of it, or where that finds no room a single word, or nothing.

        Measures, which are given again and again, have a word only at the first of them.
        """
        look = theme.current()
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text_soft"))
        metrics = QFontMetricsF(painter.font())
        middle = (boxes[0].left() + boxes[-1].right()) / 2
        first = next((each for each in self._marks if each.kind is MarkKind.MEASURE), None)
        group = [each for each in group if each.kind is not MarkKind.MEASURE or each is first]
        if not group:
            return
        words = list(dict.fromkeys(mark_word(reading, each) for each in group))
        papers = [mark_word(reading, each) for each in group if each.kind is not MarkKind.CIRCLE]
        for said in (" · ".join(words), *papers[:1], words[0]):
            width = metrics.horizontalAdvance(said) + 2
            left = max(self._grid().names, min(middle - width / 2, self.width() - width))
            box = QRectF(left, boxes[0].bottom() + 2, width, metrics.height())
            if not any(box.adjusted(-5, 0, 5, 0).intersects(each) for each in taken):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
                taken.append(box)
                return

    # -- keys and mouse --------------------------------------------------------------------------------------------

    def _choose(self, target: Target) -> None:
        if target.kind == MARK:
            self.mark_chosen.emit(self._marks[int(target.ref)])
        else:
            self.area_chosen.emit(target.ref)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through lanes and marks; Enter goes to the one marked."""
        targets = self.targets()
        steps = {
            **{Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1},
            **{Qt.Key.Key_Home: -999, Qt.Key.Key_End: 999},
        }
        step = steps.get(Qt.Key(event.key()), 0)
        if step and targets:
            self._at = min(max(self._at + step, 0), len(targets) - 1)
            self.setAccessibleDescription(targets[self._at].words)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at < len(targets):
            self._choose(targets[self._at])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to what was clicked."""
        target = self.target_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and target is not None:
            self._choose(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        is_target = self.target_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_target else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: object) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Say all of it again."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.setAccessibleDescription(self._all_words())
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what is under the mouse."""
        if isinstance(event, QHelpEvent):
            target = self.target_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), target.words if target else "", self)
            return True
        return super().event(event)
