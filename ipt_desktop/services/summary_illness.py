"""What a summary of treatment says of the illness: diagnoses at the start and at the end with their codes, medication.

Stated as it was kept, never concluded. The words the client was given stand with the facts about the course.
"""

from collections.abc import Iterator

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.illness_words import medication_words, prescribed_on_paper, system_words, was_taken
from ipt_desktop.domain.report import Block, Column, Prose, Table
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import BlockKind, Run
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.treatment_records import DiagnosisAt
from ipt_desktop.services.course_file import CourseFile


def diagnosis_blocks(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield the diagnoses, the main one of each end first; below them which systems the codes are of."""
    if not file.diagnoses:
        return
    heads = {DiagnosisAt.START: _("At the start"), DiagnosisAt.END: _("At the end")}
    rows = tuple(
        (f"{heads[each.at]}\n{long_date(each.made_on)}", others.hide(each.words), each.code) for each in file.diagnoses
    )
    systems = list(dict.fromkeys(system_words(each.system) for each in file.diagnoses if each.system))
    note = _("Codes: {systems}.").format(systems="; ".join(systems)) if systems else ""
    yield Table((Column(_("Made"), 96), Column(_("Diagnosis"), 278), Column(_("Code"), 70)), rows, note=note)


def medication_blocks(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield what was taken while the course ran, each as it is known."""
    first, last = file.course.started_on, file.course.ended_on or file.today
    taken = (prescribed_on_paper(each, others) for each in file.medications if was_taken(each, first, last))
    told = [medication_words(each) for each in taken]
    if told:
        yield Prose(others.hide_in(tuple(Paragraph((Run(f"{words}."),), BlockKind.BULLET) for words in told)))
