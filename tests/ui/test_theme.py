"""The contrast table of the design, recomputed from the tokens; type, sizes and the one style sheet."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui import theme

RINGS = ("ring_1", "ring_2", "ring_3")
TINTS = ("partner", "family", "friend", "work", "community", "professional", "other", "gone")
BANDS = ("band_0", "band_1", "band_2", "band_3", "band_4")
DESK = ("window", "surface")

# role, what it may stand on, the lowest ratio in light, dark and high contrast.
CONTRAST = [
    ("text", ("window", "surface", "sunken", "raised"), (13.0, 11.5, 21.0)),
    ("text", ("accent_soft", "info_soft"), (12.7, 9.8, 11.0)),
    ("text", ("private",), (13.4, 12.3, 21.0)),
    ("text_soft", ("private",), (6.3, 7.2, 21.0)),
    ("accent_text", ("private",), (6.9, 8.3, 13.0)),
    ("control", ("private",), (3.1, 3.8, 21.0)),
    ("focus", ("private",), (5.6, 7.4, 16.0)),
    ("text", ("good_soft", "caution_soft", "danger_soft"), (12.8, 10.9, 21.0)),
    ("text", RINGS, (13.0, 10.7, 21.0)),
    ("text", TINTS, (10.4, 7.7, 21.0)),
    ("text", BANDS, (10.7, 9.0, 21.0)),
    ("text_soft", ("window", "surface", "sunken"), (6.2, 7.5, 21.0)),
    ("text_soft", ("accent_soft", "info_soft"), (6.0, 5.7, 11.0)),
    ("text_soft", RINGS, (6.1, 6.3, 21.0)),
    ("text_soft", BANDS, (5.0, 5.3, 21.0)),
    ("on_accent", ("accent", "accent_hover"), (7.1, 8.2, 13.0)),
    ("accent_text", (*DESK, "accent_soft", "good_soft", "caution_soft", "danger_soft", "info_soft", *RINGS), (6.5, 6.6, 6.8)),
    ("good", (*DESK, "good_soft", "accent_soft"), (5.2, 6.5, 7.8)),
    ("caution", (*DESK, "caution_soft"), (6.2, 7.8, 14.5)),
    ("danger", (*DESK, "danger_soft"), (5.8, 6.9, 10.5)),
    ("control", DESK, (3.3, 4.0, 21.0)),
    ("focus", (*DESK, "accent_soft", *RINGS), (5.4, 5.9, 8.5)),
    ("accent", (*DESK, "sunken", *RINGS), (5.7, 6.6, 13.0)),
    ("token_line", (*RINGS, *TINTS), (7.9, 6.9, 21.0)),
    ("tie", (*RINGS, "surface"), (4.7, 4.8, 21.0)),
    ("ghost", (*RINGS, "surface"), (3.3, 3.9, 21.0)),
    ("series", BANDS, (4.7, 5.6, 13.0)),
    ("series_soft", BANDS, (3.0, 4.1, 21.0)),
]
LINES = {"control", "focus", "accent", "token_line", "tie", "ghost", "series", "series_soft"}


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(top: QColor, share: float, below: QColor) -> QColor:
    pairs = zip(top.getRgbF()[:3], below.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(share * a + (1 - share) * b for a, b in pairs))


@pytest.mark.parametrize(("role", "fills", "lowest"), CONTRAST)
@pytest.mark.parametrize("name", theme.NAMES)
def test_contrast_is_what_the_table_says(name: str, role: str, fills: tuple[str, ...], lowest: tuple[float, ...]):
    look = theme.Theme(name)
    found = min(contrast(look.color(role), look.color(fill)) for fill in fills)
    assert found == pytest.approx(lowest[theme.NAMES.index(name)], abs=0.06) or found > lowest[theme.NAMES.index(name)]
    assert found >= (3.0 if role in LINES else 4.5)


@pytest.mark.parametrize(("name", "lowest"), [("light", 5.6), ("dark", 5.4), ("high_contrast", 21.0)])
def test_a_person_not_moved_can_still_be_read(name: str, lowest: float):
    look = theme.Theme(name)
    fills = [mixed(look.color(tint), 0.45, look.color(ring)) for tint, ring in product(TINTS, RINGS)]
    assert min(contrast(look.color("text_soft"), fill) for fill in fills) >= lowest - 0.06


def test_alpha_comes_last_in_the_tokens():
    assert theme.parse_colour("#25211C46").alpha() == 0x46
    assert theme.parse_colour("#25211C46").red() == 0x25


def test_what_holds_type_grows_with_it_and_lines_do_not():
    large = theme.Theme("light", 1.5)
    assert large.size("control") == 48
    assert large.size("client_strip") == 102
    assert large.size("focus_width") == 2
    assert large.font("body").pixelSize() == 21
    assert theme.Theme("light", 9).scale == 2.0


def test_every_style_is_set_in_inter(qapp: QApplication):
    for style in (*theme.STYLES, "label_strong", "initials"):
        font = theme.Theme().font(style)
        assert QFontInfo(font).family().startswith("Inter"), style


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_style_sheet_fills_every_name(name: str):
    assert "$" not in theme.Theme(name, 1.25).style_sheet()


def test_apply_reaches_widgets_that_are_there(qapp: QApplication, qtbot: QtBot):
    button, words = QPushButton("Go"), QLabel("words")
    words.setProperty("kind", "heading")
    qtbot.addWidget(button)
    qtbot.addWidget(words)
    button.ensurePolished()
    small = button.sizeHint().height()
    theme.apply(qapp, theme.Theme("dark", 2.0))
    button.ensurePolished()
    words.ensurePolished()
    assert button.sizeHint().height() >= 2 * small - 4
    assert words.font().pixelSize() == 44
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.Theme("dark").color("window")
    assert theme.current().name == "dark"
