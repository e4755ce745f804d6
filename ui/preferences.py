"""How this computer shows the program: theme, text size, privacy, the window's place. Nothing about any practice."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from ui.theme import LARGEST_SCALE, NAMES, SMALLEST_SCALE

SYSTEM = "system"
WIDEST = 4000


@dataclass(slots=True)
class Preferences:
    """`theme` is "system" or a theme's name, `scale` 0.8–2.0, `geometry` Qt's own in hexadecimal.

    `has_numbers` puts a number beside a ring's word, `hides_last_time` keeps the margin of a note folded,
    `has_whole_measure` turns a measure to the client with all its questions on one page. `circle_columns` are
    the columns chosen for the table of people, as `ui.circle.table_columns` calls them; none for the usual ones. `widths` are
    those of columns and panels, in pixels at 100 % text, by the objectName of what holds them. `keys` are those that were
    changed, by the name of their command. `chart_axis` is what the charts of measures are laid out by, "sessions" or "dates".
    `sheets` are paper and type a kind of document was last made with. `printer` is the one last printed on, with how:
    "name", "colour", "duplex".
    """

    theme: str = SYSTEM
    scale: float = 1.0
    has_initials: bool = False
    has_less_motion: bool = False
    has_numbers: bool = False
    hides_last_time: bool = False
    has_whole_measure: bool = False
    geometry: str = ""
    chart_axis: str = "sessions"
    widths: dict[str, list[int]] = field(default_factory=dict)
    circle_columns: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    printer: dict[str, str] = field(default_factory=dict)


def _is_sound(name: str, value: Any) -> bool:
    """Whether a kept value may be used."""
    if name == "theme":
        return value in (SYSTEM, *NAMES)
    if name == "scale":
        return isinstance(value, int | float) and SMALLEST_SCALE <= value <= LARGEST_SCALE
    if name == "widths":
        return isinstance(value, dict) and all(_are_widths(each) for each in value.values())
    if name in ("keys", "printer"):
        return isinstance(value, dict) and all(isinstance(each, str) and each for each in value.values())
    if name == "sheets":
        return isinstance(value, dict) and all(_is_sheet(each) for each in value.values())
    if name == "circle_columns":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str if name in ("geometry", "chart_axis") else bool)


def _are_widths(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, int) and 0 < each <= WIDEST for each in value)


def _is_sheet(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)


def preferences_file() -> Path:
    """Return where they are kept."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)) / "window.json"


def load_preferences() -> Preferences:
    """Return what was kept; what is missing or broken falls back to its default."""
    try:
        kept = json.loads(preferences_file().read_text(encoding="utf-8"))
        known = {each.name: kept[each.name] for each in fields(Preferences) if each.name in kept}
    except (OSError, ValueError, TypeError):
        return Preferences()
    return Preferences(**{name: value for name, value in known.items() if _is_sound(name, value)})


def save_preferences(preferences: Preferences) -> None:
    """Keep them; where this computer won't, the next start has the defaults and nothing else is lost."""
    path = preferences_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(preferences), indent=2), encoding="utf-8")
    except OSError:
        return
