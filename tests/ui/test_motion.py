"""How long things move: as the tokens say, or not at all where less motion is asked for."""

import pytest
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.motion import glide_ms
from ui.preferences import Preferences, load_preferences, save_preferences


class StillStyle(QProxyStyle):
    """A system that asks for less motion."""

    def styleHint(  # noqa: N802 - Qt's name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)


def test_people_glide_as_long_as_the_tokens_say(qapp: QApplication) -> None:
    assert glide_ms(Preferences()) == theme.tokens()["motion"]["glide_ms"] > 0


def test_less_motion_is_kept_and_means_none(qtbot: QtBot) -> None:
    save_preferences(Preferences(has_less_motion=True))
    assert load_preferences().has_less_motion
    assert glide_ms(load_preferences()) == 0


def test_a_system_that_asks_for_less_motion_is_heard(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    style = StillStyle("Fusion")
    monkeypatch.setattr(QApplication, "style", lambda: style)
    assert glide_ms(Preferences()) == 0
