import io

import pikepdf
import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.services.protected_pdf import with_password
from tests.reports.paper import Printed
from tests.reports.sample import sample

PASSWORD = "seven words nobody else would ever guess"  # noqa: S105 - of a test


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return Printed(sample()).bytes


def test_it_opens_with_the_password_alone_and_everything_in_it_is_encrypted(pdf: bytes):
    locked = with_password(pdf, PASSWORD)
    for wrong in ("", PASSWORD + " "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=wrong)
    assert b"Summary of treatment" in pdf
    assert b"Summary of treatment" not in locked
    assert PASSWORD.encode() not in locked
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        found = opened.encryption
        assert (found.R, found.V, found.bits, found.stream_method.name) == (6, 5, 256, "aesv3")
        assert opened.allow.accessibility
        assert opened.allow.print_highres
        assert str(opened.docinfo.Title) == "Summary of treatment"


def test_a_password_opens_however_its_letters_are_composed(pdf: bytes):
    locked = with_password(pdf, "pa\u0301sswo\u0301rd")
    pikepdf.open(io.BytesIO(locked), password="pássw\u00f3rd").close()  # noqa: S106


@pytest.mark.parametrize("password", ["", "ж" * 64])
def test_a_password_no_pdf_can_ask_for_is_refused(pdf: bytes, password: str):
    with pytest.raises(Refused, match="password"):
        with_password(pdf, password)
