"""The file of the client chosen: who they are, how to reach them, why they came, their courses, and what was given out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.course_list import CourseList
from ui.clients.disclosure_list import DisclosureList
from ui.clients.file_field import CONTACT, DETAILS, REFERRAL
from ui.clients.file_section import FileSection
from ui.clients.illness_section import IllnessSection
from ui.clients.safety_section import SafetySection
from ui.clients.side_panel import WIDEST
from ui.clients.words import full_day
from ui.widgets.buttons import link
from ui.widgets.card import hairline
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.save_state import SaveState

READ_DETAILS = ("initials", "reference", "status")  # name, pronouns, birth and since stand in the heading


class ClientFile(QScrollArea):
    """`kept` carries (fields changed, visit); every other signal is a wish. It changes nothing itself."""

    kept = Signal(object, int)
    archive_asked = Signal()
    bring_back_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "client_file", _("Client file"))
        self.setProperty("role", "paper")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = QWidget(self)
        self._sheet.setObjectName("client_file_sheet")
        self._sheet.setProperty("role", "paper")
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(20, 14, 16, 20)
        self._column.setSpacing(10)
        self._build_head()
        self.courses = CourseList(self._sheet)
        self.sections = {
            "details": FileSection("details", _("Details"), DETAILS, self._sheet, read=READ_DETAILS),
            "contact": FileSection("contact", _("Contact"), CONTACT, self._sheet),
            "referral": FileSection("referral", _("Referral and problem"), REFERRAL, self._sheet),
        }
        self.safety = SafetySection(self._sheet)
        self.illness = IllnessSection(self._sheet)
        for part in (self.safety, self.courses, self.illness, *self.sections.values()):
            self._column.addWidget(part)
            self._column.addWidget(hairline(self._sheet))
        for section in self.sections.values():
            section.kept.connect(self.kept)
        self.disclosures = DisclosureList(self._sheet)
        self._column.addWidget(self.disclosures)
        self._column.addWidget(hairline(self._sheet))
        self._build_foot()
        self._column.addStretch(1)
        self.setWidget(self._sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._grow()

    def _build_head(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = label("", self._sheet, kind="heading", name="file_heading", wraps=True)
        self._about = label("", self._sheet, kind="label", tone="text_soft", name="file_about", wraps=True)
        words.addWidget(self.name)
        words.addWidget(self._about)
        self._column.addLayout(words)
        self._archived = QWidget(self._sheet)
        row = QHBoxLayout(self._archived)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("This file is archived"), self._archived, kind="strong", tone="caution", name="file_archived"))
        row.addStretch(1)
        back = link(_("Bring back"), self._archived, name="bring_back_client", icon="archive-restore")
        back.clicked.connect(self.bring_back_asked)
        row.addWidget(back)
        self._column.addWidget(self._archived)

    def _build_foot(self) -> None:
        foot = QHBoxLayout()
        self.save_state = SaveState(self._sheet, name="file_save_state")
        self._archive = link(_("Archive client"), self._sheet, name="archive_client", icon="archive")
        self._archive.clicked.connect(self.archive_asked)
        foot.addWidget(self.save_state)
        foot.addStretch(1)
        foot.addWidget(self._archive)
        self._column.addLayout(foot)

    def _grow(self) -> None:
        self._sheet.setMaximumWidth(theme.current().px(WIDEST))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_sheet"):
            self._grow()

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(
        self,
        client: Client,
        name: str,
        courses: Sequence[Course],
        protocols: Mapping[str, Protocol],
        course_id: str | None,
    ) -> None:
        """Show a client under the name to be shown; `protocols` by course id."""
        self.name.setText(name)
        born = _("born {day}").format(day=full_day(client.born_on)) if client.born_on else ""
        since = _("since {day}").format(day=full_day(client.since))
        self._about.setText(" · ".join(part for part in (client.pronouns, born, since) if part))
        self._archived.setVisible(client.is_archived)
        self._archive.setVisible(not client.is_archived)
        for section in self.sections.values():
            section.show_client(client)
        self.courses.show_courses(courses, protocols, course_id)

    def show_save_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        """Say what became of what was typed."""
        self.save_state.show_state(state, at, detail)

    def to_top(self) -> None:
        """Show the file from its beginning."""
        self.verticalScrollBar().setValue(0)

    def keep(self) -> None:
        """Tell what is typed and not told yet."""
        for section in self.sections.values():
            section.keep()

    def is_kept(self) -> bool:
        """Keep what is typed; False where the store refused some of it. A date that is none holds nothing up."""
        self.keep()
        return not any(section.is_waiting for section in self.sections.values())

    def forget(self) -> None:
        """Let go of every word."""
        self.name.setText("")
        self._about.setText("")
        for section in self.sections.values():
            section.forget()
        self.courses.forget()
        self.disclosures.forget()
        self.safety.forget()
        self.illness.forget()
        self.save_state.show_state("clean")
