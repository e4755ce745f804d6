"""The chapter that explains IPT: a page for the client, in the words it came with until others are written for this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.text import _
from ui.phases.document_chapter import DocumentChapter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ipt_desktop.services.desk import Desk
    from ui.page import Frame


class ExplanationChapter(DocumentChapter):
    """What this therapy is and what to expect."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.EXPLANATION, title=_("Explaining IPT"), report="explanation")
