"""The settings of a practice, kept inside it."""

import json
from contextlib import suppress
from typing import Any

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.practice_settings import NAMES, PracticeSettings, is_sound, settings_from
from ipt_desktop.domain.records import AuditEntry, Setting
from ipt_desktop.domain.text import _
from ipt_desktop.services.practice import OpenPractice
from ipt_desktop.storage.store import Writing


class Settings:
    """What can be asked and changed about how the practice is kept."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def values(self) -> PracticeSettings:
        """Return the settings as they are; what was never set, or can't be read, has its default."""
        with self._practice.read() as reading:
            stored = reading.all(Setting)
        kept: dict[str, Any] = {}
        for setting in (each for each in stored if each.id in NAMES):
            with suppress(ValueError):
                kept[setting.id] = json.loads(setting.value)
        return settings_from(kept)

    def change(self, **changed: Any) -> PracticeSettings:
        """Keep these settings, each by its name in `PracticeSettings`; raises Refused for a value out of its bounds."""
        for name, value in changed.items():
            if not is_sound(name, value):
                raise Refused(reason=_("This setting cannot have that value."))

        def work(writing: Writing) -> None:
            for name, value in changed.items():
                writing.upsert(Setting(id=name, value=json.dumps(value)))

        entry = AuditEntry(operation="change_settings", kind="setting", detail={"settings": sorted(changed)})
        self._practice.carry_out(entry, work)
        return self.values()
