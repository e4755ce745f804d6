"""Reading a rescue copy back: told what it is, put beside its page as a version, and shown there; nothing is overwritten."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui.strip_facts import initials_of

if TYPE_CHECKING:
    from ipt_desktop.services.rescue_copy import RescueCopy
    from ui.sessions.page import SessionsPage
    from ui.workspace import Workspace


def ask_for_rescue_copy(workspace: Workspace) -> None:
    """Ask which file."""
    from ipt_desktop.services.rescue_copy import SUFFIX

    words = _("Rescue copy (*{suffix})").format(suffix=SUFFIX)
    dialog = QFileDialog(workspace.window(), _("Read a rescue copy"), str(Path.home()), words)
    dialog.setObjectName("read_rescue_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(partial(show_rescue_copy, workspace))
    dialog.open()


def show_rescue_copy(workspace: Workspace, path: str) -> None:
    """Say what is in a file, with the offer to put it beside its page."""
    try:
        copy = workspace.desk.rescue_copies.read(Path(path))
        client = workspace.desk.clients.client(copy.document.client_id)
    except PracticeError as error:
        workspace.say(_("This rescue copy was not read"), str(error), tone="caution")
        return
    at = copy.written_at.astimezone()
    when = f"{day_words(at.date(), has_year=True)}, {at:%H:%M}"
    words = _(
        "“{form}” about {client}, as it stood on screen then. It is put beside the page as an earlier version, to be read, "
        "compared and restored; nothing is overwritten."
    )
    put = ("rescue_put", _("Put it beside the page"), partial(_put, workspace, copy))
    leave = ("rescue_leave", _("Not now"), workspace.bar.clear)
    title = _("Rescue copy of {when}").format(when=when)
    about = words.format(form=_(copy.form.title), client=initials_of(client))
    workspace.say(title, about, actions=(put, leave), can_close=False)


def _put(workspace: Workspace, copy: RescueCopy) -> None:
    if not workspace.flush():
        return
    workspace.bar.clear()
    try:
        taken = workspace.desk.rescue_copies.take_in(copy)
    except PracticeError as error:
        workspace.say(_("This rescue copy was not read"), str(error), tone="caution")
        return
    document = taken.document
    _go_to(workspace, document.client_id, document.course_id, document.session_id, "" if taken.is_known else taken.version_id)
    if taken.is_known:
        workspace.say(_("Nothing was missing"), _("The page holds these very words already."))
    else:
        workspace.say(_("The rescue copy is among the versions of its page"), _("Nothing was overwritten."))


def _go_to(workspace: Workspace, client_id: str, course_id: str | None, session_id: str | None, version_id: str) -> None:
    """Go to the note it belongs to, and to its history with that version chosen; to the client where it is no note."""
    if not workspace.choose_client(client_id, course_id) or session_id is None or not workspace.show_tab("sessions"):
        return
    page = cast("SessionsPage", workspace.page("sessions"))
    page.refresh()
    if page.choose_session(session_id) and version_id:
        page.columns.history.open(version_id)
