"""How long things move on screen: not at all where the system or View ▸ Less motion asks for that. The one place that knows."""

from PySide6.QtWidgets import QApplication, QStyle

from ui import theme
from ui.preferences import Preferences

_SPI_GETCLIENTAREAANIMATION = 0x1042


def glide_ms(preferences: Preferences) -> int:
    """Return how long a person glides along the time slider, in milliseconds; 0 for no motion."""
    return 0 if preferences.has_less_motion or is_system_still() else int(theme.tokens()["motion"]["glide_ms"])


def is_system_still() -> bool:
    """Whether the system asks for less motion: what Qt knows of it, and on Windows "Animation effects" off."""
    if QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return True
    return not _has_windows_animations()


def _has_windows_animations() -> bool:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return True
    answer = ctypes.c_int(1)
    is_known = windows.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(answer), 0)
    return not is_known or bool(answer.value)
