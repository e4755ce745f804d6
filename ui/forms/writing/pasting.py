"""What of the clipboard, or of what is dropped, a note takes: text alone, cleaned, and of a size that it can be read at."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from ipt_desktop.domain.pasted import MOST_LETTERS, clean
from ipt_desktop.domain.text import _

MOST_MARKUP = 5 * MOST_LETTERS  # HTML has this much round its letters at most


def text_of(source: QMimeData) -> tuple[str, str]:
    """Return the text to put in, and what to say of it, "" where nothing was left out."""
    if source.hasText() and (text := source.text()):
        pasted = clean(text)
    elif source.hasHtml():
        markup = source.html()
        if len(markup) > MOST_MARKUP:
            return "", _too_long(len(markup))
        pasted = clean(QTextDocumentFragment.fromHtml(markup).toPlainText())  # pictures and scripts are not read
    elif source.hasImage():
        return "", _("A picture can’t be put into a note. Nothing was changed.")
    else:
        return "", ""
    if pasted.is_too_long:
        return "", _too_long(pasted.letters)
    told = _("Hidden signs that turn the direction of writing were left out of what you pasted.") if pasted.had_turns else ""
    return pasted.text, told


def _too_long(letters: int) -> str:
    words = _("This was not pasted: it has {letters} characters, and {limit} are the most at once. Nothing was changed.")
    return words.format(letters=f"{letters:,}", limit=f"{MOST_LETTERS:,}")
