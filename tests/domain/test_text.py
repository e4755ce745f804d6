"""One catalogue speaks for every layer, as soon as it is installed."""

import gettext
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain import text
from ipt_desktop.domain.errors import WeakPassphrase
from ipt_desktop.domain.text import _, install_language, language, ngettext, within_a_line

GERMAN = {
    "": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n",
    "Clients": "Klienten",
    "{count} session\0{count} sessions": "{count} Sitzung\0{count} Sitzungen",
    WeakPassphrase.message: "Nur {length} von {minimum} Zeichen.",
}


def catalogue(words: dict[str, str]) -> bytes:
    """Return the words as gettext's own kind of file (the GNU gettext manual, "The Format of GNU MO Files")."""
    pairs = [(said.encode(), meant.encode()) for said, meant in sorted(words.items(), key=lambda pair: pair[0].encode())]
    tables, strings = [b"", b""], b""
    begin = 28 + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), begin + len(strings))
            strings += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + strings


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "de" / "LC_MESSAGES" / f"{text.DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogue(GERMAN))
    yield tmp_path
    install_language("en", tmp_path)


def test_until_a_language_is_installed_the_source_speaks():
    assert (_("Clients"), ngettext("{count} session", "{count} sessions", 2), language()) == (
        "Clients",
        "{count} sessions",
        "en",
    )


def test_an_installed_language_speaks_for_words_counts_and_errors(folder: Path):
    install_language("de", folder)
    assert (_("Clients"), language()) == ("Klienten", "de")
    assert [ngettext("{count} session", "{count} sessions", count) for count in (1, 2)] == [
        "{count} Sitzung",
        "{count} Sitzungen",
    ]
    assert str(WeakPassphrase(length=9, minimum=12)) == "Nur 9 von 12 Zeichen."


def test_a_language_without_a_catalogue_is_english(folder: Path):
    install_language("fr", folder)
    assert _("Clients") == "Clients"
    assert isinstance(text._catalogue, gettext.NullTranslations)


def test_a_capital_goes_within_a_line_and_abbreviations_and_i_stay():
    said = ["Plan", "What I take from it", "IPT techniques", "I said", ""]
    assert [within_a_line(each) for each in said] == ["plan", "what I take from it", "IPT techniques", "I said", ""]
