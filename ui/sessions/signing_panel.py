"""The panel over the foot of a note that is to be signed: what is missing, what goes along, who signs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Practice
from ipt_desktop.domain.signing import licence_of
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.widgets.buttons import link, primary
from ui.widgets.chips import ChipRow
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.signing import Outlook

SIDE = 20
WIDEST_LINE, LEAST = 560, 56


class SigningPanel(QFrame):
    """`sign_asked`: *Sign and lock*; `part_asked` carries the key of a missing part to go to; `left` on Esc and *Cancel*."""

    sign_asked = Signal()
    part_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("signing_panel")
        self.setAccessibleName(_("Sign this note"))
        self.setProperty("role", "foot")
        self._practice: Practice | None = None
        self._most = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._scroller = QScrollArea(self)
        self._scroller.setObjectName("signing_scroll")
        self._scroller.setAccessibleName(_("Before signing"))
        self._scroller.setProperty("role", "paper")
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget(self._scroller)
        self._body.setProperty("role", "paper")
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(SIDE, 12, SIDE, 4)
        self._rows.setSpacing(6)
        self._build_parts()
        self._build_choices()
        self._build_signer()
        self._rows.addStretch(1)
        self._scroller.setWidget(self._body)
        column.addWidget(self._scroller)
        column.addLayout(self._make_verbs())
        self.hide()

    def _build_parts(self) -> None:
        self._rows.addWidget(label(_("Sign this note"), self, kind="title", name="signing_title"))
        self._parts = ChipRow(self, name="signing_missing", spoken=_("What is missing"))
        self._rows.addWidget(self._parts)
        self._why = label(_("Signed without it, because"), self, kind="label", tone="text_soft", name="signing_why")
        self.reason = named(QLineEdit(self), "signing_reason", _("Why it is signed without what is missing"))
        self.reason.setMaximumWidth(theme.current().px(WIDEST_LINE))
        self.reason.setMaxLength(400)
        self.reason.returnPressed.connect(self.sign_asked)
        self._brought = label("", self, kind="label", tone="caution", name="signing_brought_forward", wraps=True)
        for part in (self._why, self.reason, self._brought):
            self._rows.addWidget(part)

    def _build_choices(self) -> None:
        self.late = named(QCheckBox(_("Late entry"), self), "signing_late", _("Mark as a late entry"))
        self._late_hint = HintLabel(
            _("It was begun more than a day after its session: then it is usual to mark it."), self, name="signing_late_hint"
        )
        self.jottings = named(QCheckBox(_("Delete the jottings"), self), "signing_jottings", _("Delete the jottings"))
        self._jottings_hint = HintLabel(
            _("They are not part of the record. Deleted, they are gone from every version of this note."),
            self,
            name="signing_jottings_hint",
        )
        self._drafts = label("", self, kind="label", tone="text_soft", name="signing_drafts", wraps=True)
        for part in (self.late, self._late_hint, self.jottings, self._jottings_hint, self._drafts):
            self._rows.addWidget(part)

    def _build_signer(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._signer = label("", self, kind="strong", name="signing_signer")
        self._licence = label("", self, kind="label", tone="text_soft", name="signing_licence", wraps=True)
        self._change = link(_("Change"), self, name="signing_change_signer", spoken=_("Change name and licence"))
        self._change.clicked.connect(self._on_change_asked)
        row.addWidget(self._signer)
        row.addWidget(self._licence, 1)
        row.addWidget(self._change)
        self._rows.addLayout(row)
        self._fields = QWidget(self)
        self._fields.setObjectName("signing_fields")
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        told = {"therapist": _("Your name"), "profession": _("Profession"), "registration": _("Licence or registration")}
        self._lines: dict[str, QLineEdit] = {}
        for place, (key, words) in enumerate(told.items()):
            grid.addWidget(label(words, self, kind="caption", tone="text_soft"), 0, place)
            self._lines[key] = named(QLineEdit(self._fields), f"signing_{key}", words)
            self._lines[key].returnPressed.connect(self.sign_asked)
            grid.addWidget(self._lines[key], 1, place)
        self._rows.addWidget(self._fields)
        self.error = FieldError(self, name="signing_error")
        self._rows.addWidget(self.error)

    def _make_verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 4, SIDE, 8)
        row.setSpacing(10)
        self.sign = primary(_("Sign and lock"), self, name="signing_sign", icon="lock")
        self._cancel = link(_("Cancel"), self, name="signing_cancel")
        self.sign.clicked.connect(self.sign_asked)
        self._cancel.clicked.connect(self.left)
        promise = _("Nothing in it can be changed afterwards; what is to be added becomes an addendum.")
        row.addWidget(self.sign)
        row.addWidget(self._cancel)
        row.addWidget(label(promise, self, kind="caption", tone="text_soft", name="signing_promise", wraps=True), 1)
        return row

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_outlook(self, outlook: Outlook) -> None:
        """Show what signing would mean now; what was chosen or typed here already stays."""
        is_fresh = self.isHidden()
        self._practice = outlook.practice
        self._show_missing(outlook)
        self._late_hint.setVisible(outlook.is_late)
        for part in (self.jottings, self._jottings_hint):
            part.setVisible(outlook.has_jottings)
        self._drafts.setText(_drafts_words(outlook))
        self._drafts.setVisible(bool(outlook.drafts))
        if is_fresh:
            self.reason.clear()
            self.late.setChecked(False)
            self.jottings.setChecked(False)
            self.error.show_error("")
            self._show_signer(outlook.practice, is_edited=not outlook.practice.therapist.strip())
        self.show()
        self._fit()
        if is_fresh:
            self._focus_first()

    def _show_missing(self, outlook: Outlook) -> None:
        self._parts.clear()
        if outlook.missing:
            caption = label(_("Missing:"), self._parts, kind="strong", tone="caution", name="signing_missing_caption")
            caption.setFixedHeight(theme.current().size("control"))
            self._parts.add(caption)
        for each in outlook.missing:
            spoken = _("Go to: {part}").format(part=each.words)
            there = link(each.words, self._parts, name=f"signing_missing_{each.key}", spoken=spoken)
            there.clicked.connect(partial(self.part_asked.emit, each.key))
            self._parts.add(there)
        for part in (self._parts, self._why, self.reason):
            part.setVisible(bool(outlook.missing))
        words = _("Brought forward from the note before, and not edited: {fields}.")
        self._brought.setText(words.format(fields=" · ".join(outlook.brought_forward)))
        self._brought.setVisible(bool(outlook.brought_forward))

    def _show_signer(self, practice: Practice, *, is_edited: bool) -> None:
        self._signer.setText(practice.therapist or _("Nobody’s name is known to sign with."))
        self._licence.setText(licence_of(practice))
        for key, line in self._lines.items():
            line.setText(str(getattr(practice, key)))
        self._fields.setVisible(is_edited)
        for part in (self._signer, self._licence, self._change):
            part.setVisible(not is_edited)

    def signer(self) -> Practice | None:
        """Return the practice with name and licence as they are typed here, None where they are as they were."""
        if self._practice is None or self._fields.isHidden():
            return None
        therapist, profession, registration = (line.text().strip() for line in self._lines.values())
        typed = replace(self._practice, therapist=therapist, profession=profession, registration=registration)
        return typed if typed != self._practice else None

    def show_error(self, words: str) -> None:
        """Say why it was not signed."""
        self.error.show_error(words)
        self._fit()

    def forget(self) -> None:
        """Let go of every word and go away."""
        self.reason.clear()
        self._parts.clear()
        self._brought.setText("")
        self.error.show_error("")
        self._practice = None
        self.hide()

    def limit(self, most: int) -> None:
        """Be no higher than this, in pixels; what has no room is scrolled to."""
        self._most = most
        self._fit()

    def _fit(self) -> None:
        self._body.adjustSize()
        wanted = self._body.heightForWidth(self._scroller.width()) if self._body.hasHeightForWidth() else 0
        wanted = max(wanted, self._body.sizeHint().height())
        room = self._most - self.sign.sizeHint().height() - 16 if self._most else wanted
        self._scroller.setFixedHeight(max(min(wanted, room), theme.current().px(LEAST)))

    def _focus_first(self) -> None:
        line = self.reason if self.reason.isVisibleTo(self) else self._lines["therapist"]
        if not line.isVisibleTo(self):
            self.sign.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroller.ensureWidgetVisible(line))

    def _on_change_asked(self) -> None:
        if self._practice is not None:
            self._show_signer(self._practice, is_edited=True)
            self._fit()
            self._lines["therapist"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _drafts_words(outlook: Outlook) -> str:
    if outlook.keeps_drafts:
        words = ngettext(
            "{count} earlier draft is kept, as this practice has it.",
            "{count} earlier drafts are kept, as this practice has it.",
            outlook.drafts,
        )
    else:
        words = ngettext(
            "{count} earlier draft is discarded, as this practice has it.",
            "{count} earlier drafts are discarded, as this practice has it.",
            outlook.drafts,
        )
    return words.format(count=outlook.drafts)
