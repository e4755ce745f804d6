"""The sections of the settings, in the order they are listed, and how each is made on its first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import marked as marked
from ui.page import Frame
from ui.settings.section import Section

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section is: its key, its word, its module and class. The demo practice has only those with `in_demo`."""

    key: str
    word: str
    module: str
    section: str
    in_demo: bool = True

    def make(self, desk: Desk, frame: Frame, parent: QWidget) -> Section:
        """Make the section; its module is imported now and not before."""
        made = getattr(import_module(self.module), self.section)(desk, frame, parent)
        if not isinstance(made, Section):
            raise TypeError(self.section)
        return made


ALL_SECTIONS: tuple[Place, ...] = (
    Place("opening", marked("Opening the practice"), "ui.settings.opening_section", "OpeningSection", in_demo=False),
    Place("locking", marked("Locking"), "ui.settings.locking_section", "LockingSection"),
    Place("letterhead", marked("Letterhead"), "ui.settings.letterhead_section", "LetterheadSection"),
    Place("notes", marked("Notes"), "ui.settings.notes_section", "NotesSection"),
    Place("protocols", marked("Protocols"), "ui.settings.protocols_section", "ProtocolsSection"),
    Place("measures", marked("Measures"), "ui.settings.measures_section", "MeasuresSection"),
    Place("keyboard", marked("Keyboard"), "ui.settings.keyboard_section", "KeyboardSection"),
    Place("private", marked("Private notes"), "ui.settings.private_section", "PrivateSection"),
    Place("writing", marked("Writing"), "ui.settings.writing_section", "WritingSection"),
    Place("safety", marked("Safety plan"), "ui.settings.safety_section", "SafetyPlanSection"),
    Place("backups", marked("Backups"), "ui.settings.backups_section", "BackupsSection", in_demo=False),
    Place("checks", marked("Checks"), "ui.settings.checks_section", "ChecksSection"),
    Place("audit", marked("Audit trail"), "ui.audit.section", "AuditSection"),
)
