"""Lucide's icons, tinted by role and kept by (theme, name, role, size, pixel ratio)."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme
from ui.drawings import svg, tinted_svg

_pixmaps: dict[tuple[str, str, str, int, float], QPixmap] = {}
_icons: dict[tuple[str, str, str, int, int, float], QIcon] = {}


def mark_svg() -> bytes:
    """Return the program's own mark in the colours of the theme (the file's own stand for the light one)."""
    text = svg("ipt-desktop")
    light, here = theme.Theme("light"), theme.current()
    for role in ("accent", "ring_3", "ring_2", "surface", "text"):
        text = text.replace(light.color(role).name().upper(), here.color(role).name())
    return text.encode()


def _rendered(drawing: bytes, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _screen_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def pixmap(name: str, role: str = "text", size: int = 16, ratio: float | None = None) -> QPixmap:
    """Return an icon's picture, `size` logical pixels square, in the colour of `role`."""
    ratio = ratio or _screen_ratio()
    key = (theme.current().name, name, role, size, ratio)
    if key not in _pixmaps:
        _pixmaps[key] = _rendered(tinted_svg(name, theme.current().color(role)), size, ratio)
    return _pixmaps[key]


def mark(size: int) -> QPixmap:
    """Return the program's mark, `size` logical pixels square."""
    ratio = _screen_ratio()
    key = (theme.current().name, "ipt-desktop", "", size, ratio)
    if key not in _pixmaps:
        _pixmaps[key] = _rendered(mark_svg(), size, ratio)
    return _pixmaps[key]


def icon(name: str, role: str = "text", size: int | None = None, gap: int = 0) -> QIcon:
    """Return an icon for a button or an action: in `role`, and pale where disabled.

    `size` in pixels, else the token's; `gap` pixels of nothing follow it.
    """
    pixels = size or theme.current().size("icon")
    key = (theme.current().name, name, role, pixels, gap, _screen_ratio())
    if key not in _icons:
        _icons[key] = made = QIcon(_with_gap(pixmap(name, role, pixels), gap))
        made.addPixmap(_with_gap(pixmap(name, "text_off", pixels), gap), QIcon.Mode.Disabled)
    return _icons[key]


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return picture
    ratio = picture.devicePixelRatio()
    wider = QPixmap(picture.width() + round(gap * ratio), picture.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wider
