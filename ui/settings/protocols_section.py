"""Settings: the protocols a course can begin with, and the way to one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.course import planned_words
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.text import _
from ipt_desktop.services.own_protocols import copy_to_edit
from ui.page import Frame
from ui.settings.own_files import OwnFilesSection, Said

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class ProtocolsSection(OwnFilesSection):
    """What there is, what is wrong with the therapist's own, and a copy of any to be changed."""

    kind, singular = "protocols", "protocol"

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "What a course of treatment begins with: phases, tasks, problem areas, words, suggestions. Yours are files that "
            "any text editor opens. A course that has begun goes on with the protocol as it was then."
        )
        unread = _("A protocol of yours could not be read")
        super().__init__(desk, frame, parent, title=_("Protocols"), words=words, unread=unread)

    def entries(self) -> Sequence[tuple[str, str, Said]]:
        """Return the protocols there are."""
        return [(each.key, _(each.name), self._said(each)) for each in self.desk.resources.protocols]

    def _said(self, protocol: Protocol) -> Said:
        own = self.own_words(self.desk.resources.protocol_file(protocol.key))
        terms = " · ".join(each for each in (planned_words(protocol.planned_sessions), _(protocol.frequency), own) if each)
        is_replacing = protocol.key in self.desk.resources.replacing_protocols
        return (
            (terms, "terms", "label", "text"),
            (_("Replaces the one that came with the program.") if is_replacing else "", "replaces", "label", "text"),
            (_(protocol.about) if protocol.about else "", "about", "label", "text"),
            (_(protocol.source) if protocol.source else "", "source", "caption", "text_soft"),
        )

    def write_copy(self, key: str) -> Path:
        """Write a copy of a protocol."""
        return copy_to_edit(self.desk.resources, self.desk.folder, key)
