"""Translation for every layer: screens, errors, command line, reports and data files.

One gettext catalogue serves all of them. Until a catalogue is installed, the English of the source is shown.
"""

import gettext
from pathlib import Path

DOMAIN = "ipt_desktop"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def install_language(language: str, folder: Path) -> None:
    """Use the catalogue `folder/<language>/LC_MESSAGES/ipt_desktop.mo`, or English where there is none.

    `language` is a POSIX or BCP 47 tag (`de`, `de_AT`); the caller supplies the folder, since the domain reads no resources.
    """
    global _catalogue, _language
    _catalogue = gettext.translation(DOMAIN, str(folder), [language], fallback=True)
    _language = language


def language() -> str:
    """Return the language in use, for dates and numbers."""
    return _language


def _(message: str) -> str:
    """Translate a whole message; fill values in afterwards with `.format(...)`."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that counts something."""
    return _catalogue.ngettext(singular, plural, count)


def within_a_line(words: str) -> str:
    """Return words as they stand inside a line: without the capital they begin with, where it is no abbreviation or name."""
    return words if words[1:2].isupper() or words[1:2] == " " else words[:1].lower() + words[1:]


def marked(message: str) -> str:
    """Mark a message for extraction where it is defined; `_()` translates it where it is shown."""
    return message
