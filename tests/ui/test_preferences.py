"""What this computer keeps of how the program looks; a broken value falls back, the others stay."""

import json
from typing import Any

import pytest

from ui.preferences import Preferences, load_preferences, preferences_file, save_preferences


def test_what_is_kept_is_found_again():
    kept = Preferences(theme="dark", scale=1.5, has_initials=True, geometry="00ff", widths={"client_table": [190, 120]})
    save_preferences(kept)
    assert load_preferences() == kept


@pytest.mark.parametrize("broken", [None, [], {"client_table": 3}, {"client_table": ["wide"]}, {"client_table": [0]}])
def test_broken_widths_fall_back(broken: Any):
    path = preferences_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"theme": "dark", "widths": broken}), encoding="utf-8")
    assert load_preferences() == Preferences(theme="dark")
