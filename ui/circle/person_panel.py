"""What is known of the person chosen: who they are, how close now and wanted, and the client's own words."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ipt_desktop.domain.closeness import OUTSIDE, Ring, RingWords, middle_of, ring_of
from ipt_desktop.domain.records import Person, Sector
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.standing import Standing, relation_text, token_initials
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.closeness_slider import ClosenessSlider
from ui.circle.person_goal import PersonGoal
from ui.circle.support_fold import SupportFold
from ui.circle.ties_fold import TiesFold
from ui.circle.token_pixmap import token_pixmap
from ui.widgets.buttons import icon_button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.naming import named

SAVE_WORDS_AFTER_MS = 1000


class _OwnWords(QPlainTextEdit):
    """The client's own words; `left` tells that typing is over."""

    left = Signal()

    def focusOutEvent(self, event: object) -> None:
        """Tell that the words were left."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.left.emit()


class PersonPanel(QScrollArea):
    """The person chosen. It says what was changed (`person_edited`, `placement_edited`) and changes nothing itself."""

    person_edited = Signal(object)
    placement_edited = Signal(object)
    sector_chosen = Signal(str, object)  # or None for none
    place_chosen = Signal(str, float)  # for someone who waited for one

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "person_panel", _("Person"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._standing: Standing | None = None
        self._words = RingWords()
        self.sectors: Sequence[Sector] = ()
        self._body = QWidget(self)
        self._body.setObjectName("person_panel_body")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(16, 12, 10, 12)
        column.setSpacing(10)
        self._add_head(column)
        self._add_fields(column)
        self._add_closeness(column)
        self._add_folds(column)
        self._add_words(column)
        self.inventory_slot = QVBoxLayout()
        column.addLayout(self.inventory_slot)
        column.addStretch(1)
        self.setWidget(self._body)
        self.show_person(None, "", RingWords(), is_read_only=False)

    # -- what it is made of ----------------------------------------------------------------------------------------

    def _add_head(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self._token = QLabel(self._body)
        self._token.setObjectName("person_token")
        row.addWidget(self._token)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = label("", self._body, kind="title", name="person_title", wraps=True)
        self._under = label("", self._body, kind="label", tone="text_soft", name="person_relation_text", wraps=True)
        for line in (self._title, self._under):  # a name without a space breaks nowhere, and must not widen the panel
            line.setMinimumWidth(1)
        words.addWidget(self._title)
        words.addWidget(self._under)
        row.addLayout(words, 1)
        self._more = icon_button("ellipsis", self._body, name="person_details_shown", spoken=_("Name, relation and more"))
        self._more.setCheckable(True)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)

    def _add_fields(self, column: QVBoxLayout) -> None:
        """Add whether the work is about them, and folded, since it is asked once: name, relation, sector, group, death."""
        self._is_in_focus = self._box(column, "person_focus", _("Focus of the work"))
        self._details = QWidget(self._body)
        self._details.setObjectName("person_details")
        self._details.hide()
        self._more.toggled.connect(self._details.setVisible)
        column.addWidget(self._details)
        inside = QVBoxLayout(self._details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        self._add_details(inside)

    def _add_details(self, column: QVBoxLayout) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._name = named(QLineEdit(self._body), "person_name", _("Name"))
        self._name.editingFinished.connect(self._on_person_edited)
        self._relation = ChoiceField(self._body, name="person_relation", spoken=_("Relation"))
        for each in RELATIONS:
            self._relation.addItem(_(each.word), each.key)
        self._relation.activated.connect(self._on_person_edited)
        self._relation_words = named(QLineEdit(self._body), "person_relation_words", _("Words under the name"))
        self._relation_words.editingFinished.connect(self._on_person_edited)
        form.addRow(label(_("Name"), self._body, kind="label", tone="text_soft"), self._name)
        form.addRow(label(_("Relation"), self._body, kind="label", tone="text_soft"), self._relation)
        form.addRow(label(_("In words"), self._body, kind="label", tone="text_soft"), self._relation_words)
        self._sector = ChoiceField(self._body, name="person_sector", spoken=_("Sector"))
        self._sector.activated.connect(self._on_sector_chosen)
        self._sector_words = label(_("Sector"), self._body, kind="label", tone="text_soft")
        form.addRow(self._sector_words, self._sector)
        column.addLayout(form)
        self._is_group = self._box(column, "person_group", _("A group"))
        row = QHBoxLayout()
        self._has_died = self._box(row, "person_died", _("Has died"))
        self._died = named(QLineEdit(self._body), "person_died_when", _("When they died"))
        self._died.setPlaceholderText(_("year or date"))
        self._died.editingFinished.connect(self._on_person_edited)
        row.addWidget(self._died, 1)
        column.addLayout(row)

    def _box(self, row: QVBoxLayout | QHBoxLayout, name: str, words: str) -> QCheckBox:
        box = named(QCheckBox(words, self._body), name, words)
        box.clicked.connect(self._on_person_edited)
        row.addWidget(box)
        return box

    def _add_closeness(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.addWidget(label(_("Closeness now"), self._body, kind="label", tone="text_soft"))
        head.addStretch(1)
        self._before = label("", self._body, kind="caption", tone="text_soft", name="person_before")
        self._now = label("", self._body, kind="strong", name="person_now")
        head.addWidget(self._before)
        head.addWidget(self._now)
        column.addLayout(head)
        self.slider = ClosenessSlider(self._body, name="person_closeness", spoken=_("Closeness now"))
        self.slider.chosen.connect(self._on_closeness_chosen)
        column.addWidget(self.slider)
        row = QHBoxLayout()
        self._wanted_words = label(_("Closeness wanted"), self._body, kind="label", tone="text_soft")
        row.addWidget(self._wanted_words)
        self._wanted = ChoiceField(self._body, name="person_wanted", spoken=_("Closeness wanted"))
        self._wanted.activated.connect(self._on_wanted_chosen)
        row.addWidget(self._wanted, 1)
        column.addLayout(row)
        self.goal = PersonGoal(self._body)
        column.addWidget(self.goal)

    def _add_folds(self, column: QVBoxLayout) -> None:
        self.support = SupportFold(self._body)
        self.support.placement_edited.connect(self.placement_edited)
        self.ties = TiesFold(self._body)
        for fold in (self.support, self.ties):
            column.addWidget(fold)
        self._sheets_slot = QVBoxLayout()
        column.addLayout(self._sheets_slot)

    def put_sheets(self, sheets: QWidget) -> None:
        """Take the worksheets about the person, below their ties."""
        self._sheets_slot.addWidget(sheets)

    def _add_words(self, column: QVBoxLayout) -> None:
        column.addWidget(label(_("In the client’s own words"), self._body, kind="label", tone="text_soft"))
        self._own_words = named(_OwnWords(self._body), "person_own_words", _("In the client’s own words"))
        self._own_words.setTabChangesFocus(True)
        self._take_sizes()
        self._own_words.left.connect(self._on_words_left)
        self._own_words.textChanged.connect(self._on_words_typed)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(SAVE_WORDS_AFTER_MS)
        self._typing.timeout.connect(self._on_words_left)
        column.addWidget(self._own_words)

    def _take_sizes(self) -> None:
        self._own_words.setFixedHeight(theme.current().px(76))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_own_words"):
            self._take_sizes()

    def bring_into_sight(self, field: QWidget) -> None:
        """Scroll to a field in here, with what stands above it."""
        self.ensureWidgetVisible(field, 0, theme.current().px(56))

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def person_id(self) -> str:
        """The person shown, or ""."""
        return self._standing.person.id if self._standing else ""

    def show_person(self, standing: Standing | None, before_label: str, words: RingWords, *, is_read_only: bool) -> None:
        """Show a person, or nobody. What is being typed into is left alone while it is the same person."""
        is_same = standing is not None and self.person_id == standing.person.id
        self._standing, self._words = standing, words
        self._body.setVisible(standing is not None)
        self._body.setEnabled(not is_read_only)
        self.support.show_standing(standing)
        if standing is None:
            self._clear()
            return
        person = standing.person
        self.setAccessibleDescription(standing.name)
        self._token.setPixmap(token_pixmap(person, 32.0, self.devicePixelRatioF(), token_initials(person)))
        self._title.setText(standing.name_beside_relation)
        self._under.setText(relation_text(person))
        for field, text in (
            (self._name, person.name),
            (self._relation_words, person.relation_words),
            (self._died, person.died),
        ):
            if not (is_same and field.hasFocus()):
                field.setText(text)
        self._relation.setCurrentIndex(max(0, self._relation.findData(person.relation)))
        self._show_sector(person)
        self._is_in_focus.setChecked(person.is_in_focus)
        self._is_group.setChecked(person.is_group)
        self._has_died.setChecked(person.has_died)
        self._died.setVisible(person.has_died)
        self._show_closeness(standing, before_label)
        if not (is_same and self._own_words.hasFocus()):
            self._own_words.setPlainText(standing.now.words if standing.now else "")
        self._own_words.setEnabled(standing.now is not None)

    def _clear(self) -> None:
        """Keep no word of anyone on screen or behind it."""
        self.setAccessibleDescription("")
        for words in (self._title, self._under, self._before, self._now, self._token):
            words.clear()
        for field in (self._name, self._relation_words, self._died, self._sector):
            field.clear()
        self._own_words.clear()
        self.slider.show_closeness(None, self._words)

    def _show_sector(self, person: Person) -> None:
        self._sector.clear()
        self._sector.addItem(_("none"), None)
        for each in self.sectors:
            self._sector.addItem(each.name, each.id)
        self._sector.setCurrentIndex(max(0, self._sector.findData(person.sector_id)) if person.sector_id else 0)
        for widget in (self._sector, self._sector_words):
            widget.setVisible(bool(self.sectors))

    def _show_closeness(self, standing: Standing, before_label: str) -> None:
        before = self._words.shown(standing.felt_before)
        self._before.setText(_("{when}: {ring}").format(when=before_label, ring=before) if before and before_label else "")
        self._now.setText(self._words.shown(standing.felt))
        self.slider.show_closeness(standing.felt, self._words)
        self._wanted.clear()
        self._wanted.addItem(_("not asked"), -1)
        for ring in Ring:
            self._wanted.addItem(self._words.word(ring), int(ring))
        self._wanted.setCurrentIndex(0 if standing.wanted is None else 1 + int(ring_of(standing.wanted)))
        for widget in (self._wanted, self._wanted_words):
            widget.setVisible(not standing.person.has_died and standing.now is not None)

    # -- what was changed ------------------------------------------------------------------------------------------

    def _edited_person(self, person: Person) -> Person:
        return replace(
            person,
            name=self._name.text().strip() or person.name,
            relation=str(self._relation.currentData()),
            relation_words=self._relation_words.text().strip(),
            is_in_focus=self._is_in_focus.isChecked(),
            is_group=self._is_group.isChecked(),
            has_died=self._has_died.isChecked(),
            died=self._died.text().strip() if self._has_died.isChecked() else "",
        )

    def _on_person_edited(self) -> None:
        if self._standing is not None and (edited := self._edited_person(self._standing.person)) != self._standing.person:
            self.person_edited.emit(edited)

    def _tell_placement(self, **changed: object) -> None:
        if self._standing is None or self._standing.now is None:
            return
        edited = replace(self._standing.now, **changed)  # type: ignore[arg-type]
        if edited != self._standing.now:
            self.placement_edited.emit(edited)

    def _on_closeness_chosen(self, felt: float) -> None:
        if self._standing is not None and self._standing.now is None:
            self.place_chosen.emit(self.person_id, felt)
        else:
            self._tell_placement(felt=felt)

    def _on_wanted_chosen(self) -> None:
        ring = self._wanted.currentData()
        desired = None if ring == -1 else OUTSIDE if ring == Ring.OUTSIDE else middle_of(Ring(ring))
        self._tell_placement(desired=desired)

    def _on_sector_chosen(self) -> None:
        self.sector_chosen.emit(self.person_id, self._sector.currentData())

    @property
    def is_typing(self) -> bool:
        """Whether the client's own words are being typed: what is told then belongs to one step that can be undone."""
        return self._own_words.hasFocus()

    def _on_words_typed(self) -> None:
        """Tell the words a second after they began to change: they are kept while typing goes on."""
        if self._own_words.hasFocus() and not self._typing.isActive():
            self._typing.start()

    def _on_words_left(self) -> None:
        self._typing.stop()
        self._tell_placement(words=self._own_words.toPlainText().strip())

    def flush(self) -> None:
        """Tell what is typed and not yet left."""
        self._on_person_edited()
        self._on_words_left()
