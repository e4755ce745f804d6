"""What the therapy is and what to expect, as a page for the client to take home: calm type, plain words, nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.form import Purpose, form_hash
from ipt_desktop.domain.form_blocks import OnPaper, form_sections
from ipt_desktop.domain.prefill import with_prefilled
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.prefills import prefills
from ipt_desktop.services.report_kind import About, ReportKind, Whom
from ipt_desktop.services.report_page import clients_page

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form
    from ipt_desktop.domain.report import Report

KIND = "explanation"


def _paper(about: About) -> tuple[Form, Document]:
    """Return the paper of this course and the form it answers; a fresh one where nothing was written."""
    found = about.desk.documents.of_course(about.course_id, Purpose.EXPLANATION)
    if found:
        return about.desk.documents.form_of(found[0]), found[0]
    form = about.desk.documents.form_for(Purpose.EXPLANATION)
    return form, Document(client_id=about.client_id, form=form_hash(form), purpose=str(Purpose.EXPLANATION))


def _assemble(about: About) -> Report:
    file = read_about(about)
    form, document = _paper(about)
    answers = with_prefilled(document.answers, prefills(about.desk, file.course, form))
    therapist = file.practice.therapist or file.practice.name
    subtitle = _("For {client}, from {therapist}").format(client=file.client.name, therapist=therapist)
    sections = form_sections(form, answers, OnPaper())
    return clients_page(file, KIND, _(form.title), subtitle, sections, is_large_print=False)


EXPLANATION = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("what this therapy is"),
    assemble=_assemble,
    holds=(marked("what IPT is, how long it takes and how it goes"), marked("the words written for this client")),
    leaves_out=(marked("diagnosis"), marked("scores"), marked("what was talked about")),
)
