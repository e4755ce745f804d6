"""A person's token as a small picture of its own, for a table's row or a panel's head."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.token_shape import token_marks
from ui import theme
from ui.painting import PaintedMarks, theme_inks


def token_pixmap(person: Person, size: float, ratio: float, initials: str = "") -> QPixmap:
    """Return a person's token as a picture of its own, `size` logical pixels across without its outlines."""
    style = circle_style(theme.tokens())
    style = style.for_key(size) if not initials else style
    room = size * 1.2 if not initials else size * 1.9
    pixmap = QPixmap(round(room * ratio), round(room * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = person if initials else Person(client_id="", name="", relation=person.relation, has_died=person.has_died)
    marks = token_marks(shown, initials, (room / 2, room / 2), style)
    PaintedMarks(marks, theme_inks(theme.current())).paint(painter)
    painter.end()
    return pixmap
