"""Words are found whatever their capitals and accents, at their own place in the text."""

import pytest

from ipt_desktop.domain.finding import places_of


@pytest.mark.parametrize(("text", "asked", "found"), [
    ("Her sister, her SISTER", "sister", ["sister", "SISTER"]),
    ("Łukasiewicz and lukas", "LUKAS", ["Łukas", "lukas"]),
    ("Éva, E\u0301va, eva", "eva", ["Éva", "E\u0301va", "eva"]),
    ("straße, STRASSE", "strasse", ["straße", "STRASSE"]),
    ("\U0001f600 an \U0001f600", "an", ["an"]),
    ("aaaa", "aa", ["aa", "aa"]),
    ("nothing", "", []),
    ("nothing", "xyz", []),
])  # fmt: skip
def test_places(text: str, asked: str, found: list[str]):
    assert [text[start : start + length] for start, length in places_of(text, asked)] == found
