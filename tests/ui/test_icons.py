import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from ui import icons, theme


def inks(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


def test_an_icon_is_drawn_in_its_role(qapp: QApplication):
    assert inks(icons.pixmap("square", "danger", 32, 1.0)) == {theme.current().color("danger").name()}


def test_icons_are_kept_and_follow_the_theme(qapp: QApplication):
    first = icons.pixmap("check", "text", 16, 1.0)
    assert icons.pixmap("check", "text", 16, 1.0) is first
    theme.apply(qapp, theme.Theme("dark"))
    assert inks(icons.pixmap("square", "text", 32, 1.0)) == {theme.current().color("text").name()}


def test_a_finer_screen_gets_more_pixels():
    picture = icons.pixmap("check", "text", 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)


def test_an_icon_that_is_not_bundled_is_an_error():
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")


def test_the_mark_takes_the_colours_of_the_theme(qapp: QApplication):
    theme.apply(qapp, theme.Theme("dark"))
    assert icons.mark(84).toImage().pixelColor(42, 42) == QColor(theme.current().color("accent"))
