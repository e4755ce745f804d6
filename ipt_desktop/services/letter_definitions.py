"""From a TOML file to a letter's template, with errors that name file, line and field."""

from ipt_desktop.domain.letter import OWN_KEYS, SENTENCES, SHOWN, WORDS, Letter, placeholders
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import Source, check_key, check_keys, check_one_of, check_words, parse_as
from ipt_desktop.services.toml_lines import Place

_TEXTS = ("subject", "opening", "salutation", "closing", "below_name")


def parse_letter(text: str, file: str) -> Letter:
    """Read a template. Raises `DefinitionError`."""
    letter, source = parse_as(Letter, text, file)
    check_key(letter.key, (), source)
    if letter.version < 1:
        source.refuse(("version",), _("versions count from 1"))
    check_words(letter, (), source)
    check_keys(("parts",), [each.key for each in letter.parts], source)
    for name in _TEXTS:
        _check_braces(getattr(letter, name), (name,), source)
    for number, part in enumerate(letter.parts):
        here: Place = ("parts", number)
        _check_braces(part.text, (*here, "text"), source)
        check_one_of(part.shows, SHOWN, (*here, "shows"), source, may_be_empty=True)
        if part.shows and part.text:
            source.refuse((*here, "text"), _("a part that shows something of the record has no text of its own"))
        if part.key in OWN_KEYS:
            source.refuse((*here, "key"), _("“{key}” is the letter’s own").format(key=part.key))
    return letter


def _check_braces(words: str, place: Place, source: Source) -> None:
    for name in placeholders(words):
        check_one_of(name, (*WORDS, *SENTENCES), place, source)
    if words.count("{") != len(placeholders(words)) or words.count("}") != len(placeholders(words)):
        source.refuse(place, _("braces stand in pairs, round one word of the list"))
