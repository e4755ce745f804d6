"""The ending of a course, page by page, in any order: one document, beside each page what the records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ipt_desktop.domain.audit_words import report_words
from ipt_desktop.domain.ending_pages import EndingPages, ending_pages
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Form, Means, Purpose
from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.document_chapter import DocumentChapter
from ui.phases.fact_panel import FactPanel
from ui.phases.page_rail import PageRail
from ui.risk.opening import open_plan, open_risk
from ui.widgets.buttons import Button, link, outlined
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.ending_facts import FactGroup
    from ui.page import Frame
    from ui.phases.reading import CourseReading

FACTS, GAP = 264, 24
NARROW, NARROWEST = 860, 740
"""Below the first width, in pixels at 100 % text, facts stand below the fields; below the second the pages are in a list."""


class EndingChapter(DocumentChapter):
    """A section of the form is a page. Nothing is asked in order, and nothing has to be written."""

    label_column = 0

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.ENDING, title=_("Ending"))
        self._page_key = ""
        self._pages = EndingPages(())
        self.rail = PageRail(self)
        self.rail.chosen.connect(self.show_page)
        self.beside.insertWidget(0, self.rail)
        self._build_page()
        self.facts.asked.connect(self._on_fact_asked)
        self.view.edited.connect(self._show_pages)
        reports = (("client-copy", _("Client’s copy"), "printer"), ("termination-summary", _("Summary"), "file-text"))
        for kind, words, icon in reports:
            way = link(words, self, name=f"ending_{kind}", icon=icon, spoken=report_words(kind))
            way.setProperty("report", kind)
            way.setToolTip(report_words(kind))
            way.clicked.connect(self._on_report)
            self.verbs.addWidget(way)

    def _build_page(self) -> None:
        self._choice = ChoiceField(self._body, name="ending_page_choice", spoken=_("Page"))
        self._choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self._choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._choice.activated.connect(self._on_chosen)
        self._page_title = label("", self._body, kind="heading", name="ending_page_title", wraps=True)
        self._page_hint = HintLabel("", self._body, name="ending_page_hint")
        self.facts = FactPanel(self._body)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(16)
        self._grid.setColumnStretch(0, 1)
        self.above.removeWidget(self.view)
        self.above.setSpacing(4)
        for part in (self._choice, self._page_title, self._page_hint):
            self.above.addWidget(part)
        self.above.addSpacing(10)
        self.above.addLayout(self._grid)
        self.above.addSpacing(12)
        self.above.addLayout(self._make_foot())
        self.above.addStretch(1)
        self._arrange()

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 16)
        self._back = link("", self._body, name="ending_back", icon="arrow-left", is_flush=True)
        self._next = outlined("", self._body, name="ending_next")
        turns = ((self._back, self._on_back, "Ctrl+PgUp"), (self._next, self._on_next, "Ctrl+PgDown"))
        for button, turn, keys in turns:
            button.clicked.connect(turn)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(turn)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._next)
        return foot

    # -- which page ------------------------------------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Go to a page, with the keyboard in its first field; what was typed on the one before is kept."""
        self.writer.save_now()
        self._page_key = key
        self._show_pages()
        self._show_facts()
        self.scroller.verticalScrollBar().setValue(0)
        self.view.focus_first()

    @property
    def page(self) -> str:
        """The key of the page that is shown."""
        return self._page_key

    def _show(self, document: Document) -> bool:
        if not super()._show(document):
            return False
        self._show_pages()
        self._show_facts()
        widest = self.view.maximumWidth() + theme.current().px(FACTS) + GAP
        for part in (self._head, self._body):
            part.setMaximumWidth(widest)
        return True

    def _form(self) -> Form | None:
        document = self.writer.document
        return self.desk.documents.form_of(document) if document is not None else None

    def _show_pages(self) -> None:
        """Show which pages there are, which are written, and the one that is open."""
        form, reading = self._form(), self.reading
        if form is None or reading is None:
            return
        self._pages = pages = ending_pages(form, self.writer.answers(), reading.course.ending)
        if pages.page(self._page_key) is None:
            self._page_key = pages.to_begin_with
        self.rail.show_pages(pages, self._page_key)
        self._fill_choice(pages)
        section = next(each for each in form.sections if each.key == self._page_key)
        self.view.show_page(section.key)
        page = pages.page(section.key)
        self._page_title.setText(page.title if page else "")
        self._page_hint.setText(_(section.hint) if section.hint else "")
        self._page_hint.setVisible(bool(section.hint))
        self._name_turn(self._back, pages.beside(section.key, -1), _("Back to {page}"))
        self._name_turn(self._next, pages.beside(section.key, 1), _("Next: {page}"))

    def _name_turn(self, button: Button, page: object, words: str) -> None:
        title = getattr(page, "title", "")
        button.setVisible(bool(title))
        button.setText(words.format(page=title[:1].lower() + title[1:]))
        button.setAccessibleName(button.text())

    def _fill_choice(self, pages: EndingPages) -> None:
        titles = [each.title for each in pages.every]
        if [self._choice.itemText(place) for place in range(self._choice.count())] != titles:
            self._choice.clear()
            for each in pages.every:
                self._choice.addItem(each.title, each.key)
        self._choice.setCurrentIndex(self._choice.findData(self._page_key))

    def _on_chosen(self, place: int) -> None:
        self.show_page(str(self._choice.itemData(place)))

    def _on_back(self) -> None:
        self._turn(-1)

    def _on_next(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        if (page := self._pages.beside(self._page_key, by)) is not None:
            self.show_page(page.key)

    # -- what the records say --------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show the pages of a course, and beside them what is so now."""
        if self.reading is not None and self.reading.course.id != reading.course.id:
            self._page_key = ""
        super().show_course(reading)
        if self.writer.document is not None:
            self._show_pages()
            self._show_facts()

    def _show_facts(self) -> None:
        """Show what belongs beside the page; what is not for the client's eyes stays away while they may look."""
        self.facts.show_groups([each for each in self._groups() if not (each.is_for_therapist and self.frame.is_in_room)])

    def _groups(self) -> list[FactGroup]:
        from ipt_desktop.services.ending_facts import ending_facts

        form, reading = self._form(), self.reading
        section = next((each for each in form.sections if each.key == self._page_key), None) if form else None
        if reading is None or section is None:
            return []
        try:
            told = ending_facts(self.desk, reading.course.id, reading.today, [each.means for each in section.fields])
        except RecordGone:  # taken back meanwhile, and shown no more in a moment
            return []
        return [each for groups in told.values() for each in groups]

    def _on_saved(self, document: Document) -> None:
        super()._on_saved(document)
        self._show_facts()

    def _on_fact_asked(self, place: str) -> None:
        if place == "risk":
            open_risk(self.frame)
        elif place == "safety_plan":
            open_plan(self.frame)
        elif place == "take_people":
            self._take_people()
        elif self.frame.show_tab("circle") and (page := self.frame.page("circle")) is not None:
            page.show_change()

    def _take_people(self) -> None:
        """Put whom the safety plan names on the list of those to call, after those who are there."""
        from ipt_desktop.services.ending_facts import people_of_plan

        editor = self.view.editor_that_means(Means.PEOPLE_TO_CALL)
        if editor is None or self.reading is None:
            return
        there = editor.answer()
        known = {each.get("name", "").casefold() for each in there}
        plan = people_of_plan(self.desk, self.reading.course.client_id)
        self.view.put_answer(Means.PEOPLE_TO_CALL, [*there, *(each for each in plan if each["name"].casefold() not in known)])
        self.view.focus_field(Means.PEOPLE_TO_CALL)

    def _on_report(self) -> None:
        if self.writer.flush():
            self.print_asked.emit(str(self.sender().property("report")), "")

    # -- how it stands ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, look = self.width(), theme.current()
        is_narrowest, is_narrow = width < look.px(NARROWEST), width < look.px(NARROW)
        self.rail.setVisible(not is_narrowest)
        self._choice.setVisible(is_narrowest)
        for part in (self.view, self.facts):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.view, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnMinimumWidth(1, 0 if is_narrow else look.px(FACTS))
        if is_narrow:
            self._grid.addWidget(self.facts, 1, 0)
            self.facts.setMaximumWidth(self.view.maximumWidth())
            self.facts.setMinimumWidth(0)
        else:
            self._grid.addWidget(self.facts, 0, 1, Qt.AlignmentFlag.AlignTop)
            self.facts.setFixedWidth(look.px(FACTS))

    # -- Chapter ---------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self._page_key = ""
        self.facts.forget()

    def place(self) -> object:
        """Return which page is open, by its place in the form."""
        form = self._form()
        keys = [each.key for each in form.sections] if form else []
        return keys.index(self._page_key) if self._page_key in keys else None

    def return_to(self, place: object) -> None:
        """Go back to that page; a word names the page that asks for what it means, or the page itself."""
        form = self._form()
        if form is not None and isinstance(place, int) and 0 <= place < len(form.sections):
            self.show_page(form.sections[place].key)
        elif form is not None and isinstance(place, str):
            asked = (each.key for each in form.sections if place == each.key or any(place == f.means for f in each.fields))
            if (key := next(asked, "")) and self._pages.page(key) is not None:
                self.show_page(key)
