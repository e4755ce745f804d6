"""The look as roles: `resources/themes/tokens.toml` times the text size becomes fonts, palette and style sheet.

Code asks for roles (`text_soft`, `accent`), never for colours. A theme is a value; `apply` makes it the program's.
"""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.drawings import RESOURCES, tinted_svg

STYLE = ("-style", "fusion")
"""What an application is made with, to look alike on every system; to set its style later makes a dozen enumerations."""
NAMES = ("light", "dark", "high_contrast")
SMALLEST_SCALE, LARGEST_SCALE = 0.8, 2.0
LARGE_SCALE = 1.3
# Heights that grow with the type; every other length stays as it is.
GROWING = frozenset(
    {
        *("control", "control_big", "chip", "row", "target_min", "menu_bar", "client_strip", "tab_bar", "room_rail"),
        *("icon", "icon_big", "token", "token_client", "token_desired"),
    }
)
STYLES = ("caption", "label", "body", "strong", "reading", "title", "heading", "display", "focus_mode")
# Pictures that a style sheet can only take from a file: icon, role.
SHEET_PICTURES = {
    "chevron": ("chevron-down", "text_soft"),
    "chevron_up": ("chevron-up", "text_soft"),
    "chevron_off": ("chevron-down", "text_off"),
    "tick": ("check", "on_accent"),
}
# Stock widgets ask the palette: what they ask for, and the role it is.
_ASKED = QPalette.ColorRole
PALETTE = {
    _ASKED.Window: "window",
    _ASKED.WindowText: "text",
    _ASKED.Base: "surface",
    _ASKED.AlternateBase: "sunken",
    _ASKED.Text: "text",
    _ASKED.Button: "surface",
    _ASKED.ButtonText: "text",
    _ASKED.BrightText: "danger",
    _ASKED.ToolTipBase: "raised",
    _ASKED.ToolTipText: "text",
    _ASKED.PlaceholderText: "text_soft",
    _ASKED.Highlight: "accent_soft",
    _ASKED.HighlightedText: "text",
    _ASKED.Link: "accent_text",
    _ASKED.LinkVisited: "accent_text",
    _ASKED.Accent: "accent",
    _ASKED.Light: "raised",
    _ASKED.Midlight: "line",
    _ASKED.Mid: "line",
    _ASKED.Dark: "control",
    _ASKED.Shadow: "control",
}


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens as they stand in the file."""
    import tomllib

    return tomllib.loads(RESOURCES.joinpath("themes/tokens.toml").read_text(encoding="utf-8"))


def parse_colour(text: str) -> QColor:
    """Return the colour of `#RRGGBB` or `#RRGGBBAA` (Qt itself would read the latter with alpha first)."""
    colour = QColor(text[:7])
    if len(text) == 9:
        colour.setAlpha(int(text[7:], 16))
    return colour


def on_paper(role: str) -> QColor:
    """Return the colour of a role on a printed page, which is white in every theme."""
    return parse_colour(tokens()["paper"][role])


class Theme:
    """One of the three themes at one text size. `scale` is 0.8–2.0; sizes are logical pixels."""

    def __init__(self, name: str = "light", scale: float = 1.0) -> None:
        if name not in NAMES:
            raise KeyError(name)
        self.name = name
        self.scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, scale))
        roles = {**tokens()["color"][name], **tokens()["ink"][name]}
        self._colours = {role: parse_colour(value) for role, value in roles.items()}
        self._fonts: dict[tuple[str, bool], QFont] = {}

    @property
    def is_large(self) -> bool:
        """Whether text is so large that a page takes its narrow layout whatever the window."""
        return self.scale > LARGE_SCALE

    def color(self, role: str) -> QColor:
        """Return the colour of a role of `color` or `ink`; KeyError for a role the tokens don't have."""
        return QColor(self._colours[role])

    def px(self, length: float) -> int:
        """Return a length at 100 % text in pixels at this text size."""
        return round(length * self.scale)

    def size(self, name: str) -> int:
        """Return a size of the tokens; heights that hold type grow with it."""
        length = int(tokens()["size"][name])
        return self.px(length) if name in GROWING else length

    def space(self, name: str) -> int:
        """Return a distance of the 4 px grid: hair, xs, s, m, l, xl, xxl, page."""
        return int(tokens()["space"][name])

    def radius(self, name: str) -> int:
        """Return a corner's radius: control, card, chip or page."""
        radius = int(tokens()["radius"][name])
        return self.px(radius) if name == "chip" else radius

    def line_height(self, style: str) -> int:
        """Return the distance of two lines of a style."""
        return self.px(tokens()["type"][style]["line"])

    def font(self, style: str, *, is_tabular: bool = False) -> QFont:
        """Return the font of a type style, or of letters in a mark (`initials`). Tabular figures for columns and clocks."""
        key = (style, is_tabular)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(style, is_tabular)
        return QFont(self._fonts[key])

    def _make_font(self, style: str, is_tabular: bool) -> QFont:
        pixels, weight = self._type(style)
        font = QFont()
        font.setFamilies(tokens()["type"]["family"])
        font.setPixelSize(self.px(pixels))
        font.setWeight(QFont.Weight(weight))
        if is_tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _type(self, style: str) -> tuple[int, int]:
        """Return pixels at 100 % and weight of a style."""
        if style == "initials":
            spec = tokens()["mark"]["initials"]
        elif style == "initials_small":
            spec = tokens()["mark"]["initials"] | {"px": tokens()["mark"]["initials"]["small"]}
        elif style.endswith("_strong"):
            spec = tokens()["type"][style.removesuffix("_strong")] | {"weight": 600}
        else:
            spec = tokens()["type"][style]
        return spec["px"], spec["weight"]

    @property
    def palette(self) -> QPalette:
        """The palette of stock widgets."""
        palette = QPalette()
        for asked, role in PALETTE.items():  # no copies: the first one makes all the enumerations of Qt, before the first paint
            palette.setColor(asked, self._colours[role])
        for asked in (_ASKED.WindowText, _ASKED.Text, _ASKED.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, asked, self._colours["text_off"])
        return palette

    def style_sheet(self) -> str:
        """Return the one style sheet, made from `resources/themes/window.qss` and this theme's numbers."""
        text = RESOURCES.joinpath("themes/window.qss").read_text(encoding="utf-8")
        return Template(text).substitute(self._sheet_values())

    def _sheet_values(self) -> dict[str, str]:
        values = {role: _css(colour) for role, colour in self._colours.items()}
        for name in tokens()["size"]:
            values[f"size_{name}"] = f"{self.size(name)}px"
            values[f"inner_{name}"] = f"{self.size(name) - 2}px"  # inside a border of 1
            values[f"focused_{name}"] = f"{self.size(name) - 4}px"  # inside a border of 2
        values |= {f"radius_{name}": f"{self.radius(name)}px" for name in tokens()["radius"]}
        values |= {f"space_{name}": f"{self.space(name)}px" for name in tokens()["space"]}
        for style in (*STYLES, "label_strong", "caption_strong"):
            pixels, weight = self._type(style)
            values[f"font_{style}"] = f"font-size: {self.px(pixels)}px; font-weight: {weight}"
        values["tick_box"] = f"{self.px(18)}px"
        values["half_tick_box"] = f"{self.px(18) // 2}px"
        return values | {f"picture_{name}": _picture_file(self, *spec) for name, spec in SHEET_PICTURES.items()}


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


@cache
def _picture_folder() -> QTemporaryDir:
    """Return the folder for a style sheet's pictures; it goes with the program."""
    return QTemporaryDir()


def _picture_file(theme: Theme, icon: str, role: str) -> str:
    """Write one icon in one colour for the style sheet and return its path as a style sheet wants it."""
    colour = theme.color(role)
    path = Path(_picture_folder().filePath(f"{icon}-{colour.name()[1:]}.svg"))
    if not path.exists():
        path.write_bytes(tinted_svg(icon, colour))
    return path.as_posix()


_current: Theme | None = None


def current() -> Theme:
    """Return the theme in use; painted widgets ask for it each time they paint."""
    global _current
    if _current is None:
        _current = Theme()
    return _current


@cache
def register_fonts() -> tuple[str, ...]:
    """Make Inter's four faces known to Qt and return their families."""
    found: list[str] = []
    for file in sorted(RESOURCES.joinpath("fonts/inter").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        found += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(found))


def colour_frame(app: QApplication, name: str) -> None:
    """Give the empty frame its colours: those of the theme `name`, else of the system as its own palette shows it.

    Only the first paint needs this; `apply` follows. Asking `styleHints` instead would take a tenth of the start.
    """
    is_dark = app.palette().window().color().lightness() < 128
    app.setPalette(Theme(name if name in NAMES else "dark" if is_dark else "light").palette)


def apply(app: QApplication, theme: Theme) -> None:
    """Make a theme the program's: palette, font and style sheet; what is painted repaints itself."""
    global _current
    register_fonts()
    _current = theme
    app.setPalette(theme.palette)
    app.setFont(theme.font("body"))
    app.setStyleSheet(theme.style_sheet())


def system_name(app: QApplication) -> str:
    """Return the theme the system asks for."""
    from PySide6.QtCore import Qt  # a hundred enumerations, which the first paint can do without

    return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def restyle(widget: QWidget, **properties: object) -> None:
    """Give a widget properties that the style sheet asks for; the sheet looks again where one of them is another now."""
    from PySide6.QtCore import Qt  # as above

    changed = {name: value for name, value in properties.items() if widget.property(name) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if not changed or not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # as it was, or yet to be looked at for the first time
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
